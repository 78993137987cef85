"""What a time expression can mean. Every datetime is aware, in the zone of the reader's `now`."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

Part = Literal["", "凌晨", "上午", "中午", "下午", "傍晚", "晚上"]
Looking = Literal["ahead", "back"]


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day; `part` when a part of it was named but no clock time."""

    date: date
    part: Part = ""


@dataclass(frozen=True, slots=True)
class Moment:
    at: datetime


@dataclass(frozen=True, slots=True)
class Span:
    """From one clock time to another, `end` later than `start`."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days; the last one counts."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Deadline:
    """`until` still counts: for 国庆前 it is 30 September, for 周五前 all of Friday."""

    until: Day | Moment


@dataclass(frozen=True, slots=True)
class Duration:
    """A length, in no place of the calendar. Only days come in halves (半天)."""

    amount: float
    unit: Literal["second", "minute", "day", "workday", "month"]


class Shift(StrEnum):
    """What happens to an occurrence on a day off."""

    NONE = ""
    WORKDAYS = "workdays"  # only official workdays count: 调休 Saturdays in, holidays out
    LATER = "later"  # 顺延
    EARLIER = "earlier"  # 提前
    SKIP = "skip"  # 节假日除外


@dataclass(frozen=True, slots=True)
class Moved:
    planned: date
    to: date


@dataclass(frozen=True, slots=True)
class Recurrence:
    """An RFC 5545 RRULE body and what it cannot say.

    `skipped`, `added` and `moved` are what `shift` means for the year after `first`, as far as the
    workdays are known; after that ask again with the new year's table.
    """

    rule: str
    first: Day | Moment | Span
    shift: Shift = Shift.NONE
    skipped: tuple[date, ...] = ()
    added: tuple[date, ...] = ()
    moved: tuple[Moved, ...] = ()
    since: date | None = None  # where a beginning was named, or every other week needs one


@dataclass(frozen=True, slots=True)
class Unclear:
    """It looks like a time and is not understood (25点, 2月30日): ask, never guess."""

    text: str


Value = Day | Moment | Span | Period | Deadline | Duration | Recurrence | Unclear


def one_day(value: Value) -> date | None:
    """The day that it names, by itself or by a moment; None where it names none, or several."""
    match value:
        case Day(day):
            return day
        case Moment(at):
            return at.date()
        case _:
            return None


@dataclass(frozen=True, slots=True)
class Found:
    """`text` is `whole[start:end]`.

    `others` is not empty where people would differ: ask. `assumed` names the years whose official
    workdays nobody has announced yet: Monday to Friday was assumed, so say so.
    """

    start: int
    end: int
    text: str
    value: Value
    others: tuple[Value, ...] = ()
    assumed: tuple[int, ...] = ()
