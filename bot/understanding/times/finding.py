"""Going through a message from left to right."""

from dataclasses import replace
from datetime import datetime

from bot.understanding.times import points, recurrences
from bot.understanding.times.cursor import Here, Read, after, any_of, unique
from bot.understanding.times.fold import fold
from bot.understanding.times.hours import moment
from bot.understanding.times.numerals import NUMERAL
from bot.understanding.times.values import (
    Day,
    Duration,
    Found,
    Looking,
    Moment,
    Unclear,
    Value,
    one_day,
)
from bot.understanding.times.workdays import OFFICIAL, Workdays

LONGEST = 200
"""Characters that are read; an expression that the end cuts is unclear."""

_STARTS = frozenset(
    "零一二三四五六七八九十两廿卅半0123456789"
    "今明后昨前去大本这下上当周星礼第月年岁农阴旧正冬腊元春除端中国清重妇植劳青儿建教烈记宪公圣党"
    "早凌清晨午傍擦晌黄晚夜深差近最过再未接往截不每逢隔天工双单从自"
    "abcdefghijklmnopqrstuvwxyz"
)


def find(
    text: str,
    *,
    now: datetime,
    workdays: Workdays = OFFICIAL,
    looking: Looking | None = None,
) -> tuple[Found, ...]:
    """Every time expression in the first 200 characters, in order, as meant when said at `now`.

    `looking` settles what the words leave open: `ahead` for what is still to be done (reminders,
    leave), `back` for what has been (make-ups, services, reports). Takes time linear in the text.
    Raises ValueError if `now` is naive, and for nothing that anyone may write.
    """
    if now.tzinfo is None:
        raise ValueError("`now` needs a time zone")
    folded, places = fold(text[:LONGEST])
    here = Here(folded, now, workdays, looking)
    found: list[Found] = []
    i, size = 0, len(here.text)
    before: Read | None = None
    while i < size:
        if here.text[i] not in _STARTS or _continues(here.text, i):
            i += 1
            continue
        here.assumed.clear()
        read = _read(here, i)
        if read is None or read.end <= i:
            i = _next(here.text, i)
            continue
        read = read if read.options else _all_of_it(here, read)
        found.append(_found(here, text, (places[i], places[read.end - 1] + 1), read.options))
        if before and before.dateless and len(found) > 1:
            found[-2] = _perhaps_then(here, found[-2], found[-1])
        before = read
        here = replace(here, named=one_day(found[-1].value) or here.named)
        i = read.end
    return tuple(found)


def _all_of_it(here: Here, unclear: Read) -> Read:
    """13月5日: what goes on behind something unclear is part of it, and no date of its own."""
    end = unclear.end
    for _ in range(4):
        start = after(here, end, _JOINS)
        more = _read(here, start) if start < len(here.text) else None
        if more is None or isinstance(more.options[:1] and more.options[0], Duration):
            break
        end = more.end
    return replace(unclear, end=end)


def _read(here: Here, i: int) -> Read | None:
    return recurrences.read(here, i) or points.read(here, i)


_JOINS = any_of("和", "、", "的")


def _continues(text: str, i: int) -> bool:
    """Whether a number here belongs to what stands before it: F05, 26.11, 138-0000."""
    if i == 0 or text[i] not in "0123456789":
        return False
    before = text[i - 1]
    if before.isascii() and before.isalpha():
        return True
    return before in ".-/:" and text[i - 2 : i - 1].isdecimal() and i >= 2


def _next(text: str, i: int) -> int:
    """Behind what begins nothing: a whole number, a whole English word, or one character."""
    for alphabet in (NUMERAL, _LETTERS):
        if text[i] in alphabet:
            while i < len(text) and text[i] in alphabet:
                i += 1
            return i
    return i + 1


_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")


def _found(here: Here, text: str, span: tuple[int, int], options: tuple[Value, ...]) -> Found:
    start, end = span
    said = text[start:end]
    if not options or (len(text) > LONGEST and end >= LONGEST):
        options = (Unclear(said),)
    return Found(start, end, said, options[0], options[1:], tuple(sorted(here.assumed)))


def _perhaps_then(here: Here, clock: Found, day: Found) -> Found:
    """三点开会，明天: the hour may be that day's."""
    if not isinstance(clock.value, Moment) or not isinstance(day.value, Day) or day.value.part:
        return clock
    at = clock.value.at
    then = Moment(moment(here.now.tzinfo, day.value.date, at.hour, at.minute))
    return clock if then == clock.value else replace(clock, others=unique((*clock.others, then)))
