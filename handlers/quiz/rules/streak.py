"""A streak that forgives."""

from collections.abc import Sequence
from datetime import date

FREE_DAYS = 3
"""Days in a row without study that break nothing: a weekend, and one more."""


def streak(days: Sequence[date], today: date) -> int:
    """How many days of study hang together up to today. `days`: the latest first."""
    count, last = 0, today
    for day in days:
        if (last - day).days > FREE_DAYS + 1:
            break
        count, last = count + 1, day
    return count
