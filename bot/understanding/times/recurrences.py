"""What comes again: 每周一三五早八点, 每月25号遇节假日顺延, 每季度末, 隔周三.

A reader finds the pattern (`patterns.py` says on which days it falls); clock, shift and beginning
may follow it.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.understanding.times import clock as clocks
from bot.understanding.times import days, english_lengths, hours, monthly, ranges, weekly
from bot.understanding.times.clock import Clock
from bot.understanding.times.cursor import Here, Read, Words, any_of, pause, word, words
from bot.understanding.times.numerals import number
from bot.understanding.times.patterns import Pattern, occurrences, on_workdays
from bot.understanding.times.values import Day, Moment, Moved, Recurrence, Shift, Span, Value

_MARKS = frozenset("每逢隔天工周星礼双单从自e")
_SHIFTS: Words[Shift] = words(
    {
        f"{when}{off}{what}": shift
        for when in ("遇", "逢", "如遇", "碰到", "赶上", "遇到")
        for off in (
            "节假日",
            "假期",
            "周末",
            "休息日",
            "放假",
            "假日",
            "节假日或周末",
            "节假日和周末",
            "非工作日",
        )
        for what, shift in (
            ("顺延", Shift.LATER),
            ("则顺延", Shift.LATER),
            ("往后顺延", Shift.LATER),
            ("推迟", Shift.LATER),
            ("延后", Shift.LATER),
            ("提前", Shift.EARLIER),
            ("则提前", Shift.EARLIER),
            ("跳过", Shift.SKIP),
            ("取消", Shift.SKIP),
            ("除外", Shift.SKIP),
        )
    }
    | {"节假日除外": Shift.SKIP, "节假日顺延": Shift.LATER, "节假日不算": Shift.SKIP}
)
_DAILY_NOUNS = any_of("一题", "一学", "一练", "一课", "一测", "一读", "一句", "的题", "题", "一报")
_SINCE = any_of("从", "自")
_STARTING = any_of("开始", "起")
_ALTERNATIVES = frozenset("和及与跟、")


def read(here: Here, i: int) -> Read | None:
    if here.text[i] not in _MARKS:
        return None
    since = word(here, i, _SINCE)
    if since:
        return _since_when(here, since[1])
    found = monthly.read(here, i) or weekly.read(here, i) or english_lengths.every(here, i)
    if found is None or word(here, found.end, _DAILY_NOUNS):
        return None
    often = number(here.text, found.end)
    if often and here.text.startswith("次", often[1]):
        return Read(often[1] + 1, ())  # 每天两次: when?
    return _with_clock(here, found, date.min)


def _since_when(here: Here, i: int) -> Read | None:
    """从下周一开始每天早八点; without a recurrence behind it, 从 says nothing of its own."""
    start = days.read(here, i)
    starting = word(here, start.end, _STARTING) if start else None
    if start is None or starting is None or not start.options:
        return None
    first = start.options[0]
    found = monthly.read(here, j := pause(here, starting[1])) or weekly.read(here, j)
    day = first.date if isinstance(first, Day) else getattr(first, "first", None)
    if found is None or day is None or len(start.options) > 1:
        return None
    return _with_clock(here, found, day)


@dataclass(frozen=True, slots=True)
class _Told:
    """What was said around the pattern."""

    clock: Clock | None = None
    until: Clock | None = None
    shift: Shift = Shift.NONE
    start: date = date.min


def _with_clock(here: Here, found: Pattern, start: date) -> Read:
    if found.bad:
        return Read(found.end, ())
    clock = found.clock or clocks.read(here, pause(here, found.end), behind_day=True)
    end = clock.end if clock and not found.clock else found.end
    until = ranges.end_clock(here, end) if clock and clock.hour is not None else None
    end = until.end if until else end
    if clock and (clock.bad or _another_clock(here, end)):
        return Read(end, ())
    shifted = word(here, pause(here, end), _SHIFTS)
    told = _Told(clock, until, shifted[0] if shifted else found.shift, start)
    end = shifted[1] if shifted else end
    end, told = _starting_later(here, end, told)
    options: tuple[Value, ...] = tuple(
        _built(here, pattern, told) for pattern in (found, *found.others)
    )
    if found.maybe_once:
        options += tuple(option.first for option in options if isinstance(option, Recurrence))
    return Read(end, options)


def _another_clock(here: Here, i: int) -> bool:
    """每天早八点和晚六点 are two reminders."""
    if here.text[i : i + 1] not in _ALTERNATIVES:
        return False
    other = clocks.read(here, i + 1) if i + 1 < len(here.text) else None
    return other is not None and other.hour is not None


def _starting_later(here: Here, end: int, told: _Told) -> tuple[int, _Told]:
    """，从11月25日开始 behind the recurrence."""
    since = word(here, pause(here, end), _SINCE)
    start = days.read(here, since[1]) if since else None
    starting = word(here, start.end, _STARTING) if start else None
    if start is None or starting is None or len(start.options) != 1:
        return end, told
    first = start.options[0]
    if not isinstance(first, Day):
        return end, told
    return starting[1], replace(told, start=first.date)


def _built(here: Here, pattern: Pattern, told: _Told) -> Value:
    """The recurrence, worked out once for a message that repeats it."""
    key = (pattern.rule, told)
    if key not in here.built:
        here.built[key] = _work_out(here, pattern, told)
    return here.built[key]


def _work_out(here: Here, pattern: Pattern, told: _Told) -> Recurrence:
    rule = pattern.rule
    if told.clock and told.clock.hour is not None:
        hour = _hour(here, told.clock)
        rule += f";BYHOUR={hour % 24};BYMINUTE={told.clock.minute}"
    start = max(told.start, here.today)
    exceptions = on_workdays(here, pattern, told.shift, start)
    first = _first(here, pattern, told, start, exceptions.moved)
    begin = first.date if isinstance(first, Day) else _begin(first).date()
    since = told.start if told.start > date.min else None
    return Recurrence(
        rule,
        first,
        told.shift,
        exceptions.skipped,
        exceptions.added,
        exceptions.moved,
        begin if pattern.interval > 1 else since,
    )


def _hour(here: Here, clock: Clock) -> int:
    said = hours.hours(replace(here, now=here.now.replace(hour=12)), clock)
    return said[0] if said else 0


def _first(
    here: Here, pattern: Pattern, told: _Told, start: date, moved: tuple[Moved, ...]
) -> Day | Moment | Span:
    """The first occurrence that is not over; for a day without a clock time, today counts."""
    to = {move.planned: move.to for move in moved}
    if pattern.every:
        return Moment(here.now + timedelta(minutes=pattern.every))
    late = start - timedelta(12 if told.shift is Shift.LATER else 0)
    for planned in occurrences(here, pattern, told.shift, late):
        day = to.get(planned, planned)
        if day < start:
            continue
        first = _at(here, day, told)
        if not isinstance(first, Day) and _begin(first) <= here.now:
            continue
        return first
    return Day(start)


def _begin(first: Moment | Span) -> datetime:
    return first.at if isinstance(first, Moment) else first.start


def _at(here: Here, day: date, told: _Told) -> Day | Moment | Span:
    if told.clock is None:
        return Day(day)
    if told.clock.hour is None:
        value = hours.on_days(here, (day,), told.clock)[0]
        return value if isinstance(value, Day | Moment) else Day(day)
    hour = _hour(here, told.clock)
    at = hours.moment(here.now.tzinfo, day + timedelta(hour // 24), hour % 24, told.clock.minute)
    end = ranges.later(here, at, told.until) if told.until else None
    return Span(at, end) if end else Moment(at)
