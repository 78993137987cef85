"""Official workdays with 调休: announced, imported, or Monday to Friday where nobody knows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import delete, insert, select
from sqlmodel import Field, SQLModel

from bot.understanding.times.workdays import OFFICIAL
from storage import revisions
from storage.database import Moment, Session, table

WORKDAYS = "workdays"
ONE_DAY = timedelta(1)
EARLIEST = 2004
"""The first year of the announcements that `chinesecalendar` carries."""
ANNOUNCED, IMPORTED = "announced", "imported"


class WorkYear(SQLModel, table=True):
    """A year whose arrangement is known."""

    __tablename__ = "work_year"

    year: int = Field(primary_key=True)
    source: str
    """announced (from the package) or imported (from a file, which goes before it)."""
    at: datetime = Field(sa_type=Moment)


class OddDay(SQLModel, table=True):
    """A day of a known year that differs from Monday to Friday."""

    __tablename__ = "odd_day"

    day: date = Field(primary_key=True)
    works: bool
    note: str = ""


@dataclass(frozen=True)
class Calendar:
    """Which days are worked. A year that is not in the table is asked of the package, and one
    that nobody knows has Monday to Friday; never raises."""

    years: frozenset[int] = frozenset()
    odd: Mapping[date, bool] = field(default_factory=dict)

    def is_workday(self, day: date) -> bool:
        if day.year in self.years:
            return self.odd.get(day, day.weekday() < 5)
        return OFFICIAL.is_workday(day)

    def before(self, day: date) -> date:
        """The last workday before it."""
        while not self.is_workday(day := day - ONE_DAY):
            pass
        return day

    def begins_a_week(self, day: date) -> bool:
        """Whether it is the first workday of its week."""
        return self.before(day).isocalendar()[:2] != day.isocalendar()[:2]

    def is_known(self, year: int) -> bool:
        return year in self.years or OFFICIAL.is_known(year)


def calendar(db: Session) -> Calendar:
    def load() -> Calendar:
        years = frozenset(row.year for row in db.run(YEARS))
        return Calendar(years, {row.day: row.works for row in db.run(ODD)})

    return revisions.kept(db, WORKDAYS, "calendar", load)


def missing(calendar: Calendar, today: date) -> list[int]:
    """The years to warn of: this one, and from 1 December the next, while nobody knows them."""
    wanted = [today.year, today.year + 1] if today.month == 12 else [today.year]
    return [year for year in wanted if not calendar.is_known(year)]


def seed(db: Session, at: datetime) -> list[int]:
    """Write down what the package knows and the table does not; the years that were new."""
    there = {row.year for row in db.run(YEARS)}
    years = [year for year in announced_until(at.year + 1) if year not in there]
    for year in years:
        days = {day: OFFICIAL.is_workday(day) for day in days_of(year)}
        put(db, year, days, {}, ANNOUNCED, at)
    return years


def put(
    db: Session,
    year: int,
    works: Mapping[date, bool],
    notes: Mapping[date, str],
    source: str,
    at: datetime,
) -> None:
    """The arrangement of a year instead of any before; days that are not in `works` follow
    Monday to Friday."""
    db.run(delete(table(OddDay)).where(odd_day.day.in_(list(days_of(year)))))
    db.run(delete(table(WorkYear)).where(work_year.year == year))
    db.run(insert(table(WorkYear)), {"year": year, "source": source, "at": at})
    odd = [
        {"day": day, "works": worked, "note": notes.get(day, "")}
        for day, worked in works.items()
        if worked != (day.weekday() < 5)
    ]
    if odd:
        db.run(insert(table(OddDay)), odd)
    revisions.changed(db, WORKDAYS)


def announced_until(last: int) -> Iterator[int]:
    yield from (year for year in range(EARLIEST, last + 1) if OFFICIAL.is_known(year))


def days_of(year: int) -> Iterator[date]:
    first = date(year, 1, 1)
    yield from (first + timedelta(n) for n in range((date(year + 1, 1, 1) - first).days))


work_year, odd_day = table(WorkYear).c, table(OddDay).c
YEARS = select(work_year.year)
ODD = select(odd_day.day, odd_day.works)
