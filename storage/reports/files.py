from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import bindparam, delete, insert, select, update

from storage.database import Moment, Session, table
from storage.reports.tables import CalendarFeed, FileWanted


class Want(NamedTuple):
    """A table that may be fetched, as a value."""

    id: int
    member_id: str
    what: str
    org_id: str
    first: date
    last: date
    made_at: datetime
    expires: datetime
    session: str


def want(db: Session, row: FileWanted) -> int:
    db.add(row)
    db.flush()
    return row.id


def wanted(db: Session, want_id: int) -> Want | None:
    row = db.run(ONE, {"id": want_id}).one_or_none()
    return Want._make(row) if row else None


def of_member(db: Session, member_id: str, now: datetime) -> Sequence[Want]:
    """What can still be fetched, the latest first."""
    rows = db.run(OF_MEMBER, {"member": member_id, "now": now})
    return [Want._make(row) for row in rows]


def take(db: Session, want_id: int, session: str) -> None:
    """Bind it to the session that fetches it first; of a bound one nothing changes."""
    db.together(TAKE, {"of_id": want_id, "by": session})


def have_feed(db: Session, member_id: str, digest: str, now: datetime) -> None:
    """Instead of any before: an address that was given away ends with a new one."""
    stop_feed(db, member_id)
    row = {"member_id": member_id, "digest": digest, "made_at": now}
    db.run(insert(table(CalendarFeed)), row)


def stop_feed(db: Session, member_id: str) -> bool:
    """Whether there was one."""
    return db.run(STOP, {"of_member": member_id}).rowcount == 1


def has_feed(db: Session, member_id: str) -> bool:
    return db.run(HAS, {"member": member_id}).scalar_one_or_none() is not None


def feed_owner(db: Session, digest: str) -> str | None:
    found: str | None = db.run(OWNER, {"digest": digest}).scalar_one_or_none()
    return found


_want, _feed = table(FileWanted).c, table(CalendarFeed).c
_ONE = select(*(_want[name] for name in Want._fields))
ONE = _ONE.where(_want.id == bindparam("id"))
OF_MEMBER = _ONE.where(
    _want.member_id == bindparam("member"), _want.expires > bindparam("now", type_=Moment)
).order_by(_want.id.desc())
TAKE = (
    update(table(FileWanted))
    .where(
        _want.id == bindparam("of_id"),
        _want.session == "",
    )
    .values(session=bindparam("by"))
)
STOP = delete(table(CalendarFeed)).where(_feed.member_id == bindparam("of_member"))
HAS = select(_feed.member_id).where(_feed.member_id == bindparam("member"))
OWNER = select(_feed.member_id).where(_feed.digest == bindparam("digest"))
