"""Who can be written to: the people of some organisations, and by what they can be reached."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Date, and_, bindparam, or_, select

from storage.database import Session, among, table
from storage.members import Account, Member, Membership


class Person(NamedTuple):
    id: str
    name: str
    status: str
    retired: bool
    branch_id: str


class Way(NamedTuple):
    """One account."""

    platform: str
    unreachable: str
    """Why nothing can be sent there now; empty when it can."""


def people(db: Session, org_ids: Sequence[str], day: date) -> list[Person]:
    """Who belongs to one of `org_ids` on `day`, in order of id; not those who had their data
    deleted."""
    return [Person(*row) for row in db.run(PEOPLE, {"orgs": org_ids, "day": day})]


def ways(db: Session, members: Sequence[str]) -> Mapping[str, list[Way]]:
    """The accounts of each, the one bound last first; those without any are missing."""
    found: dict[str, list[Way]] = {}
    for member_id, *way in db.run(WAYS, {"members": members}):
        found.setdefault(member_id, []).append(Way(*way))
    return found


_member, _membership, _account = table(Member).c, table(Membership).c, table(Account).c
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
WAYS = (
    select(_account.member_id, _account.platform, _account.unreachable)
    .where(among(_account.member_id, "members"))
    .order_by(_account.bound_at.desc(), _account.platform)
)
