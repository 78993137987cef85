"""How near the day is: blue, yellow, red. Plain values only."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple


class Stage(StrEnum):
    CALM = "calm"
    BLUE = "blue"
    YELLOW = "yellow"
    RED = "red"


BLUE_DAYS, YELLOW_DAYS = 7, 3
"""So many days before the due day each begins; the due day itself is yellow."""
MORNING_DAYS = 1
"""What is due by tomorrow stands in the message of the morning, and what is overdue."""
PRIORITIES = ("high", "normal", "low")


def stage(due: date, today: date) -> Stage:
    left = (due - today).days
    if left < 0:
        return Stage.RED
    if left <= YELLOW_DAYS:
        return Stage.YELLOW
    return Stage.BLUE if left <= BLUE_DAYS else Stage.CALM


class Rank(NamedTuple):
    """Worst first: the longest overdue, then what is due next; the more important first."""

    due: date
    priority: int
    number: str


def rank(due: date, priority: str, number: str) -> Rank:
    at = PRIORITIES.index(priority) if priority in PRIORITIES else 1
    return Rank(due, at, number)


def week_end(today: date) -> date:
    """The Sunday of the week of `today`."""
    return today + timedelta(6 - today.weekday())


def worst(units: Sequence[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """(unit, overdue, open), the most overdue first, those without any left out."""
    late = [each for each in units if each[1]]
    return sorted(late, key=lambda it: (-it[1], -it[2], it[0]))
