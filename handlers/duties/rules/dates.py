"""When something is due: the grammar worked out on a calendar."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.understanding.times.calendar import add_months, month_end
from bot.understanding.times.workdays import Workdays, step
from handlers.duties.rules.grammar import (
    Call,
    Expression,
    Field,
    Function,
    MonthDay,
    Number,
    QuarterEnd,
    Span,
)

Facts = Mapping[str, date | int]
"""Days that are on record by the names of `grammar.FIELDS`; a day of the month is a number."""


class Missing(Exception):
    """The day that a rule counts from is not on record. Never guessed."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True)
class Turn:
    """One month, quarter, half or year."""

    span: Span
    first: date

    @classmethod
    def of(cls, span: Span, day: date) -> "Turn":
        month = (day.month - 1) // span.months * span.months + 1
        return cls(span, date(day.year, month, 1))

    @property
    def last(self) -> date:
        return add_months(self.first, self.span.months) - timedelta(1)

    def next(self) -> "Turn":
        return Turn(self.span, add_months(self.first, self.span.months))

    @property
    def name(self) -> str:
        """2026-11, 2026-Q4, 2026-H2, 2026."""
        year, number = self.first.year, (self.first.month - 1) // self.span.months + 1
        match self.span:
            case Span.MONTH:
                return f"{year}-{number:02d}"
            case Span.QUARTER:
                return f"{year}-Q{number}"
            case Span.HALF:
                return f"{year}-H{number}"
            case Span.YEAR:
                return str(year)


def due(expression: Expression, turn: Turn, facts: Facts, workdays: Workdays) -> date:
    """The day by which it is to be done, seen from `turn`. Raises `Missing`.

    For `each` it is the first time; `each_of` has all of them."""
    match expression:
        case Field(name):
            return day_of(name, facts)
        case QuarterEnd():
            return Turn.of(Span.QUARTER, turn.last).last
        case Call(function, args):
            return _called(function, args, turn, facts, workdays)
        case Number() | MonthDay() | Span():
            raise TypeError(expression)  # the grammar lets none stand alone


def _called(
    function: Function,
    args: tuple[Expression, ...],
    turn: Turn,
    facts: Facts,
    workdays: Workdays,
) -> date:
    match function, args:
        case Function.PERIOD_END, (Span() as span,):
            return Turn.of(span, turn.last).last
        case Function.FIXED_DAY, (Span() as span, Field(name)):
            first = Turn.of(span, turn.last).first
            return on_workday(fixed(first, number_of(name, facts)), workdays)
        case Function.YEAR_DATE, (MonthDay(month, day),):
            return fixed(date(turn.first.year, month, 1), day)
        case Function.ANNIVERSARY, (Field(name),):
            return same_day_in(turn.first.year, day_of(name, facts))
        case Function.EACH, (Span() as span, Field(name)):
            return add_months(day_of(name, facts), span.months)
        case _, (start, Number(count)):
            return _moved(function, due(start, turn, facts, workdays), count, workdays)
        case _:
            raise TypeError(function)


def _moved(function: Function, day: date, count: int, workdays: Workdays) -> date:
    match function:
        case Function.ADD_DAYS:
            return day + timedelta(count)
        case Function.ADD_WORKDAYS:
            return step(workdays, day, count)
        case Function.WORKDAY_WINDOW:
            return step(workdays, on_workday(day, workdays), count - 1)
        case Function.ADD_MONTHS:
            return add_months(day, count)
        case Function.ADD_YEARS:
            return add_months(day, 12 * count)
        case _:
            raise TypeError(function)


def each_of(span: Span, start: date, until: date) -> list[date]:
    """Every return of a day, counted from the day itself, so that a month end does not wander."""
    found, count = list[date](), 1
    while (day := add_months(start, count * span.months)) <= until:
        found.append(day)
        count += 1
    return found


def fixed(first: date, number: int) -> date:
    """The `number`th of the month that begins on `first`, or its last day."""
    return first.replace(day=min(number, month_end(first.year, first.month).day))


def same_day_in(year: int, day: date) -> date:
    return fixed(date(year, day.month, 1), day.day)


def on_workday(day: date, workdays: Workdays) -> date:
    while not workdays.is_workday(day):
        day += timedelta(1)
    return day


def day_of(name: str, facts: Facts) -> date:
    found = facts.get(name)
    if not isinstance(found, date):
        raise Missing(name)
    return found


def number_of(name: str, facts: Facts) -> int:
    found = facts.get(name)
    if not isinstance(found, int):
        raise Missing(name)
    return found
