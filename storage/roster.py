"""The registers as a whole: read and written by the thousand, for import and export."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from sqlalchemy import Executable, and_, bindparam, insert, select, update
from sqlmodel import SQLModel

from storage.database import Session, table

Model = TypeVar("Model", bound=SQLModel)
Values = Mapping[str, Any]

AT_ONCE = 1000
"""Rows in one statement; between two, whoever waits is told how far it has come."""


@dataclass(frozen=True)
class Insert:
    """A new row: every column but a number that the database gives."""

    model: type[SQLModel]
    values: Values


@dataclass(frozen=True)
class Alter:
    """Other values for the row that `key` names."""

    model: type[SQLModel]
    key: Values
    values: Values


Write = Insert | Alter


def every(db: Session, model: type[Model]) -> Sequence[Model]:
    """All rows, in the order of their keys. They have the attributes of `model`, but are plain
    rows: thirteen thousand models would take a second to make."""
    rows = table(model)
    return cast(Sequence[Model], db.run(select(rows).order_by(*rows.primary_key)).all())


def write(db: Session, writes: Iterable[Write], wrote: Callable[[int], None]) -> None:
    """Like rows together, what others refer to first; `wrote` is told how many have been written
    since it was told last."""
    alike: dict[Any, list[Values]] = {}
    for each in writes:
        shape, values = statement_of(each)
        alike.setdefault(shape, []).append(values)
    order = SQLModel.metadata.sorted_tables
    for shape, rows in sorted(alike.items(), key=lambda it: order.index(table(it[0][0]))):
        statement = made(*shape)
        for start in range(0, len(rows), AT_ONCE):
            part = rows[start : start + AT_ONCE]
            db.run(statement, part)
            wrote(len(part))


Shape = tuple[type[SQLModel], tuple[str, ...], tuple[str, ...]]


def statement_of(each: Write) -> tuple[Shape, Values]:
    match each:
        case Insert(model, values):
            return (model, (), tuple(values)), values
        case Alter(model, key, values):
            keyed = {f"key_{name}": value for name, value in key.items()}
            return (model, tuple(key), tuple(values)), {**keyed, **values}


def made(model: type[SQLModel], key: tuple[str, ...], columns: tuple[str, ...]) -> Executable:
    rows = table(model)
    if not key:
        return insert(rows)
    named = and_(*(rows.c[name] == bindparam(f"key_{name}") for name in key))
    return update(rows).where(named).values({name: bindparam(name) for name in columns})
