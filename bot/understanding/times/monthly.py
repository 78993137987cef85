"""Months, quarters and years that come again: 每月25号, 每月最后一个周五, 每季度末, 每年7月1日."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from bot.understanding.times import calendar, holidays, months, weeks
from bot.understanding.times.cursor import Here, Words, after, any_of, gap, word, words
from bot.understanding.times.numerals import number
from bot.understanding.times.patterns import Pattern
from bot.understanding.times.weekly import CODES

_MONTH = any_of("每个月", "每月份", "每月")
_QUARTER = any_of("每个季度", "每季度", "每季")
_YEAR = any_of("每年", "每一年")
_LAST: Words[int] = words({"最后一天": -1, "月底": -1, "底": -1, "月末": -1, "末": -1})
_JOINS = any_of("、", ",", "和", "及", "与", "跟")
_OF = any_of("的")
_NUMBER_UNITS = any_of("号", "日")
_WITHOUT_IT: Words[str] = words({"(没有则跳过)": "skip", "(没有则在最后一天)": "last"})
_ENDS, _BEGINS = "3,6,9,12", "1,4,7,10"


def read(here: Here, i: int) -> Pattern | None:
    every = word(here, i, _MONTH)
    if every:
        return _in_month(here, gap(here, after(here, every[1], _OF)), "FREQ=MONTHLY", 1)
    several = _several_months(here, i)
    if several:
        return _in_month(
            here, after(here, several[1], _OF), f"FREQ=MONTHLY;INTERVAL={several[0]}", several[0]
        )
    quarter = word(here, i, _QUARTER)
    if quarter:
        return _in_quarter(here, after(here, quarter[1], _OF))
    year = word(here, i, _YEAR)
    return _in_year(here, gap(here, after(here, year[1], _OF))) if year else _each_number(here, i)


def _several_months(here: Here, i: int) -> tuple[int, int] | None:
    """每两个月, 每隔一个月."""
    start = after(here, i, any_of("每隔", "每"))
    count = number(here.text, start) if start > i else None
    if count is None or not here.text.startswith("个月", count[1]) or count[0] < 1:
        return None
    step = count[0] + here.text.startswith("每隔", i)
    return (step, count[1] + 2) if step > 1 else None


def _each_number(here: Here, i: int) -> Pattern | None:
    """逢5号, 每逢25日."""
    start = after(here, i, any_of("每逢", "逢"))
    if start > i and here.text.startswith("月", start):
        return _in_month(here, start, "FREQ=MONTHLY", 1)
    return _numbers(here, start, "FREQ=MONTHLY", 1) if start > i else None


def _in_month(here: Here, i: int, freq: str, interval: int) -> Pattern:
    last = word(here, i, _LAST)
    if last:
        return Pattern(last[1], f"{freq};BYMONTHDAY=-1", _is_last, interval)
    first = word(here, i, any_of("第一天", "首日"))
    if first:
        return Pattern(
            first[1], f"{freq};BYMONTHDAY=1", partial(_is_number, frozenset({1})), interval
        )
    return (
        _ordinal(here, i, freq, interval)
        or _numbers(here, i, freq, interval)
        or Pattern(i, bad=True)
    )


def _is_last(day: date) -> bool:
    return (day + timedelta(1)).day == 1


def _is_number(numbers: frozenset[int], day: date) -> bool:
    return day.day in numbers


def _ordinal(here: Here, i: int, freq: str, interval: int) -> Pattern | None:
    """第二个周五, 最后一个工作日, 第一和第三个周五."""
    counted = months.counted(here, i)
    if counted is None:
        return None
    count, end = counted
    if here.text.startswith("工作日", end) and 1 <= abs(count) <= 20:
        rule = f"{freq};BYDAY=MO,TU,WE,TH,FR;BYSETPOS={count}"
        return Pattern(end + 3, rule, partial(_is_nth_working, count), interval, nth=count)
    named = weeks.weekday(here, end)
    if named is None or named[0] < 0 or not 1 <= abs(count) <= 5:
        return Pattern(named[1] if named else after(here, end, weeks.WEEK), bad=True)
    rule = f"{freq};BYDAY={count}{CODES[named[0]]}"
    return Pattern(named[1], rule, partial(_is_nth, named[0], count), interval)


def _is_nth(weekday: int, count: int, day: date) -> bool:
    return calendar.nth_weekday(calendar.month(day.year, day.month), weekday, count) == day


def _is_nth_working(count: int, day: date) -> bool:
    month = calendar.month(day.year, day.month)
    size = (month.last - month.first).days + 1
    working = [d for by in range(size) if (d := month.first + timedelta(by)).weekday() < 5]
    return working[count - 1 if count > 0 else count] == day


def _numbers(here: Here, i: int, freq: str, interval: int) -> Pattern | None:
    """25号, 1号和15号, 10、25日."""
    found: list[int] = []
    end = marked = i
    while len(found) < 31:
        day = number(here.text, end)
        if day is None:
            break
        found.append(day[0])
        marked = after(here, day[1], _NUMBER_UNITS)
        following = after(here, marked, _JOINS)
        if following == marked or not _is_day(here, following):
            break
        end = following
    if not found or not word(here, marked - 1, _NUMBER_UNITS):
        return Pattern(max(end, i + 1), bad=True) if found and len(found) > 1 else None
    if not all(1 <= day <= 31 for day in found):
        return Pattern(marked, bad=True)
    pattern = _on_numbers(marked, freq, interval, tuple(dict.fromkeys(found)))
    settled = word(here, marked, _WITHOUT_IT)
    if settled is None:
        return pattern
    chosen = pattern if settled[0] == "skip" or not pattern.others else pattern.others[0]
    return replace(chosen, end=settled[1], others=())


def _is_day(here: Here, i: int) -> bool:
    day = number(here.text, i)
    if day is None:
        return False
    behind = here.text[day[1] : day[1] + 1]
    return behind in ("号", "日", "、") and behind != ""


def _on_numbers(end: int, freq: str, interval: int, numbers: tuple[int, ...]) -> Pattern:
    listed = ",".join(str(day) for day in sorted(numbers))
    others: tuple[Pattern, ...] = ()
    if len(numbers) == 1 and numbers[0] > 28:
        others = (_or_last(end, freq, interval, numbers[0]),)
    falls = partial(_is_number, frozenset(numbers))
    return Pattern(end, f"{freq};BYMONTHDAY={listed}", falls, interval, others=others)


def _or_last(end: int, freq: str, interval: int, number: int) -> Pattern:
    """In a month without a 31st: not at all, or on its last day? That is to be asked."""
    if number == 31:
        return Pattern(end, f"{freq};BYMONTHDAY=-1", _is_last, interval)
    days = ",".join(str(day) for day in range(28, number + 1))
    return Pattern(
        end, f"{freq};BYMONTHDAY={days};BYSETPOS=-1", partial(_is_number_or_last, number), interval
    )


def _is_number_or_last(number: int, day: date) -> bool:
    return day.day == number or (_is_last(day) and day.day < number)


def _in_quarter(here: Here, i: int) -> Pattern:
    last = word(here, i, _LAST)
    if last:
        rule = f"FREQ=YEARLY;BYMONTH={_ENDS};BYMONTHDAY=-1"
        return Pattern(last[1], rule, partial(_in, (3, 6, 9, 12), _is_last))
    first = word(here, i, any_of("第一天", "首日"))
    if first:
        rule = f"FREQ=YEARLY;BYMONTH={_BEGINS};BYMONTHDAY=1"
        return Pattern(
            first[1], rule, partial(_in, (1, 4, 7, 10), partial(_is_number, frozenset({1})))
        )
    counted = months.counted(here, i) or word(here, i, words({"首": 1, "末": 3}))
    if counted is None or not here.text.startswith("月", counted[1]) or abs(counted[0]) > 3:
        return Pattern(i, bad=True)
    position = counted[0] if counted[0] > 0 else 4 + counted[0]
    names = tuple(range(position, 13, 3))
    return _in_months(here, counted[1] + 1, names)


def _in(names: tuple[int, ...], falls: Callable[[date], bool], day: date) -> bool:
    return day.month in names and falls(day)


def _in_months(here: Here, i: int, names: tuple[int, ...]) -> Pattern:
    """What is said of the months that are named, as a yearly rule."""
    inner = _in_month(here, after(here, i, _OF), "", 1)
    if inner.bad or inner.nth:
        return Pattern(inner.end, bad=True)
    listed = ",".join(str(name) for name in names)
    rule = f"FREQ=YEARLY;BYMONTH={listed}{inner.rule}"
    others: tuple[Pattern, ...] = ()
    if names == (2,) and inner.rule == ";BYMONTHDAY=29" and inner.others:
        others = (
            Pattern(
                inner.end, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", partial(_in, names, _is_last)
            ),
        )
    elif not all(_exists(inner, name) for name in names):
        return Pattern(inner.end, bad=True)
    return Pattern(inner.end, rule, partial(_in, names, inner.falls), others=others)


def _exists(inner: Pattern, month: int) -> bool:
    return any(
        inner.falls(date(2028, month, 1) + timedelta(by))
        for by in range(29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31)
    )


def _in_year(here: Here, i: int) -> Pattern:
    edge = word(here, i, any_of("年底", "年末", "底", "末", "最后一天"))
    if edge:
        return Pattern(
            edge[1], "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31", partial(_in, (12,), _is_last)
        )
    festival = holidays.named(here, i)
    if festival:
        return _festival(here, i, festival[1])
    month = number(here.text, i)
    if month is None or not here.text.startswith("月", month[1]) or not 1 <= month[0] <= 12:
        return Pattern(i, bad=True)
    return _in_months(here, after(here, month[1] + 1, any_of("份")), (month[0],))


def _festival(here: Here, i: int, end: int) -> Pattern:
    """A festival on a fixed day; what the moon decides is no RRULE."""
    said = here.text[i:end]
    day = holidays.FIXED.get(said) or holidays.FIXED.get(said.removesuffix("节"))
    if day is None:
        return Pattern(end, bad=True)
    rule = f"FREQ=YEARLY;BYMONTH={day[0]};BYMONTHDAY={day[1]}"
    return Pattern(end, rule, partial(_in, (day[0],), partial(_is_number, frozenset({day[1]}))))
