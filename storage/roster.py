"""The registers as a whole: read and written by the thousand, for import and export."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, TypeVar, cast

from sqlalchemy import (
    Date,
    Executable,
    and_,
    bindparam,
    case,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlmodel import SQLModel

from bot.parts import parts
from storage.database import Session, table
from storage.members import Account, Appointment, Member, Membership
from storage.organisation import Organisation

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
        for some in parts(rows, AT_ONCE):
            db.run(statement, some)
            wrote(len(some))


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


class Size(NamedTuple):
    members: int
    full: int
    unbound: int
    """Without any account."""


NOBODY = Size(0, 0, 0)


def sizes(db: Session, day: date) -> Mapping[str, Size]:
    """How many belong to each branch on `day`; a branch of nobody is missing."""

    def load() -> Mapping[str, Size]:
        rows = db.run(SIZES, {"day": day, "full": "full"})
        return {branch_id: Size(*counts) for branch_id, *counts in rows}

    return db.once(("sizes", day), load)


def filled_posts(db: Session, day: date) -> Mapping[str, frozenset[str]]:
    """The roles that somebody holds in each organisation on `day`."""
    found: dict[str, set[str]] = {}
    for org_id, role in db.run(FILLED, {"day": day}):
        found.setdefault(org_id, set()).add(role)
    return {org_id: frozenset(roles) for org_id, roles in found.items()}


def with_committee(db: Session) -> frozenset[str]:
    """The organisations that have elected a committee."""
    return frozenset(row[0] for row in db.run(WITH_COMMITTEE))


def names_without_account(db: Session, branch_id: str, day: date) -> list[str]:
    rows = db.run(NAMES_WITHOUT_ACCOUNT, {"day": day, "branch": branch_id})
    return [row[0] for row in rows]


_member, _membership = table(Member).c, table(Membership).c
_appointment, _organisation = table(Appointment).c, table(Organisation).c
_day = bindparam("day", type_=Date)
_belongs = and_(
    _membership.since <= _day, or_(_membership.until.is_(None), _membership.until > _day)
)
_has_account = exists().where(table(Account).c.member_id == _member.id)
_belonging = table(Membership).join(table(Member), _membership.member_id == _member.id)
SIZES = (
    select(
        _membership.branch_id,
        func.count(),
        func.sum(case((_member.status == bindparam("full"), 1), else_=0)),
        func.sum(case((_has_account, 0), else_=1)),
    )
    .select_from(_belonging)
    .where(_belongs)
    .group_by(_membership.branch_id)
)
NAMES_WITHOUT_ACCOUNT = (
    select(_member.name)
    .select_from(_belonging)
    .where(_belongs, _membership.branch_id == bindparam("branch"), ~_has_account)
    .order_by(_member.id)
)
FILLED = (
    select(_appointment.org_id, _appointment.role)
    .where(
        _appointment.since <= _day,
        or_(_appointment.until.is_(None), _appointment.until > _day),
    )
    .distinct()
)
WITH_COMMITTEE = select(_organisation.id).where(_organisation.has_committee)
