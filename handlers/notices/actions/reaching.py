"""Whom no message reaches, for those who look after them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.permissions import Action, reach
from storage import audiences, audit, organisation
from storage.audiences import Way
from storage.database import Session
from storage.members import Speaker

NO_ACCOUNT = "no_account"


@dataclass(frozen=True)
class OutOfReach:
    of: int
    """How many people were looked at."""
    names: Mapping[str, Sequence[str]]
    """Why to the names, the most frequent reason first."""

    @property
    def count(self) -> int:
        return sum(len(names) for names in self.names.values())


def out_of_reach(db: Session, actor: Speaker, now: datetime) -> OutOfReach:
    """That names were read is put on record."""
    day = now.date()
    orgs = reach(actor, Action.SEE_REACH, organisation.tree(db, day))
    people = audiences.people(db, orgs, day)
    ways = audiences.ways(db, [each.id for each in people])
    found: dict[str, list[str]] = {}
    for person in people:
        if why := _why_not(ways.get(person.id, ())):
            found.setdefault(why, []).append(person.name)
    if found:
        audit.note(db, actor.id, "read_unreachable", f"organisation:{actor.branch_id}", now)
    in_order = sorted(found.items(), key=lambda each: -len(each[1]))
    return OutOfReach(len(people), dict(in_order))


def _why_not(accounts: Sequence[Way]) -> str:
    """Empty: something reaches them."""
    if not accounts:
        return NO_ACCOUNT
    if any(not way.unreachable for way in accounts):
        return ""
    return accounts[0].unreachable
