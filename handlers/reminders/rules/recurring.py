"""When something comes again: an RRULE with the official workdays, in the time on the wall."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from itertools import takewhile

from dateutil.rrule import rrule, rrulestr

from bot.understanding.times import Shift, Workdays
from bot.understanding.times.hours import moment

DAY = timedelta(days=1)
LONGEST_HOLIDAY = 16 * DAY
"""How far back a planned day may lie that a holiday has moved to a later one."""
WORKING_WEEK = "MO,TU,WE,TH,FR"


@dataclass(frozen=True)
class Rhythm:
    """`rule` is an RRULE body with BYHOUR and BYMINUTE; an interval is counted from `since`."""

    rule: str
    since: date
    shift: Shift = Shift.NONE


def next_after(
    rhythm: Rhythm, after: datetime, workdays: Workdays, zone: tzinfo
) -> datetime | None:
    """The first occurrence later than `after`; None: there is none.

    The time on the wall stays when clocks are put forward or back: an hour that does not exist
    is as late as the gap ends, one that comes twice counts once, the first time.
    """
    parts = dict(part.split("=") for part in rhythm.rule.split(";"))
    hour, minute = int(parts.pop("BYHOUR")), int(parts.pop("BYMINUTE"))
    for day in _days(rhythm, parts, after.astimezone(zone).date(), workdays):
        at = moment(zone, day, hour, minute)
        if at > after:
            return at
    return None


def newest_due(
    rhythm: Rhythm, first: datetime, now: datetime, workdays: Workdays, zone: tzinfo
) -> tuple[datetime, int]:
    """Of the occurrences from `first` on, the last that is not later than `now`, and how many
    came before it."""
    passed = list(takewhile(lambda at: at <= now, _from(rhythm, first, workdays, zone)))
    return (passed[-1], len(passed)) if passed else (first, 0)


def _from(rhythm: Rhythm, first: datetime, workdays: Workdays, zone: tzinfo) -> Iterator[datetime]:
    at = next_after(rhythm, first, workdays, zone)
    while at:
        yield at
        at = next_after(rhythm, at, workdays, zone)


def _days(rhythm: Rhythm, parts: dict[str, str], start: date, workdays: Workdays) -> Iterator[date]:
    """The days from `start` on, in order; a day may come twice."""
    start = max(start, rhythm.since)
    match rhythm.shift:
        case Shift.WORKDAYS:
            yield from (day for day in _every_day(start) if workdays.is_workday(day))
        case Shift.LATER | Shift.EARLIER:
            towards = DAY if rhythm.shift is Shift.LATER else -DAY
            planned = _planned(rhythm, parts, start - LONGEST_HOLIDAY, workdays)
            moved = (_to_workday(day, towards, workdays) for day in planned)
            yield from (day for day in moved if day >= start)
        case Shift.SKIP:
            planned = _planned(rhythm, parts, start, workdays)
            yield from (day for day in planned if workdays.is_workday(day))
        case Shift.NONE:
            yield from _planned(rhythm, parts, start, workdays)


def _planned(
    rhythm: Rhythm, parts: dict[str, str], start: date, workdays: Workdays
) -> Iterator[date]:
    if parts.get("BYDAY") == WORKING_WEEK and "BYSETPOS" in parts:
        yield from _nth_workdays(parts, start, workdays)
        return
    if (
        parts["FREQ"] == "YEARLY" and "INTERVAL" not in parts
    ):  # «the last of these days of the month», not of the year
        parts = {**parts, "FREQ": "MONTHLY"}
    rule = ";".join(f"{name}={value}" for name, value in parts.items())
    begins = rhythm.since if "INTERVAL" in parts else max(rhythm.since, start)
    midnight = datetime.combine(start, time())
    yield from (at.date() for at in _dates(rule, begins).xafter(midnight, inc=True))


@lru_cache(maxsize=1024)
def _dates(rule: str, begins: date) -> rrule:
    """At nine in the morning many ask for the same."""
    dates = rrulestr(rule, dtstart=datetime.combine(begins, time()))
    assert isinstance(dates, rrule)
    return dates


def _nth_workdays(parts: dict[str, str], start: date, workdays: Workdays) -> Iterator[date]:
    """The first or last workday of a month is an official one, which no RRULE can say."""
    nth = int(parts["BYSETPOS"])
    months = {int(each) for each in parts.get("BYMONTH", "").split(",") if each}
    month: list[date] = []
    for day in _every_day(start.replace(day=1)):
        if month and day.day == 1:
            found = [each for each in month if workdays.is_workday(each)]
            if found[nth - 1 if nth > 0 else nth] >= start:
                yield found[nth - 1 if nth > 0 else nth]
            month = []
        if not months or day.month in months:
            month.append(day)


def _every_day(start: date) -> Iterator[date]:
    while True:
        yield start
        start += DAY


def _to_workday(day: date, towards: timedelta, workdays: Workdays) -> date:
    while not workdays.is_workday(day):
        day += towards
    return day
