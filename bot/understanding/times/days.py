"""One reader for whatever names a day, a week, a month: 明早, 11/30, 25号, 国庆前一天, tomorrow."""

from datetime import date, timedelta
from functools import partial

from bot.understanding.times import calendar, english, hours, offsets, seasons, weeks, years
from bot.understanding.times.clock import Clock
from bot.understanding.times.cursor import (
    Here,
    Read,
    Words,
    after,
    any_of,
    gap,
    shares,
    unique,
    word,
    words,
)
from bot.understanding.times.hours import NIGHT
from bot.understanding.times.numerals import digits, number, year_digits
from bot.understanding.times.values import Day, Deadline, Duration, Part, Period, Value
from bot.understanding.times.workdays import step

_WORDS: Words[tuple[int, Part]] = words(
    {
        **dict.fromkeys(("今天", "今日", "今儿个", "今儿", "今个儿"), (0, "")),
        **dict.fromkeys(("明天", "明日", "明儿个", "明儿", "明个儿"), (1, "")),
        **dict.fromkeys(("后天", "后日", "后儿"), (2, "")),
        **dict.fromkeys(("大大后天",), (4, "")),
        **dict.fromkeys(("大后天", "大后日"), (3, "")),
        **dict.fromkeys(("昨天", "昨日", "昨儿个", "昨儿"), (-1, "")),
        **dict.fromkeys(("前天", "前日", "前儿"), (-2, "")),
        **dict.fromkeys(("大前天", "大前日"), (-3, "")),
        **dict.fromkeys(("大大前天",), (-4, "")),
        **dict.fromkeys(("今早", "今晨", "今早上"), (0, "上午")),
        **dict.fromkeys(("明早", "明晨", "明早上"), (1, "上午")),
        **dict.fromkeys(("今晚", "今夜", "今晚上"), (0, "晚上")),
        **dict.fromkeys(("明晚", "明晚上"), (1, "晚上")),
        **dict.fromkeys(("昨晚", "昨夜", "昨晚上"), (-1, "晚上")),
        **dict.fromkeys(("前晚",), (-2, "晚上")),
        **dict.fromkeys(("后晚",), (2, "晚上")),
        **english.DAYS,
    }
)
_TWO_DAYS = words({"今明两天": (0, 1), "昨今两天": (-1, 0), "明后两天": (1, 2), "明后天": (1, 2)})
_NEXT_WORKDAY = any_of("下一个工作日", "下个工作日", "下一工作日")
_LAST_WORKDAY = any_of("上一个工作日", "上个工作日", "上一工作日")


def read(here: Here, i: int) -> Read | None:
    """The day or period at `i`, with what is said relative to it and the weekday put beside it."""
    bare_weekday = word(here, i, weeks.WEEK) is not None
    found = _anchor(here, i)
    if found is None or not found.options:
        return found
    moved = offsets.read(here, found)
    if moved:
        return moved
    return found if bare_weekday else _beside(here, found, i)


def _anchor(here: Here, i: int) -> Read | None:
    return (
        _spoken(here, i)
        or english.read(here, i)
        or weeks.read(here, i)
        or _written(here, i)
        or seasons.read(here, i)
        or _number(here, i)
        or _workday(here, i)
    )


def _spoken(here: Here, i: int) -> Read | None:
    pair = word(here, i, _TWO_DAYS)
    if pair:
        first, last = (here.today + timedelta(by) for by in pair[0])
        return Read(pair[1], (Period(first, last),))
    found = word(here, i, _WORDS)
    if found is None or here.text.startswith(("年", "之后"), found[1]):
        return None
    if here.text[found[1] - 1] == "日" and here.text.startswith("报", found[1]):
        return None  # a newspaper
    (by, part), end = found
    day = here.today + timedelta(by)
    if by < 1 or here.now.hour >= NIGHT or part == "晚上":
        return Read(end, (Day(day, part),))
    # before going to bed, tomorrow may be the day that has already begun
    sooner, later = Day(day - timedelta(1), part), Day(day, part)
    return Read(end, (sooner, later) if part == "上午" else (later, sooner))


def _workday(here: Here, i: int) -> Read | None:
    ahead, behind = word(here, i, _NEXT_WORKDAY), word(here, i, _LAST_WORKDAY)
    found = ahead or behind
    if found is None:
        return None
    day = step(here.workdays, here.today, 1 if ahead else -1)
    here.is_workday(day)
    return Read(found[1], (Day(day),))


_SEPARATORS = "-/."


def _written(here: Here, i: int) -> Read | None:
    """2026-11-24, 2026/11/24, 2026.11, 11/30, 11.30."""
    if here.text[i : i + 1] not in "0123456789" or i >= len(here.text):
        return None
    year = year_digits(here.text, i)
    if year and (here.text[year[1] : year[1] + 1] or " ") in _SEPARATORS:
        return _with_year(here, *year)
    return _without_year(here, i)


def _with_year(here: Here, year: int, i: int) -> Read | None:
    separator = here.text[i]
    month = digits(here.text, i + 1, 2)
    if month is None or not calendar.FIRST_YEAR <= year <= calendar.LAST_YEAR:
        return None
    number, end = month
    day = digits(here.text, end + 1, 2) if here.text[end : end + 1] == separator else None
    if day:
        made = calendar.day(year, number, day[0])
        return Read(after(here, day[1], any_of("日", "号")), (Day(made),) if made else ())
    if (here.text[end : end + 1] or " ") in "0123456789" or end - i < 2:
        return None
    if separator == "-" and end - i == 3 and not 1 <= number <= 12:
        return None
    return Read(end, (calendar.month(year, number),) if 1 <= number <= 12 else ())


