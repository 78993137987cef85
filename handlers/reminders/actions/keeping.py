"""One's own reminders: which there are, which is meant, called off, put off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.clock import HOME
from bot.messages import Refusal
from handlers.reminders import text
from handlers.reminders.actions.setting import Set, as_set, next_time, own
from handlers.reminders.rules import choosing, reading
from storage import outbox, own_reminders
from storage.database import Session
from storage.members import Speaker
from storage.own_reminders import OwnReminder

LATER = timedelta(minutes=30)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Cancelled:
    was: Set


@dataclass(frozen=True)
class AllOfThem:
    count: int


@dataclass(frozen=True)
class Several:
    rows: Sequence[Set]


@dataclass(frozen=True)
class NoneSuch:
    rows: Sequence[Set]
    """Those that there are."""


def listed(db: Session, member: Speaker, now: datetime) -> list[Set]:
    return [as_set(row, now) for row in own_reminders.of(db, member.id)]


def meant(
    db: Session, member: Speaker, now: datetime, words: str, slots: Mapping[str, Any]
) -> Set | Several | NoneSuch:
    rows = own_reminders.of(db, member.id)
    index = int(slots.get("index", 0) or 0)
    if index:
        found = rows[index - 1 : index]
    else:
        told = [choosing.Known(row.content, (row.next_at or now).date()) for row in rows]
        day = reading.on(words, now)
        content = reading.content(str(slots.get("content", "")), "", now)
        found = [rows[at] for at in choosing.fitting(told, content, day)]
    match [as_set(row, now) for row in found]:
        case []:
            return NoneSuch([as_set(row, now) for row in rows])
        case [one]:
            return one
        case several:
            return Several(several)


def cancel_in_words(
    db: Session, member: Speaker, now: datetime, words: str, slots: Mapping[str, Any]
) -> Cancelled | Several | NoneSuch | AllOfThem:
    if choosing.means_all(words):
        count = len(own_reminders.of(db, member.id))
        return AllOfThem(count) if count else NoneSuch([])
    found = meant(db, member, now, words, slots)
    return cancel(db, member, now, found.id) if isinstance(found, Set) else found


def cancel(db: Session, member: Speaker, now: datetime, reminder_id: int) -> Cancelled:
    row = own(db, member, reminder_id)
    was = as_set(row, now)
    _end(db, row, now)
    return Cancelled(was)


def cancel_all(db: Session, member: Speaker, now: datetime) -> int:
    rows = own_reminders.of(db, member.id)
    for row in rows:
        _end(db, row, now)
    return len(rows)


def restore(db: Session, member: Speaker, now: datetime, reminder_id: int) -> Set:
    """`Refusal` where its time has passed meanwhile."""
    row = own(db, member, reminder_id)
    if row.rule and row.next_at and row.next_at <= now:
        row.next_at = next_time(db, row, now)
    if row.next_at is None or row.next_at <= now:
        raise Refusal(text.TOO_LATE_TO_RESTORE)
    row.ended = ""
    return as_set(own_reminders.add(db, row), now)


def put_off(
    db: Session, member: Speaker, now: datetime, reminder_id: int, minute: int, tomorrow: bool
) -> Set:
    """The occurrence of `minute` (since the epoch, UTC) comes once more. Said twice it is put
    off twice, and still comes once."""
    row = own(db, member, reminder_id)
    was = datetime.fromtimestamp(minute * 60, HOME)
    at = now + LATER
    if tomorrow:
        at = datetime.combine(now.astimezone(HOME).date() + DAY, was.time(), HOME)
    origin = f"{row.id}@{minute}"
    again = own_reminders.from_origin(db, origin) or OwnReminder(
        member_id=member.id,
        content=row.content,
        since=was.date(),
        origin=origin,
        made_at=now,
    )
    again.next_at, again.ended = at.replace(second=0, microsecond=0), ""
    return as_set(own_reminders.add(db, again), now)


def _end(db: Session, row: OwnReminder, now: datetime) -> None:
    row.ended = "cancelled"
    own_reminders.add(db, row)
    outbox.cancel(db, f"reminder:{row.id}", "cancelled", now)
