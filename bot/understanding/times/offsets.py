"""Days said relative to others: 国庆前一天, 周五后第一个工作日, 今年最后一个周五."""

from datetime import timedelta
from typing import Literal

from bot.understanding.times import lengths, months
from bot.understanding.times.cursor import Here, Read, Words, after, any_of, gap, word, words
from bot.understanding.times.values import Day, Duration, Period, Value


def read(here: Here, anchor: Read) -> Read | None:
    """What stands behind the day or period and makes another day of it."""
    return _offset(here, anchor) or _within(here, anchor)


_OFFSETS = words({"前": -1, "后": 1, "的前": -1, "的后": 1, "过后": 1, "之后": 1, "之前": -1})
_SAME_DAY = any_of("当天", "当日", "那天", "这天", "的那天", "那一天", "这一天")
_NEXT_DAY = any_of("的第二天", "第二天", "的次日", "次日")
_EVE = any_of(
    *("放假前", "放假后", "长假前", "长假后", "假期前", "假期后"),
    "前夕",
    "前后",
    "前几天",
    "后几天",
    "前两三天",
)


def _offset(here: Here, anchor: Read) -> Read | None:
    """国庆前一天, 周五后第一个工作日, 的第二天; 前夕 and 前后 name no day."""
    days = [option for option in anchor.options if isinstance(option, Day) and not option.part]
    if not days:
        return None
    start = gap(here, after(here, anchor.end, any_of("节") if anchor.festival else {}))
    eve = word(here, start, _EVE)
    if eve:
        return Read(eve[1], ())
    same = word(here, anchor.end, _SAME_DAY) or word(here, start, _SAME_DAY)
    if same:
        return Read(same[1], tuple(days))
    following = word(here, start, _NEXT_DAY)
    if following:
        return Read(following[1], tuple(Day(day.date + timedelta(1)) for day in days))
    sign = word(here, start, _OFFSETS)
    return _by_length(here, days, *sign) if sign else None


_INEXACT = any_of("初", "中旬", "左右")
_NO_INEXACT = any_of("初步", "初级", "初中")


def _within(here: Here, anchor: Read) -> Read | None:
    """今年第一个工作日, 本周最后一天; 下周初 and the last workday of a day are nothing we know."""
    start = gap(here, after(here, gap(here, anchor.end), any_of("的")))
    edge = word(here, start, _EDGES)
    if edge and all(isinstance(option, Period) for option in anchor.options):
        return Read(edge[1], tuple(_edge(option, edge[0]) for option in anchor.options))
    if months.counted(here, start) is None and not word(here, start, _INEXACT):
        return None
    periods = [option for option in anchor.options if isinstance(option, Period)]
    if len(periods) < len(anchor.options) or word(here, start, _INEXACT):
        unclear = months.ordinal(here, start, lambda pick: ()) or word(here, start, _INEXACT)
        if unclear is None or word(here, start, _NO_INEXACT):
            return None
        return Read(unclear.end if isinstance(unclear, Read) else unclear[1], ())
    return months.ordinal(
        here, start, lambda pick: tuple(Day(day) for p in periods if (day := pick(p)))
    )


def _edge(option: Value, at: int) -> Value:
    if isinstance(option, Period):
        return Day(option.last if at < 0 else option.first)
    return option


_EDGES: Words[int] = words({"最后一天": -1, "第一天": 1})


def _by_length(here: Here, days: list[Day], sign: int, i: int) -> Read | None:
    counted = months.counted(here, i)
    if counted and counted[0] > 0:
        return _nth_after(here, days, sign, counted)
    length = lengths.length(here, i)
    if length is None or length[0].unit in ("minute", "second") or length[0].amount < 1:
        return None
    duration, end = length
    return Read(end, tuple(Day(lengths.from_day(here, day.date, duration, sign)) for day in days))


def _nth_after(here: Here, days: list[Day], sign: int, counted: tuple[int, int]) -> Read | None:
    """节后第一个工作日, 后第三天; 后第二天 is one day after to some."""
    count, start = counted
    unit = word(here, start, _COUNTED_DAYS)
    if unit is None:
        return None
    name, end = unit
    by = [count] if count != 2 or name == "workday" else [2, 1]
    return Read(
        end,
        tuple(
            Day(lengths.from_day(here, day.date, Duration(n, name), sign))
            for n in by
            for day in days
        ),
    )


_COUNTED_DAYS: Words[Literal["day", "workday"]] = words({"天": "day", "工作日": "workday"})
