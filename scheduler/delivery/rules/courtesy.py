"""When nobody is to be disturbed: at night, and on days off. Pure."""

from datetime import datetime, time, timedelta

from bot.clock import HOME
from storage.workdays import Calendar

NIGHT_FROM, NIGHT_UNTIL = time(21), time(8)
DIGEST_AT = time(8, 40)
A_DAY = 3
"""Messages that one person gets in a day; what exceeds them comes as one, next workday. What they
asked for at its time comes nevertheless, but counts."""


def polite(
    at: datetime, calendar: Calendar, *, works: bool, until: datetime | None = None
) -> tuple[datetime, str]:
    """The first moment from `at` on that disturbs nobody, and why it is later: night, day_off,
    or nothing. With `works` days off count too, unless `until` would have passed by then: what
    is about the day off itself is worth saying on it."""
    local = at.astimezone(HOME)
    next_day = works and not calendar.is_workday(local.date())
    if not next_day and local.time() < NIGHT_UNTIL:
        return _on(local, NIGHT_UNTIL), "night"
    if not next_day and local.time() < NIGHT_FROM:
        return at, ""
    morning = _next_morning(local, calendar, works=works)
    why = "day_off" if next_day else "night"
    if works and until and until <= morning:
        return polite(at, calendar, works=False)
    return morning, why


def _next_morning(at: datetime, calendar: Calendar, *, works: bool) -> datetime:
    day = at + timedelta(days=1)
    while works and not calendar.is_workday(day.date()):
        day += timedelta(days=1)
    return _on(day, NIGHT_UNTIL)


def digest_after(now: datetime, calendar: Calendar) -> datetime:
    """08:40 of the next workday."""
    return _on(_next_morning(now.astimezone(HOME), calendar, works=True), DIGEST_AT)


def _on(day: datetime, clock: time) -> datetime:
    return datetime.combine(day.date(), clock, HOME)
