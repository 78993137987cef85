"""When reminders come again, against another way of working it out: by day and by minute."""

from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.clock import HOME
from bot.understanding.times import Shift
from handlers.reminders.rules.recurring import Rhythm, newest_due, next_after
from tests.rules.calendar_by_hand import worked

DAY = timedelta(days=1)


class ByHand:
    def is_workday(self, day: date) -> bool:
        return worked(day)

    def is_known(self, year: int) -> bool:
        return year <= 2026


CALENDAR = ByHand()


def last_of(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def nth_workday(day: date, nth: int) -> bool:
    days = [day.replace(day=n) for n in range(1, last_of(day) + 1)]
    found = [each for each in days if worked(each)]
    return day == found[nth - 1 if nth > 0 else nth]


FALLS: dict[str, Callable[[date], bool]] = {
    "FREQ=DAILY": lambda day: True,
    "FREQ=WEEKLY;BYDAY=FR": lambda day: day.weekday() == 4,
    "FREQ=WEEKLY;BYDAY=MO,WE": lambda day: day.weekday() in {0, 2},
    "FREQ=MONTHLY;BYMONTHDAY=31": lambda day: day.day == 31,
    "FREQ=MONTHLY;BYMONTHDAY=-1": lambda day: day.day == last_of(day),
    "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1": lambda day: day.day == min(30, last_of(day)),
    "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1": lambda day: day.day == min(29, last_of(day)),
    "FREQ=MONTHLY;BYDAY=-1FR": lambda day: day.weekday() == 4 and day.day + 7 > last_of(day),
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1": lambda day: nth_workday(day, 1),
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1": lambda day: nth_workday(day, -1),
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29": lambda day: (day.month, day.day) == (2, 29),
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1": lambda day: day.month == 2 and day.day == last_of(day),
    "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1": (
        lambda day: day.month % 3 == 0 and day.day == last_of(day)
    ),
    "FREQ=YEARLY;BYMONTH=1,4,7,10;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1": (
        lambda day: day.month % 3 == 1 and nth_workday(day, 1)
    ),
}


def wall(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, 30, tzinfo=HOME)


def shifted(day: date, shift: Shift) -> date | None:
    match shift:
        case Shift.NONE | Shift.WORKDAYS:
            return day
        case Shift.SKIP:
            return day if worked(day) else None
        case Shift.LATER | Shift.EARLIER:
            while not worked(day):
                day += DAY if shift is Shift.LATER else -DAY
            return day


def by_hand(rule: str, shift: Shift, first: date, last: date) -> list[datetime]:
    days = (first + DAY * n for n in range((last - first).days + 1))
    if shift is Shift.WORKDAYS:
        return [wall(day) for day in days if worked(day)]
    moved = {shifted(day, shift) for day in days if FALLS[rule](day)}
    return sorted(wall(day) for day in moved if day)


EVERY_WORKDAY = ("FREQ=WEEKLY;BYDAY=FR", Shift.WORKDAYS)
"""The same days whatever the rule says."""
RULES = [(rule, shift) for rule in FALLS for shift in Shift if shift is not Shift.WORKDAYS]


@pytest.mark.parametrize(("rule", "shift"), [*RULES, EVERY_WORKDAY])
def test_every_rule_from_2024_to_2032(rule: str, shift: Shift) -> None:
    last = date(2027, 12, 31) if rule == "FREQ=DAILY" else date(2032, 12, 31)
    rhythm = Rhythm(f"{rule};BYHOUR=9;BYMINUTE=30", date(2023, 11, 1), shift)
    expected = by_hand(rule, shift, date(2023, 12, 1), last + DAY * 20)
    expected = [at for at in expected if date(2024, 1, 1) <= at.date() <= last]

    found, at = [], datetime(2023, 12, 31, 23, 59, tzinfo=HOME)
    while (later := next_after(rhythm, at, CALENDAR, HOME)) and later.date() <= last:
        found.append(later)
        at = later

    assert found == expected


def test_every_other_week_counts_from_its_beginning() -> None:
    rhythm = Rhythm("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE;BYHOUR=15;BYMINUTE=0", date(2026, 11, 25))
    at = datetime(2026, 11, 25, 15, 0, tzinfo=HOME)

    assert next_after(rhythm, at - DAY, CALENDAR, HOME) == at
    assert next_after(rhythm, at, CALENDAR, HOME) == at + 14 * DAY
    assert next_after(rhythm, at + 7 * DAY, CALENDAR, HOME) == at + 14 * DAY


ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "Africa/Cairo",
    "Asia/Shanghai",
]


@given(
    zone=st.sampled_from(ZONES),
    day=st.dates(date(2024, 1, 1), date(2026, 12, 31)),
    clock=st.sampled_from([(0, 0), (0, 30), (1, 30), (2, 0), (2, 15), (2, 30), (3, 0), (9, 30)]),
)
@settings(max_examples=300)
def test_the_time_on_the_wall_when_clocks_are_changed(
    zone: str, day: date, clock: tuple[int, int]
) -> None:
    _agrees(ZoneInfo(zone), day, clock)


CHANGES = [
    ("Europe/Berlin", date(2026, 3, 29), (2, 30)),
    ("Europe/Berlin", date(2026, 10, 25), (2, 30)),
    ("America/New_York", date(2026, 3, 8), (2, 30)),
    ("America/New_York", date(2026, 11, 1), (1, 30)),
    ("Australia/Lord_Howe", date(2026, 10, 4), (2, 15)),
    ("Australia/Lord_Howe", date(2026, 4, 5), (1, 45)),
    ("Africa/Cairo", date(2026, 4, 24), (0, 30)),
]


@pytest.mark.parametrize(("zone", "day", "clock"), CHANGES)
def test_gap_and_overlap(zone: str, day: date, clock: tuple[int, int]) -> None:
    _agrees(ZoneInfo(zone), day, clock)


def _agrees(zone: ZoneInfo, day: date, clock: tuple[int, int]) -> None:
    """The first minute of the day, as it passes, at which the wall shows that time or later."""
    hour, minute = clock
    minutes = (
        (datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=n)).astimezone(zone)
        for n in range(-16 * 60, 40 * 60)
    )
    expected = next(at for at in minutes if at.date() == day and (at.hour, at.minute) >= clock)
    rhythm = Rhythm(f"FREQ=DAILY;BYHOUR={hour};BYMINUTE={minute}", date(2024, 1, 1))
    eve = expected.astimezone(UTC) - timedelta(hours=3)

    found = next_after(rhythm, eve, CALENDAR, zone)

    assert found
    assert found.astimezone(UTC) == expected.astimezone(UTC)
    following = next_after(rhythm, found, CALENDAR, zone)
    assert following
    assert following.date() == day + DAY


def test_what_was_missed_is_counted() -> None:
    rhythm = Rhythm("FREQ=DAILY;BYHOUR=10;BYMINUTE=0", date(2026, 11, 1))
    first = datetime(2026, 11, 23, 10, 0, tzinfo=HOME)

    for late, (newest, missed) in {
        timedelta(0): (first, 0),
        timedelta(hours=23, minutes=59, seconds=59): (first, 0),
        timedelta(hours=24): (first + DAY, 1),
        3 * DAY: (first + 3 * DAY, 3),
    }.items():
        assert newest_due(rhythm, first, first + late, CALENDAR, HOME) == (newest, missed)
