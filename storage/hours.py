"""Study hours, as far as attendance shows them: nobody enters them a second time."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Float, bindparam, func, select

from bot.clock import midnight
from storage.activities import Activity, Status
from storage.attendance import CAME, Attendance, State
from storage.database import Moment, Session, among, table
from storage.members import Membership

THERE = sorted({*CAME, State.OBSERVING})
"""Whoever came to another organisation's has studied, too."""
ROUNDING = 1e-6
"""Hours are fractions: ten tenths are one."""


class Studied(NamedTuple):
    hours: float
    times: int


class Reached(NamedTuple):
    """The activity that made it enough."""

    day: date
    activity_id: int


def of_members(db: Session, ids: Sequence[str], first: date, last: date) -> Mapping[str, Studied]:
    """Who has come to nothing that counts is not in it."""
    rows = db.run(OF_MEMBERS, {"members": list(ids), **_between(first, last)})
    return {row[0]: Studied(float(row[1]), row[2]) for row in rows}


def reached(db: Session, hours: int, first: date, last: date) -> Mapping[str, Reached]:
    """Member to when they had so many hours, counted from `first`; the others are not in it."""
    found: dict[str, Reached] = {}
    for row in db.run(REACHED, {"hours": hours - ROUNDING, **_between(first, last)}):
        found.setdefault(row.member_id, Reached(row.starts.date(), row.id))
    return found


def counted_since(db: Session) -> Mapping[str, date]:
    """Organisation to its first activity that counts and that records of persons exist of."""
    return {row[0]: row[1].date() for row in db.run(COUNTED_SINCE)}


def joined(db: Session) -> Mapping[str, date]:
    """Member to the day since when they have belonged to a branch, whichever."""
    return {row[0]: row[1] for row in db.run(JOINED)}


def _between(first: date, last: date) -> dict[str, datetime]:
    return {"from": midnight(first), "till": midnight(last + timedelta(1))}


_activity, _attendance, _membership = (
    table(model).c for model in (Activity, Attendance, Membership)
)
_both = table(Attendance).join(table(Activity), _activity.id == _attendance.activity_id)
_counts = (
    _activity.study_hours > 0,
    _activity.status != Status.CANCELLED,
    _attendance.state.in_(THERE),
)
_within = (
    _activity.starts >= bindparam("from", type_=Moment),
    _activity.starts < bindparam("till", type_=Moment),
)
OF_MEMBERS = (
    select(_attendance.member_id, func.sum(_activity.study_hours), func.count())
    .select_from(_both)
    .where(among(_attendance.member_id, "members"), *_counts, *_within)
    .group_by(_attendance.member_id)
)
_so_far = (
    select(
        _attendance.member_id,
        _activity.id,
        _activity.starts,
        func.sum(_activity.study_hours)
        .over(
            partition_by=_attendance.member_id,
            order_by=(_activity.starts, _activity.id),
        )
        .label("hours"),
    )
    .select_from(_both)
    .where(*_counts, *_within)
    .subquery()
)
REACHED = (
    select(_so_far.c.member_id, _so_far.c.id, _so_far.c.starts)
    .where(_so_far.c.hours >= bindparam("hours", type_=Float))
    .order_by(_so_far.c.starts, _so_far.c.id)
)
COUNTED_SINCE = (
    select(_activity.org_id, func.min(_activity.starts))
    .select_from(_both)
    .where(*_counts)
    .group_by(_activity.org_id)
)
JOINED = select(_membership.member_id, func.min(_membership.since)).group_by(_membership.member_id)
