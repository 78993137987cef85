"""Months and what is inside them: 11月27日, 11月底, 下个月第一个周一, 本月最后一个工作日."""

from collections.abc import Callable
from datetime import date
from functools import partial

from bot.understanding.times import calendar, weeks, years
from bot.understanding.times.cursor import (
    Here,
    Read,
    after,
    any_of,
    gap,
    shares,
    unique,
    word,
    words,
)
from bot.understanding.times.numerals import number
from bot.understanding.times.values import Day, Period, Value
from bot.understanding.times.workdays import step

_OF = any_of("的", "里", "当中的")
_ONCE = any_of("一次", "一回", "一度", "两次", "一报", "一考")


def read(here: Here, i: int, year: int | None) -> Read | None:
    relative = word(here, i, weeks.RELATIVE)
    if relative and here.text.startswith("月", relative[1]) and year is None:
        at, month = calendar.shift_month(here.today.year, here.today.month, relative[0])
        return inside_month(here, relative[1] + 1, at, month)
    if year is None and here.text[i : i + 2] in ("月底", "月末", "月初", "月中"):
        return inside_month(here, i, here.today.year, here.today.month)
    named = plain(here, i)
    if named is None or here.text[i - 1 : i] == "第":
        return None
    month, end = named
    if word(here, end, _ONCE):
        return None
    if not 1 <= month <= 12:
        return Read(after(here, end, any_of("份")), ())
    return inside_month(here, after(here, end, any_of("份")), year, month)


def plain(here: Here, i: int) -> tuple[int, int] | None:
    if here.text.startswith("元月", i):
        return 1, i + 2
    count = number(here.text, i)
    if count is None:
        return None
    if shares(here, count[1], ("月",)):
        return count
    return (count[0], count[1] + 1) if here.text.startswith("月", count[1]) else None


def inside_month(here: Here, i: int, year: int | None, month: int) -> Read:
    """What is said of a month, from behind its name; the whole month if nothing is."""
    start = gap(here, after(here, gap(here, i), _OF))
    inner = _day_number(here, start, year, month) or _edge_of_month(here, start, year, month)
    inner = inner or _week(here, start, year, month)
    inner = inner or ordinal(here, start, partial(_day_of, here, year, month))
    if inner:
        return inner
    end = after(here, i, any_of("内", "之内", "以内"))
    return Read(end, years.months(here, month) if year is None else (calendar.month(year, month),))


def _day_of(
    here: Here, year: int | None, month: int, pick: Callable[[Period], date | None]
) -> tuple[Value, ...]:
    return years.days(here, year, lambda at: pick(calendar.month(at, month)))


_NO_NUMBER = frozenset("个份次项人名件楼层室期天周月年点时:小条题页场课季%位篇分元-~到至")


def _day_number(here: Here, i: int, year: int | None, month: int) -> Read | None:
    count = number(here.text, i)
    if count is None:
        return None
    day, end = count
    marked = after(here, end, any_of("日", "号"))
    behind = here.text[end : end + 1]
    if marked == end and shares(here, end, ("日", "号")):
        return Read(end, years.days(here, year, lambda at: calendar.day(at, month, day)))
    if marked == end and (
        (behind and behind in _NO_NUMBER) or end - i < 1 or not _stands_alone(here, i)
    ):
        return None
    return Read(marked, years.days(here, year, lambda at: calendar.day(at, month, day)))


def _stands_alone(here: Here, i: int) -> bool:
    """11月27下午: without 日 the number must follow its month at once."""
    return here.text[i - 1 : i] == "月"


