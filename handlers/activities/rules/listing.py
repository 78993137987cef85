"""Which activities are asked about. Plain values only."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot.understanding.occasions import Occasion

SOON = timedelta(days=30)
"""What «soon» means where no period is named."""


@dataclass(frozen=True)
class Period:
    first: date
    last: date
    """Counts."""
    name: Literal["today", "week", "soon", "days"]


def period(said: Occasion, today: date) -> Period:
    if said.first is None:
        return Period(today, today + SOON, "soon")
    last = said.last or said.first
    week = this_week(today)
    if (said.first, last) == (week.first, week.last):
        return week
    return Period(said.first, last, "today" if said.first == last == today else "days")


def this_week(today: date) -> Period:
    monday = today - timedelta(days=today.weekday())
    return Period(monday, monday + timedelta(days=6), "week")
