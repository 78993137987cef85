"""Who is there and who is not, for those who look after an activity."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.permissions import Action
from handlers.checkin.actions.allowing import entrusted
from handlers.checkin.rules.sums import Sums, add_up
from storage import attendance, audit, members, reminders
from storage.activities import Held
from storage.attendance import Attendance
from storage.database import Session
from storage.members import Speaker


@dataclass(frozen=True)
class Status:
    held: Held
    sums: Sums[str]
    missing: Mapping[str, str]
    """Member id to name."""
    reminded: bool


def status(db: Session, actor: Speaker, now: datetime, activity_id: int) -> Status:
    """Numbers and names; that names were read is put on record."""
    held = entrusted(db, actor, Action.SEE_ATTENDANCE, activity_id, now)
    sums = summed(db, held)
    missing = in_order(members.names(db, sorted(sums.missing)))
    audit.note(db, actor.id, "read_attendance", f"activity:{held.id}", now)
    return Status(held, sums, missing, reminders.of(db, held.id) is not None)


def summed(db: Session, held: Held) -> Sums[str]:
    states = {each.member_id: each.state for each in recorded(db, held)}
    return add_up(attendance.expected(db, held), states, attendance.exempt(db))


def recorded(db: Session, held: Held) -> list[Attendance]:
    return list(attendance.records(db, held.id))


def in_order(names: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(names.items()))
