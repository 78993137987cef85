"""The small grammar of `due.expr`: what may be written, and what it means as a tree."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Span(StrEnum):
    """The stretches of time that rules come round in."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"

    @property
    def months(self) -> int:
        return {"month": 1, "quarter": 3, "half": 6, "year": 12}[self.value]


class Function(StrEnum):
    PERIOD_END = "period_end"
    FIXED_DAY = "fixed_day"
    ADD_DAYS = "add_days"
    ADD_WORKDAYS = "add_workdays"
    WORKDAY_WINDOW = "workday_window"
    ADD_MONTHS = "add_months"
    ADD_YEARS = "add_years"
    YEAR_DATE = "year_date"
    ANNIVERSARY = "anniversary"
    EACH = "each"


@dataclass(frozen=True)
class Field:
    """A day that is on record: `branch.elected_on`."""

    name: str


@dataclass(frozen=True)
class QuarterEnd:
    """The last day of the quarter one is in."""


@dataclass(frozen=True)
class Number:
    value: int


@dataclass(frozen=True)
class MonthDay:
    """`mm-dd`; 02-29 is the last day of February in other years."""

    month: int
    day: int


@dataclass(frozen=True)
class Call:
    function: Function
    args: "tuple[Expression, ...]"


Expression: TypeAlias = Field | QuarterEnd | Number | MonthDay | Span | Call

DATE = (Field, QuarterEnd, Call)
SHAPES: dict[Function, tuple[tuple[type, ...], ...]] = {
    Function.PERIOD_END: ((Span,),),
    Function.FIXED_DAY: ((Span,), (Field,)),
    Function.ADD_DAYS: (DATE, (Number,)),
    Function.ADD_WORKDAYS: (DATE, (Number,)),
    Function.WORKDAY_WINDOW: (DATE, (Number,)),
    Function.ADD_MONTHS: (DATE, (Number,)),
    Function.ADD_YEARS: (DATE, (Number,)),
    Function.YEAR_DATE: ((MonthDay,),),
    Function.ANNIVERSARY: ((Field,),),
    Function.EACH: ((Span,), (Field,)),
}
"""What each argument of a function may be."""

FIELDS = frozenset(
    f"{of}.{name}"
    for of, names in {
        "branch": ("theme_day", "dues_day", "elected_on"),
        "org": ("elected_on", "term_ends_on"),
        "post": ("appointed_on", "vacant_from"),
        "meeting": ("start_at",),
        "finding": ("due_on",),
        "task": ("due_on",),
        "service": ("served_on",),
        "request": ("received_on",),
        "release": ("planned_on",),
        "member": ("accepted_on", "away_from", "dues_paid_through", "last_attended_on"),
        "candidate": (
            *("applied_on", "activist_on", "object_agreed_on", "publicity_from", "object_on"),
            *("review_done_on", "training_done_on", "branch_review_on", "pre_review_on"),
            *("accepted_on", "approved_on", "probation_ends_on"),
            *("full_meeting_on", "full_approved_on"),
        ),
    }.items()
    for name in names
)
"""What the registers know a day of."""
DAYS_OF_MONTH = frozenset({"branch.theme_day", "branch.dues_day"})
"""Those that hold a day's number instead of a date."""


class NotUnderstood(Exception):
    """`what` names the trouble, `said` the piece that is wrong, `hint` what would be right."""

    def __init__(self, what: str, said: str, hint: str = "") -> None:
        super().__init__(what, said, hint)
        self.what, self.said, self.hint = what, said, hint


TOKEN = re.compile(r"\s*(?:(\d\d-\d\d)|(-?\d{1,4})|([a-z_]+(?:\.[a-z_]+)?)|([(),]))", re.ASCII)


def parse(words: str) -> Expression:
    """Raises `NotUnderstood`."""
    reading = _Reading(list(_tokens(words)), words)
    found = reading.expression()
    if reading.left:
        raise NotUnderstood("not_read", reading.left[0])
    if not isinstance(found, DATE):
        raise NotUnderstood("not_a_date", words)
    return found


def fields_in(expression: Expression) -> Iterator[str]:
    match expression:
        case Field(name):
            yield name
        case Call(_, args):
            for each in args:
                yield from fields_in(each)
        case _:
            pass


def span_in(expression: Expression) -> Span | None:
    """The stretch that an expression itself comes round in."""
    match expression:
        case Call(_, args):
            return next((span for each in args if (span := span_in(each))), None)
        case QuarterEnd():
            return Span.QUARTER
        case Span():
            return expression
        case _:
            return None


def _tokens(words: str) -> Iterator[str]:
    at = 0
    while words[at:].strip():
        found = TOKEN.match(words, at)
        if found is None:
            raise NotUnderstood("not_read", words[at:].strip())
        yield found.group().strip()
        at = found.end()


@dataclass
class _Reading:
    left: list[str]
    words: str

    def take(self, wanted: str = "") -> str:
        if not self.left:
            raise NotUnderstood("breaks_off", self.words, wanted)
        if wanted and self.left[0] != wanted:
            raise NotUnderstood("not_read", self.left[0], wanted)
        return self.left.pop(0)

    def expression(self) -> Expression:
        word = self.take()
        if self.left[:1] == ["("]:
            return self.call(word)
        if re.fullmatch(r"\d\d-\d\d", word):
            return _month_day(word)
        if re.fullmatch(r"-?\d+", word):
            return Number(int(word))
        return _name(word)

    def call(self, word: str) -> Call:
        if word not in set(Function):
            raise NotUnderstood("unknown_function", word, "、".join(Function))
        self.take("(")
        args = [self.expression()]
        while self.left[:1] == [","]:
            self.take(",")
            args.append(self.expression())
        self.take(")")
        function = Function(word)
        shapes = SHAPES[function]
        if len(args) != len(shapes):
            raise NotUnderstood("wrong_count", word, str(len(shapes)))
        for number, (arg, shape) in enumerate(zip(args, shapes, strict=True), start=1):
            if not isinstance(arg, shape):
                raise NotUnderstood("wrong_argument", word, str(number))
        for arg in args:
            _check_field(function, arg)
        return Call(function, tuple(args))


def _check_field(function: Function, arg: Expression) -> None:
    """`fixed_day` wants a day's number, everything else a date."""
    if isinstance(arg, Field) and (arg.name in DAYS_OF_MONTH) != (function is Function.FIXED_DAY):
        raise NotUnderstood("wrong_field", arg.name, function)


def _name(word: str) -> Expression:
    if word in set(Span):
        return Span(word)
    if word == "quarter_end":
        return QuarterEnd()
    if word in FIELDS:
        return Field(word)
    raise NotUnderstood("unknown_field", word)


def _month_day(word: str) -> MonthDay:
    month, day = map(int, word.split("-"))
    longest = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    if not (1 <= month <= 12 and 1 <= day <= longest[month - 1]):
        raise NotUnderstood("no_such_day", word)
    return MonthDay(month, day)
