"""What members praise, miss or complain about: with their name, or without any trace of them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlmodel import Field, SQLModel, col

from storage.database import Session


class Feedback(SQLModel, table=True):
    id: int = Field(default=None, primary_key=True)
    day: date
    """Not the minute: it would tell who was writing then."""
    text: str
    member_id: str = Field(default="", index=True)
    """Empty where it was given without a name. No branch either: some have three members."""


def add(db: Session, text: str, day: date, member_id: str = "") -> int:
    row = Feedback(day=day, text=text, member_id=member_id)
    db.add(row)
    db.flush()
    return row.id


def latest(db: Session, before: int, limit: int) -> tuple[int, Sequence[Feedback]]:
    """How many there are, and the newest of those with a smaller number than `before`, or of
    all where it is 0."""
    total = int(db.run(select(func.count()).select_from(Feedback)).scalar_one())
    query = select(Feedback).order_by(col(Feedback.id).desc()).limit(limit)
    if before:
        query = query.where(col(Feedback.id) < before)
    return total, db.execute(query).scalars().all()
