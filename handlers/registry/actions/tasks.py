"""Importing lists of tasks and findings: the items, and what they are at each unit.

A list hands work out, and corrects how it is described. How far a unit has come is said in the
chat: of what is handed out already the file changes no state.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.files.tables import Table
from handlers.registry import text
from handlers.registry.actions.plans import Change, Draft, Entry, Faulty, Plan, changes, differing
from handlers.registry.rules import tasks as rules
from handlers.registry.rules.tasks import TaskLine
from handlers.registry.rules.troubles import Trouble
from storage import members, organisation, roster, tasks
from storage.database import Session
from storage.duties import Anchor
from storage.organisation import BRANCHES, OrgKind, Tree
from storage.roster import Alter, Insert, Write
from storage.tasks import Task, TaskItem

NEW_ITEM = {
    "priority": "normal",
    "evidence": "",
    "goal": "",
    "suggestion": "",
    "note": "",
    "found_on": None,
    "restricted": False,
    "issued_by": "operator",
}
EVERY = {
    "branches": BRANCHES,
    "organs": frozenset({OrgKind.ORGAN}),
    "groups": frozenset({OrgKind.PARTY_GROUP}),
}
Unit = tuple[str, str]
"""An organisation, with a person or with ''."""


def plan(db: Session, table: Table, draft: Draft) -> Plan | Faulty:
    lines, faults, unused = rules.read(table)
    draft.faults += faults
    tree = organisation.tree(db, draft.as_of)
    units = Units(db, tree, draft)
    known = Known(db)
    grouped: dict[tuple[str, str], list[tuple[TaskLine, list[Unit]]]] = {}
    for line in lines:
        grouped.setdefault(line.key, []).append((line, units.of(line)))
    for rows in grouped.values():
        if not draft.faults:
            plan_item(draft, known, tree, rows)
    return draft.ready(len(lines), unused)


class Units:
    """Whom a cell names: units by number or name, all of a kind, persons by number."""

    def __init__(self, db: Session, tree: Tree, draft: Draft) -> None:
        self.tree, self.draft = tree, draft
        self.by_name = {node.name: node.id for node in tree.nodes.values()}
        self.people = set(members.belonging(db, list(tree.nodes), draft.as_of))

    def of(self, line: TaskLine) -> list[Unit]:
        found: list[Unit] = []
        for said, person in line.owners:
            many = EVERY.get(rules.EVERY.get(said, ""), ())
            ids = [id for id, node in self.tree.nodes.items() if node.kind in many]
            ids = ids or [id for id in (self.by_name.get(said, said),) if id in self.tree.nodes]
            if not ids:
                nothing = Trouble.NO_ORGANISATIONS
                trouble = Trouble.NO_SUCH_ORGANISATION if self.tree.nodes else nothing
                self.draft.wrong(line.row, "owners", trouble, said)
            if person and person not in self.people:
                self.draft.wrong(line.row, "owners", Trouble.NO_SUCH_MEMBER, person)
            found += [(id, person) for id in ids]
        issuer = line.facts.get("org_id")
        if issuer and issuer not in self.tree.nodes:
            self.draft.wrong(line.row, "issuer", Trouble.NO_SUCH_ORGANISATION, issuer)
        return list(dict.fromkeys(found))


class Known:
    """What is handed out already."""

    def __init__(self, db: Session) -> None:
        self.items = {(each.series, each.number): each for each in roster.every(db, TaskItem)}
        self.tasks: dict[int, dict[Unit, Task]] = {}
        for each in roster.every(db, Task):
            self.tasks.setdefault(each.item_id, {})[each.org_id, each.issued_to] = each
        self.anchors = {each.subject for each in roster.every(db, Anchor)}


def plan_item(
    draft: Draft, known: Known, tree: Tree, rows: Sequence[tuple[TaskLine, list[Unit]]]
) -> None:
    line = rows[0][0]
    item = known.items.get(line.key)
    shown = plan_facts(draft, item, tree, line)
    before = known.tasks.get(item.id, {}) if item else {}
    new = 0
    for each, units in rows:
        for unit in units:
            if unit in before:
                shown += plan_day(draft, before[unit], each, item)
            else:
                draft.insert(Task, **new_task(draft, each, unit))
                new += 1
    if line.facts["kind"] == "finding" and f"finding:{line.number}" not in known.anchors:
        plan_anchor(draft, rows)
    entry = Entry(line.number, line.facts["title"], tuple(dict.fromkeys(shown)))
    if new and item:
        draft.notices.append(text.more_units(line.number, new))
    draft.count(entry, is_new=item is None)


def plan_facts(
    draft: Draft, item: TaskItem | None, tree: Tree, line: TaskLine
) -> tuple[Change, ...]:
    if item is None:
        values = {**NEW_ITEM, "org_id": root(tree), **line.facts, "issued_at": draft.now}
        draft.insert(TaskItem, series=line.series, number=line.number, **values)
        return ()
    different = differing(item, line.facts)
    if different:
        draft.alter(TaskItem, {"id": item.id}, different)
    return changes(item, different)


def plan_day(draft: Draft, task: Task, line: TaskLine, item: TaskItem | None) -> tuple[Change, ...]:
    """A unit's own day goes with the list's, unless it was given longer."""
    due = line.extended_to or (line.facts["due"] if item and task.due == item.due else task.due)
    if due == task.due:
        return ()
    draft.alter(Task, {"id": task.id}, {"due": due})
    return changes(task, {"due": due})


def plan_anchor(draft: Draft, rows: Sequence[tuple[TaskLine, list[Unit]]]) -> None:
    """A finding is a duty too: its ladder counts from the day on record."""
    for line, units in rows[:1]:
        if line.state not in tasks.FINISHED:
            draft.insert(
                Anchor,
                subject=f"finding:{line.number}",
                field="finding.due_on",
                item="",
                org_id=units[0][0],
                day=line.extended_to or line.facts["due"],
                by="operator",
                at=draft.now,
            )


def new_task(draft: Draft, line: TaskLine, unit: Unit) -> dict[str, Any]:
    org_id, person = unit
    return {
        "item_id": line.key,
        "org_id": org_id,
        "issued_to": person,
        "owner": person,
        "offered_to": "",
        "state": line.state,
        "due": line.extended_to or line.facts["due"],
        "since": draft.now,
        "said": "",
        "reported_by": "",
        "done_on": line.done_on,
        "told_at": None if line.state == "issued" else draft.now,
    }


def root(tree: Tree) -> str:
    """In whose name a list is issued where it does not say so: whoever stands above all."""
    return next((id for id, node in tree.nodes.items() if node.parent_id not in tree.nodes), "")


def write(db: Session, writes: Iterable[Write], wrote: Callable[[int], None]) -> None:
    """The items first: what is new of them has a number only then."""
    of_items = [each for each in writes if each.model is not Task]
    roster.write(db, of_items, wrote)
    ids = {(each.series, each.number): each.id for each in roster.every(db, TaskItem)}
    roster.write(db, numbered([each for each in writes if each.model is Task], ids), wrote)


def numbered(writes: Iterable[Write], ids: Mapping[Any, int]) -> Iterator[Write]:
    for each in writes:
        match each:
            case Insert(_, values):
                yield Insert(Task, {**values, "item_id": ids[values["item_id"]]})
            case Alter():
                yield replace(each)


Cells = Mapping[str, str]


def rows(db: Session, cell: Callable[[object], str]) -> Iterator[Cells]:
    """The lists as they are imported: units that stand alike share a row."""
    held: dict[int, dict[tuple[str, ...], list[str]]] = {}
    items = {each.id: each for each in roster.every(db, TaskItem)}
    for task in roster.every(db, Task):
        item = items[task.item_id]
        extended = cell(task.due) if task.due != item.due else ""
        alike = (extended, task.state, cell(task.done_on))
        unit = f"{task.org_id}:{task.issued_to}" if task.issued_to else task.org_id
        held.setdefault(item.id, {}).setdefault(alike, []).append(unit)
    for item in items.values():
        for (extended, state, done_on), units in held.get(item.id, {}).items():
            yield {
                "task_id": item.number,
                "list": item.series,
                "kind": item.kind,
                "title": item.title,
                "owners": ";".join(units),
                "due_on": cell(item.due),
                "extended_to": extended,
                "priority": item.priority,
                "status": state,
                "completed_on": done_on,
                "evidence": item.evidence,
                "goal": item.goal,
                "suggestion": item.suggestion,
                "found_on": cell(item.found_on),
                "restricted": cell(item.restricted),
                "issuer": item.org_id,
                "note": item.note,
            }
