"""That those without a record are to be reminded: once for each activity."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.database import Moment, Session


class MissingReminder(SQLModel, table=True):
    """Asked for by an organiser; a letter went to each."""

    __tablename__ = "missing_reminder"

    activity_id: int = Field(primary_key=True, foreign_key="activity.id")
    by: str
    asked_at: datetime = Field(sa_type=Moment)
    sent_at: datetime | None = Field(default=None, sa_type=Moment)


def of(db: Session, activity_id: int) -> MissingReminder | None:
    return db.get(MissingReminder, activity_id)


def ask(db: Session, activity_id: int, by: str, at: datetime) -> None:
    db.add(MissingReminder(activity_id=activity_id, by=by, asked_at=at))
    db.flush()
