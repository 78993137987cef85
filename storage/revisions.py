"""What is read again only when it has changed, by whichever process."""

from collections.abc import Callable, Hashable, Mapping
from typing import TypeVar, cast

from sqlalchemy import select
from sqlmodel import Field, SQLModel

from storage.database import Session, table

Value = TypeVar("Value")

ROOM = 1024
"""Values kept of one sort; beyond it the oldest are read again."""


class Revision(SQLModel, table=True):
    """How often something has changed."""

    what: str = Field(primary_key=True)
    number: int = 0


def kept(db: Session, what: str, key: Hashable, load: Callable[[], Value]) -> Value:
    """What `load` returned when `what` last changed. The value is shared: do not alter it."""
    revision = _revisions(db).get(what, 0)
    values = db.kept.setdefault(what, {})
    if key not in values or values[key][0] != revision:
        if len(values) >= ROOM:
            values.pop(next(iter(values)), None)
        values[key] = revision, load()
    return cast(Value, values[key][1])


def changed(db: Session, what: str) -> None:
    """To be called in the unit of work of every change of `what`."""
    db.flush()
    row = db.get(Revision, what, with_for_update=True) or Revision(what=what)
    row.number += 1
    db.add(row)
    db.flush()


def _revisions(db: Session) -> Mapping[str, int]:
    return db.once("revisions", lambda: {what: number for what, number in db.run(REVISIONS)})


revision = table(Revision).c
REVISIONS = select(revision.what, revision.number)
