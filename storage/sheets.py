"""The sheet of one activity, to be looked at only: rows as values, of a large meeting thousands."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select

from storage.attendance import Attendance
from storage.database import Session, among, table


class Record(NamedTuple):
    """What is on record of one member."""

    member_id: str
    state: str
    at: datetime
    source: str
    by: str
    entered_at: datetime
    reason: str


def whole(db: Session, activity_id: int) -> list[Record]:
    """Everyone on record, in a tenth of the time that rows to be changed take."""
    return [Record(*row) for row in db.run(READ, {"activity": activity_id})]


def some(db: Session, activity_id: int, ids: Sequence[str]) -> dict[str, Record]:
    """Member to what is on record of them; who has nothing is missing."""
    rows = db.run(READ_SOME, {"activity": activity_id, "members": list(ids)})
    return {row.member_id: Record(*row) for row in rows}


def in_order(db: Session, activity_id: int) -> list[tuple[str, str]]:
    """(member, state) of everyone on record, who came first first."""
    return [(row[0], row[1]) for row in db.run(IN_ORDER, {"activity": activity_id})]


attendance = table(Attendance).c
READ = (
    select(*(attendance[name] for name in Record._fields))
    .where(attendance.activity_id == bindparam("activity"))
    .order_by(attendance.at)
)
READ_SOME = READ.where(among(attendance.member_id, "members"))
IN_ORDER = (
    select(attendance.member_id, attendance.state)
    .where(attendance.activity_id == bindparam("activity"))
    .order_by(attendance.at, attendance.member_id)
)
