"""From one point to another: 三点半到五点, 10月1日至7日, 周一到周五, 9-11月."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.understanding.times import calendar, days, holidays, hours, weeks
from bot.understanding.times import clock as clocks
from bot.understanding.times.clock import Clock
from bot.understanding.times.cursor import Here, Read, after, any_of, gap, unique, word
from bot.understanding.times.numerals import NUMERAL, number
from bot.understanding.times.values import Day, Moment, Period, Span, Value

_TO = any_of("一直到", "直到", "到", "至", "-", "~", "--", "~~")


def extend(here: Here, i: int, start: Read) -> Read | None:
    """The range that `start`, read from `i`, begins; None if no end follows."""
    connector = word(here, gap(here, start.end), _TO)
    if connector is None:
        return None
    j = gap(here, connector[1])
    first = start.options[0]
    match first:
        case Moment():
            return _clocks(here, j, start) or _moments(here, j, start)
        case Day(part="") if all(isinstance(option, Day) for option in start.options):
            return _days(here, i, j, start)
        case Period():
            return _periods(here, j, start)
        case Day():
            return _unclear(days.read(here, j) or _part(here, j))
        case _:
            return None


def _unclear(read: Read | None) -> Read | None:
    return Read(read.end, ()) if read else None


def _part(here: Here, j: int) -> Read | None:
    clock = clocks.read(here, j)
    return Read(clock.end, ()) if clock else None


def _clocks(here: Here, j: int, start: Read) -> Read | None:
    clock = clocks.read(here, j)
    if clock is None:
        return None
    spans = [
        Span(option.at, end)
        for option in start.options
        if isinstance(option, Moment) and (end := later(here, option.at, clock))
    ]
    return Read(clock.end, tuple(spans), dateless=start.dateless)


def later(here: Here, start: datetime, clock: Clock) -> datetime | None:
    """The first time after the start that the clock time can mean, at most a day later."""
    if clock.bad or clock.hour is None:
        return None
    said = hours.hours(here, clock)
    if not clock.part and not clock.literal and 1 <= clock.hour <= 12:
        said = (clock.hour % 12, clock.hour % 12 + 12)
    day = start.date()
    ends = (
        hours.moment(here.now.tzinfo, day + timedelta(by + h // 24), h % 24, clock.minute)
        for by in (0, 1)
        for h in sorted(said)
    )
    return next((end for end in ends if start < end <= start + timedelta(1)), None)


def _moments(here: Here, j: int, start: Read) -> Read | None:
    """周五22:00到周六早上六点."""
    day = days.read(here, j)
    clock = clocks.read(here, gap(here, day.end), behind_day=True) if day else None
    if day is None or clock is None:
        return None
    dates = tuple(option.date for option in day.options if isinstance(option, Day))
    ends = [end.at for end in hours.on_days(here, dates, clock) if isinstance(end, Moment)]
    spans = [
        Span(option.at, min(later))
        for option in start.options
        if isinstance(option, Moment) and (later := [end for end in ends if end > option.at])
    ]
    return Read(clock.end, tuple(spans))


def _seen_from(here: Here, day: date) -> Here:
    return replace(
        here, now=datetime.combine(day, time(12), here.now.tzinfo), looking="ahead", named=None
    )


def _follows(here: Here, j: int) -> bool:
    """The end is named as seen from the start (至7日, 到周五), not from today (到明天)."""
    return bool(number(here.text, j) or word(here, j, weeks.WEEK) or holidays.named(here, j))


def _days(here: Here, i: int, j: int, start: Read) -> Read | None:
    starts = [option.date for option in start.options if isinstance(option, Day)]
    if word(here, i, weeks.WEEK):
        starts = [starts[0] - timedelta(7), *starts]
    ranges: list[Value] = []
    end = 0
    for first in starts:
        last = _last_day(here, j, first, start.end)
        if last is None or not last.options:
            return last
        end, day = last.end, last.options[0]
        if not isinstance(day, Day) or day.part:
            return Read(end, ())
        if first <= day.date:
            ranges.append(Period(first, day.date))
    if word(here, i, weeks.WEEK):
        ranges = _this_week_or_next(here, ranges)
    return Read(end, unique(ranges))


def _this_week_or_next(here: Here, ranges: list[Value]) -> list[Value]:
    """周一到周五 said on a Wednesday has begun, unless the next is meant."""
    today = here.today
    running = [r for r in ranges if isinstance(r, Period) and r.last >= today]
    if here.looking == "back":
        return ranges[:1]
    if here.looking == "ahead" or (isinstance(r := ranges[-1], Period) and r.first == today):
        return ranges[-1:]
    return list(running)


def _last_day(here: Here, j: int, first: date, start_end: int) -> Read | None:
    seen = _seen_from(here, first) if _follows(here, j) else here
    named = days.read(seen, j)
    if named:
        return named
    weekday = weeks.number_alone(here, j) if _is_weekday(here, start_end) else None
    if weekday is None:
        return None
    return Read(weekday[1], (Day(weeks.coming(seen, weekday[0])),))


def _is_weekday(here: Here, end: int) -> bool:
    return here.text[end - 2 : end - 1] in ("周", "期", "拜")


def _periods(here: Here, j: int, start: Read) -> Read | None:
    ranges: list[Value] = []
    end = 0
    for option in start.options:
        if not isinstance(option, Period):
            return None
        seen = _seen_from(here, option.first) if _follows(here, j) else here
        last = days.read(seen, j)
        if last is None or not last.options:
            return last
        end, until = last.end, last.options[0]
        if isinstance(until, Day) and not until.part:
            until = Period(until.date, until.date)
        if isinstance(until, Period) and option.first <= until.last:
            ranges.append(Period(option.first, until.last))
    end = after(here, end, any_of("内", "之内", "期间"))
    return Read(end, unique(_running(here, start, ranges)))


def _running(here: Here, start: Read, ranges: list[Value]) -> list[Value]:
    """1至11月 said in November are this year's, though January alone would be the next one."""
    for span in ranges:
        if isinstance(span, Period) and here.looking != "ahead" and _is_number(here, start.end):
            earlier = Period(
                calendar.add_months(span.first, -12), calendar.add_months(span.last, -12)
            )
            if earlier.first <= here.today <= earlier.last:
                return [earlier]
    return ranges


def _is_number(here: Here, end: int) -> bool:
    """A month without its year: 1月, or the 1 of 1至11月."""
    start = end - (here.text[end - 1] in "月份")
    start -= here.text[start - 1 : start + 1] == "月份"
    while start > 0 and here.text[start - 1] in NUMERAL:
        start -= 1
    return start < end and here.text[start - 1 : start] not in ("年", "-", "/", ".")


def end_clock(here: Here, i: int) -> Clock | None:
    """The clock time behind 到, of a range that began before it."""
    connector = word(here, gap(here, i), _TO)
    clock = clocks.read(here, gap(here, connector[1])) if connector else None
    return clock if clock and clock.hour is not None else None
