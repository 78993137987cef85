"""Who can be written to: the people of some organisations."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Date, and_, bindparam, func, or_, select

from storage.attendance import APART
from storage.database import Session, among, table
from storage.members import Member, Membership


class Person(NamedTuple):
    id: str
    name: str
    status: str
    retired: bool
    branch_id: str


def people(db: Session, org_ids: Sequence[str], day: date) -> list[Person]:
    """Who belongs to one of `org_ids` on `day`, in order of id; not those who had their data
    deleted."""
    return [Person(*row) for row in db.run(PEOPLE, {"orgs": org_ids, "day": day})]


def ids(db: Session, org_ids: Sequence[str], day: date) -> list[str]:
    """Of the same people, in no order."""
    return _apart(db.run(IDS, {"orgs": org_ids, "day": day}).scalar_one())


def names(db: Session, org_ids: Sequence[str], day: date) -> list[str]:
    """What the same people are called, each name once."""
    return _apart(db.run(NAMES, {"orgs": org_ids, "day": day}).scalar_one())


def _apart(together: str | None) -> list[str]:
    return list(dict.fromkeys(together.split(APART))) if together else []


_member, _membership = table(Member).c, table(Membership).c
_day = bindparam("day", type_=Date)
_there = table(Member).join(
    table(Membership),
    and_(
        _membership.member_id == _member.id,
        _membership.since <= _day,
        or_(_membership.until.is_(None), _membership.until > _day),
    ),
)
_of_them = (
    or_(among(_membership.branch_id, "orgs"), among(_membership.group_id, "orgs")),
    _member.erased_at.is_(None),
)
PEOPLE = (
    select(_member.id, _member.name, _member.status, _member.retired, _membership.branch_id)
    .select_from(_there)
    .where(*_of_them)
    .order_by(_member.id)
)
IDS = select(func.aggregate_strings(_member.id, APART)).select_from(_there).where(*_of_them)
NAMES = select(func.aggregate_strings(_member.name, APART)).select_from(_there).where(*_of_them)
