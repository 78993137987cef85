"""A second way to every date of the corpus, which shares no code with the first.

A formula says how a date is reached by hand on a calendar; dateutil, the lunar calendar of
`lunar_python` and the workdays of `chinese_calendar` follow it. The steps are applied to the
reference clock from left to right:

    +3d -2w +1m +1y +2h +30min   that far away
    mon … sun                    that day of the ISO week one is in
    y=2027 m=11 d=27             the year, month, day replaced
    eom, 2FR, -1MO               the month's end, its second Friday, its last Monday
    wd+1, wd-1                   the next, the previous workday, with 调休
    lunar=8-15, qingming         in the (lunar) year one is in
    15:00, 上午                  the clock time, the part of the day
    week month quarter year half1 half2    the whole of it
    A .. B                       from A to B
    len 2 d                      a length in d(ays), min(utes), m(onths), wd (workdays)

` ? ` separates readings, ` ; ` several expressions of one message; `ask` and `none` are judgements
and stand for themselves.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice

import chinese_calendar
from dateutil import relativedelta as shift
from lunar_python import Lunar, Solar

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAMES = {"MO": shift.MO, "TU": shift.TU, "WE": shift.WE, "TH": shift.TH}
_NAMES |= {"FR": shift.FR, "SA": shift.SA, "SU": shift.SU}
_AWAY: dict[str, Callable[[int], shift.relativedelta]] = {
    "d": lambda n: shift.relativedelta(days=n),
    "w": lambda n: shift.relativedelta(weeks=n),
    "m": lambda n: shift.relativedelta(months=n),
    "y": lambda n: shift.relativedelta(years=n),
    "h": lambda n: shift.relativedelta(hours=n),
    "min": lambda n: shift.relativedelta(minutes=n),
}
_PUT: dict[str, Callable[[int], shift.relativedelta]] = {
    "y": lambda n: shift.relativedelta(year=n),
    "m": lambda n: shift.relativedelta(month=n),
    "d": lambda n: shift.relativedelta(day=n),
}


def derive(now: datetime, formula: str) -> str:
    """What the formula comes to, written as the corpus writes it."""
    if formula in ("ask", "none"):
        return formula
    messages = (part.split(" ? ") for part in formula.split(" ; "))
    return " ; ".join(" ? ".join(_reading(now, option) for option in part) for part in messages)


def _reading(now: datetime, formula: str) -> str:
    if formula.startswith("len "):
        return _length(*formula.split()[1:])
    if " .. " in formula:
        first, last = (_single(now, half) for half in formula.split(" .. "))
        return f"{first}/{last}"
    return _single(now, formula)


def _length(amount: str, unit: str) -> str:
    if unit == "min":
        hours, minutes = divmod(int(amount), 60)
        return "PT" + (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    if unit == "m":
        years, months = divmod(int(amount), 12)
        return "P" + (f"{years}Y" if years else "") + (f"{months}M" if months else "")
    return f"P{amount}D"


def _single(now: datetime, formula: str) -> str:
    at, clock, part = now, False, ""
    for step in formula.split():
        if step in ("week", "month", "quarter", "year", "half1", "half2"):
            return _whole(at.date(), step)
        if re.fullmatch(r"\d\d:\d\d", step):
            at, clock = at.replace(hour=int(step[:2]), minute=int(step[3:])), True
        elif step[0] in "上中下晚傍凌":
            part = f" {step}"
        else:
            clock = clock or step.endswith(("h", "min"))
            at = _step(at, step)
    written = at.strftime("%Y-%m-%dT%H:%M") if clock else at.strftime("%Y-%m-%d")
    return written + part


def _step(at: datetime, step: str) -> datetime:
    moved = re.fullmatch(r"([+-]\d+)(d|w|m|y|h|min)", step)
    if moved:
        return at + _AWAY[moved[2]](int(moved[1]))
    put = re.fullmatch(r"([ymd])=(\d+)", step)
    if put:
        return at + _PUT[put[1]](int(put[2]))
    nth = re.fullmatch(r"(-?\d)([A-Z]{2})", step)
    if nth:
        edge = 1 if int(nth[1]) > 0 else 31
        return at + shift.relativedelta(day=edge, weekday=_NAMES[nth[2]](int(nth[1])))
    if step in WEEKDAYS:
        monday = at + shift.relativedelta(weekday=shift.MO(-1))
        return monday + timedelta(WEEKDAYS.index(step))
    return _by_calendar(at, step)


def _by_calendar(at: datetime, step: str) -> datetime:
    if step == "eom":
        return at + shift.relativedelta(day=31)
    if step in ("wd+1", "wd-1"):
        return _next_workday(at, 1 if step == "wd+1" else -1)
    if step == "qingming":
        solar = Solar.fromYmd(at.year, 6, 1).getLunar().getJieQiTable()["清明"]
    else:
        month, day = step.removeprefix("lunar=").split("-")
        solar = Lunar.fromYmd(at.year, int(month), int(day)).getSolar()
    return at.replace(year=solar.getYear(), month=solar.getMonth(), day=solar.getDay())


def _next_workday(at: datetime, by: int) -> datetime:
    at += timedelta(by)
    while not is_workday(at.date()):
        at += timedelta(by)
    return at


def is_workday(day: date) -> bool:
    """By the announced calendar; Monday to Friday in a year that it does not know."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.isoweekday() <= 5


