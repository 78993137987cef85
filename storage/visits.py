"""Rounds of supervision: which units were visited, and how those visited at random were drawn."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import JSON, UniqueConstraint, bindparam, case, func, select
from sqlmodel import Field, SQLModel

from storage.database import Moment, Session, among, table
from storage.tasks import FINISHED, Task, TaskItem


class Round(SQLModel, table=True):
    """From its first day until the next one begins."""

    __tablename__ = "supervision_round"
    __table_args__ = (UniqueConstraint("org_id", "number"),)

    id: int = Field(default=None, primary_key=True)
    org_id: str = Field(foreign_key="organisation.id")
    """The committee that supervises."""
    number: int
    began_on: date
    by: str


class Visit(SQLModel, table=True):
    """A unit was visited; once in a round is enough."""

    __tablename__ = "supervision_visit"
    __table_args__ = (UniqueConstraint("round_id", "org_id"),)

    id: int = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="supervision_round.id")
    org_id: str = Field(foreign_key="organisation.id")
    on: date
    method: str
    """supervise, inspect, help, lead or assess."""
    by: str


class Draw(SQLModel, table=True):
    """Kept so that anybody can draw again and come to the same."""

    __tablename__ = "supervision_draw"

    id: int = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="supervision_round.id", index=True)
    at: datetime = Field(sa_type=Moment)
    by: str
    seed: str
    pool: list[str] = Field(sa_type=JSON)
    drawn: list[str] = Field(sa_type=JSON)


class Found(NamedTuple):
    """What a round has found."""

    findings: int
    closed: int


def current(db: Session, org_ids: Sequence[str]) -> Round | None:
    """The last round of one of these committees."""
    row = db.run(CURRENT, {"orgs": list(org_ids)}).first()
    return db.get(Round, row.id) if row else None


def numbered(db: Session, org_id: str, number: int) -> Round | None:
    row = db.run(NUMBERED, {"org": org_id, "number": number}).first()
    return db.get(Round, row.id) if row else None


def begin(db: Session, org_id: str, by: str, on: date) -> Round:
    last = current(db, [org_id])
    new = Round(org_id=org_id, number=last.number + 1 if last else 1, began_on=on, by=by)
    db.add(new)
    db.flush()
    return new


def visits(db: Session, round_id: int) -> dict[str, date]:
    """Unit to the day it was visited."""
    return {row.org_id: row.on for row in db.run(VISITS, {"round": round_id})}


def visit(db: Session, row: Visit) -> bool:
    """False when the unit has been visited in this round."""
    if row.org_id in visits(db, row.round_id):
        return False
    db.add(row)
    db.flush()
    return True


def keep(db: Session, draw: Draw) -> int:
    db.add(draw)
    db.flush()
    return draw.id


def last_draw(db: Session, round_id: int) -> Draw | None:
    row = db.run(LAST_DRAW, {"round": round_id}).first()
    return db.get(Draw, row.id) if row else None


def found(db: Session, issuer: str, first: date, last: date) -> Found:
    """Findings that `issuer` made from the day `first` until before `last`."""
    row = db.run(FOUND, {"issuer": issuer, "first": first, "last": last}).one()
    return Found(row[0] or 0, row[1] or 0)


_round, _visit, _draw = table(Round).c, table(Visit).c, table(Draw).c
_item, _task = table(TaskItem).c, table(Task).c
CURRENT = select(_round.id).where(among(_round.org_id, "orgs")).order_by(_round.id.desc()).limit(1)
NUMBERED = select(_round.id).where(
    _round.org_id == bindparam("org"), _round.number == bindparam("number")
)
VISITS = select(_visit.org_id, _visit.on).where(_visit.round_id == bindparam("round"))
LAST_DRAW = (
    select(_draw.id).where(_draw.round_id == bindparam("round")).order_by(_draw.id.desc()).limit(1)
)
FOUND = (
    select(func.count(), func.sum(case((_task.state.in_(FINISHED), 1), else_=0)))
    .select_from(table(Task).join(table(TaskItem), _task.item_id == _item.id))
    .where(
        _item.kind == "finding",
        _item.org_id == bindparam("issuer"),
        _item.found_on >= bindparam("first", type_=_item.found_on.type),
        _item.found_on < bindparam("last", type_=_item.found_on.type),
    )
)
