"""What tells of persons: for a branch's own table, and to keep their names out of a circular."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Date, bindparam, or_, select

from storage import members
from storage.activities import Activity
from storage.attendance import Attendance
from storage.database import Session, among, table
from storage.members import Appointment, Member, Membership
from storage.reports.held import held_between, overlapping, window


class Change(NamedTuple):
    """Somebody came, went, took up a post or left it."""

    day: date
    member_id: str
    name: str
    what: str
    """joined, left, appointed or relieved."""
    role: str


def names(db: Session) -> frozenset[str]:
    """Of everybody on the roster: what must not stand in a circular."""
    return frozenset(row[0] for row in db.run(NAMES) if row[0])


def called(db: Session) -> dict[str, str]:
    """Member to name, of everybody."""
    return {row[0]: row[1] for row in db.run(CALLED)}


def attended(
    db: Session, org_ids: Sequence[str], start: datetime, end: datetime
) -> dict[int, dict[str, tuple[str, datetime]]]:
    """Activity to member to state and when."""
    found: dict[int, dict[str, tuple[str, datetime]]] = defaultdict(dict)
    for activity_id, member_id, state, at in db.run(ATTENDED, window(org_ids, start, end)):
        found[activity_id][member_id] = (state, at)
    return found


def belonging(db: Session, org_ids: Sequence[str], day: date) -> list[tuple[str, str, str, str]]:
    """(member, name, branch, group) of those who belong there on `day`."""
    rows = db.run(BELONGING, {"orgs": list(org_ids), "day": day})
    return [(row[0], row[1], row[2], row[3] or "") for row in rows]


def changes(db: Session, org_ids: Sequence[str], first: date, last: date) -> list[Change]:
    """Between two days, the earliest first; from one group to another is none."""
    span = {"orgs": list(org_ids), "first": first, "last": last}
    found: list[tuple[date, str, str, str]] = []
    for query, came, went in ((MOVES, "joined", "left"), (TERMS, "appointed", "relieved")):
        for member_id, role, since, until in db.run(query, span):
            if first <= since <= last:
                found.append((since, member_id, came, role))
            if until and first <= until <= last:
                found.append((until, member_id, went, role))
    stayed = _days(found, "joined") & _days(found, "left")
    named = members.names(db, sorted({each[1] for each in found}))
    return [
        Change(day, who, named.get(who, who), what, role)
        for day, who, what, role in sorted(found)
        if what not in {"joined", "left"} or (day, who) not in stayed
    ]


def _days(found: Sequence[tuple[date, str, str, str]], sort: str) -> set[tuple[date, str]]:
    return {(day, who) for day, who, what, _ in found if what == sort}


_activity, _attendance = table(Activity).c, table(Attendance).c
_member, _membership, _appointment = table(Member).c, table(Membership).c, table(Appointment).c
_day = bindparam("day", type_=Date)
NAMES = select(_member.name).where(_member.erased_at.is_(None))
CALLED = select(_member.id, _member.name)
ATTENDED = (
    select(_attendance.activity_id, _attendance.member_id, _attendance.state, _attendance.at)
    .join_from(table(Attendance), table(Activity), _activity.id == _attendance.activity_id)
    .where(*held_between)
)
BELONGING = (
    select(_member.id, _member.name, _membership.branch_id, _membership.group_id)
    .join_from(table(Membership), table(Member), _member.id == _membership.member_id)
    .where(
        among(_membership.branch_id, "orgs"),
        _membership.since <= _day,
        or_(_membership.until.is_(None), _membership.until > _day),
        _member.erased_at.is_(None),
    )
)
MOVES = select(
    _membership.member_id, _membership.branch_id, _membership.since, _membership.until
).where(among(_membership.branch_id, "orgs"), *overlapping(_membership))
TERMS = select(
    _appointment.member_id, _appointment.role, _appointment.since, _appointment.until
).where(among(_appointment.org_id, "orgs"), *overlapping(_appointment))
