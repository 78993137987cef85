"""All rows of a database, to be written into another: what took many statements to come about once
is then there at once."""

from collections.abc import Mapping, Sequence

from sqlalchemy import insert, select, text
from sqlmodel import SQLModel

from storage.database import Database

Rows = Mapping[str, Sequence[dict[str, object]]]


def taken(database: Database) -> Rows:
    with database.readers.connect() as connection:
        found = {
            each.name: [dict(row._mapping) for row in connection.execute(select(each))]
            for each in SQLModel.metadata.sorted_tables
        }
    return {name: rows for name, rows in found.items() if rows}


def put(database: Database, rows: Rows) -> None:
    """Into one that is empty."""
    with database.engine.begin() as connection:
        for each in SQLModel.metadata.sorted_tables:
            if each.name in rows:
                connection.execute(insert(each), rows[each.name])
        if connection.dialect.name == "postgresql":
            for each in SQLModel.metadata.sorted_tables:
                if each.name in rows and "id" in each.c and each.c.id.type.python_type is int:
                    counted = text(
                        f"SELECT setval(pg_get_serial_sequence('{each.name}', 'id'), max(id))"
                        f" FROM {each.name}"
                    )
                    connection.execute(counted)
