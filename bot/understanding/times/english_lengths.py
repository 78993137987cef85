"""English lengths and recurrences: in two hours, within 3 days, half a day, every Monday."""

from collections.abc import Callable

from bot.understanding.times import clock as clocks
from bot.understanding.times import english, weekly
from bot.understanding.times.cursor import Here, Read, Words, after, any_of, pause, word, words
from bot.understanding.times.numerals import digits
from bot.understanding.times.patterns import Pattern
from bot.understanding.times.values import Day, Deadline, Duration, Moment, Value

_AMOUNTS: Words[float] = words(
    {f"{name} ": float(n) for n, name in enumerate(("a", "two", "three", "four", "five"), 1)}
    | {"an ": 1, "one ": 1, "six ": 6, "seven ": 7, "ten ": 10, "half a ": 0.5, "half an ": 0.5}
)
_UNITS: Words[tuple[str, float]] = words(
    {
        f"{name}{plural}": value
        for name, value in {
            "minute": ("minute", 1.0),
            "min": ("minute", 1.0),
            "hour": ("minute", 60.0),
            "day": ("day", 1.0),
            "week": ("day", 7.0),
            "month": ("month", 1.0),
        }.items()
        for plural in ("s", "")
    }
)
_IN = any_of("in ")
_WITHIN = any_of("within ", "in the next ", "over the next ")
_EVERY = any_of("every ", "each ")
_EVERY_DAY = any_of("day", "morning", "evening", "night")
_WEEKDAYS = any_of("weekday", "workday", "working day")
_MONTH_DAY = any_of("month on the ", "month on ")
_ORDINAL = any_of("st", "nd", "rd", "th")
Leads = Callable[[Here, Duration], Value]


def read(here: Here, i: int, leads_to: Leads) -> Read | None:
    """Two hours, in 10 minutes, within three days; `leads_to` counts from now."""
    if not here.text[i : i + 1].isascii() or (here.text[i - 1 : i].isalnum() and i):
        return None
    within, then = word(here, i, _WITHIN), word(here, i, _IN)
    found = _length(here, (within or then or ("", i))[1])
    if found is None:
        return None
    duration, end = found
    if within:
        until = leads_to(here, duration)
        return Read(end, (Deadline(until),) if isinstance(until, Day | Moment) else ())
    return Read(end, (leads_to(here, duration) if then else duration,))


def _length(here: Here, i: int) -> tuple[Duration, int] | None:
    said = word(here, i, _AMOUNTS)
    counted = digits(here.text, i, 3)
    amount, start = said or counted or (0, i)
    start = start if said else after(here, start, any_of(" "))
    unit = word(here, start, _UNITS)
    if not amount or unit is None or here.text[unit[1] : unit[1] + 1].isalpha():
        return None
    (name, size), end = unit
    total = amount * size
    match name:
        case "minute":
            return Duration(int(total), "minute"), end
        case "month":
            return Duration(int(total), "month"), end
        case _:
            return Duration(int(total) if total == int(total) else total, "day"), end


def every(here: Here, i: int) -> Pattern | None:
    """Every day, every Monday and Friday, every weekday, every month on the 15th."""
    start = word(here, i, _EVERY)
    if start is None:
        return None
    found = _which(here, start[1])
    if found is None:
        return None
    at = english.behind_day(here, pause(here, found.end))
    return Pattern(at, found.rule, found.falls) if clocks.read(here, at) else found


def _which(here: Here, i: int) -> Pattern | None:
    day = word(here, i, _EVERY_DAY)
    if day:
        return Pattern(day[1], "FREQ=DAILY")
    working = word(here, i, _WEEKDAYS)
    if working:
        return weekly.on(working[1], frozenset(range(5)))
    monthly = word(here, i, _MONTH_DAY)
    number = digits(here.text, monthly[1], 2) if monthly else None
    if number:
        return Pattern(
            after(here, number[1], _ORDINAL),
            f"FREQ=MONTHLY;BYMONTHDAY={number[0]}",
            lambda day: day.day == number[0],
        )
    names: set[int] = set()
    end = i
    while named := word(here, i, english.WEEKDAYS):
        names.add(named[0])
        end = after(here, named[1], any_of("s"))
        i = after(here, end, any_of(" and ", ", ", ","))
        if i == end:
            break
    return weekly.on(end, frozenset(names)) if names else None
