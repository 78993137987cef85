"""Which unit or which person was named."""

from collections.abc import Sequence
from datetime import datetime

from bot.permissions import Action, reach
from bot.understanding import Names
from bot.understanding.normal import normalise
from handlers.tasks.actions import parties
from handlers.tasks.rules import naming
from storage import members
from storage.database import Session
from storage.members import Speaker
from storage.organisation import BRANCHES, OrgKind, Tree

UNITS = BRANCHES | {OrgKind.ORGAN, OrgKind.ORGAN_COMMITTEE, OrgKind.GENERAL_BRANCH}


def units_named(tree: Tree, org_ids: Sequence[str], words: str) -> tuple[list[str], str]:
    """Those of `org_ids` that `words` name, by any name that only one of them has; and the words
    without their names."""
    named = {tree.name(org): org for org in org_ids if tree.kind(org) in UNITS}
    left, found = normalise(words).plain, list[str]()
    branches = Names(branches=[name for name, org in named.items() if tree.kind(org) in BRANCHES])
    while heard := branches.branches_in(left):
        ((start, end), full), *_ = heard
        found.append(named[full])
        left = f"{left[:start]} {left[end:]}"
    for called, full in naming.aliases(list(named)):
        if called in left and named[full] not in found:
            found.append(named[full])
            left = left.replace(called, " ")
    return found, left


def unit_named(db: Session, actor: Speaker, now: datetime, words: str) -> str:
    """One unit that `actor` may remind; empty where none, or several, are named."""
    tree = parties.tree_of(db, now.date())
    found, _ = units_named(tree, reach(actor, Action.NUDGE_TASKS, tree), words)
    return found[0] if len(found) == 1 else ""


def people_named(
    db: Session, actor: Speaker, now: datetime, words: str, may: Action
) -> dict[str, str]:
    """Member id to name, of those below `actor` who are named in full."""
    tree = parties.tree_of(db, now.date())
    known = members.belonging(db, reach(actor, may, tree), now.date())
    return {id: name for id, name in known.items() if name in words}


def person_named(db: Session, actor: Speaker, now: datetime, words: str) -> str:
    found = people_named(db, actor, now, words, Action.NUDGE_TASKS)
    return next(iter(found.values()), "")
