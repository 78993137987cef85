"""Who can be written to: the people of some organisations."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Date, and_, bindparam, or_, select

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


_member, _membership = table(Member).c, table(Membership).c
_day = bindparam("day", type_=Date)
PEOPLE = (
    select(_member.id, _member.name, _member.status, _member.retired, _membership.branch_id)
    .join_from(
        table(Member),
        table(Membership),
        and_(
            _membership.member_id == _member.id,
            _membership.since <= _day,
            or_(_membership.until.is_(None), _membership.until > _day),
        ),
    )
    .where(
        or_(among(_membership.branch_id, "orgs"), among(_membership.group_id, "orgs")),
        _member.erased_at.is_(None),
    )
    .order_by(_member.id)
)