def _whole(day: date, what: str) -> str:
    match what:
        case "week":
            return day.strftime("%G-W%V")
        case "month":
            return day.strftime("%Y-%m")
        case "quarter":
            return f"{day.year}-Q{-(-day.month // 3)}"
        case "half1":
            return f"{day.year}-01-01/{day.year}-06-30"
        case "half2":
            return f"{day.year}-07-01/{day.year}-12-31"
        case _:
            return str(day.year)


def occurrences(now: datetime, wanted: str, count: int) -> list[date]:
    """The first days on which a recurrence falls, by trying every day from now on.

    `wd=0,2` weekdays, `day=1,15` days of the month, `month=7`, `last`, `nth=2WE`, `nthwork=-1`,
    `work`, `each=2w` counted from the first; `later`, `earlier`, `skip` what happens on days off;
    `from=2026-11-30`; a clock time that has passed today leaves today out."""
    words = wanted.split()
    clock = next((word for word in words if re.fullmatch(r"\d\d:\d\d", word)), "")
    start = next((date.fromisoformat(w[5:]) for w in words if w.startswith("from=")), now.date())
    tests = [w for w in words if w != clock and not w.startswith(("from=", "each="))]
    shifts = [w for w in tests if w in ("later", "earlier", "skip")]
    days = _falling(start - timedelta(15), [w for w in tests if w not in shifts])
    moved = (_moved(day, shifts) for day in days)
    late = now.strftime("%H:%M")
    kept = (d for d in moved if d and d >= start and not (d == now.date() and "" < clock <= late))
    each = next((word[5:] for word in words if word.startswith("each=")), "")
    return _spaced(kept, each, count)


def _falling(start: date, tests: list[str]) -> Iterator[date]:
    for by in range(366 * 9):
        day = start + timedelta(by)
        if all(_fits(day, test) for test in tests):
            yield day


def _fits(day: date, test: str) -> bool:
    name, _, listed = test.partition("=")
    match name:
        case "all":
            return True
        case "wd":
            return str(day.weekday()) in listed.split(",")
        case "day":
            return str(day.day) in listed.split(",")
        case "month":
            return str(day.month) in listed.split(",")
        case "last":
            return (day + timedelta(1)).month != day.month
        case "work":
            return is_workday(day)
        case "nth":
            name, count = listed[-2:], int(listed[:-2])
            edge = 1 if count > 0 else 31
            return day == day + shift.relativedelta(day=edge, weekday=_NAMES[name](count))
        case "nthwork":
            month = [
                day.replace(day=n) for n in range(1, (day + shift.relativedelta(day=31)).day + 1)
            ]
            working = [d for d in month if is_workday(d)]
            return day == working[int(listed) - (int(listed) > 0)]
        case _:
            raise ValueError(test)


def _moved(day: date, shifts: list[str]) -> date | None:
    for how in shifts:
        while not is_workday(day):
            if how == "skip":
                return None
            day += timedelta(1 if how == "later" else -1)
    return day


def _spaced(days: Iterator[date], each: str, count: int) -> list[date]:
    if not each:
        return list(islice(days, count))
    first = next(days)
    return [first + _AWAY[each[-1]](int(each[:-1]) * n) for n in range(count)]
