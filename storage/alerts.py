"""Faults that a person has to look at: logged at once, told by `scheduler/alarms.py`, open until
over."""

import logging
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, case, select, update
from sqlmodel import Field, SQLModel

from storage.database import Moment, Session, insert_new, table

log = logging.getLogger(__name__)


class Alert(SQLModel, table=True):
    """One fault. It is raised, may be raised again while it lasts, and is over at some time."""

    key: str = Field(primary_key=True)
    """One fault, however often it is noticed: clock_skew:…, job:morning."""
    what: str
    """What sort: clock_skew, tick_silent, job_failed, job_expired …"""
    detail: str = ""
    """Figures and names of parts; never the words or the data of a person."""
    at: datetime = Field(sa_type=Moment)
    last_at: datetime = Field(sa_type=Moment)
    times: int = 1
    over_at: datetime | None = Field(default=None, sa_type=Moment)
    told_at: datetime | None = Field(default=None, sa_type=Moment)
    """When a person was written to; None: that is still to be done."""


def raise_(db: Session, key: str, what: str, detail: str, now: datetime) -> None:
    """Open the alert `key`, and log it: the log does not depend on what has failed. Raised while it
    is open it is counted; raised after it was over it is opened again, and told again."""
    log.error("alert %s: %s %s", what, key, detail)
    row = {"key": key, "what": what, "detail": detail, "at": now, "last_at": now, "times": 1}
    if db.run(NEW[db.dialect], row).first() is None:
        db.run(AGAIN, {"of_key": key, "now": now, "why": detail})


def over(db: Session, key: str, now: datetime) -> None:
    """The fault has passed. Does nothing where it was not open."""
    db.run(OVER, {"of_key": key, "now": now})


def untold(db: Session) -> Sequence[Alert]:
    """Those that nobody has been written to about, the oldest first."""
    return [Alert(**row._mapping) for row in db.run(UNTOLD)]


def told(db: Session, key: str, now: datetime) -> None:
    db.run(TOLD, {"of_key": key, "now": now})


def open_ones(db: Session) -> Sequence[Alert]:
    """Those that are not over, the oldest first."""
    return [Alert(**row._mapping) for row in db.run(OPEN)]


_alert = table(Alert).c
NEW = insert_new(Alert, _alert.key)
AGAIN = (
    update(table(Alert))
    .where(_alert.key == bindparam("of_key"))
    .values(
        last_at=bindparam("now", type_=Moment),
        detail=bindparam("why"),
        times=_alert.times + 1,
        at=case((_alert.over_at.is_(None), _alert.at), else_=bindparam("now", type_=Moment)),
        told_at=case((_alert.over_at.is_(None), _alert.told_at), else_=None),
        over_at=None,
    )
)
OVER = (
    update(table(Alert))
    .where(_alert.key == bindparam("of_key"), _alert.over_at.is_(None))
    .values(over_at=bindparam("now", type_=Moment))
)
UNTOLD = select(*_alert.values()).where(_alert.told_at.is_(None)).order_by(_alert.at)
TOLD = (
    update(table(Alert))
    .where(_alert.key == bindparam("of_key"))
    .values(told_at=bindparam("now", type_=Moment))
)
OPEN = select(*_alert.values()).where(_alert.over_at.is_(None)).order_by(_alert.at)
