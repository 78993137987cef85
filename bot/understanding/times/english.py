"""The few English words for days that turn up in Chinese chats: tomorrow, next Friday."""

from datetime import timedelta

from bot.understanding.times import calendar, weeks
from bot.understanding.times.cursor import Here, Read, after, any_of, word, words
from bot.understanding.times.values import Day, Part, Value

DAYS: dict[str, tuple[int, Part]] = {
    "today": (0, ""),
    "tomorrow": (1, ""),
    "yesterday": (-1, ""),
    "tonight": (0, "晚上"),
    "this morning": (0, "上午"),
    "this afternoon": (0, "下午"),
    "this evening": (0, "晚上"),
    "last night": (-1, "晚上"),
    "tomorrow morning": (1, "上午"),
    "tomorrow afternoon": (1, "下午"),
    "tomorrow evening": (1, "晚上"),
}
_LEADS = words({"this ": 0, "next ": 1, "last ": -1})
_WEEKDAYS = words(
    {
        name: n
        for n, day in enumerate(
            ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
        )
        for name in (day, day[:3])
    }
)
_UNITS = any_of("week", "month", "year", "quarter")


def read(here: Here, i: int) -> Read | None:
    if not here.text[i : i + 1].isascii() or _inside_a_word(here, i - 1):
        return None
    lead = word(here, i, _LEADS)
    start = lead[1] if lead else i
    weekday = word(here, start, _WEEKDAYS)
    if weekday and not _inside_a_word(here, weekday[1]):
        return Read(weekday[1], (_weekday(here, weekday[0], lead[0] if lead else None),))
    unit = word(here, start, _UNITS)
    if lead is None or unit is None or _inside_a_word(here, unit[1]):
        return None
    return Read(unit[1], (_period(here, unit[0], lead[0]),))


def _inside_a_word(here: Here, i: int) -> bool:
    return 0 <= i < len(here.text) and here.text[i].isascii() and here.text[i].isalnum()


def _weekday(here: Here, name: int, by: int | None) -> Value:
    if by is None:
        return Day(weeks.coming(here, name))
    return Day(calendar.week_of(here.today).first + timedelta(7 * by + name))


def _period(here: Here, unit: str, by: int) -> Value:
    today = here.today
    match unit:
        case "week":
            return calendar.week_of(today + timedelta(7 * by))
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
