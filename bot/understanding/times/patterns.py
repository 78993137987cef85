"""On which days a recurrence falls, and what 调休 does to it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.understanding.times.clock import Clock
from bot.understanding.times.cursor import Here
from bot.understanding.times.values import Moved, Shift

_HORIZON = 366
"""Days for which exceptions are listed."""

_FARTHEST = 366 * 8 + 2
"""29 February may be eight years away."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """An RRULE body and the same thing as a test of a day.

    `interval` counts in `unit` from the first day that fits. `nth` is the ordinal workday of the
    month (or the last, -1), which RFC 5545 can only approximate. `every` counts minutes.
    """

    end: int
    rule: str = ""
    falls: Callable[[date], bool] = lambda day: True
    interval: int = 1
    shift: Shift = Shift.NONE
    nth: int = 0
    every: int = 0
    clock: Clock | None = None
    others: tuple["Pattern", ...] = ()
    maybe_once: bool = False  # 周一三五 without 每: perhaps only the next such day
    bad: bool = False


@dataclass(frozen=True, slots=True)
class Exceptions:
    skipped: tuple[date, ...] = ()
    added: tuple[date, ...] = ()
    moved: tuple[Moved, ...] = field(default=())


def planned(pattern: Pattern, start: date, days: int) -> Iterator[date]:
    """The days of the plain rule; an interval needs no more than its first day."""
    for by in range(days):
        day = start + timedelta(by)
        if pattern.falls(day):
            yield day


def occurrences(here: Here, pattern: Pattern, shift: Shift, start: date) -> Iterator[date]:
    """The days of the rule, less those that the shift takes out and with those it brings in."""
    for by in range(_FARTHEST):
        day = start + timedelta(by)
        if shift is Shift.WORKDAYS:
            if here.is_workday(day):
                yield day
        elif pattern.falls(day) and not (shift is Shift.SKIP and not here.is_workday(day)):
            yield day


def on_workdays(here: Here, pattern: Pattern, shift: Shift, start: date) -> Exceptions:
    """What the workdays of the year after `start` change; where they are not known, nothing."""
    if pattern.nth:
        return Exceptions(moved=tuple(_to_nth(here, pattern, start)))
    match shift:
        case Shift.NONE:
            return Exceptions()
        case Shift.WORKDAYS:
            return _working(here, start)
        case Shift.SKIP:
            days = planned(pattern, start, _HORIZON)
            return Exceptions(skipped=tuple(day for day in days if not here.is_workday(day)))
        case Shift.LATER | Shift.EARLIER:
            back = timedelta(12 if shift is Shift.LATER else 0)
            moved = (_moved(here, day, shift) for day in planned(pattern, start - back, _HORIZON))
            return Exceptions(moved=tuple(move for move in moved if move and move.to >= start))


def _working(here: Here, start: date) -> Exceptions:
    days = [start + timedelta(by) for by in range(_HORIZON)]
    return Exceptions(
        skipped=tuple(day for day in days if day.weekday() < 5 and not here.is_workday(day)),
        added=tuple(day for day in days if day.weekday() > 4 and here.is_workday(day)),
    )


def _moved(here: Here, day: date, shift: Shift) -> Moved | None:
    towards = timedelta(1 if shift is Shift.LATER else -1)
    to = day
    while not here.is_workday(to):
        to += towards
    return None if to == day else Moved(day, to)


def _to_nth(here: Here, pattern: Pattern, start: date) -> Iterator[Moved]:
    """From the nth of Monday to Friday to the nth real workday of each month."""
    first = start.replace(day=1)
    for by in range(13):
        month = (first + timedelta(31 * by)).replace(day=1) if by else first
        plain = _nth(month, pattern.nth, lambda day: day.weekday() < 5)
        real = _nth(month, pattern.nth, here.is_workday)
        if plain != real and real >= start:
            yield Moved(plain, real)


def _nth(month: date, count: int, works: Callable[[date], bool]) -> date:
    following = (month + timedelta(31)).replace(day=1)
    size = (following - month).days
    days = [day for by in range(size) if works(day := month + timedelta(by))]
    return days[count - 1 if count > 0 else count]
