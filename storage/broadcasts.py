"""Notices to many: what was ordered by whom, who is to get it, and who has got it.

The letters themselves lie in the outbox, for the cause `broadcast:ID`.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import JSON, and_, bindparam, case, func, insert, literal, or_, select, update
from sqlmodel import Field, SQLModel, col

from storage.database import Moment, Session, table
from storage.outbox import CONTACT, Letter, State


class Stage(StrEnum):
    DRAFT = "draft"
    """Seen by its author only."""
    SECOND = "second"
    """The author has said yes; a second person has not yet."""
    RELEASED = "released"
    """Confirmed. Until `goes_at` nothing leaves, and it can be taken back whole."""
    PREPARING = "preparing"
    """Recipients are fixed; their letters are being written, some hundreds at a time."""
    COMPLETE = "complete"
    """Every recipient has a letter."""
    CANCELLED = "cancelled"
    HELD = "held"
    """Its author may not order it any more: somebody else has to take it over."""


KIND = "notice"
"""Of its letters: what delivery says about them has the same cause."""
GOING = (Stage.RELEASED, Stage.PREPARING)
UNDER_WAY = (Stage.SECOND, *GOING, Stage.COMPLETE, Stage.HELD)


class Broadcast(SQLModel, table=True):
    id: int = Field(default=None, primary_key=True)
    author: str = Field(index=True)
    org_id: str = Field(foreign_key="organisation.id", index=True)
    """Where the author must be allowed to send notices, and its readers belong."""
    words: str
    """The audience as people say it: 全体党员."""
    audience: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """The same, as `rules.audience` writes it."""
    text: str
    revised: str = ""
    """A new text that waits for the second person."""
    receipt: bool = False
    """Readers are asked to say that they have read it."""
    urgent: bool = False
    version: int = 1
    """Goes up with each change: a button knows which one was seen."""
    stage: str = Field(default=Stage.DRAFT, index=True)
    count: int = 0
    """Recipients: those of the preview, and once they are fixed, exactly."""
    made_at: datetime = Field(sa_type=Moment)
    confirmed_at: datetime | None = Field(default=None, sa_type=Moment)
    second: str = ""
    """The other one who has said yes."""
    goes_at: datetime | None = Field(default=None, sa_type=Moment)
    until: datetime | None = Field(default=None, sa_type=Moment)
    cursor: str = ""
    """The last recipient, in order of their ids, whose letter is written."""
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    changed_by: str = ""
    changed_at: datetime | None = Field(default=None, sa_type=Moment)
    reminded_at: datetime | None = Field(default=None, sa_type=Moment)
    reminding: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
    """Not everybody who is to be reminded has a letter yet."""
    unsay_by: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """Who is to be told when it is done, while what was shown already is taken back or reworded."""
    unsay_version: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """The version by which that was begun last."""


class Recipient(SQLModel, table=True):
    """Fixed in one piece before the first letter is written."""

    __tablename__ = "broadcast_recipient"
    __table_args__ = {"sqlite_with_rowid": False}

    broadcast_id: int = Field(primary_key=True, foreign_key="broadcast.id")
    member_id: str = Field(primary_key=True, index=True)
    read_at: datetime | None = Field(default=None, sa_type=Moment)


def begin(db: Session, row: Broadcast) -> Broadcast:
    """What the same person left unsent is forgotten."""
    db.run(FORGET, {"by": row.author})
    return save(db, row)


def save(db: Session, row: Broadcast) -> Broadcast:
    db.add(row)
    db.flush()
    return row


def locked(db: Session, broadcast_id: int) -> Broadcast | None:
    """For whoever changes it: others wait, so that two orders never cross."""
    query = select(Broadcast).where(col(Broadcast.id) == broadcast_id).with_for_update()
    found = db.execute(query, execution_options={"populate_existing": True})
    return cast(Broadcast | None, found.scalar_one_or_none())


def latest(
    db: Session, member_id: str, org_ids: Sequence[str], since: datetime
) -> Broadcast | None:
    """The last one that they ordered or confirmed, else that was sent from one of `org_ids`."""
    mine = or_(col(Broadcast.author) == member_id, col(Broadcast.second) == member_id)
    for whose in (mine, col(Broadcast.org_id).in_(org_ids)):
        query = select(Broadcast).where(
            whose, col(Broadcast.stage) != Stage.DRAFT, col(Broadcast.made_at) >= since
        )
        rows = db.execute(query.order_by(col(Broadcast.id).desc()).limit(1)).scalars().all()
        if rows:
            return cast(Broadcast, rows[0])
    return None


def to_confirm(db: Session, org_ids: Sequence[str]) -> Sequence[Broadcast]:
    """What waits for a second person, the oldest first."""
    waits = or_(
        col(Broadcast.stage) == Stage.SECOND,
        and_(col(Broadcast.revised) != "", col(Broadcast.stage).in_(UNDER_WAY)),
    )
    query = select(Broadcast).where(waits, col(Broadcast.org_id).in_(org_ids))
    return db.execute(query.order_by(col(Broadcast.id))).scalars().all()


def going(db: Session, now: datetime) -> Sequence[tuple[int, int]]:
    """Those that may leave now, with how many recipients."""
    return [tuple(row) for row in db.run(WAITING_TO_GO, {"now": now})]


def unsaying(db: Session) -> list[int]:
    """Those of which something on phones is being taken back or reworded."""
    return [id for (id,) in db.run(UNSAYING)]


def reminding(db: Session) -> list[int]:
    """Those of which letters to those who have not confirmed are still to be written."""
    return [id for (id,) in db.run(REMINDING)]


def linked_before(db: Session, host: str) -> bool:
    """Whether a notice that was sent has had a link there."""
    return bool(db.run(LINKED, {"host": f"%{host}%"}).first())


# recipients


def fix(db: Session, broadcast_id: int, members: Sequence[str]) -> None:
    rows = [{"broadcast_id": broadcast_id, "member_id": each} for each in members]
    if rows:
        db.run(FIX, rows)


def following(db: Session, broadcast_id: int, after: str, at_most: int) -> list[str]:
    values = {"broadcast": broadcast_id, "after": after, "at_most": at_most}
    return [row[0] for row in db.run(FOLLOWING, values)]


def remaining(db: Session, broadcast_id: int, after: str) -> int:
    """Of those who are fixed, how many have no letter yet."""
    return int(db.run(REMAINING, {"broadcast": broadcast_id, "after": after}).scalar_one())


def letters(db: Session, broadcast_id: int) -> dict[str, int]:
    """How many letters stand where, by the words of `State`; of those held, `contact` wait for
    the reader to come by, and the others for somebody who may order them."""
    return {stands: count for stands, count in db.run(LETTERS, {"of_cause": cause(broadcast_id)})}


def take_over(db: Session, broadcast_id: int, author: str) -> int:
    """Letters that were held because their author may not order them wait again."""
    values = {"of_cause": cause(broadcast_id), "by": author}
    return int(db.run(TAKE_OVER, values).rowcount)


def read(db: Session, broadcast_id: int, member_id: str, now: datetime) -> bool:
    """False: they had said so before, or it was never meant for them."""
    values = {"of_broadcast": broadcast_id, "of_member": member_id, "now": now}
    return bool(db.run(READ, values).rowcount)


def is_recipient(db: Session, broadcast_id: int, member_id: str) -> bool:
    return db.get(Recipient, (broadcast_id, member_id)) is not None


def to_be_read(db: Session, member_id: str, since: datetime) -> Sequence[Broadcast]:
    """What somebody was asked to confirm and has not, the newest first."""
    query = (
        select(Broadcast)
        .join(Recipient, col(Recipient.broadcast_id) == col(Broadcast.id))
        .where(
            col(Recipient.member_id) == member_id,
            col(Recipient.read_at).is_(None),
            col(Broadcast.receipt),
            col(Broadcast.stage).in_([Stage.PREPARING, Stage.COMPLETE]),
            col(Broadcast.made_at) >= since,
        )
    )
    return tuple(db.execute(query.order_by(col(Broadcast.id).desc())).scalars())


def readers(db: Session, broadcast_id: int) -> tuple[int, list[str]]:
    """How many have confirmed, and who of those that got it has not."""
    rows = list(db.run(READERS, {"broadcast": broadcast_id, "of_cause": cause(broadcast_id)}))
    return sum(1 for row in rows if row.read_at), [r.member_id for r in rows if not r.read_at]


def unread(db: Session, broadcast_id: int) -> list[str]:
    return readers(db, broadcast_id)[1]


def cause(broadcast_id: int) -> str:
    return f"broadcast:{broadcast_id}"


broadcast, recipient = table(Broadcast).c, table(Recipient).c
letter = table(Letter).c
_its = and_(letter.cause == bindparam("of_cause"), letter.kind == KIND)
FORGET = (
    update(table(Broadcast))
    .where(broadcast.author == bindparam("by"), broadcast.stage == Stage.DRAFT)
    .values(stage=Stage.CANCELLED)
)
WAITING_TO_GO = (
    select(broadcast.id, broadcast.count)
    .where(
        broadcast.stage.in_([each.value for each in GOING]),
        broadcast.goes_at <= bindparam("now", type_=Moment),
    )
    .order_by(broadcast.urgent.desc(), broadcast.goes_at, broadcast.id)
)
UNSAYING = select(broadcast.id).where(broadcast.unsay_by != "").order_by(broadcast.id)
REMINDING = select(broadcast.id).where(broadcast.reminding).order_by(broadcast.id)
LINKED = (
    select(broadcast.id)
    .where(
        broadcast.text.like(bindparam("host")),
        broadcast.stage.in_([Stage.PREPARING, Stage.COMPLETE]),
    )
    .limit(1)
)
FIX = insert(table(Recipient))
FOLLOWING = (
    select(recipient.member_id)
    .where(
        recipient.broadcast_id == bindparam("broadcast"),
        recipient.member_id > bindparam("after"),
    )
    .order_by(recipient.member_id)
    .limit(bindparam("at_most"))
)
REMAINING = (
    select(func.count())
    .select_from(table(Recipient))
    .where(
        recipient.broadcast_id == bindparam("broadcast"),
        recipient.member_id > bindparam("after"),
    )
)
_stands = case(
    (and_(letter.state == State.HELD, letter.reason == CONTACT), literal(CONTACT)),
    else_=letter.state,
).label("stands")
LETTERS = select(_stands, func.count()).where(_its).group_by(_stands)
TAKE_OVER = (
    update(table(Letter))
    .where(_its, letter.state == State.HELD, letter.reason == "author")
    .values(state=State.WAITING, reason="", author=bindparam("by"))
)
READ = (
    update(table(Recipient))
    .where(
        recipient.broadcast_id == bindparam("of_broadcast"),
        recipient.member_id == bindparam("of_member"),
        recipient.read_at.is_(None),
    )
    .values(read_at=bindparam("now", type_=Moment))
)
READERS = (
    select(recipient.member_id, recipient.read_at)
    .join(
        table(Letter),
        and_(letter.to == recipient.member_id, _its),
    )
    .where(recipient.broadcast_id == bindparam("broadcast"))
    .order_by(recipient.member_id)
)
