"""Which slot of which job was done, and by whom. The row is the claim: whoever inserts it does the
job."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import bindparam, delete, func, or_, select, update
from sqlmodel import Field, SQLModel

from storage import leases
from storage.database import Moment, Session, insert_new, table


class RunState(StrEnum):
    RUNNING = "running"
    DONE = "done"
    EXPIRED = "expired"
    """It was too late for it when we came to; somebody was told."""
    FAILED = "failed"
    """Given up after several tries; somebody was told."""


class JobRun(SQLModel, table=True):
    __tablename__ = "job_run"

    name: str = Field(primary_key=True)
    slot: datetime = Field(primary_key=True, sa_type=Moment)
    """When it was to be done, by the timetable."""
    state: str = RunState.RUNNING
    owner: str = ""
    lease: datetime = Field(sa_type=Moment)
    """While it runs: until then nobody else may. By the database's clock."""
    tries: int = 1
    begun_at: datetime = Field(sa_type=Moment)
    done_at: datetime | None = Field(default=None, sa_type=Moment)


def claim(
    db: Session, name: str, slot: datetime, owner: str, lasts: timedelta, now: datetime
) -> bool:
    """Whether `owner` is to do this slot: nobody has begun it, or whoever has lets it lie for
    longer than the lease. The claim keeps others away for `lasts`."""
    at = leases.database_time(db)
    row = {"name": name, "slot": slot, "owner": owner, "lease": at + lasts, "begun_at": now}
    insert = CLAIM_ON[db.dialect]
    if db.run(insert, {**row, "state": RunState.RUNNING, "tries": 1}).first():
        return True
    values = {"of_name": name, "of_slot": slot, "by": owner, "at": at, "to": at + lasts}
    return bool(db.run(RECLAIM, values).rowcount)


def go_on(db: Session, name: str, slot: datetime, owner: str, lasts: timedelta) -> bool:
    """Whether it is still `owner`'s: asked in each unit of work, so that one who was paused past
    the lease does nothing more."""
    values = {"of_name": name, "of_slot": slot, "by": owner}
    return bool(db.run(GO_ON, {**values, "to": leases.database_time(db) + lasts}).rowcount)


def finish(db: Session, name: str, slot: datetime, state: RunState, now: datetime) -> None:
    db.run(FINISH, {"of_name": name, "of_slot": slot, "as": state, "now": now})


def put_off(db: Session, name: str, slot: datetime, owner: str, wait: timedelta) -> None:
    """It broke: whoever comes after `wait` may try again."""
    until = leases.database_time(db) + wait
    db.run(PUT_OFF, {"of_name": name, "of_slot": slot, "by": owner, "to": until})


def tries(db: Session, name: str, slot: datetime) -> int:
    """How often it was begun."""
    return int(db.run(TRIES, {"name": name, "slot": slot}).scalar_one())


def is_under_way(db: Session, name: str, slot: datetime) -> bool:
    """Whether somebody has it and may keep it."""
    values = {"name": name, "slot": slot, "at": leases.database_time(db)}
    return db.run(UNDER_WAY, values).first() is not None


def state_of(db: Session, name: str, slot: datetime) -> RunState | None:
    said = db.run(STATE, {"name": name, "slot": slot}).scalar_one_or_none()
    return RunState(said) if said else None


def last(db: Session, name: str, state: RunState | None = None) -> datetime | None:
    """The newest slot on record; of those in `state` where one is given."""
    statement, values = (
        (LAST, {"name": name}) if state is None else (LAST_IN, {"name": name, "state": state.value})
    )
    found: datetime | None = db.run(statement, values).scalar_one_or_none()
    return found


def forget_before(db: Session, moment: datetime) -> int:
    """But for the newest of each job: from it is counted what was missed."""
    return int(db.run(FORGET, {"moment": moment}).rowcount)


job_run = table(JobRun).c
CLAIM_ON = insert_new(JobRun, job_run.slot)
_this = (job_run.name == bindparam("of_name"), job_run.slot == bindparam("of_slot", type_=Moment))
_running = job_run.state == RunState.RUNNING
RECLAIM = (
    update(table(JobRun))
    .where(
        *_this,
        _running,
        or_(job_run.owner == bindparam("by"), job_run.lease < bindparam("at", type_=Moment)),
    )
    .values(owner=bindparam("by"), lease=bindparam("to", type_=Moment), tries=job_run.tries + 1)
)
GO_ON = (
    update(table(JobRun))
    .where(*_this, _running, job_run.owner == bindparam("by"))
    .values(lease=bindparam("to", type_=Moment))
)
FINISH = (
    update(table(JobRun))
    .where(*_this)
    .values(state=bindparam("as"), done_at=bindparam("now", type_=Moment))
)
PUT_OFF = (
    update(table(JobRun))
    .where(*_this, _running, job_run.owner == bindparam("by"))
    .values(owner="", lease=bindparam("to", type_=Moment))
)
TRIES = select(job_run.tries).where(
    job_run.name == bindparam("name"), job_run.slot == bindparam("slot", type_=Moment)
)
STATE = select(job_run.state).where(
    job_run.name == bindparam("name"), job_run.slot == bindparam("slot", type_=Moment)
)
LAST = select(func.max(job_run.slot, type_=Moment)).where(job_run.name == bindparam("name"))
LAST_IN = LAST.where(job_run.state == bindparam("state"))
_newer = table(JobRun).alias("newer")
FORGET = delete(table(JobRun)).where(
    job_run.slot < bindparam("moment", type_=Moment),
    select(_newer.c.slot)
    .where(_newer.c.name == job_run.name, _newer.c.slot > job_run.slot)
    .exists(),
)
UNDER_WAY = select(job_run.slot).where(
    job_run.name == bindparam("name"),
    job_run.slot == bindparam("slot", type_=Moment),
    _running,
    job_run.owner != "",
    job_run.lease >= bindparam("at", type_=Moment),
)