_THIRDS = words({"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)})
_EDGES = words({"月底": -1, "月末": -1, "底": -1, "末": -1, "最后一天": -1, "第一天": 1, "首日": 1})
_VAGUE = words({"月初": (1, 10), "初": (1, 10), "月中": (15, 20), "中": (15, 20)})
_NO_MIDDLE = any_of(
    "中午",
    "中国",
    "中央",
    "中心",
    "中学",
    "中级",
    "中共",
    "中层",
    "中小",
    "中旬",
    "中考",
    "中秋",
    "初一",
    "初步",
    "初级",
    "初中",
    "末尾",
)


def _edge_of_month(here: Here, i: int, year: int | None, month: int) -> Read | None:
    third = word(here, i, _THIRDS)
    if third:
        first, last = third[0]
        spans = _months(here, year, month)
        return Read(third[1], tuple(_part_of(span, first, last) for span in spans))
    edge = word(here, i, _EDGES)
    if edge:
        pick = edge[0]
        return Read(edge[1], _day_of(here, year, month, lambda m: m.last if pick < 0 else m.first))
    vague = word(here, i, _VAGUE)
    if vague is None or word(here, i, _NO_MIDDLE):
        return None
    return Read(vague[1], _vague_month(here, year, month, vague[0][0]))


def _vague_month(here: Here, year: int | None, month: int, day: int) -> tuple[Value, ...]:
    """月初 is the first to some and the first ten days to others."""
    first = years.days(here, year, lambda at: calendar.day(at, month, day))
    lead = first[0]
    at = lead.date.year if isinstance(lead, Day) else here.today.year
    span = _part_of(calendar.month(at, month), *((1, 10) if day == 1 else (11, 20)))
    return (*first, span)


def _months(here: Here, year: int | None, month: int) -> tuple[Period, ...]:
    options = years.months(here, month) if year is None else (calendar.month(year, month),)
    return tuple(option for option in options if isinstance(option, Period))


def _part_of(month: Period, first: int, last: int) -> Period:
    return Period(
        month.first.replace(day=first), month.last if last > 28 else month.first.replace(day=last)
    )


def _week(here: Here, i: int, year: int | None, month: int) -> Read | None:
    """第一周, 最后一周: the week of which most belongs to the month; to some the one with its first
    day, or its first whole one."""
    found = counted(here, i)
    named = word(here, found[1], weeks.WEEK) if found else None
    if found is None or named is None or weeks.weekday(here, found[1]):
        return None
    if weeks.weekday(here, after(here, named[1], _OF)):
        return Read(named[1], ())
    options = [
        calendar.nth_week(span, found[0], most)
        for most in (3, 6 if found[0] < 0 else 0, 0 if found[0] < 0 else 6)
        for span in _months(here, year, month)[:1]
    ]
    return Read(named[1], unique(option for option in options if option))


Pick = Callable[[Period], date | None]
_LAST = words(
    {
        "最后一个": -1,
        "最后1个": -1,
        "最后一": -1,
        "倒数第一个": -1,
        "倒数第二个": -2,
        "倒数第2个": -2,
    }
)


_FIRST = words({"头一个": 1, "头1个": 1, "头一": 1})


def counted(here: Here, i: int) -> tuple[int, int] | None:
    """第一个 as 1, 最后一个 as -1."""
    from_end = word(here, i, _LAST) or word(here, i, _FIRST)
    if from_end:
        return from_end
    if not here.text.startswith("第", i):
        return None
    count = number(here.text, i + 1)
    if count is None:
        return None
    return count[0], after(here, count[1], any_of("个"))


def ordinal(here: Here, i: int, made: Callable[[Pick], tuple[Value, ...]]) -> Read | None:
    """第二个周五, 最后一个工作日; 第二周 has no one meaning."""
    found = counted(here, i)
    if found is None:
        return None
    count, end = found
    if here.text.startswith("工作日", end):
        return Read(end + 3, made(partial(nth_workday, here, count)))
    named = weeks.weekday(here, end)
    if named and named[0] >= 0:
        return Read(named[1], made(lambda month: calendar.nth_weekday(month, named[0], count)))
    week = word(here, end, weeks.WEEK)
    return Read(week[1], ()) if week else None


def nth_workday(here: Here, count: int, period: Period) -> date | None:
    if not 1 <= abs(count) <= 31:
        return None
    start = date.fromordinal(
        period.first.toordinal() - 1 if count > 0 else period.last.toordinal() + 1
    )
    found = step(here.workdays, start, count)
    here.is_workday(found)
    return found if period.first <= found <= period.last else None
