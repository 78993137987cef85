"""Who is let into the console: links for one use, passwords, tries, and who is in.

Of every secret only a digest is here: whoever reads the database enters nowhere by it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, delete, func, insert, or_, select, update
from sqlmodel import Field, SQLModel, col

from storage.database import Moment, Session, table
from storage.keyring import Damaged, KeyMissing, Keyring


class ConsoleLink(SQLModel, table=True):
    """A link that was given in chat: good once, and not for long."""

    __tablename__ = "console_link"

    digest: str = Field(primary_key=True)
    member_id: str = Field(foreign_key="member.id", index=True)
    expires: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)


class ConsoleSession(SQLModel, table=True):
    """One browser that is in. To end it is to delete the row."""

    __tablename__ = "console_session"

    digest: str = Field(primary_key=True)
    member_id: str = Field(foreign_key="member.id", index=True)
    posts: str
    """The posts at the time of entering: with other posts one has to enter anew."""
    since: datetime = Field(sa_type=Moment)
    seen: datetime = Field(sa_type=Moment)
    """To the minute."""
    said: str = ""
    """What came of the last deed: shown on the next page, once."""


class ConsolePassword(SQLModel, table=True):
    __tablename__ = "console_password"

    member_id: str = Field(primary_key=True, foreign_key="member.id")
    hash: str
    """argon2id, with its salt and cost."""
    totp: str
    """The secret of the codes that change every thirty seconds, under a key that is not here:
    `storage/keyring.py`."""
    last_slot: int = 0
    """The code of this half minute was used: neither it nor an older one is taken again."""
    set_at: datetime = Field(sa_type=Moment)


class ConsoleTry(SQLModel, table=True):
    """A password that was tried and was not right, or is not known to be yet."""

    __tablename__ = "console_try"

    id: int = Field(default=None, primary_key=True)
    key: str = Field(index=True)
    """A digest of the account or of the address that it came from."""
    at: datetime = Field(sa_type=Moment)


class Inside(NamedTuple):
    """A session as a value."""

    digest: str
    member_id: str
    posts: str
    since: datetime
    seen: datetime
    said: str


def add_link(db: Session, digest: str, member_id: str, expires: datetime) -> None:
    """Instead of any that this member was given before."""
    db.run(delete(table(ConsoleLink)).where(link.member_id == member_id))
    db.run(
        insert(table(ConsoleLink)),
        {"digest": digest, "member_id": member_id, "expires": expires},
    )


def use_link(db: Session, digest: str, now: datetime) -> str | None:
    """Whose it was; None when there is none, or it was used, or its time is over."""
    return db.run(USE_LINK, {"of_digest": digest, "now": now}).scalar_one_or_none()


def begin(db: Session, inside: Inside) -> None:
    db.run(insert(table(ConsoleSession)), inside._asdict())


def inside(db: Session, digest: str) -> Inside | None:
    row = db.run(ONE, {"digest": digest}).one_or_none()
    return Inside(*row) if row else None


def is_expected(db: Session, now: datetime) -> bool:
    """Somebody is in, or has a link: they may come at any moment."""
    return bool(db.run(ANYBODY, {"now": now}).scalar())


def of_member(db: Session, member_id: str) -> Sequence[Inside]:
    """Where somebody is in, the latest first."""
    query = select(*_columns).where(session.member_id == member_id)
    return [Inside(*row) for row in db.run(query.order_by(session.since.desc()))]


def seen(db: Session, digest: str, now: datetime) -> None:
    """Also that what was to be said has been."""
    db.together(SEEN, {"of_digest": digest, "now": now})


def touch(db: Session, digest: str, now: datetime) -> None:
    """A page that only watches is not left alone; what is to be said waits for another."""
    db.together(TOUCH, {"of_digest": digest, "now": now})


def say_next(db: Session, digest: str, words: str) -> None:
    db.run(SAID, {"of_digest": digest, "words": words})


def end(db: Session, digest: str) -> bool:
    return bool(db.run(delete(table(ConsoleSession)).where(session.digest == digest)).rowcount)


def end_all(db: Session, member_id: str, but: str = "") -> int:
    """Every session of a member, apart from `but`."""
    gone = delete(table(ConsoleSession)).where(
        session.member_id == member_id, session.digest != but
    )
    return int(db.run(gone).rowcount)


def forget_before(db: Session, moment: datetime) -> None:
    """What is over for so long serves nobody. A duty of the clock."""
    db.run(delete(table(ConsoleLink)).where(link.expires < moment))
    db.run(delete(table(ConsoleSession)).where(session.since < moment))
    db.run(delete(table(ConsoleTry)).where(tried.at < moment))


def password(db: Session, member_id: str) -> ConsolePassword | None:
    return db.get(ConsolePassword, member_id)


def set_password(db: Session, row: ConsolePassword) -> None:
    db.merge(row)
    db.flush()


def reseal(db: Session, keys: Keyring) -> int:
    """Every secret of codes under the newest key; how many were not. `KeyMissing` and `Damaged`
    when one cannot be read."""
    old = [row for row in db.run(CODES).all() if not keys.is_newest(row.totp)]
    for row in old:
        sealed = keys.seal(keys.open(row.totp, row.member_id), row.member_id)
        db.run(SET_CODE, {"of_member": row.member_id, "sealed": sealed})
    return len(old)


def unreadable(db: Session, keys: Keyring) -> list[str]:
    """Whose codes cannot be compared, for want of the key."""
    found = []
    for row in db.run(CODES):
        try:
            keys.open(row.totp, row.member_id)
        except (KeyMissing, Damaged):
            found.append(row.member_id)
    return found


def use_slot(db: Session, member_id: str, slot: int) -> bool:
    """False when the code of this slot, or of a later one, was used."""
    return bool(db.run(USE_SLOT, {"of_member": member_id, "slot": slot}).rowcount)


def note_try(db: Session, keys: Sequence[str], now: datetime) -> None:
    db.run(insert(table(ConsoleTry)), [{"key": key, "at": now} for key in keys])


def tries(db: Session, key: str, since: datetime) -> tuple[int, datetime | None]:
    """How many after `since`, and when the first of them was."""
    row = db.run(TRIES, {"key": key, "since": since}).one()
    return row[0], row[1]


def forget_tries(db: Session, key: str, at: datetime | None = None) -> None:
    """All under `key`, or that of `at` alone: it was right after all."""
    query = delete(table(ConsoleTry)).where(tried.key == key)
    db.run(query.where(tried.at == at) if at else query)


link, session, tried = table(ConsoleLink).c, table(ConsoleSession).c, table(ConsoleTry).c
_columns = [session[name] for name in Inside._fields]
ONE = select(*_columns).where(session.digest == bindparam("digest"))
ANYBODY = select(
    or_(
        select(session.digest).exists(),
        select(link.digest).where(link.expires > bindparam("now", type_=Moment)).exists(),
    )
)
USE_LINK = (
    update(table(ConsoleLink))
    .where(
        link.digest == bindparam("of_digest"),
        link.used_at.is_(None),
        link.expires > bindparam("now", type_=Moment),
    )
    .values(used_at=bindparam("now", type_=Moment))
    .returning(link.member_id)
)
_of_session = update(table(ConsoleSession)).where(session.digest == bindparam("of_digest"))
SEEN = _of_session.values(seen=bindparam("now", type_=Moment), said="")
TOUCH = _of_session.values(seen=bindparam("now", type_=Moment))
SAID = _of_session.values(said=bindparam("words"))
USE_SLOT = (
    update(table(ConsolePassword))
    .where(
        col(ConsolePassword.member_id) == bindparam("of_member"),
        col(ConsolePassword.last_slot) < bindparam("slot"),
    )
    .values(last_slot=bindparam("slot"))
)
_code = table(ConsolePassword).c
CODES = select(_code.member_id, _code.totp).order_by(_code.member_id)
SET_CODE = (
    update(table(ConsolePassword))
    .where(_code.member_id == bindparam("of_member"))
    .values(totp=bindparam("sealed"))
)
TRIES = select(func.count(), func.min(tried.at)).where(
    tried.key == bindparam("key"), tried.at > bindparam("since", type_=Moment)
)
