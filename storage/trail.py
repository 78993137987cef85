"""Whether the record of who did what (`storage/audit.py`) is still what was written.

Inside the database the chain shows an altered, an inserted and a missing row. Whoever could write
the whole of it anew is found by what was kept outside: its end, once an hour, in a file beside the
database, in the log, and wherever an operator copies it.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from sqlalchemy import bindparam, select

from storage import sidecar
from storage.audit import (
    BEGINNING,
    NOBODY,
    SOMEBODY,
    AuditRow,
    Head,
    head,
    names_digest,
    sealed,
)
from storage.database import Session, table

log = logging.getLogger(__name__)
ENDING = "audit.jsonl"
PAGE = 5_000


@dataclass(frozen=True)
class Holds:
    head: Head
    forgotten: int
    """Rows whose names were deleted with those of their member."""


@dataclass(frozen=True)
class Broken:
    row: int
    """The first that is not as it was written."""
    how: Literal["altered", "missing", "cut", "added", "rewritten"]
    """Cut: it and all after it are missing. Rewritten: the chain holds up to it, but is another
    than was known."""


def verify(db: Session, known: Sequence[Head] = (), newest: int | None = None) -> Holds | Broken:
    """All of it, or the `newest` rows; and that the ends `known` outside are in it."""
    end = head(db)
    start = max(0, end.last - newest) if newest else 0
    before = _seal_of(db, start) if start else BEGINNING
    if before is None:
        return Broken(start, "missing")
    last, forgotten = Head(start, before), 0
    while rows := db.run(ROWS, {"after": last.last, "end": end.last, "page": PAGE}).all():
        for row in rows:
            if row.id != last.last + 1:
                return Broken(last.last + 1, "missing")
            gone = row.actor == NOBODY and row.object == SOMEBODY
            names = row.blind if gone else names_digest(row.blind, row.actor, row.object)
            seal = sealed(last.seal, row.id, row.at, row.action, row.detail, names)
            if seal != row.seal:
                return Broken(row.id, "altered")
            last, forgotten = Head(row.id, seal), forgotten + gone
    if last.last < end.last:
        return Broken(last.last + 1, "cut")
    if last != end:
        return Broken(last.last, "rewritten")
    if _is_beyond(db, end):
        return Broken(end.last + 1, "added")
    return _compare(db, known, end) or Holds(end, forgotten)


def _is_beyond(db: Session, end: Head) -> bool:
    """Whether there is a row that the end of the chain knows nothing of."""
    found = db.run(ROWS, {"after": end.last, "end": 2**31 - 1, "page": 1}).first()
    return found is not None and head(db) == end


def _compare(db: Session, known: Sequence[Head], end: Head) -> Broken | None:
    for each in sorted(known):
        if each.last > end.last:
            return Broken(end.last + 1, "cut")
        if _seal_of(db, each.last) != each.seal:
            return Broken(each.last, "rewritten")
    return None


def _seal_of(db: Session, id: int) -> str | None:
    return db.run(SEAL, {"of_id": id}).scalar_one_or_none()


def place(database_url: str) -> Path:
    return sidecar.place(database_url, ENDING)


def keep_outside(db: Session, file: Path, now: datetime, *, restored: bool = False) -> Head:
    """The end of the chain, if it has moved; `restored`: with everything that was known of rows
    after it being void, for an older database has been brought back."""
    end = head(db)
    if restored or (end.last and end not in kept(file)):
        entry = {"at": now.isoformat(), "row": end.last, "seal": end.seal}
        sidecar.append(file, [entry | {"restored": True} if restored else entry])
        log.info("audit row %d %s", end.last, end.seal)
    return end


def kept(file: Path) -> list[Head]:
    """The ends that must be in the chain."""
    found: list[Head] = []
    for entry in sidecar.entries(file):
        if isinstance(entry.get("row"), int) and isinstance(entry.get("seal"), str):
            if entry.get("restored"):
                found = [each for each in found if each.last <= entry["row"]]
            found.append(Head(entry["row"], entry["seal"]))
    return [each for each in found if each.last]


_row = table(AuditRow).c
ROWS = (
    select(*_row.values())
    .where(_row.id > bindparam("after"), _row.id <= bindparam("end"))
    .order_by(_row.id)
    .limit(bindparam("page"))
)
SEAL = select(_row.seal).where(_row.id == bindparam("of_id"))
