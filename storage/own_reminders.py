"""What people want to be reminded of. Nobody else ever sees it."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Index, bindparam, func, select
from sqlmodel import Field, SQLModel, col

from bot.clock import HOME, midnight
from storage.database import Moment, Session, among, table
from storage.outbox import Letter


class OwnReminder(SQLModel, table=True):
    """Once, or again and again; `next_at` is when it is due, or None when it is over."""

    __tablename__ = "own_reminder"
    __table_args__ = (Index("own_reminder_due", "ended", "next_at"),)

    id: int = Field(default=None, primary_key=True)
    member_id: str = Field(foreign_key="member.id", index=True)
    content: str
    rule: str = ""
    """An RRULE body with its clock time, in home time; empty where it comes once."""
    shift: str = ""
    """What a day off does to it, by the words of `Shift`."""
    since: date
    """The day from which `rule` counts."""
    ahead: int = 0
    """Minutes before the moment that it is about."""
    activity_id: int | None = Field(default=None, foreign_key="activity.id")
    """Where it comes before an activity: moved with it, and silent when that is called off."""
    next_at: datetime | None = Field(default=None, sa_type=Moment)
    origin: str | None = Field(default=None, unique=True)
    """The occurrence that was put off: it can be put off again, but never becomes two."""
    made_at: datetime = Field(sa_type=Moment)
    ended: str = ""
    """done or cancelled; empty while it goes on."""


def add(db: Session, row: OwnReminder) -> OwnReminder:
    db.add(row)
    db.flush()
    return row


def of(db: Session, member_id: str) -> Sequence[OwnReminder]:
    """Those that go on, the next first."""
    query = select(OwnReminder).where(
        col(OwnReminder.member_id) == member_id, col(OwnReminder.ended) == ""
    )
    order = (col(OwnReminder.next_at), col(OwnReminder.id))
    return tuple(db.execute(query.order_by(*order)).scalars())


def one(db: Session, reminder_id: int, member_id: str) -> OwnReminder | None:
    """None where it is not theirs, as far as they can tell."""
    row = db.get(OwnReminder, reminder_id)
    return row if row and row.member_id == member_id else None


def last_made(db: Session, member_id: str, since: datetime) -> OwnReminder | None:
    rows = [row for row in of(db, member_id) if row.made_at >= since]
    return max(rows, key=lambda row: (row.made_at, row.id), default=None)


def last_said(db: Session, member_id: str, since: datetime) -> OwnReminder | None:
    """The one that they were sent last, or are just being sent."""
    cause = db.run(LAST_SAID, {"member": member_id, "since": since}).scalar_one_or_none()
    return one(db, int(cause.partition(":")[2]), member_id) if cause else None


def from_origin(db: Session, origin: str) -> OwnReminder | None:
    query = select(OwnReminder).where(col(OwnReminder.origin) == origin)
    return db.execute(query).scalar_one_or_none()


def due(db: Session, now: datetime, at_most: int) -> Sequence[OwnReminder]:
    """The longest due first; those that another process has in hand are left to it."""
    rows = db.execute(DUE, {"now": now, "at_most": at_most}).scalars().all()
    return tuple(rows)


def count_due(db: Session, now: datetime) -> int:
    return int(db.run(COUNT_DUE, {"now": now}).scalar_one())


def still_today(db: Session, members: Collection[str], now: datetime) -> dict[str, int]:
    """How many reminders of each are still to come today; who has none is missing."""
    tonight = midnight(now.astimezone(HOME).date() + timedelta(days=1))
    values = {"members": list(members), "midnight": tonight}
    return {member_id: count for member_id, count in db.run(STILL_TODAY, values)}


letter = table(Letter).c
LAST_SAID = (
    select(letter.cause)
    .where(
        letter.to == bindparam("member"),
        letter.kind == "own",
        letter.due >= bindparam("since", type_=Moment),
    )
    .order_by(letter.due.desc(), letter.id.desc())
    .limit(1)
)
own = table(OwnReminder).c
_is_due = (own.ended == "", own.next_at <= bindparam("now", type_=Moment))
STILL_TODAY = (
    select(own.member_id, func.count())
    .where(
        among(own.member_id, "members"),
        own.ended == "",
        own.next_at < bindparam("midnight", type_=Moment),
    )
    .group_by(own.member_id)
)
COUNT_DUE = select(func.count()).where(*_is_due)
DUE = (
    select(OwnReminder)
    .where(*_is_due)
    .order_by(own.next_at, own.id)
    .limit(bindparam("at_most"))
    .with_for_update(skip_locked=True)
)
