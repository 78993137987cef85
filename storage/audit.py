"""Who changed what, and who read what of another person. Only ever added to.

The rows are a chain: each carries a digest of itself and of all before it, and one row at the end
of each unit of work says how far the chain goes. `storage/trail.py` looks whether it still holds.
The names in a row are in the chain by a digest that cannot be guessed, so they alone can be
forgotten and the chain still holds.
"""

import hashlib
import json
import secrets
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import Field, SQLModel

from storage.database import Moment, Session, among, insert_new, table
from storage.session import Row

BEGINNING = ""
"""What the first row follows."""
NOBODY, SOMEBODY = "", "member:"
"""The actor and the object of a row whose names are forgotten."""
OWN = ("bind", "unbind", "consent", "add_device", "decline_device")
"""What somebody does with accounts of their own; of no use once these are deleted."""


class AuditRow(SQLModel, table=True):
    __tablename__ = "audit"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    """From 1, without a gap: a number that is missing was taken out."""
    at: datetime = Field(sa_type=Moment, index=True)
    actor: str = Field(index=True)
    """A member's id, or `operator`, `import`, `clock`."""
    action: str
    object: str = Field(index=True)
    """What it was done to, as kind:id."""
    detail: str = ""
    """A number or a state, never the content of a conversation."""
    blind: str
    """Random, so that nobody finds the names by trying; their digest once they are forgotten."""
    seal: str
    """A digest of this row and of the seal before it."""


class AuditHead(SQLModel, table=True):
    """How far the chain goes: one row, which whoever writes the chain holds until the commit."""

    __tablename__ = "audit_head"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    last: int
    seal: str


class Head(NamedTuple):
    """The end of a chain: number and seal of its last row."""

    last: int
    seal: str


def note(db: Session, actor: str, action: str, object: str, at: datetime, detail: str = "") -> None:
    row = {"at": at, "actor": actor, "action": action, "object": object, "detail": detail}
    db.at_last(chain, row)


def chain(db: Session, rows: Sequence[Row]) -> None:
    """The next links. Another process waits here until our commit."""
    last, seal = hold_head(db)
    linked = []
    for number, row in enumerate(rows, start=last + 1):
        blind = secrets.token_hex(16)
        names = names_digest(blind, row["actor"], row["object"])
        seal = sealed(seal, number, row["at"], row["action"], row["detail"], names)
        linked.append({**row, "id": number, "blind": blind, "seal": seal})
    db.run(NOTE, linked)
    db.run(MOVE, {"to_last": last + len(linked), "to_seal": seal})


def hold_head(db: Session) -> Head:
    found = db.run(HOLD).one_or_none()
    if found is None:
        db.run(BEGIN[db.dialect], {"id": 1, "last": 0, "seal": BEGINNING})
        found = db.run(HOLD).one()
    return Head(*found)


def head(db: Session) -> Head:
    found = db.run(LOOK).one_or_none()
    return Head(*found) if found else Head(0, BEGINNING)


def names_digest(blind: str, actor: str, object: str) -> str:
    return digest(blind, actor, object)


def sealed(before: str, id: int, at: datetime, action: str, detail: str, names: str) -> str:
    return digest(before, id, at.astimezone(UTC).isoformat(), action, detail, names)


def digest(*parts: str | int) -> str:
    """SHA-256 in hexadecimal, of parts whose borders count."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def forget(db: Session, member_id: str) -> None:
    """Whose accounts these were. What was done under a post stays: no secretary gets rid of their
    trace by leaving."""
    for id, blind in db.run(OWN_ROWS, {"who": member_id, "whose": f"{SOMEBODY}{member_id}"}).all():
        names = names_digest(blind, member_id, f"{SOMEBODY}{member_id}")
        db.run(FORGET, {"of_id": id, "names": names})


class Noted(NamedTuple):
    """A row as a value."""

    id: int
    at: datetime
    actor: str
    action: str
    object: str
    detail: str

    @property
    def day(self) -> date:
        return self.at.date()


def latest(db: Session, actors: Sequence[str] | None, before: int, most: int) -> list[Noted]:
    """What `actors` did (None: anybody), the latest first, from below the number `before`."""
    values = {"before": before, "most": most}
    if actors is None:
        return [Noted(*row) for row in db.run(LATEST, values)]
    return [Noted(*row) for row in db.run(LATEST_OF, {**values, "actors": list(actors)})]


_note, _head = table(AuditRow).c, table(AuditHead).c
NOTE = insert(table(AuditRow))
LOOK = select(_head.last, _head.seal)
HOLD = LOOK.with_for_update()
BEGIN = insert_new(AuditHead)
MOVE = update(table(AuditHead)).values(last=bindparam("to_last"), seal=bindparam("to_seal"))
OWN_ROWS = select(_note.id, _note.blind).where(
    _note.actor == bindparam("who"), _note.object == bindparam("whose"), _note.action.in_(OWN)
)
FORGET = (
    update(table(AuditRow))
    .where(_note.id == bindparam("of_id"))
    .values(actor=NOBODY, object=SOMEBODY, blind=bindparam("names"))
)
LATEST = (
    select(*(_note[name] for name in Noted._fields))
    .where(_note.id < bindparam("before"))
    .order_by(_note.id.desc())
    .limit(bindparam("most"))
)
LATEST_OF = LATEST.where(among(_note.actor, "actors"))
