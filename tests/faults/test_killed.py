"""A1, A2 of the fault matrix: killed around the commit, again and again, on either database.

Nothing acknowledged is missing, nothing is done twice, and whoever asks again hears the answer of
the first time.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence

import pytest

from tests.faults.checking import Told, each_was_told_once, keep, recorded
from tests.faults.town import settle, wechat
from tests.faults.victim import Death, Job, Point, Victim

KILLS = 25
AT_ONCE = 6


@pytest.mark.parametrize("point", ["before_commit", "after_commit"])
def test_nothing_acknowledged_is_lost_or_done_twice(database_url: str, point: Point) -> None:
    chance = random.Random(20261123)
    people = KILLS * AT_ONCE
    activity = settle(database_url, people)
    told: Told = defaultdict(set)
    owing: list[Job] = []
    deaths = 0

    for jobs in visits(people):
        victim = Victim(database_url, Death(point, commit=chance.randint(1, 2)))
        keep(told, victim.ask([*owing, *jobs]))
        victim.stop()
        deaths += victim.process.exitcode == -9
        owing = [job for job in (*owing, *jobs) if job[0] not in told]
    survivor = Victim(database_url)
    keep(told, survivor.ask(owing))
    keep(told, survivor.ask([wechat(number) for number in range(people)]))
    survivor.stop()

    assert deaths >= KILLS // 2, "a run in which hardly anything died is not a test"
    assert len(told) == people
    assert each_was_told_once(told)
    assert recorded(database_url, activity) == people


def visits(people: int) -> Iterator[Sequence[Job]]:
    for first in range(0, people, AT_ONCE):
        yield [wechat(number) for number in range(first, first + AT_ONCE)]
