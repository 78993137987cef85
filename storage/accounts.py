"""From where a member speaks: which accounts are his, since when, and how they became so."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Date, and_, bindparam, delete, exists, or_, select, update
from sqlmodel import col

from bot.messages import Address
from storage import dialogs, inbox, revisions
from storage.database import Session, among, table
from storage.members import ROSTER, Account, Member, Membership
from storage.organisation import Tree


def of(db: Session, member_id: str) -> Sequence[Account]:
    """The oldest first."""
    query = select(Account).where(col(Account.member_id) == member_id)
    rows = db.execute(query.order_by(col(Account.bound_at), col(Account.platform))).scalars().all()
    return tuple(rows)


def one(db: Session, address: Address) -> Account | None:
    return db.get(Account, (address.platform, address.user))


def bind(
    db: Session, address: Address, member_id: str, *, via: str, consent: str, now: datetime
) -> None:
    """`IntegrityError` when somebody has it already."""
    account = Account(
        platform=address.platform,
        user=address.user,
        member_id=member_id,
        bound_at=now,
        via=via,
        consent=consent,
    )
    db.add(account)
    member = db.get_one(Member, member_id)
    member.erased_at = None  # who comes back, comes back by consenting anew
    db.flush()


def unbind(db: Session, address: Address) -> bool:
    """Nothing stays that was only there because of it. Whether it was bound."""
    platform, user = address
    is_it = and_(col(Account.platform) == platform, col(Account.user) == user)
    was_bound = db.run(delete(Account).where(is_it)).rowcount
    dialogs.forget(db, address)
    inbox.forget_user(db, address)
    return bool(was_bound)


def consent_shown(db: Session, address: Address, consent: str) -> None:
    """For an account that an import had bound; written with the others of the batch."""
    row = {"of_platform": address.platform, "of_user": address.user, "version": consent}
    db.together(SHOWN, row)


class Candidate(NamedTuple):
    """Somebody who may be meant by a name."""

    id: str
    name: str
    branch_id: str


def candidates(db: Session, tree: Tree, org_id: str) -> Sequence[Candidate]:
    """Who belongs to an organisation, or to one under it, on the day of `tree`."""

    def load() -> Sequence[Candidate]:
        values = {"orgs": tree.below(org_id), "day": tree.day}
        return tuple(Candidate(*row) for row in db.run(CANDIDATES, values))

    return revisions.kept(db, ROSTER, ("candidates", org_id, tree.day), load)


def candidate(db: Session, tree: Tree, member_id: str) -> Candidate | None:
    """None: belongs nowhere on the day of `tree`."""
    row = db.run(ONE, {"id": member_id, "day": tree.day}).first()
    return Candidate(*row) if row else None


def unbound(db: Session, tree: Tree, org_id: str) -> Sequence[Candidate]:
    """Those of them who can only be reached by word of mouth."""
    values = {"orgs": tree.below(org_id), "day": tree.day}
    return tuple(Candidate(*row) for row in db.run(UNBOUND, values))


account, member, membership = table(Account).c, table(Member).c, table(Membership).c
SHOWN = (
    update(table(Account))
    .where(account.platform == bindparam("of_platform"), account.user == bindparam("of_user"))
    .values(consent=bindparam("version"))
)


_day = bindparam("day", type_=Date)
BELONGING = (
    select(member.id, member.name, membership.branch_id)
    .join_from(table(Member), table(Membership), membership.member_id == member.id)
    .where(
        membership.since <= _day,
        or_(membership.until.is_(None), membership.until > _day),
    )
    .order_by(member.id)
)
CANDIDATES = BELONGING.where(
    or_(among(membership.branch_id, "orgs"), among(membership.group_id, "orgs"))
)
UNBOUND = CANDIDATES.where(~exists().where(account.member_id == member.id))
ONE = BELONGING.where(member.id == bindparam("id"))
