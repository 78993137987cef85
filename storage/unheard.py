"""How often we did not understand. What was said is not kept: nobody agreed to that."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, func, insert, select
from sqlmodel import Field, SQLModel

from storage.database import Moment, Session, table


class Unheard(SQLModel, table=True):
    id: int = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=Moment, index=True)
    text: str = ""
    """What was said, where whoever said it has handed it over by a tap."""


def note(db: Session, at: datetime, text: str = "") -> None:
    db.together(NOTE, {"at": at, "text": text})


def top(db: Session, now: datetime, days: int = 30) -> tuple[int, list[tuple[str, int]]]:
    """How many messages of the last `days` were not understood, and what was handed over, the
    most frequent first."""
    since = {"since": now - timedelta(days=days)}
    count = int(db.run(COUNT, since).scalar() or 0)
    return count, [(text, number) for text, number in db.run(TOP, since)]


def forget_before(db: Session, moment: datetime) -> int:
    return int(db.run(FORGET, {"moment": moment}).rowcount)


unheard = table(Unheard).c
_since = unheard.at >= bindparam("since", type_=Moment)
NOTE = insert(table(Unheard))
FORGET = delete(table(Unheard)).where(unheard.at < bindparam("moment", type_=Moment))
COUNT = select(func.count()).where(_since, unheard.text == "")
TOP = (
    select(unheard.text, func.count().label("number"))
    .where(_since, unheard.text != "")
    .group_by(unheard.text)
    .order_by(func.count().desc(), unheard.text)
    .limit(10)
)
