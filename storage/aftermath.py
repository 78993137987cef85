"""What a platform tells later of messages that it had taken: that they arrived, or did not.

It may come before the answer to the call, after it, twice, or never. Each is heeded once, for the
letter whose call it was. Where the call was never answered, we know it by who it was for and when,
if that can only be one.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, case, delete, literal, select, update
from sqlmodel import Field, SQLModel

from bot.messages import Address, Agreed, Ended, Incoming
from storage import credits, inbox, lanes, members
from storage.attempts import Attempt
from storage.database import Moment, Session, among, insert_new, table
from storage.lanes import account_of
from storage.members import Account
from storage.outbox import Letter, State

SKEW = timedelta(seconds=2)
"""The platform's clock says whole seconds, and may differ from ours."""
TELLS_WITHIN = timedelta(seconds=90)
"""After the call; what comes later is not guessed about."""
KNOWN_FOR = timedelta(days=1)
BLOCKED, NOT_DELIVERED = "blocked", "not_delivered"


class Aftermath(SQLModel, table=True):
    platform: str = Field(primary_key=True)
    receipt: str = Field(primary_key=True)
    """How the platform calls the message."""
    user: str = Field(index=True)
    how: str
    """reached, blocked or failed."""
    at: datetime = Field(sa_type=Moment)
    heeded: bool = False
    """False too, for good, of what was none of ours, or nobody knows of which."""


def heard(db: Session, told: Sequence[Incoming], now: datetime) -> None:
    """Of platforms, not of people. The lane is locked first: whoever settles a call of it either
    finds what is told here, or is found."""
    users: dict[str, set[str]] = {}
    for each in told:
        users.setdefault(each.sender.platform, set()).add(each.sender.user)
    ways = {platform: sorted(lanes.standing_for(platform)) for platform in users}
    for name in sorted(name for names in ways.values() for name in names):
        lanes.take(db, name, now)
    for each in told:
        for news in each.news:
            note(db, each, news)
    for platform, names in ways.items():
        for name in names:
            heed(db, name, users[platform], now)


def note(db: Session, told: Incoming, news: Ended | Agreed) -> None:
    match news:
        case Ended(receipt, how):
            platform, user = told.sender
            row = {"platform": platform, "receipt": receipt, "user": user, "how": how}
            db.run(NOTE[db.dialect], {**row, "at": told.at, "heeded": False})
        case Agreed(template, more):
            credits.agreed(db, told.sender, template, more=more)


def heed(db: Session, lane: str, users: Collection[str], now: datetime) -> None:
    """Do what follows from what was told of messages to these, as far as we know of which. To be
    called when something was told, and when a call has ended; with the lane locked."""
    values: dict[str, Any] = {"on": account_of(lane), "of_lane": lane, "users": list(users)}
    told = db.run(NOT_HEEDED, values).all()
    if not told:
        return
    values |= {"receipts": [row.receipt for row in told], "since": now - KNOWN_FOR}
    tried = db.run(TRIED, values).all()
    for row in told:
        letter = whose(row, tried)
        if letter is not None:
            db.run(HEED, {"on": values["on"], "of_receipt": row.receipt})
            follow(db, letter, row, now)
            tried = [each for each in tried if each.id != letter.id]


def whose(told: Any, tried: Sequence[Any]) -> Any:
    """The try that this was told of; None where it may be several, or is none that we know."""
    for each in tried:
        if each.receipt == told.receipt:
            return each
    open_ = [
        each
        for each in tried
        if each.user == told.user and not each.receipt
        if each.started - SKEW <= told.at <= each.started + TELLS_WITHIN
    ]
    return open_[0] if len(open_) == 1 and open_[0].state != State.SENDING else None


