"""What was heard and what was answered: a message that comes again gets the same answer."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, update
from sqlmodel import Field, SQLModel

from bot import text
from bot.messages import Address, Incoming, MessageKey, Reply, by_platform
from storage import outbox
from storage.database import Moment, Session, among, table


class Heard(SQLModel, table=True):
    """What a message said is not kept: only that it came, and what it was told."""

    platform: str = Field(primary_key=True)
    message: str = Field(primary_key=True)
    user: str
    at: datetime = Field(sa_type=Moment, index=True)
    reply: str
    """A `Reply` as JSON, without its dialog."""


class LateReply(SQLModel, table=True):
    """What is to be said when somebody is next heard: an answer that was ready only after its
    platform had stopped waiting, or news."""

    platform: str = Field(primary_key=True)
    message: str = Field(primary_key=True)
    user: str = Field(index=True)
    text: str
    until: datetime | None = Field(default=None, sa_type=Moment)
    """Not worth saying any more after it."""
    letter: str = ""
    """The key of the letter that says the same: whichever comes first."""


def answered(db: Session, keys: Sequence[MessageKey]) -> dict[MessageKey, Reply]:
    """The answers already given, of those asked for."""
    return {
        (platform, id): Reply.model_validate_json(reply)
        for platform, ids in by_platform(keys).items()
        for id, reply in db.run(ANSWERED, {"platform": platform, "ids": ids})
    }


def remember(db: Session, answers: Mapping[Incoming, Reply]) -> None:
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
    """Nobody was listening any more: to be said when the member is next heard. The key for a
    letter that may say it sooner."""
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
    """Something they have not asked for: to be said when they are next heard there. The same
    `key` is said once; a letter with this key need not be sent any more then."""
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
    """What these were not told in time; from now on they have been."""
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
    """These are on their way as letters: the next contact need not say them."""
    db.run(ON_THEIR_WAY, {"keys": list(keys)})


def was_heard(db: Session, key: MessageKey, now: datetime) -> None:
    """A late answer was fetched after all, by the platform's next delivery."""
    if db.run(FETCHED, {"of_platform": key[0], "of_message": key[1]}).rowcount:
        outbox.cancel_keys(db, [late_key(key)], "fetched", now)


def heard_before(db: Session, moment: datetime) -> list[MessageKey]:
    """Deliveries are never older than a day; what was told is not kept for longer than needed."""
    return [(row.platform, row.message) for row in db.run(HEARD_BEFORE, {"moment": moment})]


def forget(db: Session, keys: Sequence[MessageKey]) -> None:
    for platform, ids in by_platform(keys).items():
        db.run(FORGET, {"platform": platform, "ids": ids})


def forget_user(db: Session, address: Address) -> None:
    """No answer and no news is left that was for them."""
    values = {"of_platform": address.platform, "of_user": address.user}
    db.run(BLANK, values)
    db.run(PAID, values)


heard, late = table(Heard).c, table(LateReply).c
ANSWERED = select(heard.message, heard.reply).where(
    heard.platform == bindparam("platform"), among(heard.message, "ids")
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
