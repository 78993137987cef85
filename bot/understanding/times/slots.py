"""Values as the slots of the intents write them, after ISO 8601 and RFC 5545."""

from datetime import date, datetime, timedelta
from typing import assert_never

from bot.understanding.times import calendar
from bot.understanding.times.values import (
    Day,
    Deadline,
    Duration,
    Moment,
    Period,
    Recurrence,
    Span,
    Unclear,
    Value,
)


def iso(value: Value) -> str:
    """`2026-11-24`, `2026-11-24T15:00`, `2026-W48`, `from/to`, `P2D`, an RRULE body; the last day
    that counts of a deadline. Local time without offset; seconds only if they are not zero. The
    part of a day is in `Day.part`. Empty for what is unclear."""
    match value:
        case Day() | Moment() | Span():
            return _point(value)
        case Period():
            return _period(value)
        case Deadline(until):
            return iso(until)
        case Duration(amount, unit):
            return _duration(amount, unit)
        case Recurrence(rule):
            return rule
        case Unclear():
            return ""
        case _:
            assert_never(value)


def _point(value: Day | Moment | Span) -> str:
    match value:
        case Day(day):
            return day.isoformat()
        case Moment(at):
            return _clock(at)
        case Span(start, end):
            return f"{_clock(start)}/{_clock(end)}"


def _clock(at: datetime) -> str:
    whole = at.second == 0 and at.microsecond == 0
    return at.replace(tzinfo=None).isoformat(timespec="minutes" if whole else "seconds")


def _period(period: Period) -> str:
    first, last = period.first, period.last
    if first.day == 1 and last == calendar.month_end(last.year, last.month):
        named = _whole_months(first, last)
        if named:
            return named
    if first.weekday() == 0 and last - first == timedelta(6):
        year, week, _ = first.isocalendar()
        return f"{year}-W{week:02}"
    return f"{first.isoformat()}/{last.isoformat()}"


def _whole_months(first: date, last: date) -> str | None:
    if first.year != last.year:
        return None
    match last.month - first.month + 1:
        case 1:
            return f"{first.year}-{first.month:02}"
        case 3 if first.month % 3 == 1:
            return f"{first.year}-Q{last.month // 3}"
        case 12:
            return f"{first.year}"
        case _:
            return None


def _duration(amount: float, unit: str) -> str:
    match unit:
        case "second":
            return f"PT{amount:g}S"
        case "minute":
            hours, minutes = divmod(int(amount), 60)
            return "PT" + (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
        case "month":
            years, months = divmod(int(amount), 12)
            return "P" + (f"{years}Y" if years else "") + (f"{months}M" if months else "")
        case _:
            return f"P{amount:g}D"
