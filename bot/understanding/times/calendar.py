"""Sums on the Gregorian calendar. What does not exist is None, never an error."""

from calendar import monthrange
from datetime import date, timedelta

from bot.understanding.times.values import Period

FIRST_YEAR, LAST_YEAR = 1900, 2199


def day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def month(year: int, number: int) -> Period:
    return Period(date(year, number, 1), month_end(year, number))


def months(year: int, first: int, last: int) -> Period:
    return Period(date(year, first, 1), month_end(year, last))


def quarter(year: int, number: int) -> Period:
    return months(year, 3 * number - 2, 3 * number)


def week_of(any_day: date) -> Period:
    """Monday to Sunday."""
    monday = any_day - timedelta(any_day.weekday())
    return Period(monday, monday + timedelta(6))


def shift_month(year: int, number: int, by: int) -> tuple[int, int]:
    index = year * 12 + number - 1 + by
    return index // 12, index % 12 + 1


def add_months(start: date, by: int) -> date:
    """The same day of another month, or its last one."""
    year, number = shift_month(start.year, start.month, by)
    return date(year, number, min(start.day, monthrange(year, number)[1]))


def nth_weekday(period: Period, weekday: int, count: int) -> date | None:
    """The `count`th such weekday of the period, from its end if negative."""
    if count > 0:
        first = period.first + timedelta((weekday - period.first.weekday()) % 7)
        found = first + timedelta(7 * (count - 1))
    else:
        last = period.last - timedelta((period.last.weekday() - weekday) % 7)
        found = last + timedelta(7 * (count + 1))
    return found if count and period.first <= found <= period.last else None


def nth_week(period: Period, count: int, weekday: int) -> Period | None:
    """The `count`th week, from the end if negative, whose `weekday` lies in the period."""
    day = nth_weekday(period, weekday, count)
    return week_of(day) if day else None
