"""Times as slots: when, for how long, how often, over which period."""

import re
from datetime import date
from typing import assert_never

from bot.understanding.hearing import Hearing
from bot.understanding.intents import Find, Slots
from bot.understanding.times import (
    Day,
    Deadline,
    Duration,
    Found,
    Moment,
    Period,
    Recurrence,
    Span,
    Unclear,
    iso,
)
from bot.understanding.times import Value as Time

PARTS = {
    "凌晨": "上午",
    "上午": "上午",
    "中午": "中午",
    "下午": "下午",
    "傍晚": "晚上",
    "晚上": "晚上",
}

SPANNING = re.compile(r"月.*[到至\-~].*月")
"""七月到九月 is said as a span, though it is a quarter."""
ASKED_PARTS = frozenset(PARTS) | {"早上", "清早", "早晨", "夜里"}


def when(
    *, part: bool = False, deadlines: bool = True, periods: bool = False, bare_parts: bool = True
) -> Find:
    """`when` and `when_text`: the first day or instant named; `part` where no clock time was.

    Without `bare_parts`, 中午 alone is no time: 观摩会中午管饭吗.
    """

    def find(hearing: Hearing) -> Slots:
        for span, found in _of_the_wish_first(hearing):
            if _asked_about(hearing, span) or (not bare_parts and _bare_part(hearing, span)):
                continue
            day = _day_or_moment(found.value, deadlines=deadlines, periods=periods)
            if day is not None:
                slots = {"when": iso(day), "when_text": _words(hearing, span)}
                if part and isinstance(day, Day) and day.part:
                    slots["part"] = PARTS[day.part]
                return slots
        return {}

    return find


def _of_the_wish_first(hearing: Hearing) -> list[tuple[tuple[int, int], Found]]:
    """这两天嗓子哑了，明天的宣讲请假: the day of the clause that asks, before any other;
    but no mere part of a day."""
    start, end = hearing.wish
    inside = [
        each
        for each in hearing.times
        if start <= each[0][0] < end and not _bare_part(hearing, each[0])
    ]
    return inside + [each for each in hearing.times if each not in inside]


def _words(hearing: Hearing, span: tuple[int, int]) -> str:
    """元旦那天: only 元旦 names it."""
    start, end = span
    return hearing.surface((start, end - 2 if hearing.plain.endswith("那天", start, end) else end))


def _asked_about(hearing: Hearing, span: tuple[int, int]) -> bool:
    """早上几点: the part of day belongs to the question."""
    return hearing.plain[slice(*span)] in ASKED_PARTS and hearing.plain.startswith("几点", span[1])


def _bare_part(hearing: Hearing, span: tuple[int, int]) -> bool:
    return hearing.plain[slice(*span)] in ASKED_PARTS


def _day_or_moment(value: Time, *, deadlines: bool, periods: bool) -> Day | Moment | None:
    match value:
        case Day() | Moment():
            return value
        case Span(start, _):
            return Moment(start)
        case Deadline(until):
            return until if deadlines else None
        case Period(first, _):
            return Day(first) if periods else None
        case Duration() | Recurrence() | Unclear():
            return None
        case _:
            assert_never(value)


def period(*, days: bool = True) -> Find:
    """`period` and `period_text`: a month, a quarter, a week, a year, from/to; a day is day/day.

    Where a day is for `when`, say `days=False`.
    """

    def find(hearing: Hearing) -> Slots:
        for span, found in _of_the_wish_first(hearing):
            match found.value:
                case Period(first, last) if SPANNING.search(hearing.plain, *span):
                    if (
                        first.year > hearing.now.year
                        and first.month < last.month < hearing.now.month
                    ):
                        first, last = (each.replace(year=each.year - 1) for each in (first, last))
                    said = f"{first}/{last}"
                case Period():
                    said = iso(found.value)
                case Deadline(until) if hearing.said.part(*span).plain.endswith(("前", "为止")):
                    said = _until(until, hearing.now.date())
                case Day(day, _) if days and hearing.plain[span[0] - 1 : span[0]] != "到":
                    said = f"{day}/{day}"
                case _:
                    continue
            return {"period": said, "period_text": hearing.surface(span)}
        return {}

    return find


def _until(until: Day | Moment, today: date) -> str:
    """国庆前: from today on; of what is over, from the beginning of its year."""
    last = until.date if isinstance(until, Day) else until.at.date()
    return f"{today if last >= today else last.replace(month=1, day=1)}/{last}"


def lasting() -> Find:
    """`duration_days` and `duration_text`: 两天, 半天 (0.5), 一周 (7)."""

    def find(hearing: Hearing) -> Slots:
        for span, found in hearing.times:
            if hearing.plain[span[0] - 1 : span[0]] in ("这", "那"):
                continue  # 这两天腿肿: that long it has been so
            if isinstance(found.value, Duration) and (number := _in_days(found.value)):
                tidy = int(number) if number == int(number) else number
                return {"duration_days": tidy, "duration_text": hearing.surface(span)}
        return {}

    return find


def _in_days(value: Duration) -> float:
    match value.unit:
        case "day" | "workday":
            return value.amount
        case "month":
            return value.amount * 30
        case "second" | "minute":
            return 0


def recurring() -> Find:
    """`rrule` and `when_text`: 每月10号, 每周一早上八点."""

    def find(hearing: Hearing) -> Slots:
        for span, found in hearing.times:
            if isinstance(found.value, Recurrence):
                return {"rrule": found.value.rule, "when_text": hearing.surface(span)}
        return {}

    return find
