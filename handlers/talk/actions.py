"""What talk does: who can help, and what members think of it all."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from bot.messages import Address, Reply
from storage import agenda, attendance, audit, feedback, inbox, members, unheard
from storage.activities import Held
from storage.database import Session
from storage.members import Role, Speaker

AT_ONCE = 5
STILL_SPOKEN_OF = timedelta(minutes=10)


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


def just_came(db: Session, member: Speaker, now: datetime) -> tuple[str, datetime] | None:
    """Title and time of a check-in so recent that a «no» may mean it."""
    held = None if member.is_guest else agenda.next_for(db, member, now)
    standing = attendance.standing(db, held.id, member.id) if held else None
    if held is None or standing is None or standing.state not in attendance.CAME:
        return None
    return (held.title, standing.at) if now - standing.at <= STILL_SPOKEN_OF else None


def last_told(db: Session, address: Address, now: datetime) -> Reply | None:
    return inbox.last_told(db, address, now - STILL_SPOKEN_OF)


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