_SUCH_A_DAY = any_of(
    "前", "之前", "日", "号", "上午", "下午", "晚上", "早上", "中午", "到", "至", "(周", "周"
)
_A_VALUE = frozenset("0123456789.%/:-*x+=倍折元块万千亿米公斤克吨小个分版级度岁名人位页条项次号")


def _without_year(here: Here, i: int) -> Read | None:
    month = digits(here.text, i, 2)
    if month is None or (here.text[month[1] : month[1] + 1] or " ") not in "./":
        return None
    separator = here.text[month[1]]
    day = digits(here.text, month[1] + 1, 2)
    made = day and calendar.day(2000, month[0], day[0])
    if day is None or not made:
        return None
    end = day[1]
    behind = here.text[end : end + 1]
    told = word(here, end, _SUCH_A_DAY)
    if not told and ((behind and behind in _A_VALUE) or (behind.isalpha() and behind.isascii())):
        return None
    plain = month[1] - i == 2 and _in_a_chat(here, i, end)
    if not told and not plain and end - month[1] < 3 and (month[1] - i < 2 or separator == "."):
        return None  # 2.5, 1/2
    options = years.days(here, None, partial(_solar, *(month[0], day[0])))
    if separator == "." and not told and end - month[1] == 3 and day[0] % 5 == 0:
        clock = Clock(end, "", month[0], day[0], literal=month[0] > 5)
        options += hours.on_no_day(here, clock)  # 11.30 is a date, or half past eleven
    return Read(after(here, end, any_of("日", "号")), options)


def _in_a_chat(here: Here, i: int, end: int) -> bool:
    """12.3请假, and 换班，12.6: no amount of anything."""
    behind = here.text[end : end + 1]
    if behind:
        return "\u4e00" <= behind <= "\u9fff" or behind in " -,"
    return i == 0 or here.text[i - 1] in " ,"


def _solar(month: int, number: int, year: int) -> date | None:
    return calendar.day(year, month, number)


_NO_DAY_BEFORE = frozenset(
    "第投选票题编号楼室持给座栋组学房牌院门机0123456789.零一二三四五六七八九十百每逢周拜期"
)
_NO_DAY_BEHIND = frozenset(
    "楼线机门窗车院会选桌厅厂口文令码店馆院栋室程常报志均仓库工院房铺台位员称子召角脉"
)
_NUMBERED = any_of("任务", "提醒", "事项", "方案", "候选", "选手", "问题", "作品", "待办")
_IN_DAYS = any_of("以内", "之内", "内", "以后", "之后", "后")


def _number(here: Here, i: int) -> Read | None:
    """25号, and 3日 which may also be three days."""
    count = number(here.text, i)
    if count is None:
        return None
    day, end = count
    unit = here.text[end : end + 1]
    if (
        shares(here, end, ("号", "日"))
        and 1 <= day <= 31
        and here.text[i - 1 : i] not in _NO_DAY_BEFORE
    ):
        return Read(end, _day_of_month(here, day))
    if unit not in ("号", "日") or not 1 <= day <= 31 or here.text[i - 1 : i] in _NO_DAY_BEFORE:
        return None
    if here.text[end + 1 : end + 2] in _NO_DAY_BEHIND or word(here, end + 1, _NUMBERED):
        return None
    if unit == "日" and (leads := word(here, end + 1, _IN_DAYS)):
        there = Day(here.today + timedelta(day))
        return Read(leads[1], (there if "后" in leads[0] else Deadline(there),))
    options = _day_of_month(here, day)
    length = here.text[i - 2 : i] in ("请假", "公示", "为期", "连续", "期限", "休息", "不少")
    if unit == "日" and length:
        return Read(end + 1, (Duration(day, "day"),))
    return Read(end + 1, options)


def _day_of_month(here: Here, number: int) -> tuple[Value, ...]:
    """This month's, or next month's once that has passed; a week after it may still be meant."""
    today = here.today
    this = calendar.day(today.year, today.month, number)
    if this is None:
        return ()
    if (this >= today and here.looking != "back") or this == today:
        return (Day(this),)
    by = -1 if this > today else 1
    other = calendar.day(*calendar.shift_month(today.year, today.month, by), number)
    if here.looking == "back":
        return (Day(this),) if this <= today else (Day(other),) if other else ()
    if other is None:
        return ()
    recent = (today - this).days <= 7 and here.looking is None
    return (Day(other), Day(this)) if recent else (Day(other),)


def _beside(here: Here, found: Read, start: int) -> Read:
    """11月27日（周五）: the weekday must be that day's, else one of the two is a slip."""
    opening = after(here, gap(here, found.end), any_of("("))
    bracketed = opening > gap(here, found.end)
    named = weeks.weekday(here, opening)
    if named is None or named[0] < 0:
        return found
    days = [option for option in found.options if isinstance(option, Day)]
    if not days or (not bracketed and len(days) < len(found.options)):
        return found
    end = after(here, named[1], any_of(")")) if bracketed else named[1]
    this_year = [
        Day(moved)
        for day in days
        if (moved := calendar.day(here.today.year, day.date.month, day.date.day))
    ]
    said_year = "年" in here.text[start : found.end] or year_digits(here.text, start) is not None
    wider = (
        [] if said_year or found.festival or "月" not in here.text[start : found.end] else this_year
    )
    fitting = unique(day for day in (*wider, *days) if day.date.weekday() == named[0])
    return Read(end, fitting[:1])
