"""Activities that are being arranged: seen by whoever arranges them, until they are published."""

from datetime import datetime

from sqlalchemy import bindparam, delete
from sqlmodel import Field, SQLModel

from storage.database import Moment, Session, table


class Draft(SQLModel, table=True):
    """What is known so far; empty where it still has to be asked."""

    __tablename__ = "activity_draft"

    id: int = Field(default=None, primary_key=True)
    made_by: str = Field(index=True)
    made_at: datetime = Field(sa_type=Moment)
    org_id: str = Field(foreign_key="organisation.id")
    kind: str = ""
    title: str = ""
    starts: datetime | None = Field(default=None, sa_type=Moment)
    minutes: int = 0
    venue: str = ""
    activity_id: int | None = Field(default=None, foreign_key="activity.id")
    """What became of it."""


def begin(db: Session, draft: Draft) -> Draft:
    """What the same person left unpublished is forgotten."""
    db.run(FORGET, {"by": draft.made_by})
    db.add(draft)
    db.flush()
    return draft


def of(db: Session, draft_id: int, member_id: str) -> Draft | None:
    """None where it is not theirs, as far as they can tell."""
    draft = db.get(Draft, draft_id)
    return draft if draft and draft.made_by == member_id else None


def drop(db: Session, draft: Draft) -> None:
    db.delete(draft)
    db.flush()


draft = table(Draft).c
FORGET = delete(table(Draft)).where(draft.made_by == bindparam("by"))
