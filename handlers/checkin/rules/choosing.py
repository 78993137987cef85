"""Which of several activities somebody speaks of."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from bot.understanding.occasions import Occasion

SHOWN = 3
"""More than this many are not offered at once: a small phone shows no more."""


class Meeting(Protocol):
    """What choosing needs to know of an activity."""

    @property
    def title(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def venue(self) -> str: ...
    @property
    def starts(self) -> datetime: ...


M = TypeVar("M", bound=Meeting)


def fitting(meetings: Iterable[M], said: Occasion) -> list[M]:
    return [
        each
        for each in meetings
        if said.fits(title=each.title, kind=each.kind, venue=each.venue, starts=each.starts)
    ]


def nearest(meetings: Sequence[M], moment: datetime) -> M | None:
    return min(meetings, key=lambda each: abs(each.starts - moment), default=None)
