"""The English words for days and lengths that turn up in Chinese chats: tomorrow, next Friday."""

from datetime import timedelta

from bot.understanding.times import calendar, weeks, years
from bot.understanding.times.cursor import Here, Read, Words, after, any_of, word, words
from bot.understanding.times.numerals import digits
from bot.understanding.times.values import Day, Part, Period, Value

DAYS: dict[str, tuple[int, Part]] = {
    "today": (0, ""),
    "tomorrow": (1, ""),
    "tmr": (1, ""),
    "yesterday": (-1, ""),
    "the day after tomorrow": (2, ""),
    "day after tomorrow": (2, ""),
    "the day before yesterday": (-2, ""),
    "tonight": (0, "晚上"),
    "this morning": (0, "上午"),
    "this afternoon": (0, "下午"),
    "this evening": (0, "晚上"),
    "last night": (-1, "晚上"),
    "tomorrow morning": (1, "上午"),
    "tomorrow afternoon": (1, "下午"),
    "tomorrow evening": (1, "晚上"),
    "tomorrow night": (1, "晚上"),
    "yesterday morning": (-1, "上午"),
    "yesterday afternoon": (-1, "下午"),
    "yesterday evening": (-1, "晚上"),
}
_LEADS = words({"this ": 0, "next ": 1, "last ": -1, "coming ": 0})
_PARTS: Words[Part] = words(
    {
        " morning": "上午",
        " afternoon": "下午",
        " evening": "晚上",
        " night": "晚上",
        " noon": "中午",
    }
)
WEEKDAYS = words(
    {
        name: n
        for n, day in enumerate(
            ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
        )
        for name in (day, day[:3])
    }
)
_MONTHS = words(
    {
        name: n
        for n, month in enumerate(
            (
                *("january", "february", "march", "april", "may", "june", "july", "august"),
                *("september", "october", "november", "december"),
            ),
            1,
        )
        for name in (month, month[:3])
        if name != "mar"
    }
)
_UNITS = any_of("weekend", "week", "month", "year", "quarter")
_TH = any_of("st", "nd", "rd", "th")


def read(here: Here, i: int) -> Read | None:
    if not here.text[i : i + 1].isascii() or _inside_a_word(here, i - 1):
        return None
    return _named(here, i) or _dated(here, i)


def _named(here: Here, i: int) -> Read | None:
    """Friday, next Tuesday afternoon, this weekend, last quarter."""
    lead = word(here, i, _LEADS)
    start = lead[1] if lead else i
    weekday = word(here, start, WEEKDAYS)
    if weekday and not _inside_a_word(here, weekday[1]):
        day = _weekday(here, weekday[0], lead[0] if lead else None)
        part = word(here, weekday[1], _PARTS)
        if part and not _inside_a_word(here, part[1]):
            return Read(part[1], (Day(day.date, part[0]),))
        return Read(weekday[1], (day,))
    unit = word(here, start, _UNITS)
    if unit is None or _inside_a_word(here, unit[1]) or (lead is None and unit[0] != "weekend"):
        return None
    return Read(unit[1], (_period(here, unit[0], lead[0] if lead else 0),))


def _dated(here: Here, i: int) -> Read | None:
    """Nov 30, December 8th, 8 Dec; December alone, behind `in`."""
    first = digits(here.text, i, 2)
    if first:
        start = after(here, after(here, after(here, first[1], _TH), any_of(" of ")), any_of(" "))
        month = word(here, start, _MONTHS) if start > first[1] else None
        if month is None or _inside_a_word(here, month[1]):
            return None
        return _on(here, month[1], month[0], first[0])
    month = word(here, i, _MONTHS)
    if month is None or _inside_a_word(here, month[1]):
        return None
    number = digits(here.text, after(here, month[1], any_of(" the ", " ")), 2)
    if number and number[1] > month[1] + 1:
        return _on(here, after(here, number[1], _TH), month[0], number[0])
    if here.text[i - 3 : i] in ("in ", "of ") or (month[1] - i > 3 and month[0] != 5):
        return Read(month[1], tuple(years.months(here, month[0])))
    return None


def _on(here: Here, end: int, month: int, number: int) -> Read:
    return Read(end, years.days(here, None, lambda year: calendar.day(year, month, number)))


def _inside_a_word(here: Here, i: int) -> bool:
    return 0 <= i < len(here.text) and here.text[i].isascii() and here.text[i].isalnum()


def _weekday(here: Here, name: int, by: int | None) -> Day:
    if by is None:
        return Day(weeks.coming(here, name))
    return Day(calendar.week_of(here.today).first + timedelta(7 * by + name))


def _period(here: Here, unit: str, by: int) -> Value:
    today = here.today
    match unit:
        case "week":
            return calendar.week_of(today + timedelta(7 * by))
        case "weekend":
            monday = calendar.week_of(today + timedelta(7 * by)).first
            return Period(monday + timedelta(5), monday + timedelta(6))
        case "month":
            return calendar.month(*calendar.shift_month(today.year, today.month, by))
        case "quarter":
            at = today.year * 4 + (today.month - 1) // 3 + by
            return calendar.quarter(at // 4, at % 4 + 1)
        case _:
            return calendar.months(today.year + by, 1, 12)


def behind_day(here: Here, i: int) -> int:
    """Behind the `at` of `tomorrow at 3pm`."""
    return after(here, i, any_of("at ", "at"))


def day_behind(here: Here, i: int) -> int:
    """Behind the `on` of `3pm on Friday`, or of nothing in `3pm tomorrow`."""
    return after(here, i, any_of(" on ", " "))
