"""Who changed what, and who read what of another person. Only ever added to."""

from datetime import datetime

from sqlalchemy import insert
from sqlmodel import Field, SQLModel

from storage.database import Moment, Session, table


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


NOTE = insert(table(AuditRow))
