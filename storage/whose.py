"""How a table with personal data is described: whose a row is, and what becomes of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Table, case, or_, tuple_
from sqlmodel import SQLModel, col

from bot.messages import Address
from storage.database import table


class Whose(NamedTuple):
    """A person, by all that their rows may be found by."""

    member_id: str
    addresses: tuple[Address, ...]


class Fate(StrEnum):
    """What deleting one's data means for it."""

    KEPT = "kept"
    """It is the organisation's own record."""
    DELETED = "deleted"
    BLANKED = "blanked"
    """The row is needed for something else; nothing of the person is left in it."""


Where = Callable[[Whose], ColumnElement[bool]]


@dataclass(frozen=True)
class Personal:
    """One table that holds personal data."""

    model: type[SQLModel]
    of: Where
    """Which rows are somebody's."""
    fate: Fate
    shown: tuple[str, ...]
    """The columns that are given out to the person; the others are keys, digests and secrets."""
    blank: Mapping[str, Any] = field(default_factory=dict)
    """The columns that are overwritten, with what: for `Fate.BLANKED`."""
    voluntary: Where | None = None
    """Of what is kept, the part that is not: deleted with the rest."""
    verdicts: frozenset[str] = frozenset()
    """Of what is shown, the columns that are empty until `told`."""
    told: Where | None = None

    @property
    def table(self) -> Table:
        return table(self.model)

    def column(self, name: str, who: Whose) -> ColumnElement[Any]:
        """As it is given out: a verdict only once it is told."""
        column: ColumnElement[Any] = self.table.c[name]
        if self.told is None or name not in self.verdicts:
            return column
        return case((self.told(who), column)).label(name)


def by_member(column: Any) -> Where:
    return lambda who: col(column) == who.member_id


def by_any(*columns: Any) -> Where:
    """Whoever stands in one of them."""
    return lambda who: or_(*(col(each) == who.member_id for each in columns))


def as_subject(column: Any) -> Where:
    return lambda who: col(column) == f"member:{who.member_id}"


def by_address(platform: Any, user: Any) -> Where:
    return lambda who: tuple_(col(platform), col(user)).in_(who.addresses)
