"""Whole expressions: a day with its clock time, a range, a deadline; and what does not fit."""

from dataclasses import replace
from datetime import timedelta

from bot.understanding.times import clock as clocks
from bot.understanding.times import days, english, hours, lengths, ranges, weeks
from bot.understanding.times.clock import Clock
from bot.understanding.times.cursor import Here, Read, after, any_of, gap, pause, unique, word
from bot.understanding.times.hours import NIGHT
from bot.understanding.times.values import Day, Deadline, Duration, Moment, Period, Span, Value

_BY = any_of("之前", "以前", "前")
_UNTIL = any_of("为止", "截止", "止")
_AT_THE_LATEST = any_of("最迟", "最晚", "不晚于", "截止到", "截至", "截止")
_NO_BY = any_of(
    *(
        "前往",
        "前去",
        "前来",
        "前台",
        "前面",
        "前期",
        "前任",
        "前线",
        "前列",
        "前排",
        "前三名",
        "前几",
    ),
    *("前十", "前者", "前辈", "前提", "前景", "前途", "前半"),
)
_EACH = ("每", "逢")
_AROUND = any_of(
    "前后",
)
_FROM_THEN = any_of("以后", "之后", "后")
_NO_FROM_THEN = any_of("后天", "后年", "后续", "后勤", "后面", "后台", "后备", "后来")
_SINCE = any_of("以来", "至今", "到现在", "到目前为止", "到目前")
_AT_WORK_END = any_of("下班前", "下班之前", "下班以前")


def read(here: Here, i: int) -> Read | None:
    """The longest expression that begins at `i`."""
    late = word(here, i, _AT_THE_LATEST)
    if here.text[i - 1 : i] in _EACH and i:
        found = _expression(here, i)
        return Read(found.end, ()) if found else None  # a recurrence we do not know
    found = _expression(here, gap(here, late[1]) if late else i)
    if found is None or not found.options:
        return found
    if late:
        return _deadline(here, found, after(here, found.end, _BY), True)
    return _misfit(here, _limited(here, found))


def _expression(here: Here, i: int) -> Read | None:
    start = _point(here, i)
    if start is None or not start.options:
        return start
    return ranges.extend(here, i, start) or start


def _point(here: Here, i: int) -> Read | None:
    day = days.read(here, i) or lengths.read(here, i)
    if day is None:
        return _clock_alone(here, i)
    if any(isinstance(option, Period) for option in day.options):
        stray = clocks.read(here, gap(here, day.end))
        return Read(stray.end, ()) if stray else day  # 周末上午: which of the two?
    if not day.options or not all(isinstance(option, Day) for option in day.options):
        return day
    if here.text.startswith("点", day.end) and not here.text.startswith(("点名", "点评"), day.end):
        return Read(day.end + 1, ())  # 下周三点: the week, or its Wednesday?
    at = english.behind_day(here, pause(here, day.end))
    clock = clocks.read(here, at, behind_day=True)
    if clock is None:
        return day
    return Read(clock.end, _together(here, day, clock))


def _clock_alone(here: Here, i: int) -> Read | None:
    clock = clocks.read(here, i)
    if clock is None:
        return None
    behind = english.day_behind(here, clock.end)
    day = days.read(here, behind) if here.text[behind : behind + 1].isascii() else None
    if day and day.options and all(isinstance(option, Day) for option in day.options):
        return Read(day.end, _together(here, day, clock))
    return Read(clock.end, hours.on_no_day(here, clock), dateless=True)


def _together(here: Here, day: Read, clock: Clock) -> tuple[Value, ...]:
    named = [option for option in day.options if isinstance(option, Day)]
    dates = unique(option.date for option in named)
    if not clock.part and named[0].part:
        clock = replace(clock, part=named[0].part)
    if here.now.hour < NIGHT and clock.part == "上午":
        dates = tuple(sorted(dates))  # 明天早上 said at one in the night is the coming morning
    return hours.on_days(here, dates, clock)


def _limited(here: Here, found: Read) -> Read:
    """前, 截止, 以来 and 以后 behind an expression."""
    end = gap(here, found.end)
    if isinstance(found.options[0], Duration | Span | Deadline):
        return found
    done = word(here, end, _AT_WORK_END)
    if done and isinstance(found.options[0], Day):
        return _deadline(here, found, done[1], True)
    if word(here, end, _AROUND):
        return Read(end + 2, ())
    by = word(here, end, _BY)
    if by and (not word(here, end, _NO_BY) or here.text.startswith("前提醒", end)):
        return _deadline(here, found, after(here, by[1], any_of("(含当天)", "(含当日)")), False)
    until = word(here, end, _UNTIL)
    if until:
        return _deadline(here, found, until[1], True)
    since = word(here, end, _SINCE)
    if since:
        spans = (_up_to_today(here, option) for option in found.options)
        return Read(since[1], tuple(span for span in spans if span))
    then = word(here, end, _FROM_THEN)
    if then and not word(here, end, _NO_FROM_THEN) and not _is_relative(here, found):
        return Read(then[1], ())
    return found


def _is_relative(here: Here, found: Read) -> bool:
    """两天后 has had its 后 already."""
    return here.text[found.end - 1] == "后"


def _deadline(here: Here, found: Read, end: int, inclusive: bool) -> Read:
    return Read(
        end,
        tuple(
            Deadline(last)
            for option in found.options
            if (last := _last(option, inclusive or not found.festival, inclusive))
        ),
    )


def _last(option: Value, day_counts: bool, period_counts: bool) -> Day | Moment | None:
    """What still counts: all of a Friday before 周五前, but nothing of next week before 下周前."""
    match option:
        case Day() if day_counts:
            return option
        case Day(day):
            return Day(day - timedelta(1))
        case Moment():
            return option
        case Period(first, last):
            return Day(last if period_counts else first - timedelta(1))
        case Deadline(until):
            return until
        case _:
            return None


def _up_to_today(here: Here, option: Value) -> Period | None:
    match option:
        case Day(first) | Period(first, _) if first <= here.today:
            return Period(first, here.today)
        case _:
            return None


def _misfit(here: Here, found: Read) -> Read:
    """下周五的大前天: a day of a day is nothing we know."""
    if not isinstance(found.options[:1] and found.options[0], Day | Moment | Deadline | Period):
        return found
    if not here.text.startswith("的", found.end):
        return found
    inner = days.read(here, gap(here, found.end + 1))
    if inner is None or (
        word(here, found.end + 1, weeks.WEEK) and isinstance(found.options[0], Period)
    ):
        return found
    return Read(inner.end, ())
