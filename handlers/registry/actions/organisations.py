"""Importing the tree: what is new, what hangs elsewhere, and who works above the branches."""

from collections.abc import Mapping
from datetime import date

from bot.files.tables import Block, Table
from handlers.registry import text
from handlers.registry.actions.plans import Change, Draft, Entry, Faulty, Plan, changes, differing
from handlers.registry.actions.posts import Posts, lasts
from handlers.registry.rules import organisations as rules
from handlers.registry.rules.organisations import ROLES_OF_OFFICERS, OrgLine
from handlers.registry.rules.troubles import Trouble
from storage import roster
from storage.database import Session
from storage.members import Appointment, Member
from storage.organisation import BRANCHES, Organisation, OrgKind, Placement

BEGINNING = date(1900, 1, 1)
"""Since when the organisations of a first import stand where they stand: nobody knows better,
and whatever is entered of former years must find them."""
NEW_ORGANISATION = {
    "leading_group": "",
    "elected_on": None,
    "term_years": None,
    "theme_day": None,
    "dues_day": None,
    "has_committee": False,
    "note": "",
}


def plan(db: Session, source: Table | Block, draft: Draft) -> Plan | Faulty:
    lines, faults, unused = rules.read(source)
    draft.faults += faults
    there = {each.id: each for each in roster.every(db, Organisation)}
    places: dict[str, Placement] = {}
    for each in sorted(roster.every(db, Placement), key=lambda it: (it.since, it.id)):
        places[each.org_id] = each
    check_tree(draft, lines, there, places)
    if draft.faults:
        return draft.ready(len(lines), unused)
    officers = Officers(db, draft)
    since = draft.as_of if there else BEGINNING
    for line in lines:
        known = there.get(line.id)
        changed = plan_facts(draft, known, line)
        changed += plan_place(draft, places.get(line.id), line, since)
        changed += officers.plan(line)
        draft.count(Entry(line.id, line.facts["name"], tuple(changed)), is_new=known is None)
    if officers.unknown:
        draft.notices.append(text.officers_unknown(sorted(officers.unknown)))
    return draft.ready(len(lines), unused)


def plan_facts(draft: Draft, known: Organisation | None, line: OrgLine) -> list[Change]:
    if known is None:
        draft.insert(Organisation, id=line.id, **{**NEW_ORGANISATION, **line.facts})
        return []
    if different := differing(known, line.facts):
        draft.alter(Organisation, {"id": line.id}, different)
    return list(changes(known, different))


def plan_place(draft: Draft, last: Placement | None, line: OrgLine, since: date) -> list[Change]:
    if last is None or (last.until is not None and last.until <= draft.as_of):
        insert_place(draft, line, since)
        return []
    if last.parent_id == line.parent_id:
        return []
    if last.since > draft.as_of:
        draft.wrong(line.row, "parent_id", Trouble.BEGINS_LATER, str(last.since))
    elif last.since == draft.as_of:
        draft.alter(Placement, {"id": last.id}, {"parent_id": line.parent_id})
    else:
        draft.alter(Placement, {"id": last.id}, {"until": draft.as_of})
        insert_place(draft, line, draft.as_of)
    return [Change("parent_id", last.parent_id or "", line.parent_id or "")]


def insert_place(draft: Draft, line: OrgLine, since: date) -> None:
    draft.insert(
        Placement, org_id=line.id, parent_id=line.parent_id, since=since, until=None, approval=""
    )


class Officers:
    """Who works for an organisation above the branches."""

    def __init__(self, db: Session, draft: Draft) -> None:
        self.draft = draft
        self.names = {each.id: each.name for each in roster.every(db, Member)}
        self.posts = Posts.load(db, draft.as_of)
        self.held: dict[str, list[Appointment]] = {}
        for each in roster.every(db, Appointment):
            if each.role in ROLES_OF_OFFICERS and lasts(each, draft.as_of):
                self.held.setdefault(each.org_id, []).append(each)
        self.unknown: set[str] = set()

    def plan(self, line: OrgLine) -> list[Change]:
        """Those who are not members yet are passed over, and named in the end: the members'
        file needs the organisations first."""
        if line.officers is None:
            return []
        held = self.held.get(line.id, [])
        for each in held:
            if (each.member_id, each.role) not in line.officers:
                self.posts.end(self.draft, self.names[each.member_id], each)
        begun = line.officers - {(each.member_id, each.role) for each in held}
        changed = []
        for member_id, role in sorted(begun):
            if member_id in self.names:
                post = role, line.id
                self.posts.appoint(self.draft, line.row, member_id, post, None)
                changed.append(Change("officers", "", f"{member_id}:{role}"))
            else:
                self.unknown.add(member_id)
        return changed


def check_tree(
    draft: Draft,
    lines: list[OrgLine],
    there: Mapping[str, Organisation],
    places: Mapping[str, Placement],
) -> None:
    """Every parent exists, nobody is above himself, and branches hang where branches may."""
    kinds = {id: each.kind for id, each in there.items()}
    kinds |= {line.id: line.facts["kind"] for line in lines}
    parents = {id: each.parent_id for id, each in places.items()}
    parents |= {line.id: line.parent_id for line in lines}
    for line in lines:
        parent, kind = line.parent_id, line.facts["kind"]
        above = kinds.get(parent or "", "")
        if parent and parent not in kinds:
            draft.wrong(line.row, "parent_id", Trouble.NO_SUCH_ORGANISATION, parent)
        elif is_circular(line.id, parents):
            draft.wrong(line.row, "parent_id", Trouble.CIRCULAR)
        elif kind == OrgKind.PARTY_GROUP and above not in BRANCHES:
            draft.wrong(line.row, "parent_id", Trouble.GROUP_WITHOUT_BRANCH, parent or "")
        elif kind in BRANCHES and above in {*BRANCHES, OrgKind.PARTY_GROUP}:
            draft.wrong(line.row, "parent_id", Trouble.BRANCH_UNDER_BRANCH, parent or "")


def is_circular(id: str, parents: Mapping[str, str | None]) -> bool:
    """Whether going up from `id` leads back to it."""
    seen: set[str] = set()
    at = parents.get(id)
    while at and at != id and at not in seen:
        seen.add(at)
        at = parents.get(at)
    return at == id
