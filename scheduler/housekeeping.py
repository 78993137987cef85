"""What is done at night so that nothing is kept for longer than promised."""

from datetime import datetime, timedelta

from storage import (
    alerts,
    attempts,
    console,
    devices,
    inbox,
    invites,
    job_runs,
    outbox,
    tombstones,
    trail,
    unheard,
    workdays,
)
from storage.database import Session

A_WEEK = timedelta(7)
A_SEASON = timedelta(90)
"""So long it can be asked why a letter was sent."""
A_MONTH_OF_ROWS = 100_000
"""Looked at every night, in a second or two; `zhibu audit` looks at all."""
A_FEW_DAYS = timedelta(3)
"""The privacy text says 「几天后清除」. No platform delivers a message again after a day."""


def forget(db: Session, now: datetime) -> None:
    inbox.forget_before(db, now - A_FEW_DAYS)
    invites.forget_before(db, now - A_FEW_DAYS)
    devices.forget_before(db, now - A_FEW_DAYS)
    console.forget_before(db, now - A_FEW_DAYS)
    job_runs.forget_before(db, now - A_WEEK)
    unheard.forget_before(db, now - A_SEASON)
    outbox.forget_before(db, now - A_SEASON)
    attempts.forget_before(db, now - A_SEASON)


def keep_erased(db: Session, _: datetime) -> None:
    """Beside the database, where a restore does not reach."""
    tombstones.keep_outside(db, tombstones.beside(address(db)))


def keep_trail(db: Session, now: datetime) -> None:
    """Whether the record of who did what is still what it was; its end beside the database."""
    file = trail.place(address(db))
    match trail.verify(db, trail.kept(file), newest=A_MONTH_OF_ROWS):
        case trail.Broken(row, how):
            alerts.raise_(db, "audit", "audit_broken", f"{how} {row}", now)
        case trail.Holds():
            alerts.over(db, "audit", now)
            trail.keep_outside(db, file, now)


def address(db: Session) -> str:
    """Of the database, as it stands in the settings."""
    return db.get_bind().engine.url.render_as_string(hide_password=True)


def warn_of_workdays(db: Session, now: datetime) -> None:
    """No package knows the next year before the State Council has said."""
    wanted = workdays.missing(workdays.calendar(db), now.date())
    for year in (now.year, now.year + 1):
        if year in wanted:
            alerts.raise_(db, f"workdays:{year}", "workdays_missing", str(year), now)
        else:
            alerts.over(db, f"workdays:{year}", now)
