"""Which process leads (`Lease`), and which are alive (`Heartbeat`), by the database's clock, which
all processes share.

An owner is a fresh uuid for each start of a process: names of machines and process numbers come
again.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, or_, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, SQLModel

from bot.clock import HOME
from storage.database import Moment, Session, insert_new, table


class Lease(SQLModel, table=True):
    """Something that one process does at a time: whose it is, and until when."""

    name: str = Field(primary_key=True)
    owner: str
    until: datetime = Field(sa_type=Moment)


class Heartbeat(SQLModel, table=True):
    """When a loop of a process last went round."""

    loop: str = Field(primary_key=True)
    owner: str = Field(primary_key=True)
    at: datetime = Field(sa_type=Moment)


def database_time(db: Session) -> datetime:
    """What the database's clock says, in home time."""
    said = db.connection().execute(NOW[db.dialect]).scalar_one()
    at = datetime.fromisoformat(said) if isinstance(said, str) else said
    return at.astimezone(HOME)


def take(db: Session, name: str, owner: str, lasts: timedelta) -> bool:
    """Whether it is `owner`'s from now on: it was theirs already, or nobody's any more."""
    now = database_time(db)
    values = {"of_name": name, "by": owner, "now": now, "to": now + lasts}
    if db.run(RENEW, values).rowcount:
        return True
    row = {"name": name, "owner": owner, "until": now + lasts}
    return db.run(FIRST[db.dialect], row).first() is not None


def give_back(db: Session, name: str, owner: str) -> None:
    """Before stopping, so that nobody has to wait for the lease to run out."""
    db.run(GIVE_BACK, {"of_name": name, "by": owner})


def beat(db: Session, loop: str, owner: str) -> None:
    row = {"loop": loop, "owner": owner, "at": database_time(db)}
    db.run(BEAT[db.dialect], row)


def silent(db: Session, loop: str, longer_than: timedelta) -> list[tuple[str, datetime]]:
    """Owners whose `loop` has not gone round for so long, with the last time."""
    before = database_time(db) - longer_than
    return [(row.owner, row.at) for row in db.run(SILENT, {"loop": loop, "before": before})]


def stopped(db: Session, loop: str, owner: str) -> bool:
    """Its heartbeat is waited for no longer; False when somebody has said so before."""
    return bool(db.run(STOPPED, {"of_loop": loop, "by": owner}).rowcount)


_lease, _heartbeat = table(Lease).c, table(Heartbeat).c
NOW: Mapping[str, Any] = {
    "sqlite": text("SELECT strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')"),
    "postgresql": text("SELECT clock_timestamp()"),
}
RENEW = (
    update(table(Lease))
    .where(
        _lease.name == bindparam("of_name"),
        or_(_lease.owner == bindparam("by"), _lease.until < bindparam("now", type_=Moment)),
    )
    .values(owner=bindparam("by"), until=bindparam("to", type_=Moment))
)
FIRST = insert_new(Lease, _lease.name)
GIVE_BACK = delete(table(Lease)).where(
    _lease.name == bindparam("of_name"), _lease.owner == bindparam("by")
)
BEAT = {
    name: insert.on_conflict_do_update(
        index_elements=["loop", "owner"], set_={"at": insert.excluded.at}
    )
    for name, insert in (
        ("sqlite", sqlite.insert(table(Heartbeat))),
        ("postgresql", postgresql.insert(table(Heartbeat))),
    )
}
SILENT = select(_heartbeat.owner, _heartbeat.at).where(
    _heartbeat.loop == bindparam("loop"), _heartbeat.at < bindparam("before", type_=Moment)
)
STOPPED = delete(table(Heartbeat)).where(
    _heartbeat.loop == bindparam("of_loop"), _heartbeat.owner == bindparam("by")
)
