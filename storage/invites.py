"""Invite codes: what a member shows once to tie an account to his name. Never stored in clear."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlmodel import Field, SQLModel, col

from bot.messages import Address
from storage import revisions
from storage.database import Moment, Session


class Invite(SQLModel, table=True):
    id: int = Field(default=None, primary_key=True)
    digest: str = Field(unique=True)
    member_id: str = Field(foreign_key="member.id", index=True)
    """Whom it is for."""
    made_by: str
    made_at: datetime = Field(sa_type=Moment)
    expires: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Moment)


class WrongCode(SQLModel, table=True):
    """A code that was tried and does not exist. Which one is not kept."""

    __tablename__ = "wrong_code"

    id: int = Field(default=None, primary_key=True)
    platform: str
    user: str
    at: datetime = Field(sa_type=Moment, index=True)


def add(
    db: Session, digest: str, member_id: str, *, by: str, now: datetime, lasts: timedelta
) -> None:
    """A new code for a member; an older one ends with it."""
    withdraw(db, member_id, now)
    db.add(Invite(digest=digest, member_id=member_id, made_by=by, made_at=now, expires=now + lasts))
    db.flush()


def find(db: Session, digest: str) -> Invite | None:
    return db.execute(select(Invite).where(col(Invite.digest) == digest)).scalar_one_or_none()


def use(db: Session, invite_id: int, now: datetime) -> bool:
    """Whether it is ours to use: of two who try at the same time, one is told so."""
    done = db.run(
        update(Invite)
        .where(col(Invite.id) == invite_id, *_is_open(), col(Invite.expires) > now)
        .values(used_at=now)
    )
    return bool(done.rowcount)


def withdraw(db: Session, member_id: str, now: datetime) -> bool:
    """Whether there was one that could still be used."""
    done = db.run(
        update(Invite)
        .where(col(Invite.member_id) == member_id, *_is_open(), col(Invite.expires) > now)
        .values(withdrawn_at=now)
    )
    return bool(done.rowcount)


def _is_open() -> tuple[ColumnElement[bool], ...]:
    return col(Invite.used_at).is_(None), col(Invite.withdrawn_at).is_(None)


def take_turn(db: Session) -> None:
    """Whoever tries a code waits for who tries one now, in whichever process: else many could
    try at once before any of them is counted."""
    revisions.changed(db, "codes tried")


def wrong(db: Session, address: Address, since: datetime) -> tuple[int, int]:
    """How many wrong codes came from `address`, and from everybody, after `since`."""
    mine = func.count().filter(
        col(WrongCode.platform) == address.platform, col(WrongCode.user) == address.user
    )
    row = db.run(select(mine, func.count()).where(col(WrongCode.at) > since)).one()
    return row[0], row[1]


def first_wrong(db: Session, since: datetime, address: Address | None = None) -> datetime | None:
    """The oldest that counts: when it is an hour old, one may try again."""
    query = select(col(WrongCode.at)).where(col(WrongCode.at) > since).order_by(col(WrongCode.at))
    if address:
        query = query.where(
            col(WrongCode.platform) == address.platform, col(WrongCode.user) == address.user
        )
    return db.execute(query.limit(1)).scalar_one_or_none()


def was_wrong(db: Session, address: Address, now: datetime) -> None:
    db.add(WrongCode(platform=address.platform, user=address.user, at=now))
    db.flush()


def forget_before(db: Session, moment: datetime) -> None:
    """What is over for so long serves nobody. A duty of the clock."""
    db.run(delete(WrongCode).where(col(WrongCode.at) < moment))
    db.run(delete(Invite).where(col(Invite.expires) < moment))
