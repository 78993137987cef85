"""What was left for somebody's next contact, because no page of theirs was open."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from bot.messages import Address
from storage.database import Moment, Session, table
from storage.members import Account
from storage.outbox import CONTACT, Letter, State

letter, account = table(Letter).c, table(Account).c


def anything_left(db: Session, address: Address) -> bool:
    """Whether something waits for the next contact of this account."""
    return db.run(LEFT, left_for(address)).first() is not None


def try_again(db: Session, address: Address, now: datetime) -> bool:
    """They are there: what was left for them may be sent after all. Whether there was anything."""
    return db.run(TRY_AGAIN, left_for(address) | {"now": now}).rowcount > 0


def left_for(address: Address) -> dict[str, Any]:
    return {"of_lane": address.platform, "of_user": address.user, "why": CONTACT}


_owner = (
    select(account.member_id)
    .where(
        account.platform == bindparam("of_lane"),
        account.user == bindparam("of_user"),
    )
    .scalar_subquery()
)
_left = (
    letter.to == _owner,
    letter.state == State.HELD,
    letter.reason == bindparam("why"),
    letter.lane == bindparam("of_lane"),
    letter.user == bindparam("of_user"),
)
LEFT = select(letter.id).where(*_left).limit(1)
TRY_AGAIN = (
    update(table(Letter))
    .where(*_left)
    .values(state=State.WAITING, not_before=bindparam("now", type_=Moment))
)
