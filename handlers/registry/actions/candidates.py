"""Importing how far candidates have come: the days that the rules of development count from."""

from bot.files.tables import Table
from handlers.registry.actions.plans import Change, Draft, Entry, Faulty, Plan
from handlers.registry.rules import candidates as rules
from handlers.registry.rules.troubles import Trouble
from storage import roster
from storage.database import Session
from storage.duties import Anchor
from storage.organisation import BRANCHES, Organisation


def plan(db: Session, table: Table, draft: Draft) -> Plan | Faulty:
    lines, faults, unused = rules.read(table)
    draft.faults += faults
    branches = {each.id: each.kind in BRANCHES for each in roster.every(db, Organisation)}
    known = {(each.subject, each.field): each for each in roster.every(db, Anchor)}
    subjects = {subject for subject, _ in known}
    for line in lines:
        subject = f"candidate:{line.candidate_id}"
        if line.branch_id not in branches:
            draft.wrong(line.row, "branch_id", Trouble.NO_SUCH_ORGANISATION, line.branch_id)
        elif not branches[line.branch_id]:
            draft.wrong(line.row, "branch_id", Trouble.NOT_A_BRANCH, line.branch_id)
        elif subject not in subjects and "applied_on" not in line.days:
            draft.wrong(line.row, "applied_on", Trouble.EMPTY)
        else:
            changes = tuple(days_of(draft, line, known))
            draft.count(Entry(line.candidate_id, "", changes), is_new=subject not in subjects)
    return draft.ready(len(lines), unused)


def days_of(
    draft: Draft, line: rules.CandidateLine, known: dict[tuple[str, str], Anchor]
) -> list[Change]:
    changes = []
    for name, day in line.days.items():
        key = f"candidate:{line.candidate_id}", f"candidate.{name}"
        row = known.get(key)
        if row is None:
            names = {"subject": key[0], "field": key[1], "item": "", "org_id": line.branch_id}
            draft.insert(Anchor, **names, day=day, by="operator", at=draft.now)
            changes.append(Change(name, "", str(day)))
        elif (row.day, row.org_id) != (day, line.branch_id):
            at = {"subject": key[0], "field": key[1], "item": ""}
            draft.alter(Anchor, at, {"day": day, "org_id": line.branch_id})
            changes.append(Change(name, str(row.day), str(day)))
    return changes
