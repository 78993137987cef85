"""Who had their data deleted: kept outside the backup too, so that a restore brings nobody back.

A row is written with the deletion. `keep_outside` copies the rows to a file beside the database,
which no backup holds and no restore replaces; `reapply` deletes again what an older backup has
brought back.
"""

from datetime import datetime
from pathlib import Path

from sqlalchemy import insert, select, update
from sqlmodel import Field, SQLModel, col

from storage import personal, sidecar
from storage.database import Moment, Session
from storage.members import Account, Member


class Tombstone(SQLModel, table=True):
    member_id: str = Field(primary_key=True)
    at: datetime = Field(sa_type=Moment)


def bury(db: Session, member_id: str, now: datetime) -> None:
    """Delete what a member may have deleted, and remember that it was."""
    personal.erase(db, member_id, now)
    is_theirs = col(Tombstone.member_id) == member_id
    if not db.run(update(Tombstone).where(is_theirs).values(at=now)).rowcount:
        db.run(insert(Tombstone).values(member_id=member_id, at=now))


def place(database_url: str) -> Path:
    return sidecar.place(database_url, "erased.jsonl")


def keep_outside(db: Session, file: Path) -> None:
    """At the start, before a backup, before a restore, and as a duty of the clock."""
    known = outside(file)
    new = {id: at for id, at in rows(db).items() if id not in known or known[id] < at}
    if new:
        sidecar.append(file, [{"member": id, "at": at.isoformat()} for id, at in new.items()])


def outside(file: Path) -> dict[str, datetime]:
    """The last deletion of each member. What is no such line is passed over."""
    found: dict[str, datetime] = {}
    for entry in sidecar.entries(file):
        try:
            found[entry["member"]] = datetime.fromisoformat(entry["at"])
        except (ValueError, KeyError):
            continue
    return found


def reapply(db: Session, file: Path) -> list[str]:
    """The members whose data a restore had brought back, and is gone again. Whoever has agreed
    anew after the deletion stays."""
    again = []
    for member_id, at in sorted({**outside(file), **rows(db)}.items()):
        if came_back(db, member_id, at):
            bury(db, member_id, at)
            again.append(member_id)
    return again


def came_back(db: Session, member_id: str, at: datetime) -> bool:
    member = db.get(Member, member_id)
    if member is None or (member.erased_at and member.erased_at >= at):
        return False
    newer = select(Account).where(col(Account.member_id) == member_id, col(Account.bound_at) > at)
    return db.execute(newer).first() is None


def rows(db: Session) -> dict[str, datetime]:
    return {row.member_id: row.at for row in db.execute(select(Tombstone)).scalars()}
