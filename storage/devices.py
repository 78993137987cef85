"""A second account for somebody who has one: asked for there, claimed here, confirmed there."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlmodel import Field, SQLModel, col

from bot.messages import Address
from storage.database import Moment, Session

PATIENCE = timedelta(minutes=10)
"""For claiming, and then again for confirming."""


class Joining(SQLModel, table=True):
    id: int = Field(default=None, primary_key=True)
    member_id: str = Field(foreign_key="member.id", index=True)
    digest: str = Field(unique=True)
    """Of the code that is typed."""
    token: str = Field(unique=True)
    """The digest of what the link carries."""
    from_platform: str
    from_user: str
    to_platform: str = ""
    to_user: str = ""
    made_at: datetime = Field(sa_type=Moment)
    expires: datetime = Field(sa_type=Moment)
    claimed_at: datetime | None = Field(default=None, sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    """Confirmed, declined, or replaced by a newer one."""

    @property
    def old(self) -> Address:
        return Address(self.from_platform, self.from_user)

    @property
    def new(self) -> Address:
        return Address(self.to_platform, self.to_user)


def begin(
    db: Session, member_id: str, address: Address, digest: str, token: str, now: datetime
) -> None:
    """Whatever was begun before ends with it."""
    end_all(db, member_id, now)
    joining = Joining(
        member_id=member_id,
        digest=digest,
        token=token,
        from_platform=address.platform,
        from_user=address.user,
        made_at=now,
        expires=now + PATIENCE,
    )
    db.add(joining)
    db.flush()


def find(db: Session, digest: str) -> Joining | None:
    """By what was typed, or by what the link carried."""
    is_it = or_(col(Joining.digest) == digest, col(Joining.token) == digest)
    return db.execute(select(Joining).where(is_it)).scalar_one_or_none()


def claim(db: Session, joining_id: int, address: Address, now: datetime) -> bool:
    """Whether it was still free: of two who claim at the same time, one is told so."""
    done = db.run(
        update(Joining)
        .where(col(Joining.id) == joining_id, *_is_open(now), col(Joining.claimed_at).is_(None))
        .values(
            to_platform=address.platform,
            to_user=address.user,
            claimed_at=now,
            expires=now + PATIENCE,
        )
    )
    return bool(done.rowcount)


def claimed(db: Session, member_id: str, now: datetime) -> Joining | None:
    """What waits for the member's word."""
    query = select(Joining).where(
        col(Joining.member_id) == member_id, *_is_open(now), col(Joining.claimed_at).is_not(None)
    )
    return db.execute(query.order_by(col(Joining.id).desc())).scalars().first()


def end(db: Session, joining_id: int, now: datetime) -> bool:
    """Whether it was still open."""
    is_it = col(Joining.id) == joining_id
    done = db.run(update(Joining).where(is_it, *_is_open(now)).values(ended_at=now))
    return bool(done.rowcount)


def end_all(db: Session, member_id: str, now: datetime) -> None:
    is_theirs = col(Joining.member_id) == member_id
    db.run(update(Joining).where(is_theirs, *_is_open(now)).values(ended_at=now))


def forget_before(db: Session, moment: datetime) -> None:
    """A duty of the clock."""
    db.run(delete(Joining).where(col(Joining.expires) < moment))


def _is_open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return col(Joining.ended_at).is_(None), col(Joining.expires) > now
