"""What holds for any text at any time."""

import sys
from datetime import date, datetime, timedelta
from types import FrameType
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding.times import (
    LONGEST,
    Day,
    Deadline,
    Duration,
    Looking,
    Moment,
    Part,
    Period,
    Span,
    Unclear,
    Value,
    echo,
    find,
    iso,
)
from tests.understanding.times.scoring import ROWS

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 9, tzinfo=ZONE)

_TIME_WORDS = (
    "今天,明天,大后天,昨,前天,下,上,下下,个,本,这,每,每隔,隔,周,星期,礼拜,一,三,五,日,天,末,月,年,号,季度,第,最后一个,"
    "工作日,半,点,时,分,刻,:,-,~,到,至,前,后,内,之前,以内,遇节假日,顺延,提前,早上,上午,下午,晚上,凌晨,中午,差,零,十,二十,"
    "25,11,2026,30,0,99,.,/,农历,正月,初,腊月,除夕,国庆,中秋,的,，,、,和,（,）,那个,呃,小时,分钟,近,未来,过,从,开始,底,"
    "上半年,世界,党课,F,05,tomorrow,at,pm,next ,friday,🙂,　,２,週,點"
)
moments = st.builds(
    datetime.combine, st.dates(date(2001, 1, 1), date(2049, 1, 1)), st.times(), st.just(ZONE)
)
texts = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(_TIME_WORDS.split(",")), max_size=30).map("".join),
)
lookings = st.sampled_from(list[Looking | None]((None, "ahead", "back")))


@settings(max_examples=400)
@given(texts, moments, lookings)
def test_any_text_is_read_without_an_error(
    text: str, now: datetime, looking: Looking | None
) -> None:
    end = 0
    for found in find(text, now=now, looking=looking):
        assert end <= found.start < found.end <= min(len(text), LONGEST)
        assert found.text == text[found.start : found.end]
        assert found.value not in found.others
        for value in (found.value, *found.others):
            assert isinstance(iso(value), str)
            assert echo(value, now)
        end = found.end


days = st.dates(date(2001, 1, 1), date(2048, 12, 31))
parts = st.sampled_from(list[Part](("", "凌晨", "上午", "下午", "傍晚", "晚上")))
day_values = st.builds(Day, days, parts)
instants = moments.map(lambda at: at.replace(second=0, microsecond=0))
moment_values = st.builds(Moment, instants)
spans = st.builds(
    lambda at, minutes: Span(at, at + timedelta(minutes=minutes)), instants, st.integers(1, 1440)
)
periods = st.builds(lambda first, n: Period(first, first + timedelta(n)), days, st.integers(1, 400))
months = st.builds(
    lambda y, m: Period(date(y, m, 1), date(y + m // 12, m % 12 + 1, 1) - timedelta(1)),
    st.integers(2001, 2048),
    st.integers(1, 12),
)
durations = st.one_of(
    st.builds(Duration, st.integers(1, 900), st.just("minute")),
    st.builds(Duration, st.integers(1, 300), st.sampled_from(("day", "workday"))),
    st.builds(Duration, st.integers(1, 200), st.just("month")),
    st.builds(Duration, st.integers(0, 9).map(lambda n: n + 0.5), st.just("day")),
)
values = st.one_of(
    day_values,
    moment_values,
    spans,
    periods,
    months,
    durations,
    st.builds(Deadline, day_values),
    st.builds(Deadline, moment_values),
)


@settings(max_examples=600)
@given(values, moments)
def test_what_is_said_back_means_the_same(value: Value, now: datetime) -> None:
    assert _read_again(value, now) == {value}


def test_every_reading_of_the_corpus_said_back_is_that_reading() -> None:
    for row in ROWS:
        for found in find(row.text, now=row.now):
            for value in (found.value, *found.others):
                assert isinstance(value, Unclear) or _read_again(value, row.now) == {value}


def _read_again(value: Value, now: datetime) -> set[Value]:
    said = (echo(value), echo(value, now))
    return {v for text in said for f in find(text, now=now) for v in (f.value, *f.others)}


HOSTILE = (
    *(
        "9",
        "一",
        "周",
        "每",
        "的",
        "到",
        "，",
        "差",
        "第",
        "下",
        "1:",
        "1.",
        "12-",
        "周一",
        "每周",
        "三点",
    ),
    *(
        "一三五",
        "1号、",
        "明天",
        "明天的",
        "三个",
        "半",
        "年",
        "2026-",
        "农历",
        "那个",
        "每周一、",
        "从",
        "过",
        "第一个",
    ),
)


def calls(text: str) -> int:
    """How many calls `find` makes, into Python or C: its work, without a clock."""
    counted = 0

    def count(frame: FrameType, event: str, arg: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        find(text, now=NOW)
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_work_is_linear(piece: str) -> None:
    text = piece * LONGEST
    find(text, now=NOW)  # tables that are built once
    half, whole = calls(text[:100]), calls(text[:200])

    assert whole <= 2.5 * half + 200
    assert whole <= 200 * 400


def test_what_is_longer_is_not_read() -> None:
    assert calls("9" * 2000) <= calls("9" * LONGEST) + 5
    assert find("开" * 198 + "明天下午三点", now=NOW)[0].value == Unclear("明天")


def test_a_naive_clock_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        find("明天", now=datetime(2026, 11, 23))  # noqa: DTZ001
