"""That those without a record are to be reminded: once for each activity."""

from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlmodel import Field, SQLModel

from storage.database import Moment, Session, table


class MissingReminder(SQLModel, table=True):
    """Asked for by an organiser; a letter went to each."""

    __tablename__ = "missing_reminder"

    activity_id: int = Field(primary_key=True, foreign_key="activity.id")
    by: str
    asked_at: datetime = Field(sa_type=Moment)
    sent_at: datetime | None = Field(default=None, sa_type=Moment)
    """None: not every letter is written yet."""


def of(db: Session, activity_id: int) -> MissingReminder | None:
    return db.get(MissingReminder, activity_id)


def not_sent(db: Session) -> list[tuple[int, str]]:
    """Activities, and by whom it was asked for."""
    return [(row.activity_id, row.by) for row in db.run(NOT_SENT)]


def sent(db: Session, activity_id: int, at: datetime) -> None:
    """Every letter is written."""
    db.run(SENT, {"activity": activity_id, "at": at})


def ask(db: Session, activity_id: int, by: str, at: datetime) -> None:
    db.add(MissingReminder(activity_id=activity_id, by=by, asked_at=at))
    db.flush()


reminder = table(MissingReminder).c
NOT_SENT = (
    select(reminder.activity_id, reminder.by)
    .where(reminder.sent_at.is_(None))
    .order_by(reminder.activity_id)
)
SENT = (
    update(table(MissingReminder))
    .where(reminder.activity_id == bindparam("activity"))
    .values(sent_at=bindparam("at", type_=Moment))
)
