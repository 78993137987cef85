"""Who changed what, and who read what of another person. Only ever added to."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, insert, select
from sqlmodel import Field, SQLModel

from storage.database import Moment, Session, among, table


class AuditRow(SQLModel, table=True):
    __tablename__ = "audit"

    id: int = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=Moment, index=True)
    actor: str = Field(index=True)
    """A member's id, or `operator`, `import`, `clock`."""
    action: str
    object: str = Field(index=True)
    """What it was done to, as kind:id."""
    detail: str = ""
    """A number or a state, never the content of a conversation."""


def note(db: Session, actor: str, action: str, object: str, at: datetime, detail: str = "") -> None:
    row = {"at": at, "actor": actor, "action": action, "object": object, "detail": detail}
    db.together(NOTE, row)


class Noted(NamedTuple):
    """A row as a value."""

    id: int
    at: datetime
    actor: str
    action: str
    object: str
    detail: str


def latest(db: Session, actors: Sequence[str] | None, before: int, most: int) -> list[Noted]:
    """What `actors` did (None: anybody), the latest first, from below the number `before`."""
    values = {"before": before, "most": most}
    if actors is None:
        return [Noted(*row) for row in db.run(LATEST, values)]
    return [Noted(*row) for row in db.run(LATEST_OF, {**values, "actors": list(actors)})]


_note = table(AuditRow).c
NOTE = insert(table(AuditRow))
LATEST = (
    select(*(_note[name] for name in Noted._fields))
    .where(_note.id < bindparam("before"))
    .order_by(_note.id.desc())
    .limit(bindparam("most"))
)
LATEST_OF = LATEST.where(among(_note.actor, "actors"))
