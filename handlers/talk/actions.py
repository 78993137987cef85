"""What talk does: who can help, and what members think of it all."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from storage import agenda, audit, feedback, members, unheard
from storage.activities import Held
from storage.database import Session
from storage.members import Role, Speaker

AT_ONCE = 5


class Helper(NamedTuple):
    name: str
    role: Role


class Opinion(NamedTuple):
    id: int
    day: date
    name: str
    """Empty: without a name."""
    text: str


def helpers(db: Session, member: Speaker, now: datetime) -> Sequence[Helper]:
    """Whom a member may turn to: of their branch, else of what is above it; never themselves."""
    near = ([member.branch_id], (Role.ORG_COMMISSIONER, Role.SECRETARY))
    above = (list(member.line), (Role.ORGAN_COMMITTEE,))
    for where, roles in (near, above):
        found = [
            (id, role)
            for role in roles
            for id, _ in members.holders(db, role, where, now.date())
            if id != member.id
        ]
        if found:
            names = members.names(db, [id for id, _ in found])
            return [Helper(names[id], role) for id, role in found[:2]]
    return []


def coming(db: Session, member: Speaker, now: datetime) -> Held | None:
    return agenda.next_for(db, member, now)


def give(db: Session, member: Speaker, text: str, now: datetime, *, signed: bool) -> None:
    """Without a signature nothing leads back: no audit row either, for it has a name."""
    feedback.add(db, text, now.date(), member.id if signed else "")


def read(db: Session, reader: Speaker, now: datetime, before: int) -> tuple[int, list[Opinion]]:
    """How many there are, and the newest, or the newest before the one numbered `before`."""
    total, rows = feedback.latest(db, before, AT_ONCE)
    audit.note(db, reader.id, "read_feedback", "feedback", now, str(len(rows)))
    names = members.names(db, [row.member_id for row in rows if row.member_id])
    return total, [Opinion(row.id, row.day, names.get(row.member_id, ""), row.text) for row in rows]


def hand_over(db: Session, said: str, now: datetime) -> None:
    """What was not understood, without who said it or at what hour."""
    unheard.note(db, now.replace(hour=0, minute=0, second=0, microsecond=0), said)


def not_understood(db: Session, now: datetime) -> tuple[int, list[tuple[str, int]]]:
    """Of the last thirty days: how many messages, and what was handed over, the most frequent
    first."""
    return unheard.top(db, now)
