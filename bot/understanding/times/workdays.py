"""Which days are worked, with 调休. The default knows what the State Council has announced."""

from datetime import date, timedelta
from functools import cache
from typing import Protocol

from chinese_calendar import is_workday as announced_workday


class Workdays(Protocol):
    def is_workday(self, day: date) -> bool:
        """Never raises: in an unknown year Monday to Friday are workdays."""
        ...

    def is_known(self, year: int) -> bool: ...


class Official:
    """The announced calendar, as the package `chinesecalendar` carries it.

    The package knows nothing of a year before its announcement (each November) and raises.
    """

    def is_workday(self, day: date) -> bool:
        if self.is_known(day.year):
            return bool(announced_workday(day))
        return day.weekday() < 5

    def is_known(self, year: int) -> bool:
        return _is_announced(year)


@cache
def _is_announced(year: int) -> bool:
    try:
        announced_workday(date(year, 1, 1))
    except (NotImplementedError, ValueError):
        return False
    return True


OFFICIAL: Workdays = Official()


def step(workdays: Workdays, day: date, count: int) -> date:
    """The workday `count` workdays away from `day` (forward, or back if negative).

    Raises OverflowError at the ends of the calendar."""
    towards = timedelta(1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += towards
        while not workdays.is_workday(day):
            day += towards
    return day
