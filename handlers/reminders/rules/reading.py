"""What is to be remembered, and when: from what was said, or what still has to be asked."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from bot.understanding import times
from bot.understanding.times import (
    Day,
    Deadline,
    Duration,
    Found,
    Moment,
    Period,
    Recurrence,
    Span,
    Unclear,
    Value,
    Workdays,
)

LONGEST = 60
"""Characters of what is to be remembered."""
FARTHEST = timedelta(days=5 * 366)
AHEAD = re.compile(r"提?前\s*$")
LEAD = re.compile(
    r"[，,。、;；\s]*(?:请|再|要|帮我|记得)*(?:提前|提早)[^，,。；;]{0,8}?"
    r"(?:提醒|叫|通知|喊|告诉|说)?(?:一下|一声)?我?(?:一下|一声)?$|^(?:提前|提早)[^，,。；;]{0,8}?[，,\s]+"
)
NAMES_A_DAY = re.compile(
    r"[今明后昨][天日早晚年]|星期|礼拜|[周月号日年]|\d[-/.]\d|后天|每|分钟|小时"
)
"""An answer with one of these is a whole time of its own, not only a clock time."""
ASKING = re.compile(
    r"(?:请|麻烦|帮我|给我|到时候?|记得|要)*(?:设置?个?|定个?|加个?)?(?:提醒|叫|喊|通知|提示)(?:一下|一声)?我?(?:一下|一声)?"
)
SAID_FIRST = re.compile(r"^(?:请|麻烦|再|你)*提醒(?:一下)?我(?:一下)?[，,：: ]*")
ONCE_MORE = re.compile(r"[再又还请过等，, ]*")
VAGUE = re.compile(r"(?:过|等|再过)?(?:一会儿?|一下|稍后|晚点|待会�?|回头|改天|过后)?")
EDGES = " ，,。.；;：:、“”\"'"

Question = Literal["what", "when", "clock", "which"]
Trouble = Literal["", "past", "far", "unclear", "too_often", "lead_past"]


@dataclass(frozen=True)
class Once:
    at: datetime
    """What it is about; the reminder itself may come earlier."""


@dataclass(frozen=True)
class Again:
    value: Recurrence
    assumed: tuple[int, ...] = ()
    """Years of which nobody knows the official workdays yet."""


@dataclass(frozen=True)
class Open:
    """What has to be asked before it is clear when."""

    question: Question
    known: str = ""
    """What is known of the time, in words that are read again: 每周五下午."""
    part: str = ""
    """上午, 下午 …, where it was named."""
    options: tuple[str, ...] = ()
    trouble: Trouble = ""
    words: str = ""
    """Those that are not clear."""
    day: date | None = None
    """Where it comes once, and only the clock time is missing."""


When = Once | Again | Open


def when(words: str, now: datetime, workdays: Workdays) -> tuple[When, int]:
    """And how many minutes earlier to come."""
    found = list(times.find(words, now=now, workdays=workdays, looking="ahead"))
    ahead = _take_ahead(words, found)
    points = [each for each in found if not isinstance(each.value, Duration)]
    return _first_of(points, now), ahead


def answered(known: str, words: str, now: datetime, workdays: Workdays) -> tuple[When, int]:
    """«三点» completes what is known; «改到周六三点» is a time of its own."""
    whole = words if NAMES_A_DAY.search(words) else f"{known}{words}"
    return when(whole, now, workdays)


def _take_ahead(words: str, found: list[Found]) -> int:
    """提前一天: its length is taken out of `found`."""
    for each in found:
        if isinstance(each.value, Duration) and AHEAD.search(words[: each.start]):
            found.remove(each)
            return minutes_of(each.value)
    return 0


def minutes_of(length: Duration) -> int:
    """In whole minutes; a month has thirty days here, and workdays are not counted ahead."""
    per_unit = {"second": 1 / 60, "minute": 1, "day": 1440, "workday": 1440, "month": 43200}
    return int(length.amount * per_unit[length.unit])


def _first_of(points: list[Found], now: datetime) -> When:
    if not points:
        return Open("when")
    first = next((each for each in points if isinstance(each.value, Recurrence)), points[0])
    if isinstance(first.value, Recurrence):
        return _again(first, points, now)
    same_day = [each for each in points[1:] if _completes(first.value, each)]
    return _once(same_day[0] if same_day else first, now)


def _completes(day: Value, other: Found) -> bool:
    """周五提醒我，下午三点."""
    at = other.value
    return isinstance(day, Day) and isinstance(at, Moment) and at.at.date() == day.date


def _again(first: Found, points: list[Found], now: datetime) -> When:
    value = first.value
    assert isinstance(value, Recurrence)
    if value.rule.startswith(("FREQ=HOURLY", "FREQ=MINUTELY")):
        return Open("when", trouble="too_often")
    if first.others:
        return Open("which", options=_said((value, *first.others), now), words=first.text)
    if "BYHOUR" not in value.rule:
        clock = next((each for each in points if isinstance(each.value, Moment)), None)
        if clock is None:
            part = value.first.part if isinstance(value.first, Day) else ""
            if isinstance(value.first, Moment):  # 每天中午 is twelve
                return Again(_at_the(value, value.first.at), first.assumed)
            return Open("clock", known=times.echo(value), part=part)
        assert isinstance(clock.value, Moment)
        value = _at_the(value, clock.value.at)
    return Again(value, first.assumed)


def _at_the(value: Recurrence, at: datetime) -> Recurrence:
    return replace(
        value, rule=f"{value.rule};BYHOUR={at.hour};BYMINUTE={at.minute}", first=Moment(at)
    )


def _once(found: Found, now: datetime) -> When:
    if found.others:
        return Open("which", options=_said((found.value, *found.others), now), words=found.text)
    value = found.value.until if isinstance(found.value, Deadline) else found.value
    match value:
        case Moment(at) | Span(at, _):
            return _if_possible(at, now)
        case Day(day, part):
            if day < now.date():
                return Open("when", trouble="past")
            return Open("clock", known=times.echo(Day(day)) + part, part=part, day=day)
        case Period() | Unclear() | Duration() | Recurrence():
            return Open("when", trouble="unclear", words=found.text)


def _if_possible(at: datetime, now: datetime) -> When:
    if at <= now:
        return Open("when", trouble="past")
    return Once(at) if at <= now + FARTHEST else Open("when", trouble="far")


def _said(values: tuple[Value, ...], now: datetime) -> tuple[str, ...]:
    later = [each for each in values if not (isinstance(each, Moment) and each.at <= now)]
    return tuple(times.echo(each, now) for each in later[:3])


def is_whole(words: str, now: datetime, workdays: Workdays) -> bool:
    """A wish of its own, said while we ask about another one: 每天早上七点提醒我吃药."""
    asks = ASKING.search(words) and when(words, now, workdays)[0] != Open("when")
    return bool(asks and content("", words, now))


def answer(words: str, now: datetime) -> str:
    """What is to be done, said when we asked for it."""
    return content(SAID_FIRST.sub("", words), words, now)


def is_once_more(words: str) -> bool:
    """过一小时再提醒我: nothing new, but what was just reminded of."""
    return bool(words) and bool(ONCE_MORE.fullmatch(words))


def content(heard: str, words: str, now: datetime) -> str:
    """What is to be done, without what was said of when; `heard` is what was taken for it."""
    found = _without_times(heard, now, at_edges=True)
    return (found or _without_times(ASKING.sub("，", LEAD.sub("", words)), now))[:LONGEST]


def _without_times(words: str, now: datetime, *, at_edges: bool = False) -> str:
    """At the edges only: 下午三点，交材料, but not 周五的材料."""
    words = LEAD.sub("", words.strip(EDGES)).strip(EDGES)
    for found in reversed(times.find(words, now=now, looking="ahead")):
        before, after = words[: found.start].strip(EDGES), words[found.end :]
        apart = (not before and after[:1] in EDGES) or not after.strip(EDGES)
        if apart or not at_edges:
            words = f"{before}{after}".strip(EDGES)
    return "" if VAGUE.fullmatch(words) else words


def suggested(known: str, part: str, now: datetime) -> tuple[str, ...]:
    """Clock times to tap, those that may still come."""
    clocks = {
        "上午": ("8:30", "9:00", "10:00"),
        "中午": ("12:00", "12:30", "13:00"),
        "下午": ("14:00", "15:00", "16:30"),
        "傍晚": ("17:30", "18:00"),
        "晚上": ("19:00", "20:00"),
    }.get(part, ("8:30", "12:00", "15:00"))
    today = known.startswith(times.echo(Day(now.date())))
    return tuple(
        each for each in clocks if not today or _minutes(each) > now.hour * 60 + now.minute
    )


def _minutes(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    return int(hour) * 60 + int(minute)


def on(words: str, now: datetime) -> date | None:
    """The day that a reminder is called by: 明天那个提醒."""
    for found in times.find(words, now=now, looking="ahead"):
        match found.value:
            case Day(day):
                return day
            case Moment(at):
                return at.date()
            case _:
                pass
    return None


def earlier(day: date, days: int) -> date:
    return day - timedelta(days)


def known_day(at: datetime, rule: str) -> str:
    """What «下午四点» completes: the day of a reminder, or its rhythm without the clock time."""
    if not rule:
        return times.echo(Day(at.date()))
    plain = ";".join(each for each in rule.split(";") if not each.startswith(("BYHOUR", "BYMIN")))
    return times.echo(Recurrence(plain, Day(at.date())))
