"""Rows by the million, straight into their tables: on SQLite and on PostgreSQL."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any, Protocol

from pydantic_core import PydanticUndefined
from sqlalchemy import Connection, func, select, text
from sqlmodel import SQLModel

from bot.clock import HOME
from storage.database import Database, table

AT_ONCE = 20_000
Row = Sequence[Any]


class Bar(Protocol):
    def update(self, steps: int) -> None: ...


class Writing:
    """`columns` are what is given of each row; the others have the defaults of their model."""

    def __init__(self, database: Database, bar: Bar) -> None:
        self._database, self._bar = database, bar
        self.written = 0

    def put(self, model: type[SQLModel], columns: Sequence[str], rows: Iterable[Row]) -> None:
        rest = defaults(model, columns)
        names = [*columns, *rest]
        fixed = tuple(rest.values())
        whole = ((*row, *fixed) for row in rows)
        while part := list(islice(whole, AT_ONCE)):
            with self._database.engine.begin() as connection:
                insert(connection, str(model.__tablename__), names, part)
            self.count(len(part))
        if "id" in columns and self._database.engine.dialect.name == "postgresql":
            self._go_on_from(model)

    def count(self, rows: int) -> None:
        self.written += rows
        self._bar.update(rows)

    def _go_on_from(self, model: type[SQLModel]) -> None:
        name = str(model.__tablename__)
        last = select(func.max(table(model).c.id))
        with self._database.engine.begin() as connection:
            top = connection.execute(last).scalar()
            if isinstance(top, int):
                move = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :top)")
                connection.execute(move, {"name": f'"{name}"', "top": top})


def insert(connection: Connection, name: str, columns: Sequence[str], rows: list[Row]) -> None:
    driver: Any = connection.connection.driver_connection
    quoted = ", ".join(f'"{each}"' for each in columns)
    if connection.dialect.name == "postgresql":
        with driver.cursor() as cursor, cursor.copy(f'COPY "{name}" ({quoted}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" * len(columns))
    driver.executemany(f'INSERT INTO "{name}" ({quoted}) VALUES ({marks})', rows)


def defaults(model: type[SQLModel], given: Sequence[str]) -> dict[str, Any]:
    """Column to its value; KeyError for one that must be given. A number of its own is the
    database's."""
    found: dict[str, Any] = {}
    for column in table(model).columns:
        field = model.model_fields[column.name]
        if column.name in given or column is table(model).autoincrement_column:
            continue
        if field.default_factory is not None:
            found[column.name] = json.dumps(field.default_factory())  # type: ignore[call-arg]
        elif field.default is PydanticUndefined:
            raise KeyError(f"{model.__tablename__}.{column.name}")
        else:
            found[column.name] = field.default
    return found


def at(day: date, minutes: int = 9 * 60, seconds: int = 0) -> str:
    """So many minutes and seconds into that day."""
    began = datetime.combine(day, time.min, HOME)
    return stored(began + timedelta(minutes=minutes, seconds=seconds))


def stored(moment: datetime) -> str:
    """As both databases read it."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}.000000"
