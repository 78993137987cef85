"""At what a member is expected: where they belonged on the day of each activity decides."""

from datetime import date, datetime, timedelta

from sqlalchemy import Date, bindparam, or_, select

from storage import activities, organisation
from storage.activities import Activity, Audience, Held, SignUp, Status
from storage.attendance import Attendance, State
from storage.database import Moment, Session, table
from storage.members import Appointment, Membership
from storage.organisation import History

Place = tuple[str, date, date | None]
"""An organisation, from a day until before another."""


def of_member(db: Session, member_id: str, start: datetime, end: datetime) -> list[Held]:
    """What starts in [start, end) and is not cancelled, the earliest first."""
    first, last = start.date(), (end - timedelta(microseconds=1)).date()
    past = organisation.history(db, first, last)
    values = {"member": member_id, "first": first, "last": last}
    homes: list[Place] = [
        (row.group_id or row.branch_id, row.since, row.until) for row in db.run(HOMES, values)
    ]
    posts: list[Place] = [(row.org_id, row.since, row.until) for row in db.run(POSTS, values)]
    orgs = {above for home, _, _ in homes for above in past.ever_above(home)}
    orgs |= {org_id for org_id, _, _ in posts}
    own = signed_up_by(db, member_id)
    return [
        each
        for each in activities.between(db, sorted(orgs), start, end)
        if _expected(each, homes, posts, own, past)
    ]


def records_of(db: Session, member_id: str, start: datetime, end: datetime) -> dict[int, State]:
    """Activity to state, of what starts in [start, end) and is not cancelled."""
    values = {"member": member_id, "from": start, "till": end}
    return {row.activity_id: State(row.state) for row in db.run(RECORDS_OF, values)}


def signed_up_by(db: Session, member_id: str) -> set[int]:
    return {row[0] for row in db.run(SIGNED_UP_BY, {"member": member_id})}


def _expected(
    held: Held, homes: list[Place], posts: list[Place], own: set[int], past: History
) -> bool:
    day = held.starts.date()
    match Audience(held.audience):
        case Audience.SIGNED_UP:
            return held.id in own
        case Audience.OFFICERS:
            return held.org_id in _on(posts, day)
        case Audience.ALL:
            return any(held.org_id in past.line(home, day) for home in _on(homes, day))


def _on(places: list[Place], day: date) -> list[str]:
    return [org for org, since, until in places if since <= day and (not until or day < until)]


_membership, _appointment = table(Membership).c, table(Appointment).c
_first, _last = bindparam("first", type_=Date), bindparam("last", type_=Date)
HOMES = select(
    _membership.group_id, _membership.branch_id, _membership.since, _membership.until
).where(
    _membership.member_id == bindparam("member"),
    _membership.since <= _last,
    or_(_membership.until.is_(None), _membership.until > _first),
)
POSTS = select(_appointment.org_id, _appointment.since, _appointment.until).where(
    _appointment.member_id == bindparam("member"),
    _appointment.since <= _last,
    or_(_appointment.until.is_(None), _appointment.until > _first),
)
_sign_up = table(SignUp).c
SIGNED_UP_BY = select(_sign_up.activity_id).where(_sign_up.member_id == bindparam("member"))
_activity, _attendance = table(Activity).c, table(Attendance).c
RECORDS_OF = (
    select(_attendance.activity_id, _attendance.state)
    .join_from(table(Attendance), table(Activity), _activity.id == _attendance.activity_id)
    .where(
        _attendance.member_id == bindparam("member"),
        _activity.status != Status.CANCELLED,
        _activity.starts >= bindparam("from", type_=Moment),
        _activity.starts < bindparam("till", type_=Moment),
    )
)
