"""What duties are planned from: registers and activities of the whole city, one statement for each
sort, thousands of rows at a time. Rows are named after the columns that each docstring lists."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select

from storage.activities import Activity, Status
from storage.attendance import CAME, Attendance
from storage.database import Moment, Session, table
from storage.members import Appointment, Member, Membership
from storage.organisation import Organisation, Placement


def organisations(db: Session, day: date) -> Sequence[Any]:
    """Every organisation of the tree of `day`: id, name, kind, elected_on, term_years, theme_day,
    dues_day, has_committee, parent_id."""
    return db.run(ORGANISATIONS, {"day": day}).all()


def people(db: Session, day: date) -> Sequence[Any]:
    """Everybody who belongs to a branch on `day`: id, status, accepted_on, full_on, is_leader,
    retired, chase_exempt, theme_opt_in, branch_id."""
    return db.run(PEOPLE, {"day": day}).all()


def spared(db: Session) -> dict[str, str]:
    """Member to why they are never chased; `erased` where nothing is to be said at all."""

    def load() -> dict[str, str]:
        rows = db.run(SPARED).all()
        return {row.id: "erased" if row.erased_at else row.chase_exempt for row in rows}

    return dict(db.once("spared", load))


def posts(db: Session) -> Sequence[Any]:
    """All posts that were ever held: member_id, org_id, role, since, until."""
    return db.once("posts", lambda: db.run(POSTS).all())


def first_records(db: Session) -> dict[str, datetime]:
    """Organisation to when its first activity on record began."""
    return {row[0]: row[1] for row in db.run(FIRST_RECORDS)}


def last_attended(db: Session) -> dict[str, datetime]:
    """Member to when they last came to anything."""
    return {row[0]: row[1] for row in db.run(LAST_ATTENDED)}


def held(db: Session, start: datetime, now: datetime) -> Sequence[Any]:
    """Activities that have been held since `start`: id, org_id, kind, title, starts."""
    return db.run(HELD, {"from": start, "now": now}).all()


def meetings(db: Session, start: datetime, end: datetime) -> Sequence[Any]:
    """What starts in [start, end) and is not cancelled: id, org_id, kind, starts, title."""
    return db.run(MEETINGS, {"from": start, "now": end}).all()


_organisation, _placement = table(Organisation).c, table(Placement).c
_member, _membership, _appointment = table(Member).c, table(Membership).c, table(Appointment).c
_activity, _attendance = table(Activity).c, table(Attendance).c
_day = bindparam("day", type_=_placement.since.type)
_from, _now = bindparam("from", type_=Moment), bindparam("now", type_=Moment)


def _lasts(rows: Any) -> Any:
    return and_(rows.since <= _day, or_(rows.until.is_(None), rows.until > _day))


ORGANISATIONS = (
    select(
        *(_organisation[name] for name in ("id", "name", "kind", "elected_on", "term_years")),
        *(_organisation[name] for name in ("theme_day", "dues_day", "has_committee")),
        _placement.parent_id,
    )
    .join_from(table(Organisation), table(Placement), _placement.org_id == _organisation.id)
    .where(_lasts(_placement))
    .order_by(_organisation.id)
)
PEOPLE = (
    select(
        *(_member[name] for name in ("id", "status", "accepted_on", "full_on", "is_leader")),
        *(_member[name] for name in ("retired", "chase_exempt", "theme_opt_in")),
        *(_member[name] for name in ("away_from", "mobile_from", "abroad_from")),
        _member.dues_paid_through,
        _membership.branch_id,
    )
    .join_from(table(Member), table(Membership), _membership.member_id == _member.id)
    .where(_lasts(_membership), _member.erased_at.is_(None))
    .order_by(_member.id)
)
SPARED = select(_member.id, _member.chase_exempt, _member.erased_at).where(
    or_(_member.chase_exempt != "", _member.erased_at.is_not(None))
)
POSTS = select(
    _appointment.member_id,
    _appointment.org_id,
    _appointment.role,
    _appointment.since,
    _appointment.until,
)
FIRST_RECORDS = (
    select(_activity.org_id, func.min(_activity.starts))
    .where(_activity.status != Status.CANCELLED)
    .group_by(_activity.org_id)
)
LAST_ATTENDED = (
    select(_attendance.member_id, func.max(_attendance.at))
    .where(_attendance.state.in_([each.value for each in CAME]))
    .group_by(_attendance.member_id)
)
_somebody_came = (
    select(_attendance.activity_id)
    .where(
        _attendance.activity_id == _activity.id,
        _attendance.state.in_([each.value for each in CAME]),
    )
    .exists()
)
HELD = select(
    _activity.id, _activity.org_id, _activity.kind, _activity.title, _activity.starts
).where(
    _activity.starts >= _from,
    _activity.starts <= _now,
    or_(
        _activity.status == Status.DONE,
        and_(_activity.status == Status.PLANNED, _activity.closes < _now, _somebody_came),
    ),
)
MEETINGS = select(
    _activity.id, _activity.org_id, _activity.kind, _activity.starts, _activity.title
).where(_activity.starts >= _from, _activity.starts < _now, _activity.status != Status.CANCELLED)
