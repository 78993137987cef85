"""When somebody does not want to be disturbed, from their words."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.understanding import times
from bot.understanding.times import (
    Day,
    Deadline,
    Duration,
    Moment,
    Part,
    Period,
    Recurrence,
    Span,
    Unclear,
)
from handlers.notices.rules.phrases import EVENING_HOURS, EVENINGS

LONGEST = timedelta(days=366)
MORNING = 8 * 60
A_MOMENT = timedelta(hours=1)
"""What «稍后» means here; it is said back in full."""
UNTIL = ("到", "至", "直到")
PARTS: dict[Part, tuple[int, int]] = {
    "凌晨": (0, 6),
    "上午": (6, 12),
    "中午": (11, 14),
    "下午": (12, 18),
    "傍晚": (17, 20),
    "晚上": (18, 24),
}


@dataclass(frozen=True)
class Once:
    begins: datetime
    ends: datetime


@dataclass(frozen=True)
class Daily:
    """Minutes since midnight, home time; the second is smaller around midnight."""

    begins: int
    ends: int


@dataclass(frozen=True)
class AskOften:
    """From one clock time to another: today, or every day?"""

    once: Once
    daily: Daily


@dataclass(frozen=True)
class AskWhen:
    """Nothing was said of when, or nothing that we can keep to."""


Wanted = Once | Daily | AskOften | AskWhen


def wanted(words: str, now: datetime) -> Wanted:
    evening = re.search(EVENINGS, words)
    if evening and (hour := EVENING_HOURS.get(evening["hour"])):
        return Daily(hour * 60 + 30 * bool(evening["half"]), MORNING)
    found = times.find(words, now=now, looking="ahead")
    if not found or found[0].others:
        return AskWhen()
    value = found[0].value
    if isinstance(value, Day) and words[: found[0].start].endswith(UNTIL):
        value = Deadline(value)
    meant = _meant(value, now)
    if isinstance(meant, Once) and not now < meant.ends <= now + LONGEST:
        return AskWhen()
    return meant


def _meant(value: times.Value, now: datetime) -> Wanted:
    match value:
        case Day(day, part):
            first, last = PARTS.get(part, (0, 24))
            midnight = datetime.combine(day, time(), now.tzinfo)
            return _once(midnight + timedelta(hours=first), midnight + timedelta(hours=last), now)
        case Period(first_day, last_day):
            begins = datetime.combine(first_day, time(), now.tzinfo)
            ends = datetime.combine(last_day, time(), now.tzinfo) + timedelta(1)
            return _once(begins, ends, now)
        case Span(start, end):
            return AskOften(_once(start, end, now), _daily(start, end))
        case Deadline(until):
            return Once(now, _end(until, now))
        case Duration():
            return Once(now, now + _length(value))
        case Recurrence(rule, Span(start, end)) if rule.startswith("FREQ=DAILY;BYHOUR"):
            return _daily(start, end)
        case Recurrence() | Moment() | Unclear():
            return AskWhen()


def _end(until: Day | Moment, now: datetime) -> datetime:
    match until:
        case Moment(at):
            return at
        case Day(day):
            return datetime.combine(day, time(), now.tzinfo) + timedelta(1)


def later(words: str, now: datetime) -> Once:
    """«一小时后再发»; «稍后» is an hour."""
    for found in times.find(words, now=now, looking="ahead"):
        if isinstance(found.value, Moment) and now < found.value.at <= now + LONGEST:
            return Once(now, found.value.at)
    return Once(now, now + A_MOMENT)


def _once(begins: datetime, ends: datetime, now: datetime) -> Once:
    return Once(max(begins, now), ends)


def _daily(start: datetime, end: datetime) -> Daily:
    return Daily(start.hour * 60 + start.minute, end.hour * 60 + end.minute)


def _length(length: Duration) -> timedelta:
    match length.unit:
        case "second":
            return timedelta(seconds=length.amount)
        case "minute":
            return timedelta(minutes=length.amount)
        case "day" | "workday":
            return timedelta(days=length.amount)
        case "month":
            return timedelta(days=30 * length.amount)
