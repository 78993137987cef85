"""What every reader in this folder is told, and the few moves they share.

A reader takes `(here, i)` and gives what it read from position `i` on, with the end, or None.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import TypeVar

from bot.understanding.times.numerals import number
from bot.understanding.times.values import Looking, Value
from bot.understanding.times.workdays import Workdays

T = TypeVar("T")
Words = Mapping[str, tuple[tuple[str, T], ...]]


@dataclass(frozen=True, slots=True)
class Here:
    """The folded text, the speaker's clock, and what may be asked of it."""

    text: str
    now: datetime
    workdays: Workdays
    looking: Looking | None = None
    named: date | None = None  # the day last spoken of: 明天党课，九点开始
    assumed: set[int] = field(default_factory=set)
    built: dict[object, Value] = field(
        default_factory=dict
    )  # recurrences, which cost a year's look

    @property
    def today(self) -> date:
        return self.now.date()

    def is_workday(self, day: date) -> bool:
        if not self.workdays.is_known(day.year):
            self.assumed.add(day.year)
        return self.workdays.is_workday(day)


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader found: likeliest first; no option at all means it was not understood."""

    end: int
    options: tuple[Value, ...]
    dateless: bool = False  # a clock time with no day of its own
    festival: bool = False  # 国庆前 does not count the festival itself; 周五前 counts Friday


def words(table: Mapping[str, T]) -> Words[T]:
    """The table by first character, longest word first."""
    by_first: dict[str, list[tuple[str, T]]] = {}
    for word in sorted(table, key=len, reverse=True):
        by_first.setdefault(word[0], []).append((word, table[word]))
    return {first: tuple(entries) for first, entries in by_first.items()}


def word(here: Here, i: int, table: Words[T]) -> tuple[T, int] | None:
    """The longest word of the table that stands at `i`, and where it ends."""
    for entry, value in table.get(here.text[i : i + 1], ()):
        if here.text.startswith(entry, i):
            return value, i + len(entry)
    return None


@cache
def any_of(*entries: str) -> Words[str]:
    return words({entry: entry for entry in entries})


def after(here: Here, i: int, table: Mapping[str, tuple[tuple[str, object], ...]]) -> int:
    """Behind the word of the table that stands at `i`, or `i`."""
    found = word(here, i, table)
    return found[1] if found else i


_FILLERS = any_of(
    " ", "那个", "这个那个", "呃", "嗯", "啊", "额", "哦", "就是", "\u200b", "\ufe0f", "那"
)
_PAUSES = any_of(
    " ", "那个", "呃", "嗯", "啊", "额", "哦", "就是", ",", "、", "的", "\u200b", "大概", "差不多"
)


def gap(here: Here, i: int) -> int:
    """Behind at most six hesitations between two parts of one expression."""
    return _behind(here, i, _FILLERS)


def pause(here: Here, i: int) -> int:
    """As `gap`, and over 的 and a comma: only where a clock time or a modifier follows."""
    return _behind(here, i, _PAUSES)


def _behind(here: Here, i: int, table: Words[str]) -> int:
    for _ in range(6):
        end = after(here, i, table)
        if end == i:
            break
        i = end
    return i


_TO = frozenset("-~到至")


def shares(here: Here, i: int, units: tuple[str, ...]) -> bool:
    """Whether a number that ends at `i` gets its unit from the end of a range: 9-11点, 3到5号."""
    if here.text[i : i + 1] not in _TO:
        return False
    other = number(here.text, i + 1)
    return other is not None and here.text.startswith(units, other[1])


def unique(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))
