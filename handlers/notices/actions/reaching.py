"""Whom no message reaches, for those who look after them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.permissions import Action
from bot.permissions import reach as in_reach
from storage import audiences, audit, members, organisation, reach
from storage.database import Session
from storage.members import Speaker


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
    orgs = in_reach(actor, Action.SEE_REACH, organisation.tree(db, day))
    people = audiences.ids(db, orgs, day)
    unreached = reach.unreachable(db, people, now)
    names = members.names(db, list(unreached))
    found: dict[str, list[str]] = {}
    for member_id, why in unreached.items():
        found.setdefault(why, []).append(names[member_id])
    if found:
        audit.note(db, actor.id, "read_unreachable", f"organisation:{actor.branch_id}", now)
    in_order = sorted(found.items(), key=lambda each: -len(each[1]))
    return OutOfReach(len(people), dict(in_order))
