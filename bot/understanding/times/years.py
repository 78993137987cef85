"""Which year (or month) a date means when none was said.

- This year's, if it is today or still to come; in January 12月31日 may be the one just past.
- Once it has passed, whichever is nearer, this year's or next year's; where the farther one is
  less than twice as far away, people differ, so both are given.
- A festival is the next one; for a month after it the last one may be meant as well.
Who knows whether the speaker looks ahead (a reminder) or back (a report) says so, and no doubt
is left.
"""

from collections.abc import Callable
from datetime import date

from bot.understanding.times import calendar
from bot.understanding.times.cursor import Here
from bot.understanding.times.values import Day, Period, Value

DayOf = Callable[[int], date | None]


def days(here: Here, year: int | None, make: DayOf, festival: bool = False) -> tuple[Value, ...]:
    """The day in that year, or in the years it may be; nothing if there is no such day."""
    if year is not None:
        made = make(year)
        return (Day(made),) if made else ()
    if make(here.today.year) is None:
        return ()
    around = [made for by in (-1, 0, 1) if (made := make(here.today.year + by))]
    return tuple(Day(day) for day in _choose(here, around, festival))


def _choose(here: Here, candidates: list[date], festival: bool) -> tuple[date, ...]:
    today = here.today
    ahead = min((day for day in candidates if day >= today), default=None)
    behind = max((day for day in candidates if day < today), default=None)
    if ahead == today or behind is None or ahead is None:
        return (ahead or behind or today,)
    if here.looking:
        return (ahead if here.looking == "ahead" else behind,)
    to_come, gone = (ahead - today).days, (today - behind).days
    if festival:
        return (ahead, behind) if gone <= 31 else (ahead,)
    if ahead.year == today.year:
        return (behind, ahead) if gone <= 31 and to_come >= 300 else (ahead,)
    near, far = (behind, ahead) if gone <= to_come else (ahead, behind)
    return (near, far) if max(gone, to_come) < 2 * min(gone, to_come) else (near,)


def months(here: Here, number: int) -> tuple[Value, ...]:
    """That month of this year; or of last or next year where that one is nearer."""
    year, current = here.today.year, here.today.month
    if number == current:
        return (calendar.month(year, number),)
    ahead = (year + (number < current), (number - current) % 12)
    behind = (year - (number > current), (current - number) % 12)
    if here.looking:
        chosen = [ahead if here.looking == "ahead" else behind]
    elif number > current:
        chosen = [behind, ahead] if behind[1] <= 2 and ahead[1] > 9 else [ahead]
    else:
        chosen = sorted([behind, ahead], key=lambda candidate: candidate[1])
        chosen = chosen if chosen[1][1] <= 2 * chosen[0][1] else chosen[:1]
    return tuple(calendar.month(at, number) for at, _ in chosen)


def quarters(here: Here, first: int, last: int) -> tuple[Value, ...]:
    """This year's; what has only just passed or is about to come round may be meant as well."""
    year, current = here.today.year, (here.today.month + 2) // 3
    span = {
        by: Period(calendar.quarter(year + by, first).first, calendar.quarter(year + by, last).last)
        for by in (-1, 0, 1)
    }
    if here.looking == "ahead":
        return (span[1 if last < current else 0],)
    if here.looking == "back":
        return (span[-1 if first > current else 0],)
    if current == 4 and last == 1:
        return span[0], span[1]
    if current == 1 and first == 4:
        return span[0], span[-1]
    return (span[0],)
