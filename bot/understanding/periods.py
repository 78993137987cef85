"""Periods as slots carry them, as days. Pure."""

import re
from calendar import monthrange
from datetime import date, timedelta

PERIOD = re.compile(r"(\d{4})(?:-(?:(\d{2})|Q([1-4])|W(\d{2})))?")


def days_of(period: str) -> tuple[date, date] | None:
    """The first and the last day of `2026`, `2026-11`, `2026-Q4`, `2026-W48` or `from/to` (ISO days
    or moments), both of which belong to it; None for anything else."""
    try:
        return _days_of(period)
    except ValueError:  # a thirteenth month, a day that is none
        return None


def _days_of(period: str) -> tuple[date, date] | None:
    if "/" in period:
        first, _, last = period.partition("/")
        return date.fromisoformat(first[:10]), date.fromisoformat(last[:10])
    if not (found := PERIOD.fullmatch(period)):
        return None
    year, month, quarter, week = (int(each) if each else 0 for each in found.groups())
    if week:
        monday = date.fromisocalendar(year, week, 1)
        return monday, monday + timedelta(days=6)
    if found[2]:
        return date(year, month, 1), _month_end(year, month)
    if quarter:
        return date(year, quarter * 3 - 2, 1), _month_end(year, quarter * 3)
    return date(year, 1, 1), date(year, 12, 31)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
