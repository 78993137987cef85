"""What a clock time means on a day, and on which day if none was named.

A bare hour (三点) is read as people mean it in working life:
- 1 to 5 are in the afternoon: nobody meets at three in the night. Only who speaks between 22:00
  and 05:00 may mean the night, so that is asked.
- 6 and 7 may be either, so they are asked, unless only one of the two is still ahead today.
- 8 to 11 are in the morning; once that is over today, it may be the evening or the next morning.
- 12 is noon, 13 to 23 are what they say, 24 is the end of the day, and 03:00 is the night.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from bot.understanding.times.clock import Clock
from bot.understanding.times.cursor import Here, unique
from bot.understanding.times.values import Day, Moment, Part, Value

NIGHT = 5
"""Before this hour many have not gone to bed, and 明天 may be the day that has begun."""

_EVENING_SPEAKER = 22


def moment(zone: tzinfo | None, day: date, hour: int, minute: int) -> datetime:
    """The wall time in the zone: the end of the gap where a clock was put forward over it, the
    first of the two where it was put back."""
    wall = datetime.combine(day, time(hour, minute), zone)
    there = wall.astimezone(UTC).astimezone(zone)
    if there.replace(tzinfo=None) == wall.replace(tzinfo=None):
        return wall
    early, late = (wall.replace(fold=fold).astimezone(UTC) for fold in (1, 0))
    offset = early.astimezone(zone).utcoffset()
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            early = middle
        else:
            late = middle
    return late.astimezone(zone).replace(microsecond=0)


def hours(here: Here, clock: Clock) -> tuple[int, ...]:
    """The hours (24 and more: of the next day) that the clock time may mean, likeliest first."""
    hour = clock.hour
    if hour is None or clock.bad:
        return ()
    if clock.literal:
        return (hour,)
    if clock.part == "晚上" and 1 <= hour <= 3 and here.now.hour < NIGHT:
        return hour, hour + 24
    if clock.part == "上午" and clock.early and hour == 12:
        return ()
    if not clock.part:
        return _bare(here, hour)
    meant = _IN_PART[clock.part].get(hour)
    return () if meant is None else (meant,)


def _numbers(*runs: tuple[int, int, int]) -> dict[int, int]:
    """For each (first, last, add): the hours said, and the hours of the day they are."""
    return {said: said + add for first, last, add in runs for said in range(first, last + 1)}


_IN_PART: dict[Part, dict[int, int]] = {
    "凌晨": _numbers((0, 6, 0), (12, 12, -12)),
    "上午": _numbers((1, 12, 0)),
    "中午": _numbers((10, 14, 0), (1, 3, 12)),
    "下午": _numbers((1, 8, 12), (12, 20, 0)),
    "傍晚": _numbers((4, 8, 12), (16, 20, 0)),
    "晚上": _numbers((5, 11, 12), (17, 24, 0), (12, 12, 12), (0, 3, 24)),
}


def _bare(here: Here, hour: int) -> tuple[int, ...]:
    if hour == 0 or hour >= 12:
        return (hour,)
    if hour <= 5:
        night_speaker = here.now.hour >= _EVENING_SPEAKER or here.now.hour < NIGHT
        return (hour + 12, hour) if night_speaker else (hour + 12,)
    if hour == 6:
        return hour + 12, hour
    return (hour, hour + 12)


def on_days(here: Here, days: tuple[date, ...], clock: Clock) -> tuple[Value, ...]:
    """The clock time on a day that was named; `days` are the days it may be."""
    if clock.bad:
        return ()
    if clock.hour is None:
        noon = clock.part == "中午"
        return tuple(_moment(here, day, 12, 0) if noon else Day(day, clock.part) for day in days)
    return unique(
        _moment(here, day, hour, clock.minute)
        for day in days
        for hour in _sensible(here, day, hours(here, clock), clock)
    )


def _moment(here: Here, day: date, hour: int, minute: int) -> Moment:
    return Moment(moment(here.now.tzinfo, day + timedelta(hour // 24), hour % 24, minute))


def _sensible(here: Here, day: date, said: tuple[int, ...], clock: Clock) -> tuple[int, ...]:
    """Of a bare hour, what is still ahead if the day is today, and no late evening otherwise."""
    if clock.part or clock.literal or len(said) < 2:
        return said
    if day == here.today:
        ahead = tuple(h for h in said if _moment(here, day, h, clock.minute).at > here.now)
        if said[0] >= 8 and said[0] in ahead:
            return said[:1]
        passed = tuple(h for h in said if h not in ahead)
        if here.looking == "back":
            return passed or said
        return ahead + tuple(h for h in passed if 7 <= h <= 11)
    return said if (clock.hour or 0) <= 7 else said[:1]


def on_no_day(here: Here, clock: Clock) -> tuple[Value, ...]:
    """A clock time alone: the next one ahead, and the one just past where that may be meant."""
    if clock.bad:
        return ()
    if here.named and here.named >= here.today:
        return on_days(here, (here.named,), clock)
    if clock.hour is None:
        return _part_today(here, clock)
    said = hours(here, clock)
    if clock.part == "晚上" and here.now.hour < NIGHT:
        said = tuple(h for h in said if h < 24) or said
    today = [_moment(here, here.today, h, clock.minute) for h in said]
    ahead = [m for m in today if m.at > here.now]
    if here.looking == "back":
        return tuple(m for m in today if m.at <= here.now) or tuple(today)
    if not ahead:
        following = (
            _moment(here, here.today + timedelta(1), said[0], clock.minute) if said else None
        )
        return unique([following, *today]) if following else ()
    if clock.part or clock.literal or (said and said[0] >= 8 and today[0].at > here.now):
        return unique(ahead[:1] if not clock.part else ahead)
    return unique([*ahead, *_next_morning(here, clock, len(ahead) < len(today))])


def _next_morning(here: Here, clock: Clock, passed: bool) -> Iterator[Moment]:
    """八点 said at 9:00 may be tonight's or tomorrow's."""
    if passed and clock.hour is not None and 7 <= clock.hour <= 11:
        yield _moment(here, here.today + timedelta(1), clock.hour, clock.minute)


_ENDS: dict[Part, int] = {"凌晨": 6, "上午": 12, "中午": 14, "下午": 18, "傍晚": 20, "晚上": 24}


def _part_today(here: Here, clock: Clock) -> tuple[Value, ...]:
    """上午 alone is today's; if that is over, tomorrow's may be meant as well."""
    today = on_days(here, (here.today,), clock)
    if here.now.hour < _ENDS[clock.part] or here.looking == "back":
        return today
    return today + on_days(here, (here.today + timedelta(1),), clock)
