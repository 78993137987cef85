"""Importing activities: a year's plan, and head-counts of what has been held."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.clock import HOME
from bot.files.tables import Table
from handlers.registry.actions.plans import Draft, Entry, Faulty, Plan, changes, differing
from handlers.registry.rules import activities as rules
from handlers.registry.rules.activities import ActivityLine
from handlers.registry.rules.troubles import Trouble
from storage import organisation, roster
from storage.activities import Activity
from storage.database import Session
from storage.organisation import BRANCHES, OrgKind, Tree

NEW_ACTIVITY = {
    "venue": "",
    "manner": "word",
    "code": "",
    "secret": "",
    "study_hours": 0.0,
    "series": "",
    "status": "planned",
    "reported_expected": None,
    "reported_present": None,
    "reported_on_leave": None,
    "made_by": "import",
}


def plan(db: Session, table: Table, draft: Draft) -> Plan | Faulty:
    lines, faults, unused = rules.read(table, HOME)
    draft.faults += faults
    tree = organisation.tree(db, draft.as_of)
    there = {ref_of(each): each for each in roster.every(db, Activity)}
    for line in lines:
        org_id = line.facts["org_id"]
        if org_id and org_id not in tree.nodes:
            trouble = Trouble.NO_SUCH_ORGANISATION if tree.nodes else Trouble.NO_ORGANISATIONS
            draft.wrong(line.row, "org_id", trouble, org_id)
        if "starts" in line.facts:
            plan_line(draft, there.get(line.ref), line, tree)
    return draft.ready(len(lines), unused)


def ref_of(activity: Activity) -> str:
    """The number it was imported under; what was arranged in a chat has one of ours."""
    return activity.ref or f"#{activity.id}"


def plan_line(draft: Draft, known: Activity | None, line: ActivityLine, tree: Tree) -> None:
    if known is None:
        draft.insert(Activity, ref=line.ref, **new(line, tree), made_at=draft.now)
        draft.count(Entry(line.ref, line.facts["title"]), is_new=True)
        return
    facts = dict(line.facts)
    if line.audience:
        facts["audience"] = line.audience
    if (known.starts, known.minutes) != (facts["starts"], facts["minutes"]):
        facts = window(facts) | facts
    different = differing(known, facts)
    if different:
        draft.alter(Activity, {"id": known.id}, different)
    entry = Entry(line.ref, line.facts["title"], changes(known, different))
    draft.count(entry, is_new=False)


def new(line: ActivityLine, tree: Tree) -> dict[str, Any]:
    facts = {**NEW_ACTIVITY, **window(line.facts), **line.facts}
    above = tree.kind(facts["org_id"]) not in {*BRANCHES, OrgKind.PARTY_GROUP}
    facts["audience"] = line.audience or rules.audience_of(facts["kind"], above)
    return facts


def window(facts: Mapping[str, Any]) -> dict[str, datetime]:
    opens, closes = rules.usual_window(facts["starts"], facts["minutes"])
    return {"opens": opens, "closes": closes}
