"""Laws of numbers: parts add up to the whole, and what is frozen is read as it was."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import HOME
from handlers.reports.rules import freezing, guard, spans
from handlers.reports.rules.figures import TABLE, Record, Sum, add_up, by_unit, chosen
from handlers.reports.rules.freezing import Document, Frozen
from handlers.reports.rules.guard import Banned
from handlers.reports.rules.spans import Days

ORGS = st.sampled_from(["B1", "B2", "B1-G1", "PC", "B9"])
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def record(org: str, on: date, whole: int, part: int) -> Record:
    return Record("activity:1", org, on, min(part, whole), whole)


RECORDS = st.lists(
    st.builds(record, ORGS, DAYS, st.integers(0, 13_000), st.integers(0, 13_000)), max_size=30
)


@given(RECORDS, st.dictionaries(ORGS, ORGS))
def test_units_add_up_to_the_whole_however_they_are_parted(
    records: list[Record], unit_of: dict[str, str]
) -> None:
    parts = by_unit(records, unit_of).values()

    assert Sum(sum(p.part for p in parts), sum(p.whole for p in parts)) == add_up(records)


@given(RECORDS)
def test_no_share_is_above_all_and_a_hundred_means_all(records: list[Record]) -> None:
    total = add_up(records)

    assert total.percent is None or 0 <= total.percent <= 100
    assert (total.percent == 100) == (total.part == total.whole > 0)


@given(RECORDS, st.text(max_size=20))
def test_what_is_frozen_is_read_as_it_was(records: list[Record], topic: str) -> None:
    total = add_up(records)
    rows = [("B1", "一支部", total.part, total.whole)]
    figure = Frozen("held", "开展活动", "场", "…", "", rows, records)
    at = datetime(2026, 10, 1, 9, tzinfo=HOME)
    numbers, behind = freezing.written(Document(spans.year(2026), "PC", "委", topic, at, [figure]))
    again = freezing.read(numbers, lambda: behind)

    assert freezing.written(again) == (numbers, behind)
    assert again.sums == {"held": add_up(again.figures[0].records)} == {"held": total}
    assert freezing.is_whole(numbers, behind, freezing.digest(numbers))
    assert not freezing.is_whole(numbers, f"{behind} ", freezing.digest(numbers))


@given(DAYS, DAYS)
def test_days_are_named_in_full(first: date, last: date) -> None:
    if first <= last:
        assert str(first.year) in Days(first, last).name


def test_how_periods_are_called() -> None:
    said = {
        "2026-Q3": "2026年第三季度",
        "2026-10": "2026年10月",
        "2026": "2026年",
        "2026-01-01/2026-06-30": "2026年上半年",
        "2026-07-01/2026-12-31": "2026年下半年",
        "2026-W47": "2026年11月16日至2026年11月22日",
        "2026-11-23/2026-11-23": "2026年11月23日至2026年11月23日",
        "2026-02": "2026年2月",
        "2026-02-01/2026-04-30": "2026年2月至4月",
    }
    for words, name in said.items():
        found = spans.days_of(words)
        assert found
        assert found.name == name
    assert spans.days_of("soon") is None
    assert spans.last_quarter(date(2026, 1, 1)) == spans.quarter(2025, 4)
    assert spans.last_quarter(date(2026, 11, 23)) == spans.quarter(2026, 3)


def test_no_number_of_ours_is_one_that_the_guard_forbids() -> None:
    for each in TABLE:
        assert not isinstance(guard.judge(f"{each.name} {each.definition} {each.of}"), Banned)
        assert each in chosen(each.topics[0])


@pytest.mark.parametrize(
    ("occurrence", "name"),
    [
        ("2026", "2026年"), ("2026-H2", "2026年下半年"), ("2026-Q3", "2026年第三季度"),
        ("2026-07", "2026年7月"), ("2026-07-15", "2026年7月15日"), ("", ""), ("第一轮", "第一轮"),
    ],
)  # fmt: skip
def test_the_time_of_a_duty_as_people_write_it(occurrence: str, name: str) -> None:
    assert spans.named(occurrence) == name