def follow(db: Session, letter: Any, told: Any, now: datetime) -> None:
    """`letter` is as it stood; what has happened to it since is respected."""
    this = {"of_id": letter.id, "of_number": letter.number, "now": now}
    to = Address(account_of(letter.lane), letter.user)
    match told.how:
        case "reached":
            db.run(AMEND, {**this, "new_result": "sent", "why": "", "called": told.receipt})
            if db.run(REACHED, this).rowcount:
                credits.used(db, to, letter.lane, letter.kind)
                inbox.untold(db, [letter.key])
        case "blocked":
            db.run(AMEND, {**this, "new_result": "blocked", "why": "", "called": told.receipt})
            members.set_unreachable(db, to, BLOCKED)
            db.run(BACK, {**this, "new_lane": "", "new_user": "", "why": BLOCKED, "more": 0})
        case _:
            db.run(AMEND, {**this, "new_result": "refused", "why": "", "called": told.receipt})
            again = {"new_lane": letter.lane, "new_user": letter.user, "more": 1}
            other = {"new_lane": "", "new_user": "", "more": 0}
            db.run(BACK, {**this, **(other if letter.tries else again), "why": NOT_DELIVERED})


def forget_before(db: Session, moment: datetime) -> int:
    return int(db.run(FORGET, {"moment": moment}).rowcount)


aftermath, account = table(Aftermath).c, table(Account).c
letter, attempt = table(Letter).c, table(Attempt).c
NOTE = insert_new(Aftermath)
NOT_HEEDED = (
    select(aftermath.receipt, aftermath.user, aftermath.how, aftermath.at)
    .where(
        aftermath.platform == bindparam("on"),
        among(aftermath.user, "users"),
        aftermath.heeded.is_(False),
    )
    .order_by(aftermath.at, aftermath.receipt)
)
HEED = (
    update(table(Aftermath))
    .where(aftermath.platform == bindparam("on"), aftermath.receipt == bindparam("of_receipt"))
    .values(heeded=True)
)
_not_answered = and_(
    attempt.receipt == "",
    attempt.result.in_(["", "uncertain", "cut"]),
    attempt.number == letter.attempt,
    letter.state.in_([State.SENDING, State.WAITING, State.UNCERTAIN]),
)
_owners = select(account.member_id).where(
    account.platform == bindparam("on"), among(account.user, "users")
)
_these = and_(
    attempt.to.in_(_owners),
    attempt.started >= bindparam("since", type_=Moment),
    attempt.lane == bindparam("of_lane"),
    among(attempt.user, "users"),
)
TRIED = (
    select(
        letter.id, letter.key, letter.kind, letter.state, letter.tries, attempt.lane, attempt.user,
        attempt.number, attempt.started, attempt.receipt,
    )
    .join_from(table(Attempt), table(Letter), attempt.letter_id == letter.id)
    .where(_these, among(attempt.receipt, "receipts") | _not_answered)
)  # fmt: skip
_this = and_(letter.id == bindparam("of_id"), letter.attempt == bindparam("of_number"))
_now = bindparam("now", type_=Moment)
_in_doubt = letter.state.in_([State.WAITING, State.UNCERTAIN])
REACHED = (
    update(table(Letter))
    .where(_this, _in_doubt)
    .values(state=State.SENT, reason="", settled_at=_now)
)
_called_back = letter.stop != ""
BACK = (
    update(table(Letter))
    .where(_this, _in_doubt | (letter.state == State.SENT))
    .values(
        state=case((_called_back, literal(State.CANCELLED)), else_=literal(State.WAITING)),
        reason=case((_called_back, letter.stop), else_=bindparam("why")),
        body=case((letter.instead != "", letter.instead), else_=letter.body),
        instead="",
        lane=bindparam("new_lane"),
        user=bindparam("new_user"),
        tries=letter.tries + bindparam("more"),
        doubts=case((_in_doubt, letter.doubts - 1), else_=letter.doubts),
        settled_at=case((_called_back, _now), else_=None),
    )
)
"""It certainly did not arrive: it is said as if for the first time."""
AMEND = (
    update(table(Attempt))
    .where(attempt.letter_id == bindparam("of_id"), attempt.number == bindparam("of_number"))
    .values(result=bindparam("new_result"), reason=bindparam("why"), receipt=bindparam("called"))
)
FORGET = delete(table(Aftermath)).where(aftermath.at < bindparam("moment", type_=Moment))
