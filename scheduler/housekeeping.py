"""What is done at night so that nothing is kept for longer than promised."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from bot.parts import parts
from scheduler.runs import Part
from storage import (
    aftermath,
    alerts,
    console,
    devices,
    forgotten,
    inbox,
    invites,
    job_runs,
    tombstones,
    trail,
    unheard,
    workdays,
)
from storage.database import Session

A_WEEK = timedelta(7)
AT_ONCE = 1_000
"""Rows in one unit of work."""
A_SEASON = timedelta(90)
"""How long letters are kept, and `zhibu why` can say why they were sent."""
A_MONTH_OF_ROWS = 100_000
"""Looked at every night, in a second or two; `zhibu audit` looks at all."""
A_FEW_DAYS = timedelta(3)
"""The privacy text says 「几天后清除」. No platform delivers a message again after a day."""


def forget_in_parts(db: Session, now: datetime) -> Iterator[Part]:
    """Delete what is older than promised. What there is much of (answers, letters) is found here,
    and deleted `AT_ONCE` rows at a time."""
    yield partial(forget_little, now=now)
    heard = inbox.heard_before(db, now - A_FEW_DAYS)
    for keys in parts(heard, AT_ONCE):
        yield partial(inbox.forget, keys=keys)
    for letters in parts(forgotten.settled_before(db, now - A_SEASON), AT_ONCE):
        yield partial(forgotten.forget, letters=letters)


def forget_little(db: Session, now: datetime) -> None:
    invites.forget_before(db, now - A_FEW_DAYS)
    devices.forget_before(db, now - A_FEW_DAYS)
    console.forget_before(db, now - A_FEW_DAYS)
    job_runs.forget_before(db, now - A_WEEK)
    aftermath.forget_before(db, now - A_WEEK)
    unheard.forget_before(db, now - A_SEASON)


def keep_erased(db: Session, _: datetime) -> None:
    """Copy who had their data deleted to a file beside the database, which no restore replaces."""
    tombstones.keep_outside(db, tombstones.place(address(db)))


def trail_in_parts(db: Session, now: datetime) -> Iterator[Part]:
    """Check that the record of who did what was not altered, and write its end to a file beside the
    database; an alert where it was."""
    file = trail.place(address(db))
    found = trail.verify(db, trail.kept(file), newest=A_MONTH_OF_ROWS)
    yield partial(note_trail, file=file, found=found, now=now)


def keep_end(db: Session, now: datetime) -> None:
    """So that it is known what was there, should what was committed last be gone."""
    trail.keep_outside(db, trail.place(address(db)), now)


def note_trail(db: Session, file: Path, found: trail.Holds | trail.Broken, now: datetime) -> None:
    match found:
        case trail.Broken(row, how):
            alerts.raise_(db, "audit", "audit_broken", f"{how} {row}", now)
        case trail.Holds():
            alerts.over(db, "audit", now)
            trail.keep_outside(db, file, now)


def address(db: Session) -> str:
    """The URL of the database, as the settings have it."""
    return db.get_bind().engine.url.render_as_string(hide_password=True)


def warn_of_workdays(db: Session, now: datetime) -> None:
    """An alert for this year and the next, where nobody knows their days off: no package has them
    before the State Council has announced them."""
    wanted = workdays.missing(workdays.calendar(db), now.date())
    for year in (now.year, now.year + 1):
        if year in wanted:
            alerts.raise_(db, f"workdays:{year}", "workdays_missing", str(year), now)
        else:
            alerts.over(db, f"workdays:{year}", now)
