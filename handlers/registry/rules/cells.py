"""One row, read cell by cell. What is wrong is noted, and reading goes on: whoever corrects a
file wants to know everything at once."""

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo

from bot.files.tables import Fault, Row, Table
from handlers.registry.rules.troubles import Trouble
from handlers.registry.rules.words import HEADINGS

ID = re.compile(r"#?[A-Za-z0-9][A-Za-z0-9_.-]{0,39}", re.ASCII)
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
MOMENT = re.compile(DAY.pattern + r"[T ]*(\d{1,2})[:：](\d{2})(?::\d{2})?", re.ASCII)
TRUE, FALSE = frozenset({"1", "true", "yes", "是", "y"}), frozenset({"0", "false", "no", "否", "n"})


@dataclass
class Cells:
    """A row that is being read. Each reader gives a value that can be worked with even when it
    has noted a fault."""

    row: Row
    columns: frozenset[str]
    faults: list[Fault] = field(default_factory=list)

    def has(self, column: str) -> bool:
        """Whether the file speaks of it at all; an empty cell does."""
        return column in self.columns

    def wrong(self, column: str, what: Trouble, said: str = "", hint: str = "") -> None:
        self.faults.append(self.row.fault(column, what, said, hint))

    def raw(self, column: str) -> str:
        return self.row.cells.get(column, "")

    def words(self, column: str, *, most: int = 100, needed: bool = False) -> str:
        words = self.raw(column)
        if not words and needed:
            self.wrong(column, Trouble.EMPTY)
        if len(words) > most:
            self.wrong(column, Trouble.TOO_LONG, str(len(words)), str(most))
        if any(unicodedata.category(each) in {"Cc", "Cf"} for each in words):
            self.wrong(column, Trouble.INVISIBLE)
        return words

    def id(self, column: str, *, needed: bool = True) -> str:
        words = self.raw(column)
        if not words and needed:
            self.wrong(column, Trouble.EMPTY)
        if words and not ID.fullmatch(words):
            self.wrong(column, Trouble.NOT_AN_ID, words)
        return words

    def choice(self, column: str, words: Mapping[str, str], default: str = "") -> str:
        """`words` tells what each accepted word means; the identifiers are among them."""
        said = self.raw(column)
        if not said:
            return default
        if (meant := words.get(said) or words.get(said.lower())) is None:
            self.wrong(column, Trouble.NOT_A_CHOICE, said, nearest(said, words))
            return default
        return meant

    def day(self, column: str) -> date | None:
        said = self.raw(column)
        if not said:
            return None
        if found := DAY.fullmatch(said):
            try:
                year, month, day = map(int, found.groups())
                return date(year, month, day)
            except ValueError:
                pass
        self.wrong(column, Trouble.NOT_A_DAY, said)
        return None

    def moment(self, column: str, zone: tzinfo) -> datetime | None:
        said = self.raw(column)
        if not said:
            return None
        if found := MOMENT.fullmatch(said):
            try:
                year, month, day, hour, minute = map(int, found.groups())
                return datetime(year, month, day, hour, minute, tzinfo=zone)
            except ValueError:
                pass
        self.wrong(column, Trouble.NOT_A_MOMENT, said)
        return None

    def number(self, column: str, low: int, high: int) -> int | None:
        value = self.amount(column, low, high)
        if value is not None and not value.is_integer():
            self.wrong(column, Trouble.NOT_A_NUMBER, self.raw(column), f"{low}–{high}")
        return None if value is None else int(value)

    def amount(self, column: str, low: int, high: int) -> float | None:
        said = self.raw(column)
        if not said:
            return None
        if re.fullmatch(r"\d{1,9}(\.\d{1,4})?", said, re.ASCII) and low <= float(said) <= high:
            return float(said)
        self.wrong(column, Trouble.NOT_A_NUMBER, said, f"{low}–{high}")
        return None

    def flag(self, column: str, default: bool) -> bool:
        said = self.raw(column).lower()
        if said and said not in TRUE | FALSE:
            self.wrong(column, Trouble.NOT_A_FLAG, said)
        return default if not said else said in TRUE


def nearest(said: str, words: Mapping[str, str]) -> str:
    """Some of the words that may have been meant, the closest first."""
    close = difflib.get_close_matches(said, words, n=3, cutoff=0.5)
    return "、".join(close or list(words)[:6])


def prepared(
    table: Table, known: Sequence[str], needed: Sequence[str]
) -> tuple[Table, list[Fault], list[str]]:
    """The table under our own column names; what is wrong with the columns; and those that are
    not used, as they are called in the file."""
    names = {each: HEADINGS.get(each, each.strip().lower()) for each in table.columns}
    if any(name != each for each, name in names.items()):
        rows = [
            replace(row, cells={names[key]: value for key, value in row.cells.items()})
            for row in table.rows
        ]
        table = replace(table, columns=tuple(names.values()), rows=rows)
    faults, unused = [*table.faults], []
    for each, name in names.items():
        if name in known or not name:
            continue
        if close := [it for it in difflib.get_close_matches(name, known, 1, 0.8) if it]:
            faults.append(Fault(1, each, Trouble.COLUMN_UNKNOWN, hint=close[0]))
        else:
            unused.append(each)
    for name in needed:
        if table.columns and name not in names.values():
            faults.append(Fault(1, name, Trouble.COLUMN_MISSING))
    return table, faults, unused


def repeated(rows: Sequence[tuple[str, Row]], column: str) -> list[Fault]:
    """One fault for each row whose id has been used further up."""
    first: dict[str, Row] = {}
    faults = []
    for id, row in rows:
        if id and id in first:
            faults.append(row.fault(column, Trouble.REPEATED, id, str(first[id].number)))
        first.setdefault(id, row)
    return faults
