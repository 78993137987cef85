"""Which accounts are mine, and parting with one."""

from collections.abc import Sequence
from datetime import datetime

from bot.messages import Address, Refusal
from handlers.binding import rules, text
from handlers.binding.actions.entering import tell
from handlers.binding.rules import Bound
from storage import accounts, audit
from storage.database import Session
from storage.members import Speaker


def mine(db: Session, member: Speaker, address: Address) -> Sequence[Bound]:
    return [
        Bound(
            each.platform,
            each.user,
            each.bound_at,
            each.via,
            here=(each.platform, each.user) == address,
        )
        for each in accounts.of(db, member.id)
    ]


def unbind(db: Session, member: Speaker, address: Address, mark: str, now: datetime) -> Bound:
    """`Refusal` when it is gone already, or not for this account to decide."""
    all_of_mine = mine(db, member, address)
    one = chosen(all_of_mine, mark)
    if not rules.may_unbind(all_of_mine, one, now):
        raise Refusal(text.TOO_NEW_TO_UNBIND)
    part(db, member, address, one, now)
    return one


def chosen(bound: Sequence[Bound], mark: str) -> Bound:
    one = next((each for each in bound if each.mark == mark), None)
    if one is None:
        raise Refusal(text.NOT_BOUND_ANY_MORE)
    return one


def undo(db: Session, member: Speaker, address: Address, now: datetime) -> Sequence[Bound]:
    """«That is not me»: everything that was bound lately and after this account is parted."""
    strangers = rules.undoable(mine(db, member, address), now)
    for each in strangers:
        part(db, member, address, each, now)
    return strangers


def part(db: Session, member: Speaker, address: Address, one: Bound, now: datetime) -> None:
    parted = Address(one.platform, one.user)
    accounts.unbind(db, parted)
    audit.note(db, member.id, "unbind", f"member:{member.id}", now, one.platform)
    if parted != address:
        tell(db, parted, parted, text.UNBOUND_THERE, now)
