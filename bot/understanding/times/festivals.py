"""Days with a name or a place in the lunar calendar: 国庆, 春节假期, 农历八月十五."""

from datetime import date

from bot.understanding.times import calendar, holidays, lunar, months, years
from bot.understanding.times.cursor import Here, Read, Words, after, any_of, word, words
from bot.understanding.times.numerals import number
from bot.understanding.times.values import Day, Period, Value
from bot.understanding.times.workdays import step

_LUNAR = any_of("农历的", "农历", "阴历", "旧历")
_LUNAR_MONTHS: Words[int] = words({"正月": 1, "大年": 1, "冬月": 11, "腊月": 12, "十冬月": 11})
_KNOWN_BY_MOON = frozenset({"八月十五", "五月初五", "九月初九"})


def named(here: Here, i: int, year: int | None) -> Read | None:
    found = holidays.named(here, i)
    if found is None:
        return None
    make, end = found
    if make is lunar.new_years_eve and year is not None:
        eves = (
            make(year + 1),
            make(year),
        )  # 今年除夕 may end this lunar year, or open this solar one
        return Read(end, tuple(Day(eve) for eve in eves if eve), festival=True)
    leave = after(here, end, any_of("假期", "长假", "黄金周", "期间", "放假期间"))
    options = years.days(here, year, make, festival=True)
    if leave > end:
        return Read(leave, tuple(span for day in options if (span := _leave(here, day))))
    return Read(after(here, end, any_of("当天", "当日")), options, festival=True)


def _leave(here: Here, day: Value) -> Period | None:
    """The days off around a festival, where they have been announced."""
    if not isinstance(day, Day) or not here.workdays.is_known(day.date.year):
        return None
    if here.is_workday(day.date):
        return None
    before, behind = step(here.workdays, day.date, -1), step(here.workdays, day.date, 1)
    return Period(
        date.fromordinal(before.toordinal() + 1), date.fromordinal(behind.toordinal() - 1)
    )


def by_the_moon(here: Here, i: int, year: int | None) -> Read | None:
    """A date of the lunar calendar: 农历八月十五, 正月初五, 腊月廿八."""
    told = word(here, i, _LUNAR)
    start = told[1] if told else i
    if here.text.startswith("闰", start):
        return Read(start + 1, ()) if told else None
    named = word(here, start, _LUNAR_MONTHS) or months.plain(here, start)
    if named is None:
        return Read(start, ()) if told and here.text[start : start + 1].isdecimal() else None
    month, end = named
    first_ten = here.text.startswith("初", end)
    day = number(here.text, end + first_ten)
    if here.text.startswith("大年", start) and not first_ten:
        return None
    sure = bool(told or word(here, start, _LUNAR_MONTHS) or (first_ten and day))
    if not sure and not (day and here.text[start : day[1]] in _KNOWN_BY_MOON):
        return None
    if day is None:
        return None if not told else Read(end, ())
    behind = after(here, day[1], any_of("日", "那天", "当天"))
    if not sure and behind > day[1]:
        return None
    by_moon = years.days(here, year, lambda at: lunar.solar(at, month, day[0]), festival=True)
    if sure:
        return Read(behind, by_moon)
    return Read(
        behind, by_moon + years.days(here, year, lambda at: calendar.day(at, month, day[0]))
    )
