"""Does each job of the timetable once for each slot, however many processes call `strike`.

A slot is a moment at which a job is due (`scheduler/slots.py`). Its row `job_run(name, slot)` is
claimed in the same unit of work as the job's first effects; a long job has several units of work,
and asks in each whether the slot is still its own.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import OperationalError

from scheduler.slots import When, latest
from storage import alerts, job_runs, workdays
from storage.database import Database, Session
from storage.job_runs import RunState

log = logging.getLogger(__name__)
LEASE = timedelta(seconds=15)
"""How long a claim keeps others away; renewed with each part. A part that takes longer is safe all
the same: on PostgreSQL it holds the row, so whoever reclaims it waits; on SQLite there is one
process."""
WAITS = tuple(timedelta(seconds=each) for each in (10, 30, 120, 600))
"""How long after each failure a job is tried again; after the last it is given up for this slot."""


@dataclass(frozen=True)
class Strike:
    """One slot of one job, and when it is really done."""

    at: datetime
    """The slot: when it was due."""
    now: datetime
    """When it is done; later than `at`, by up to `Job.late`."""
    first: bool = False
    """This job has never been done here: nobody has waited for it."""
    since: datetime | None = None
    """The slot that was done before this one."""

    @property
    def promised(self) -> datetime:
        """When its letters count as due: a job that is done for the first time is not late."""
        return self.now if self.first else self.at


Part = Callable[[Session], object]
"""What is written in one unit of work. Done twice it must do no harm."""
Read = Callable[[Session, Strike], Iterable[Part]]
"""Finds what there is to do, on a reading connection: it holds up nobody."""


@dataclass(frozen=True)
class Once:
    """One unit of work, together with the claim."""

    action: Callable[[Session, datetime], object]
    """Is told what time it really is."""


@dataclass(frozen=True)
class InParts:
    """Too long for one unit of work: the chat would have to wait."""

    phases: tuple[Read, ...]
    """Each finds what there is to do, after all of the one before has been written."""


def in_parts(*actions: Callable[[Session, datetime], Iterable[Part]]) -> InParts:
    """For actions that only need to know what time it is."""
    return InParts(tuple(with_time(each) for each in actions))


def with_time(action: Callable[[Session, datetime], Iterable[Part]]) -> Read:
    return lambda db, at: action(db, at.now)


@dataclass(frozen=True)
class Job:
    name: str
    when: When
    work: Once | InParts
    late: timedelta
    """How long after its time a missed slot is still done; after that it expires, and an alert is
    raised. Of several missed slots only the newest is done."""
    foreseen: bool = True
    """Whether `zhibu preview` runs it on its copy of the database. Not what writes outside of the
    database, or is nobody else's business."""


@dataclass(frozen=True)
class Ran:
    """This process did it."""

    parts: int


@dataclass(frozen=True)
class NotOurs:
    """Somebody else has done it, or it waits to be tried again."""


@dataclass(frozen=True)
class UnderWay:
    """Somebody else is at it: what comes after it in the timetable is theirs, too."""


@dataclass(frozen=True)
class Expired:
    """It was too late for it."""


@dataclass(frozen=True)
class Broke:
    """It will be tried again, unless it was tried too often."""

    tries: int


Outcome = Ran | NotOurs | UnderWay | Expired | Broke


def strike(
    database: Database,
    timetable: Sequence[Job],
    now: datetime,
    owner: str,
    alive: Callable[[], None] = lambda: None,
) -> dict[str, Outcome]:
    """Do every job that is due at `now`, in the order of the timetable; what became of each, by
    name. Safe to be called at any time by any number of processes: `owner` names the caller.
    `alive` is called between jobs and between their parts."""
    with database.reading() as db:
        is_workday = workdays.calendar(db).is_workday
        slots = [(job, latest(job.when, now, is_workday)) for job in timetable]
        states = {job.name: slot and job_runs.state_of(db, job.name, slot) for job, slot in slots}
        last = {job.name: job_runs.last(db, job.name) for job in timetable}
    outcomes: dict[str, Outcome] = {}
    for job, slot in slots:
        before = last[job.name]
        if not slot or states[job.name] not in {None, RunState.RUNNING}:
            continue
        if before and before > slot:  # the clock was put back
            continue
        at = Strike(slot, now, before is None, before)
        outcomes[job.name] = outcome = run(database, job, at, owner, alive)
        if isinstance(outcome, UnderWay):
            break
    return outcomes


def run(
    database: Database, job: Job, at: Strike, owner: str, alive: Callable[[], None] = lambda: None
) -> Outcome:
    """Claim and do one slot of one job. Never raises for what the job raises: that is `Broke`."""
    alive()
    try:
        with database.unit_of_work() as db:
            if not job_runs.claim(db, job.name, at.at, owner, LEASE, at.now):
                there = job_runs.is_under_way(db, job.name, at.at)
                return UnderWay() if there else NotOurs()
            if at.now - at.at > job.late:
                return _expire(db, job, at)
            if isinstance(job.work, Once):
                return _at_once(db, job, job.work, at, owner)
        return _part_by_part(database, job, job.work, at, owner, alive)
    except Exception as error:
        log.exception("job %s of %s broke", job.name, at.at)
        with database.unit_of_work() as db:
            return _put_off(db, job, at, owner, error)


def _at_once(db: Session, job: Job, work: Once, at: Strike, owner: str) -> Outcome:
    try:
        with db.apart():
            work.action(db, at.now)
            db.write_what_waits()
    except OperationalError:
        raise  # the database's own trouble: nothing of this unit of work can be kept
    except Exception as error:
        log.exception("job %s of %s broke", job.name, at.at)
        return _put_off(db, job, at, owner, error)
    _done(db, job, at)
    return Ran(1)


def _part_by_part(
    database: Database,
    job: Job,
    work: InParts,
    at: Strike,
    owner: str,
    alive: Callable[[], None],
) -> Outcome:
    done = 0
    for read in work.phases:
        with database.reading() as db:
            parts = list(read(db, at))
        for part in parts:
            alive()
            with database.unit_of_work() as db:
                if not job_runs.go_on(db, job.name, at.at, owner, LEASE):
                    return NotOurs()
                part(db)
        done += len(parts)
    with database.unit_of_work() as db:
        if not job_runs.go_on(db, job.name, at.at, owner, LEASE):
            return NotOurs()
        _done(db, job, at)
    return Ran(done)


def _done(db: Session, job: Job, at: Strike) -> None:
    job_runs.finish(db, job.name, at.at, RunState.DONE, at.now)
    alerts.over(db, _key(job), at.now)


def _expire(db: Session, job: Job, at: Strike) -> Outcome:
    job_runs.finish(db, job.name, at.at, RunState.EXPIRED, at.now)
    if not at.first:
        late = round((at.now - at.at).total_seconds() / 3600)
        alerts.raise_(db, _key(job), "job_expired", f"{job.name} +{late} h", at.now)
    return Expired()


def _put_off(db: Session, job: Job, at: Strike, owner: str, error: Exception) -> Outcome:
    if not job_runs.go_on(db, job.name, at.at, owner, LEASE):
        return NotOurs()
    tries = job_runs.tries(db, job.name, at.at)
    if tries > len(WAITS):
        job_runs.finish(db, job.name, at.at, RunState.FAILED, at.now)
    else:
        job_runs.put_off(db, job.name, at.at, owner, WAITS[tries - 1])
    alerts.raise_(db, _key(job), "job_failed", f"{job.name} {type(error).__name__}", at.now)
    return Broke(tries)


def _key(job: Job) -> str:
    """One fault, until the job has been done again."""
    return f"job:{job.name}"
