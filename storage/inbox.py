"""What was heard and what was answered, and what is still owed to whoever writes next.

`Heard` makes a message that is delivered again get the same answer. `LateReply` holds what an
account is to be told when it is next heard: answers that were late, and news that no letter has
brought yet.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, update
from sqlmodel import Field, SQLModel

from bot import text
from bot.messages import Address, Incoming, MessageKey, Reply, by_platform
from storage import outbox
from storage.database import Moment, Session, among, table


class Heard(SQLModel, table=True):
    """A message that was answered. What it said is not kept, only what it was told."""

    platform: str = Field(primary_key=True)
    message: str = Field(primary_key=True)
    user: str
    at: datetime = Field(sa_type=Moment, index=True)
    reply: str
    """A `Reply` as JSON, without its dialog."""


class LateReply(SQLModel, table=True):
    """Said before the answer to the next message of this account, and deleted then."""

    platform: str = Field(primary_key=True)
    message: str = Field(primary_key=True)
    user: str = Field(index=True)
    text: str
    until: datetime | None = Field(default=None, sa_type=Moment)
    """Not worth saying any more after it."""
    letter: str = ""
    """The key of the letter that says the same: whichever comes first."""


def answered(db: Session, keys: Sequence[MessageKey]) -> dict[MessageKey, Reply]:
    """The answers to those of `keys` that were answered before."""
    return {
        (platform, id): Reply.model_validate_json(reply)
        for platform, ids in by_platform(keys).items()
        for id, reply in db.run(ANSWERED, {"platform": platform, "ids": ids})
    }


def last_told(db: Session, address: Address, since: datetime) -> Reply | None:
    """The last answer that was given there; None for none since then. Without its dialog."""
    values = {"of_platform": address.platform, "of_user": address.user, "since": since}
    reply = db.run(LAST_TOLD, values).scalar()
    return Reply.model_validate_json(reply) if reply else None


def remember(db: Session, answers: Mapping[Incoming, Reply]) -> None:
    """What each message was answered: `Reply.to_keep`, not more. None may have been answered
    before."""
    rows = [
        {
            "platform": incoming.sender.platform,
            "message": incoming.id,
            "user": incoming.sender.user,
            "at": incoming.at,
            "reply": reply.to_keep.model_dump_json(exclude={"then"}, exclude_defaults=True),
        }
        for incoming, reply in answers.items()
    ]
    if rows:
        db.run(REMEMBER, rows)


def was_late(db: Session, incoming: Incoming, reply: Reply) -> str:
    """The answer was ready after the platform had stopped waiting: it is said before the next
    answer. Returns the key under which a letter may say it sooner; then it is not said again."""
    key = late_key(incoming.key)
    late = LateReply(
        platform=incoming.sender.platform,
        message=incoming.id,
        user=incoming.sender.user,
        text=text.late(reply.to_keep.text),
        letter=key,
    )
    db.merge(late)
    return key


def late_key(key: MessageKey) -> str:
    return f"late:{key[0]}:{key[1]}"


def tell(db: Session, address: Address, key: str, said: str, until: datetime | None = None) -> None:
    """News to be said before the next answer to `address`, unless `until` has passed by then. The
    same `key` is said once; the letter with this key is not sent any more once it was said here."""
    news = LateReply(
        platform=address.platform,
        message=key,
        user=address.user,
        text=said,
        until=until,
        letter=key,
    )
    db.merge(news)


def owed(db: Session, addresses: Sequence[Address], now: datetime) -> dict[Address, list[str]]:
    """What these accounts are still to be told, in no particular order. It is deleted by this call,
    so it has to be said with the answers of this unit of work."""
    found: dict[Address, list[str]] = {}
    told: list[str] = []
    for platform, users in by_platform(addresses).items():
        for user, said, key, until in db.run(OWED, {"platform": platform, "users": users}):
            saying = found.setdefault(Address(platform, user), [])
            if until is None or now < until:
                saying.append(said)
                told += [key] if key else []
    for address in found:
        db.run(PAID, {"of_platform": address.platform, "of_user": address.user})
    if told:
        outbox.was_told(db, told, now)
    return {address: saying for address, saying in found.items() if saying}


def untold(db: Session, keys: Sequence[str]) -> None:
    """Letters with these keys are on their way: the next contact need not say the same."""
    db.run(ON_THEIR_WAY, {"keys": list(keys)})


def was_heard(db: Session, key: MessageKey, now: datetime) -> None:
    """A later delivery of this message got its answer: it is owed no longer, nor is a letter."""
    if db.run(FETCHED, {"of_platform": key[0], "of_message": key[1]}).rowcount:
        outbox.cancel_keys(db, [late_key(key)], "fetched", now)


def heard_before(db: Session, moment: datetime) -> list[MessageKey]:
    """Messages that were said before `moment`, to be forgotten by `forget`."""
    return [(row.platform, row.message) for row in db.run(HEARD_BEFORE, {"moment": moment})]


def forget(db: Session, keys: Sequence[MessageKey]) -> None:
    for platform, ids in by_platform(keys).items():
        db.run(FORGET, {"platform": platform, "ids": ids})


def forget_user(db: Session, address: Address) -> None:
    """Blanks every answer to this account and deletes what it is owed: for erasure."""
    values = {"of_platform": address.platform, "of_user": address.user}
    db.run(BLANK, values)
    db.run(PAID, values)


heard, late = table(Heard).c, table(LateReply).c
ANSWERED = select(heard.message, heard.reply).where(
    heard.platform == bindparam("platform"), among(heard.message, "ids")
)
LAST_TOLD = (
    select(heard.reply)
    .where(
        heard.at >= bindparam("since", type_=Moment),
        heard.platform == bindparam("of_platform"),
        heard.user == bindparam("of_user"),
    )
    .order_by(heard.at.desc())
    .limit(1)
)
REMEMBER = insert(table(Heard))
OWED = select(late.user, late.text, late.letter, late.until).where(
    late.platform == bindparam("platform"), among(late.user, "users")
)
PAID = delete(table(LateReply)).where(
    late.platform == bindparam("of_platform"), late.user == bindparam("of_user")
)
FETCHED = delete(table(LateReply)).where(
    late.platform == bindparam("of_platform"), late.message == bindparam("of_message")
)
ON_THEIR_WAY = delete(table(LateReply)).where(among(late.letter, "keys"))
HEARD_BEFORE = select(heard.platform, heard.message).where(
    heard.at < bindparam("moment", type_=Moment)
)
FORGET = delete(table(Heard)).where(
    heard.platform == bindparam("platform"), among(heard.message, "ids")
)
BLANK = (
    update(table(Heard))
    .where(heard.platform == bindparam("of_platform"), heard.user == bindparam("of_user"))
    .values(user="", reply='{"text":""}')
)
