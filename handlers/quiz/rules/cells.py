"""What a branch may see: topics, never persons, and only where at least five people stand behind
a figure."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

AT_LEAST = 5
"""People in a cell."""
STEP = 5
"""Figures are given in steps of so many per cent, and once a week: by neither can anybody be
subtracted who joins or leaves. The branch learns nothing less from it."""


class Share(NamedTuple):
    """What one person remembers of one topic: 0 to 1, over the questions they know."""

    member_id: str
    topic: str
    remembered: float


def figures(shares: Iterable[Share]) -> Mapping[str, int]:
    """Topic to per cent, each person weighing the same, the weakest topic first."""
    cells: dict[str, dict[str, float]] = {}
    for each in shares:
        cells.setdefault(each.topic, {})[each.member_id] = each.remembered
    told = {
        topic: rounded(sum(people.values()) / len(people))
        for topic, people in cells.items()
        if len(people) >= AT_LEAST
    }
    return dict(sorted(told.items(), key=lambda it: (it[1], it[0])))


def rounded(share: float) -> int:
    return min(100, round(share * 100 / STEP) * STEP)


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
