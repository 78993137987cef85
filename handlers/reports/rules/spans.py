"""The days that a table or a circular is about, and how they are called."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from bot.understanding import periods

HALF = re.compile(r"(\d{4})-H([12])")
CHINESE = "一二三四"


@dataclass(frozen=True)
class Days:
    """Both ends belong to it."""

    first: date
    last: date

    @property
    def name(self) -> str:
        """2026年第三季度, 2026年10月, 2026年, 2026年上半年, or from when to when."""
        first, last = self.first, self.last
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        if first.day != 1 or last != month(last.year, last.month).last or first.year != last.year:
            return f"{spoken(first)}至{spoken(last)}"
        if months == 1:
            return f"{first.year}年{first.month}月"
        if months == 3 and first.month % 3 == 1:
            return f"{first.year}年第{CHINESE[first.month // 3]}季度"
        if months == 6 and first.month in (1, 7):
            return f"{first.year}年{'上' if first.month == 1 else '下'}半年"
        if months == 12:
            return f"{first.year}年"
        return f"{first.year}年{first.month}月至{last.month}月"


def spoken(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def month(year: int, number: int) -> Days:
    return Days(date(year, number, 1), date(year, number, monthrange(year, number)[1]))


def quarter(year: int, number: int) -> Days:
    return Days(date(year, 3 * number - 2, 1), month(year, 3 * number).last)


def year(number: int) -> Days:
    return Days(date(number, 1, 1), date(number, 12, 31))


def last_quarter(today: date) -> Days:
    """The one that is over: what a circular is about where no time was named."""
    number = (today.month - 1) // 3
    return quarter(today.year, number) if number else quarter(today.year - 1, 4)


def named(occurrence: str) -> str:
    """The time that a duty is for, as people write it: 2026-07, 2026-H1, 2026-07-15."""
    if found := HALF.fullmatch(occurrence):
        first, last = (1, 6) if found[2] == "1" else (7, 12)
        year = int(found[1])
        return Days(date(year, first, 1), month(year, last).last).name
    days = days_of(occurrence) or days_of(f"{occurrence}/{occurrence}")
    if days is None:
        return occurrence
    return spoken(days.first) if days.first == days.last else days.name


def days_of(said: str) -> Days | None:
    """As `periods.days_of`."""
    found = periods.days_of(said)
    return Days(*found) if found else None
