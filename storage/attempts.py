"""What was tried with a letter, and how it ended. One without an end was cut."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, case, func, insert, select, update
from sqlmodel import Field, Index, SQLModel

from storage.database import Moment, Session, among, table


class Attempt(SQLModel, table=True):
    __table_args__ = (Index("attempt_of_member", "to", "started"),)

    letter_id: int = Field(primary_key=True)
    number: int = Field(primary_key=True)
    """The letter's own count of claims."""
    to: str
    lane: str
    user: str
    call: str
    """Letters with the same one went out together: one message, or one call for many people."""
    counted: bool
    """Among the three a day."""
    owner: str
    started: datetime = Field(sa_type=Moment)
    finished: datetime | None = Field(default=None, sa_type=Moment)
    result: str = ""
    """sent, refused, uncertain, cut …; empty until it ended."""
    reason: str = ""
    receipt: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """How the platform calls what it showed, where it can be taken back by that, or more is told
    of it."""
    words: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """A digest of what was said, where the platform drops what it has said before."""


class Push(NamedTuple):
    """One message that somebody got, or may have got."""

    at: datetime
    lane: str
    counted: bool
    words: str = ""


def began(db: Session, rows: Sequence[Mapping[str, object]]) -> None:
    if rows:
        db.run(BEGAN, rows)


def ended(db: Session, rows: Sequence[Mapping[str, object]]) -> None:
    """Those that have an end keep it."""
    if rows:
        db.run(ENDED, rows)


def pushes(db: Session, members: Collection[str], since: datetime) -> dict[str, list[Push]]:
    """What each of them got since then, also what is just on its way."""
    found: dict[str, list[Push]] = {}
    for row in db.run(PUSHES, {"members": list(members), "since": since}):
        found.setdefault(row.to, []).append(Push(row.at, row.lane, bool(row.counted), row.words))
    return found


def of(db: Session, letter_id: int) -> Sequence[Any]:
    """Every time that it was on its way, the first first."""
    return db.run(OF_LETTER, {"letter": letter_id}).all()


attempt = table(Attempt).c
OF_LETTER = (
    select(table(Attempt)).where(attempt.letter_id == bindparam("letter")).order_by(attempt.number)
)
BEGAN = insert(table(Attempt))
ENDED = (
    update(table(Attempt))
    .where(
        attempt.letter_id == bindparam("of_letter"),
        attempt.number == bindparam("of_number"),
        attempt.finished.is_(None),
    )
    .values(
        finished=bindparam("at", type_=Moment),
        result=bindparam("ended_as"),
        reason=bindparam("because"),
        receipt=bindparam("called"),
    )
)
GOT = ("", "sent", "uncertain", "cut")
"""Results after which a message is, or may be, on a phone."""
PUSHES = (
    select(
        attempt.to,
        attempt.lane,
        func.min(attempt.started).label("at"),
        func.max(case((attempt.counted, 1), else_=0)).label("counted"),
        func.max(attempt.words).label("words"),
    )
    .where(
        among(attempt.to, "members"),
        attempt.started >= bindparam("since", type_=Moment),
        attempt.result.in_(GOT),
    )
    .group_by(attempt.to, attempt.lane, attempt.call)
)
