"""Everything that one database holds into another that is empty, of whichever kind."""

from collections.abc import Mapping
from hashlib import sha256

from sqlalchemy import Table, func, insert, select
from sqlmodel import SQLModel

from storage import migrating
from storage.database import Database, Session

AT_ONCE = 1_000
"""Rows in one statement."""


class NotEmpty(Exception):
    """Something is in there already; nothing was written."""


class Different(Exception):
    """What was written reads otherwise there; nothing of it stays. Says in which table."""


def move(source: Database, target: Database) -> Mapping[str, int]:
    """How many rows each table has now. All or nothing, and compared; the source stays as it is.
    Both must have the shape of this program, and nobody may write to either."""
    migrating.load_tables()
    tables = SQLModel.metadata.sorted_tables
    with source.reading() as old, target.unit_of_work() as new:
        if any(new.run(select(each).limit(1)).first() for each in tables):
            raise NotEmpty
        return {each.name: copy(old, new, each) for each in tables}


def copy(old: Session, new: Session, table: Table) -> int:
    count = 0
    written = [column for column in table.columns if column.computed is None]
    for rows in old.run(select(*written)).mappings().partitions(AT_ONCE):
        new.run(insert(table), [dict(row) for row in rows])
        count += len(rows)
    if digest(old, table) != digest(new, table):
        raise Different(table.name)
    number = table.autoincrement_column
    if number is not None and new.get_bind().dialect.name == "postgresql":
        sequence = func.pg_get_serial_sequence(table.name, number.name)
        new.run(select(func.setval(sequence, func.max(number))))
    return count


def digest(db: Session, table: Table) -> int:
    """Of all rows, in whichever order a database gives them."""
    return sum(
        int.from_bytes(sha256(repr(tuple(row)).encode()).digest()) for row in db.run(select(table))
    )
