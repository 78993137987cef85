"""Where one meaning ends and the next begins, to the second; and what other clocks do."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from lunar_python import Lunar, LunarYear, Solar

from bot.understanding.times import Moment, Recurrence, find, lunar
from tests.understanding.times.scoring import ZONE, answer

EDGES = (
    ("2026-11-24T04:59:59", "明天", "2026-11-25 ? 2026-11-24"),
    ("2026-11-24T05:00:00", "明天", "2026-11-25"),
    ("2026-11-23T23:59:59", "明天", "2026-11-24"),
    ("2026-11-24T00:00:00", "今天晚上", "2026-11-24 晚上"),
    ("2026-11-24T00:30:00", "今晚八点", "2026-11-24T20:00"),
    ("2026-11-24T01:00:00", "明早七点", "2026-11-24T07:00 ? 2026-11-25T07:00"),
    ("2026-11-23T14:59:59", "三点", "2026-11-23T15:00"),
    ("2026-11-23T15:00:00", "三点", "2026-11-24T15:00 ? 2026-11-23T15:00"),
    ("2026-11-23T21:59:59", "两点", "2026-11-24T14:00 ? 2026-11-23T14:00"),
    ("2026-11-23T08:59:59", "九点", "2026-11-23T09:00"),
    ("2026-11-23T09:00:00", "九点", "2026-11-23T21:00 ? 2026-11-24T09:00"),
    ("2026-11-29T23:59:59", "下周一", "2026-11-30"),
    ("2026-11-30T00:00:00", "下周一", "2026-12-07"),
    ("2026-11-29T12:00:00", "下周", "2026-W49"),
    ("2026-11-29T12:00:00", "这周五", "2026-11-27 ? 2026-12-04"),
    ("2026-11-27T23:59:59", "周五", "2026-11-27"),
    ("2026-11-28T00:00:00", "周五", "2026-12-04"),
    ("2026-12-31T23:59:59", "明年", "2027"),
    ("2027-01-01T00:00:00", "明年", "2028"),
    ("2026-11-30T23:59:59", "月底", "2026-11-30"),
    ("2026-12-01T00:00:00", "月底", "2026-12-31"),
    ("2028-01-31T09:00:00", "一个月后", "2028-02-29"),
    ("2027-01-31T09:00:00", "一个月后", "2027-02-28"),
    ("2026-11-23T09:00:30", "半小时后", "2026-11-23T09:30:30"),
)


@pytest.mark.parametrize(("now", "text", "meant"), EDGES)
def test_times_at_the_edges_of_days_and_years(now: str, text: str, meant: str) -> None:
    assert answer(find(text, now=datetime.fromisoformat(now).replace(tzinfo=ZONE))) == meant


@pytest.mark.parametrize(
    ("text", "ahead", "back"),
    [
        ("周五", "2026-11-27", "2026-11-20"),
        ("7月1日", "2027-07-01", "2026-07-01"),
        ("10月", "2027-10", "2026-10"),
        ("20号", "2026-12-20", "2026-11-20"),
        ("国庆", "2027-10-01", "2026-10-01"),
        ("八点", "2026-11-23T20:00 ? 2026-11-24T08:00", "2026-11-23T08:00"),
        ("下周五", "2026-12-04", "2026-12-04"),
    ],
)
def test_who_looks_ahead_or_back_leaves_no_doubt(text: str, ahead: str, back: str) -> None:
    now = datetime(2026, 11, 23, 9, tzinfo=ZONE)

    assert answer(find(text, now=now, looking="ahead")) == ahead
    assert answer(find(text, now=now, looking="back")) == back


ABROAD = (
    # clocks go forward: 02:30 does not exist, its gap ends at 03:00
    ("America/New_York", "2026-03-07T12:00", "明天凌晨两点半", "2026-03-08T07:00"),
    ("Europe/Berlin", "2026-03-28T12:00", "明天凌晨两点半", "2026-03-29T01:00"),
    ("Australia/Sydney", "2026-10-03T12:00", "明天凌晨两点半", "2026-10-03T16:00"),
    # clocks go back: 01:30 comes twice, the first counts
    ("America/New_York", "2026-10-31T12:00", "明天凌晨一点半", "2026-11-01T05:30"),
    ("Europe/Berlin", "2026-10-24T12:00", "明天凌晨两点半", "2026-10-25T00:30"),
    # two hours are two hours
    ("America/New_York", "2026-03-08T01:30", "两小时后", "2026-03-08T08:30"),
    ("Asia/Shanghai", "2026-03-08T01:30", "两小时后", "2026-03-07T19:30"),
)


@pytest.mark.parametrize(("zone", "now", "text", "instant"), ABROAD)
def test_clocks_that_are_put_forward_or_back(zone: str, now: str, text: str, instant: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=ZoneInfo(zone))
    meant = find(text, now=at, looking="ahead")[0].value

    assert isinstance(meant, Moment)
    assert meant.at.astimezone(UTC) == datetime.fromisoformat(instant).replace(tzinfo=UTC)


def test_workdays_nobody_has_announced_are_owned_up_to() -> None:
    now = datetime(2026, 12, 30, 9, tzinfo=ZONE)

    [known] = find("下个工作日", now=now)
    [assumed] = find("三个工作日内", now=now)

    assert known.assumed == ()
    assert assumed.assumed == (2027,)


def test_workdays_that_are_made_up_for_count() -> None:
    now = datetime(2026, 2, 12, 9, tzinfo=ZONE)
    [found] = find("每个工作日早上八点", now=now)

    assert isinstance(found.value, Recurrence)
    assert date(2026, 2, 14) in found.value.added
    assert date(2026, 2, 17) in found.value.skipped


@pytest.mark.parametrize("year", range(lunar.FIRST_YEAR, lunar.LAST_YEAR + 1))
def test_every_lunar_month_begins_and_ends_as_the_oracles(year: int) -> None:
    for month in LunarYear.fromYear(year).getMonthsInYear():
        if month.isLeap():
            continue
        first = Solar.fromJulianDay(month.getFirstJulianDay())
        begins = date(first.getYear(), first.getMonth(), first.getDay())
        for day in (1, 2, 15, 29, 30):
            there = day <= month.getDayCount()
            expected = begins + timedelta(day - 1) if there else None
            assert lunar.solar(year, month.getMonth(), day) == expected


def test_the_ends_of_the_lunar_table_are_unknown() -> None:
    assert lunar.solar(lunar.FIRST_YEAR - 1, 1, 1) is None
    assert lunar.solar(lunar.LAST_YEAR + 1, 1, 1) is None
    assert lunar.solar(2026, 13, 1) is None
    assert lunar.solar(2026, 1, 31) is None


def test_clear_brightness_and_the_winter_solstice_are_the_oracles() -> None:
    for year in range(lunar.FIRST_YEAR, lunar.LAST_YEAR + 1):
        theirs = Lunar.fromYmd(year, 3, 1).getJieQiTable()["清明"]
        assert lunar.clear_brightness(year) == date(year, theirs.getMonth(), theirs.getDay())
        winter = Solar.fromYmd(year, 12, 28).getLunar().getJieQiTable()["DONG_ZHI"]
        assert lunar.winter_solstice(year) == date(year, winter.getMonth(), winter.getDay())
