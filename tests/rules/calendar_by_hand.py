"""The calendar as the notices and the regulations describe it, without the project's own code.

Holidays and make-up days are typed from the State Council's notices for 2024 and 2025 and from
the demonstration's list for 2026; from 2027 on Monday to Friday are worked.
"""

from calendar import monthrange
from datetime import date, timedelta
from pathlib import Path

from dateutil.relativedelta import relativedelta

DEMO = Path(__file__).parents[2] / "storage" / "seeds" / "demo" / "calendar_2026.csv"
OFF = {
    2024: "1.1 2.10-2.17 4.4-4.6 5.1-5.5 6.10 9.15-9.17 10.1-10.7",
    2025: "1.1 1.28-2.4 4.4-4.6 5.1-5.5 5.31-6.2 10.1-10.8",
}
MADE_UP = {2024: "2.4 2.18 4.7 4.28 5.11 9.14 9.29 10.12", 2025: "1.26 2.8 4.27 9.28 10.11"}


def days(year: int, words: str) -> set[date]:
    found = set()
    for word in words.split():
        first, _, last = word.partition("-")
        at, end = (date(year, *map(int, each.split("."))) for each in (first, last or first))
        while at <= end:
            found.add(at)
            at += timedelta(1)
    return found


WORKED: dict[date, bool] = {
    date.fromisoformat(line.split(",")[0]): line.split(",")[2] == "1"
    for line in DEMO.read_text("utf-8-sig").splitlines()[1:]
}
for _year in (2024, 2025):
    WORKED |= dict.fromkeys(days(_year, OFF[_year]), False)
    WORKED |= dict.fromkeys(days(_year, MADE_UP[_year]), True)


def worked(day: date) -> bool:
    return WORKED.get(day, day.isoweekday() <= 5)


def workdays_after(day: date, count: int) -> date:
    """The `count`th workday, the day itself not counted."""
    left = count
    while left:
        day += timedelta(1)
        left -= worked(day)
    return day


def through_workdays(day: date, count: int) -> date:
    """The day on which `count` workdays are full, the day itself counted when it is one."""
    seen = int(worked(day))
    while seen < count:
        day += timedelta(1)
        seen += worked(day)
    return day


def next_worked(day: date) -> date:
    while not worked(day):
        day += timedelta(1)
    return day


def months(day: date, count: int) -> date:
    return day + relativedelta(months=count)


def years(day: date, count: int) -> date:
    return day + relativedelta(years=count)


def end_of(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def numbered(year: int, month: int, number: int) -> date:
    return date(year, month, min(number, monthrange(year, month)[1]))
