"""What has come due goes out."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from bot.clock import HOME
from bot.messages import Reply, Tap, button
from handlers.reminders import text
from handlers.reminders.actions.setting import about, next_time, rhythm
from handlers.reminders.rules.recurring import newest_due
from storage import activities, outbox, own_reminders, workdays
from storage.activities import Status
from storage.database import Session
from storage.outbox import Post, Rank
from storage.own_reminders import OwnReminder

AT_ONCE = 200
CUT_OFF = timedelta(hours=24)


class PutOff(Tap, prefix="putoff"):
    """Stands on the letter; `minute` names the occurrence."""

    reminder_id: int
    minute: int
    tomorrow: bool


def post_due_in_parts(db: Session, now: datetime) -> Iterator[Callable[[Session], object]]:
    """As many parts as it takes: at nine o'clock a whole city may want to be reminded."""
    for _ in range(0, own_reminders.count_due(db, now), AT_ONCE):
        yield partial(post_due, now=now)


def post_due(db: Session, now: datetime) -> int:
    """Letters for what is due at `now`, 200 reminders at most; how many reminders they were. Of
    what was missed while nobody looked, the newest is posted, once."""
    rows = own_reminders.due(db, now, AT_ONCE)
    outbox.post(db, [_post_one(db, row, now) for row in rows if _still_due(db, row, now)], now)
    return len(rows)


def _still_due(db: Session, row: OwnReminder, now: datetime) -> bool:
    """Whether its activity still takes place, and when it did: it may have been moved since."""
    if row.activity_id is None:
        return True
    held = activities.held(db, row.activity_id)
    if held is None or held.status == Status.CANCELLED:
        row.next_at, row.ended = None, "done"
        return False
    row.content, row.next_at = about(held, now), held.starts - timedelta(minutes=row.ahead)
    return row.next_at <= now


def _post_one(db: Session, row: OwnReminder, now: datetime) -> Post:
    at, missed = row.next_at or now, 0
    if row.rule:
        at, missed = _newest(db, row, at, now)
        row.next_at = next_time(db, row, now)
    else:
        row.next_at = None
    if row.next_at is None:
        row.ended = "done"
    return _letter(row, at, missed)


def _newest(db: Session, row: OwnReminder, at: datetime, now: datetime) -> tuple[datetime, int]:
    lead = timedelta(minutes=row.ahead)
    calendar = workdays.calendar(db)
    event, missed = newest_due(rhythm(row), at + lead, now + lead, calendar, HOME)
    return event - lead, missed


def _letter(row: OwnReminder, at: datetime, missed: int) -> Post:
    minute = int(at.timestamp()) // 60
    event = at + timedelta(minutes=row.ahead)
    return Post(
        key=f"own:{row.id}:{at:%Y-%m-%dT%H:%M}",
        to=row.member_id,
        kind="own",
        say=Reply(
            text=text.letter(
                row.content, event, row.ahead, missed, named=row.activity_id is not None
            ),
            buttons=[
                button(text.LATER, PutOff(reminder_id=row.id, minute=minute, tomorrow=False)),
                button(text.TOMORROW, PutOff(reminder_id=row.id, minute=minute, tomorrow=True)),
            ],
        ),
        cause=f"reminder:{row.id}",
        due=at,
        until=at + CUT_OFF,
        rank=Rank.OWN,
        author=row.member_id,  # who hears of it, and nobody else, when it could not be sent
    )
