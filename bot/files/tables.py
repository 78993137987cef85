"""What a file holds, and what may be wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias, Union

LONGEST_QUOTE = 30


class Misshapen(StrEnum):
    """What may be wrong with the form of a table, whatever it is about."""

    COLUMN_UNNAMED = "column_unnamed"
    COLUMN_TWICE = "column_twice"
    EXTRA_CELLS = "extra_cells"


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, and where it is. How it is worded, with the remedy, is the matter
    of whoever named it."""

    row: int
    """As the program that made the file counts: from 1. 0: it concerns the whole file."""
    column: str
    what: StrEnum
    said: str = ""
    """What was found there."""
    hint: str = ""
    """What would be right, or with what it disagrees."""
    sheet: str = ""


class Unreadable(Exception):
    """Nothing can be read from the file; the text tells why, and what to do instead."""


@dataclass(frozen=True)
class Row:
    number: int
    cells: Mapping[str, str]
    """By column; trimmed, empty where nothing is written."""
    sheet: str = ""

    def fault(self, column: str, what: StrEnum, said: str = "", hint: str = "") -> Fault:
        return Fault(self.number, column, what, said[:LONGEST_QUOTE], hint, self.sheet)


@dataclass(frozen=True)
class Table:
    columns: tuple[str, ...]
    rows: Sequence[Row]
    faults: tuple[Fault, ...] = ()
    """What was wrong with the form of single rows."""


Value: TypeAlias = Union[str, "Block", Sequence["Value"]]


@dataclass(frozen=True)
class Block:
    """A mapping in a YAML document. Every scalar is text, as it was written."""

    line: int
    values: Mapping[str, Value]

    def text(self, key: str) -> str:
        """What is written there; empty when nothing is, or when it is no scalar."""
        value = self.values.get(key)
        return value if isinstance(value, str) else ""

    def blocks(self, key: str) -> list["Block"]:
        value = self.values.get(key)
        items = value if isinstance(value, list) else [value]
        return [each for each in items if isinstance(each, Block)]
