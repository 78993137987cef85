"""People: who they are, where they belong, which posts they hold, and from where they speak."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Date, Select, and_, bindparam, or_, select, update
from sqlmodel import Field, SQLModel

from bot.messages import Address, by_platform
from storage import revisions
from storage.database import Moment, Session, among, table
from storage.organisation import Line, Tree


class Role(StrEnum):
    """What somebody may be. The identifiers of the glossary; scope comes from the post."""

    GUEST = "guest"
    MEMBER = "member"
    GROUP_LEADER = "group_leader"
    SECRETARY = "secretary"
    DEPUTY_SECRETARY = "deputy_secretary"
    ORG_COMMISSIONER = "org_commissioner"
    PUBLICITY_COMMISSIONER = "publicity_commissioner"
    DISCIPLINE_COMMISSIONER = "discipline_commissioner"
    ORGAN_COMMITTEE = "organ_committee"
    COMMITTEE_OFFICE = "committee_office"
    OPERATOR = "operator"


class Member(SQLModel, table=True):
    id: str = Field(primary_key=True)
    name: str
    status: str = "full"
    accepted_on: date | None = None
    full_on: date | None = None
    is_leader: bool = False
    retired: bool = False
    away_from: date | None = None
    """Since when they are away without having moved to another branch; None: they are here."""
    mobile_from: date | None = None
    """Since when their branch looks after them from afar (流动党员)."""
    abroad_from: date | None = None
    dues_paid_through: date | None = None
    """The last day that their dues are paid for. No amounts."""
    chase_exempt: str = ""
    """Why this person is never chased (posted_away, aged_or_infirm …); empty for most."""
    theme_opt_in: bool = False
    """Wants to be reminded of the anniversary of having joined: nobody is unasked."""
    erased_at: datetime | None = Field(default=None, sa_type=Moment)


class Membership(SQLModel, table=True):
    """The branch and group that somebody belongs to, from a day until before another."""

    id: int = Field(default=None, primary_key=True)
    member_id: str = Field(foreign_key="member.id", index=True)
    branch_id: str = Field(foreign_key="organisation.id", index=True)
    group_id: str | None = Field(default=None, foreign_key="organisation.id", index=True)
    since: date
    until: date | None = None


class Appointment(SQLModel, table=True):
    """A post in an organisation: its role begins and ends by itself."""

    id: int = Field(default=None, primary_key=True)
    member_id: str = Field(foreign_key="member.id", index=True)
    org_id: str = Field(foreign_key="organisation.id", index=True)
    role: str
    since: date
    until: date | None = None
    full_time: bool = False
    approval: str = ""


class Account(SQLModel, table=True):
    """Ties a platform account to a member; a member may have several."""

    platform: str = Field(primary_key=True)
    user: str = Field(primary_key=True)
    member_id: str = Field(foreign_key="member.id", index=True)
    bound_at: datetime = Field(sa_type=Moment)
    via: str = "invite"
    """How it was bound: invite, import, second (from another account), demo."""
    consent: str = ""
    """The version of the consent text that was agreed to; empty where an import bound it."""
    unreachable: str = ""
    """Why nothing can be sent there now (unfollowed, blocked); empty when it can."""


class Post(NamedTuple):
    role: Role
    org_id: str


class Speaker(NamedTuple):
    """Whoever speaks: a value, not a row. To change it, load the `Member`."""

    id: str
    """Empty for a guest."""
    name: str
    branch_id: str = ""
    line: Line = ()
    """The organisations that the member belongs to: group, branch, and everything above."""
    posts: tuple[Post, ...] = ()
    consent: str = ""
    unreachable: str = ""
    """As it stands on record of the account from which they speak."""

    @property
    def is_guest(self) -> bool:
        return not self.id


GUEST = Speaker(id="", name="")
ROSTER = "roster"


def changed(db: Session) -> None:
    """To be called with every change of memberships and appointments."""
    revisions.changed(db, ROSTER)


def speakers(db: Session, addresses: Sequence[Address], tree: Tree) -> Mapping[Address, Speaker]:
    """Who speaks from where on the day of `tree`; an address that nobody has is missing."""
    rows = [
        row
        for platform, users in by_platform(addresses).items()
        for row in db.run(SPEAKERS, {"platform": platform, "users": users, "day": tree.day})
    ]
    posts = posts_of(db, [row.id for row in rows], tree.day)
    return {
        Address(row.platform, row.user): Speaker(
            row.id,
            row.name,
            row.branch_id or "",
            tree.line(row.group_id or row.branch_id) if row.branch_id else (),
            posts.get(row.id, ()),
            row.consent,
            row.unreachable,
        )
        for row in rows
    }


def speaker(db: Session, member_id: str, tree: Tree) -> Speaker | None:
    """A member as they would speak, from wherever."""
    row = db.run(ONE_MEMBER, {"id": member_id, "day": tree.day}).one_or_none()
    if row is None:
        return None
    line = tree.line(row.group_id or row.branch_id) if row.branch_id else ()
    posts = posts_of(db, [member_id], tree.day).get(member_id, ())
    return Speaker(row.id, row.name, row.branch_id or "", line, posts)


def speakers_by_id(db: Session, ids: Collection[str], tree: Tree) -> Mapping[str, Speaker]:
    """Members as they would speak, from wherever; who is erased, or unknown, is missing."""
    posts = posts_of(db, list(ids), tree.day)
    return {
        row.id: Speaker(
            row.id,
            row.name,
            row.branch_id or "",
            tree.line(row.group_id or row.branch_id) if row.branch_id else (),
            posts.get(row.id, ()),
        )
        for row in db.run(SOME_MEMBERS, {"ids": list(ids), "day": tree.day})
    }


def set_unreachable(db: Session, address: Address, reason: str) -> None:
    """Remember why nothing can be sent to an account; empty: it can again."""
    db.run(UNREACHABLE, {"of_platform": address.platform, "of_user": address.user, "why": reason})


def posts_of(db: Session, ids: Sequence[str], day: date) -> Mapping[str, tuple[Post, ...]]:
    found: dict[str, tuple[Post, ...]] = {}
    for member_id, role, org_id in db.run(POSTS, {"ids": ids, "day": day}) if ids else ():
        found[member_id] = (*found.get(member_id, ()), Post(Role(role), org_id))
    return found


def names(db: Session, ids: Sequence[str]) -> dict[str, str]:
    """Member id to name."""
    return {row.id: row.name for row in db.run(NAMES, {"ids": ids})}


def name_of(db: Session, member_id: str) -> str:
    """Empty where nobody has that id."""
    return names(db, [member_id]).get(member_id, "") if member_id else ""


def belonging(db: Session, org_ids: Sequence[str], day: date) -> dict[str, str]:
    """Member id to name, of those who belonged to one of `org_ids` on `day`, in order of id."""
    rows = db.run(BELONGING, {"orgs": org_ids, "day": day})
    return {row.id: row.name for row in rows}


def addresses(db: Session, member_id: str) -> list[Address]:
    """Where a member can be reached, the account bound last first."""
    return [Address(*row) for row in db.run(ADDRESSES, {"member_id": member_id})]


def holders(db: Session, role: Role, org_ids: Sequence[str], day: date) -> list[tuple[str, str]]:
    """(member id, org id) of those who hold `role` in one of `org_ids` on `day`."""
    rows = db.run(HOLDERS, {"role": role, "org_ids": list(org_ids), "day": day})
    return [(row.member_id, row.org_id) for row in rows]


def operators(db: Session, day: date) -> list[str]:
    """Who looks after the machine on `day`."""
    return [row.member_id for row in db.run(OPERATORS, {"role": Role.OPERATOR, "day": day})]


def posts_in(db: Session, org_ids: Sequence[str], day: date) -> list[tuple[str, Post]]:
    """Who holds what in one of `org_ids` on `day`."""
    rows = db.run(POSTS_IN, {"org_ids": org_ids, "day": day})
    return [(row.member_id, Post(Role(row.role), row.org_id)) for row in rows]


account, member = table(Account).c, table(Member).c
membership, appointment = table(Membership).c, table(Appointment).c
_day = bindparam("day", type_=Date)
_belongs = and_(
    membership.member_id == member.id,
    membership.since <= _day,
    or_(membership.until.is_(None), membership.until > _day),
)
_holds = and_(appointment.since <= _day, or_(appointment.until.is_(None), appointment.until > _day))


def _speakers() -> Select[tuple[str, str, str, str, str, str, str, str]]:
    return (
        select(
            account.platform,
            account.user,
            member.id,
            member.name,
            membership.branch_id,
            membership.group_id,
            account.consent,
            account.unreachable,
        )
        .join_from(table(Account), table(Member), account.member_id == member.id)
        .outerjoin(table(Membership), _belongs)
        .where(account.platform == bindparam("platform"), among(account.user, "users"))
    )


SPEAKERS = _speakers()
NAMES = select(member.id, member.name).where(among(member.id, "ids"))
BELONGING = (
    select(member.id, member.name)
    .join_from(table(Membership), table(Member), _belongs)
    .where(or_(among(membership.branch_id, "orgs"), among(membership.group_id, "orgs")))
    .order_by(member.id)
)
_here = (
    select(member.id, member.name, membership.branch_id, membership.group_id)
    .outerjoin_from(table(Member), table(Membership), _belongs)
    .where(member.erased_at.is_(None))
)
ONE_MEMBER = _here.where(member.id == bindparam("id"))
SOME_MEMBERS = _here.where(among(member.id, "ids"))
POSTS = (
    select(appointment.member_id, appointment.role, appointment.org_id)
    .where(among(appointment.member_id, "ids"), _holds)
    .order_by(appointment.id)
)
HOLDERS = (
    select(appointment.member_id, appointment.org_id)
    .where(
        appointment.role == bindparam("role"),
        among(appointment.org_id, "org_ids"),
        _holds,
    )
    .order_by(appointment.id)
)
OPERATORS = select(appointment.member_id).where(appointment.role == bindparam("role"), _holds)
POSTS_IN = (
    select(appointment.member_id, appointment.role, appointment.org_id)
    .where(among(appointment.org_id, "org_ids"), _holds)
    .order_by(appointment.id)
)
ADDRESSES = (
    select(account.platform, account.user)
    .where(account.member_id == bindparam("member_id"))
    .order_by(account.bound_at.desc())
)
UNREACHABLE = (
    update(table(Account))
    .where(account.platform == bindparam("of_platform"), account.user == bindparam("of_user"))
    .values(unreachable=bindparam("why"))
)
NAMES = select(member.id, member.name).where(among(member.id, "ids"))
