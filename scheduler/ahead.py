"""`zhibu preview`: what will be said to whom, when, why and by which account, without sending.

The jobs of the timetable are done for every slot of the days ahead, on a clock of their own, in a
database that is only imagined. What people will do meanwhile nobody knows: nothing is closed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select

from scheduler import runs, text
from scheduler.runs import Job
from scheduler.slots import Every, following
from scheduler.why import because, words_of
from storage import members, reach, workdays
from storage.database import Database, Session, table
from storage.imagined import imagined
from storage.outbox import Letter, State
from storage.reach import By

NOT_YET = (State.WAITING, State.HELD)
HOURLY = Every(60)
"""What looks every minute for what is due is asked once an hour: it then says all of that hour."""


@dataclass(frozen=True)
class Foreseen:
    """One letter as it would be written; whether it waits for the night to end, or is said along
    with others, is decided when it is sent."""

    due: datetime
    to: str
    name: str
    kind: str
    said: str
    cause: str
    key: str
    platform: str
    """The account that would be taken now; empty where they cannot be reached."""
    why: Sequence[str]
    """From the rule to the step, in lines."""


def foresee(
    database: Database, timetable: Sequence[Job], now: datetime, days: int
) -> list[Foreseen]:
    """In the order in which they are due."""
    jobs = [
        replace(job, when=HOURLY) if isinstance(job.when, Every) else job
        for job in timetable
        if job.foreseen
    ]
    until = now + timedelta(days)
    with imagined(database) as inner:
        with inner.reading() as db:
            moments = sorted({at for job in jobs for at in slots(db, job, now, until)})
        for at in moments:
            runs.strike(inner, jobs, at, "preview")
        with inner.reading() as db:
            return list(letters(db, now, until))


def slots(db: Session, job: Job, now: datetime, until: datetime) -> Iterator[datetime]:
    is_workday = workdays.calendar(db).is_workday
    at = following(job.when, now, is_workday)
    while at <= until:
        yield at
        at = following(job.when, at, is_workday)


def letters(db: Session, now: datetime, until: datetime) -> Iterator[Foreseen]:
    letter = table(Letter).c
    due = select(table(Letter)).where(letter.state.in_(NOT_YET)).order_by(letter.due, letter.id)
    rows = [row for row in db.run(due) if now < row.due <= until]
    ids = sorted({row.to for row in rows})
    names, who = members.names(db, ids), reach.whereabouts(db, ids, now)
    for row in rows:
        way = reach.way_now(who[row.to], None, now, kind=row.kind)
        yield Foreseen(
            row.due,
            row.to,
            names.get(row.to, ""),
            row.kind,
            words_of(row),
            row.cause,
            row.key,
            way.address.platform if isinstance(way, By) else "",
            [text.cause(row.cause), *because(db, row)],
        )
