"""What an import would do: made from a file and the database, shown, and then carried out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlmodel import SQLModel

from bot.files.tables import Fault, Row
from handlers.registry import text
from handlers.registry.rules.troubles import Trouble
from storage.roster import Alter, Insert, Write


class Subject(StrEnum):
    ORGANISATION = "organisation"
    MEMBERS = "members"
    ACCOUNTS = "accounts"
    ACTIVITIES = "activities"
    TASKS = "tasks"
    CANDIDATES = "candidates"


@dataclass(frozen=True)
class Change:
    column: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Entry:
    id: str
    name: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Plan:
    subject: Subject
    as_of: date
    now: datetime
    new: tuple[Entry, ...]
    changed: tuple[Entry, ...]
    ended: tuple[Entry, ...]
    unchanged: int
    notices: tuple[str, ...]
    writes: tuple[Write, ...]

    @property
    def entries(self) -> Iterator[tuple[str, Entry]]:
        for what, entries in (("new", self.new), ("changed", self.changed), ("ended", self.ended)):
            yield from ((what, each) for each in entries)


@dataclass(frozen=True)
class Faulty:
    """Nothing will be imported; this is what has to be corrected, all of it."""

    faults: tuple[Fault, ...]


@dataclass
class Draft:
    """A plan in the making."""

    subject: Subject
    as_of: date
    now: datetime
    new: list[Entry] = field(default_factory=list)
    changed: list[Entry] = field(default_factory=list)
    ended: list[Entry] = field(default_factory=list)
    unchanged: int = 0
    notices: list[str] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def wrong(self, row: Row, column: str, what: Trouble, said: str = "", hint: str = "") -> None:
        self.faults.append(row.fault(column, what, said, hint))

    def insert(self, model: type[SQLModel], **values: Any) -> None:
        self.writes.append(Insert(model, values))

    def alter(
        self, model: type[SQLModel], key: Mapping[str, Any], values: Mapping[str, Any]
    ) -> None:
        self.writes.append(Alter(model, dict(key), dict(values)))

    def count(self, entry: Entry, *, is_new: bool) -> None:
        """Where the row belongs in the preview."""
        if is_new:
            self.new.append(entry)
        elif entry.changes:
            self.changed.append(entry)
        else:
            self.unchanged += 1

    def ready(self, rows: int, unused: Sequence[str]) -> Plan | Faulty:
        if self.faults:
            by_place = sorted(self.faults, key=lambda it: (it.sheet, it.row, it.column))
            return Faulty(tuple(dict.fromkeys(by_place)))
        if unused:
            self.notices.insert(0, text.unused_columns(unused))
        if not rows:
            self.notices.append(text.NO_ROWS)
        return Plan(
            self.subject,
            self.as_of,
            self.now,
            tuple(self.new),
            tuple(self.changed),
            tuple(self.ended),
            self.unchanged,
            tuple(self.notices),
            tuple(self.writes),
        )


def differing(row: SQLModel, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Of the facts, those that the row does not hold yet."""
    return {name: value for name, value in facts.items() if getattr(row, name) != value}


def changes(row: SQLModel, facts: Mapping[str, Any]) -> tuple[Change, ...]:
    return tuple(
        Change(name, shown(getattr(row, name)), shown(value)) for name, value in facts.items()
    )


def shown(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(int(value))
        case datetime():
            return value.isoformat(sep=" ", timespec="minutes")[:16]
        case float():
            return f"{value:g}"
        case _:
            return str(value)
