"""How people want to be written to: when not to disturb them, and where they like to read.

Read at the moment of sending, for what they have not asked for themselves: an urgent letter
(`Rank.URGENT`) and an own reminder (`Rank.OWN`) go out all the same.
"""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import cast

from sqlalchemy import bindparam, or_, select
from sqlmodel import Field, SQLModel

from bot.clock import HOME
from storage.database import Moment, Session, among, table


class Courtesy(SQLModel, table=True):
    """A row only for those who asked for something."""

    member_id: str = Field(primary_key=True, foreign_key="member.id")
    quiet_from: datetime | None = Field(default=None, sa_type=Moment)
    quiet_until: datetime | None = Field(default=None, sa_type=Moment)
    """Not from `quiet_from` until before this moment."""
    daily_from: int | None = None
    daily_until: int | None = None
    """Not between these hours of any day, in minutes since midnight in home time; the second is
    the smaller one where they lie around midnight."""
    platform: str = ""
    """The account to be tried first; empty: the one that was bound last."""


def of(db: Session, member_id: str) -> Courtesy:
    """Theirs, or one with nothing in it yet."""
    return db.get(Courtesy, member_id) or Courtesy(member_id=member_id)


def save(db: Session, row: Courtesy) -> None:
    db.add(row)
    db.flush()


def quiet_until(db: Session, members: Collection[str], now: datetime) -> dict[str, datetime]:
    """Until when each of them must not be disturbed; who may be written to at `now` is missing.
    At the moment that is returned they may."""
    rows = db.run(QUIET, {"members": list(members), "now": now})
    ends = {row.member_id: end_of_quiet(now, cast(Courtesy, row)) for row in rows}
    return {member_id: end for member_id, end in ends.items() if end > now}


def first_choice(db: Session, members: Collection[str]) -> dict[str, str]:
    """Member id to the platform that they want to be written to first; most have none."""
    rows = db.run(FIRST_CHOICE, {"members": list(members)})
    return {row.member_id: row.platform for row in rows}


def end_of_quiet(now: datetime, wants: Courtesy) -> datetime:
    """The first moment from `now` on at which nothing stands against a message. A night that
    begins before a quiet time ends, prolongs it, and the other way round."""
    at = now
    while (later := max(_once(at, wants), _daily(at, wants))) > at:
        at = later
    return at


def _once(at: datetime, wants: Courtesy) -> datetime:
    begins = wants.quiet_from or at
    return wants.quiet_until if wants.quiet_until and begins <= at < wants.quiet_until else at


def _daily(at: datetime, wants: Courtesy) -> datetime:
    if wants.daily_from is None or wants.daily_until in {None, wants.daily_from}:
        return at  # the whole of every day would never end
    today = at.astimezone(HOME).date()
    around_midnight = wants.daily_until < wants.daily_from
    for day in (today - timedelta(1), today):
        begins = _moment(day, wants.daily_from)
        ends = _moment(day + timedelta(around_midnight), wants.daily_until)
        if begins <= at < ends:
            return ends
    return at


def _moment(day: date, minutes: int) -> datetime:
    hour, minute = divmod(minutes, 60)
    return datetime.combine(day, time(hour % 24, minute), HOME)


courtesy = table(Courtesy).c
QUIET = select(
    courtesy.member_id,
    courtesy.quiet_from,
    courtesy.quiet_until,
    courtesy.daily_from,
    courtesy.daily_until,
).where(
    among(courtesy.member_id, "members"),
    or_(
        courtesy.daily_from.is_not(None),
        courtesy.quiet_until > bindparam("now", type_=Moment),
    ),
)
FIRST_CHOICE = select(courtesy.member_id, courtesy.platform).where(
    among(courtesy.member_id, "members"), courtesy.platform != ""
)
