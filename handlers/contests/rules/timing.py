"""Whether an answer is in time, by our clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, floor


@dataclass(frozen=True)
class Limits:
    """Seconds."""

    each: int
    paper: int
    grace: int
    closes: datetime


@dataclass(frozen=True)
class InTime:
    pass


@dataclass(frozen=True)
class Late:
    """This question is over; the paper goes on."""

    by: int
    """Whole seconds after the limit, rounded up."""


@dataclass(frozen=True)
class PaperOver:
    by: int


def in_time(
    limits: Limits, *, started: datetime, shown: datetime, now: datetime
) -> InTime | Late | PaperOver:
    """The grace makes up for the way of a message. Its last instant is still in time."""
    ends = min(started + timedelta(seconds=limits.paper), limits.closes)
    grace = timedelta(seconds=limits.grace)
    if now > ends + grace:
        return PaperOver(seconds_after(ends, now))
    due = shown + timedelta(seconds=limits.each)
    if now > due + grace:
        return Late(seconds_after(due, now))
    return InTime()


def seconds_left(limits: Limits, *, started: datetime, shown: datetime, now: datetime) -> int:
    """For the question that is shown, without the grace; whole seconds, never less than none."""
    ends = min(started + timedelta(seconds=limits.paper), limits.closes)
    due = min(shown + timedelta(seconds=limits.each), ends)
    return max(0, floor((due - now).total_seconds()))


def seconds_after(limit: datetime, now: datetime) -> int:
    return ceil((now - limit).total_seconds())
