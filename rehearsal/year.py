"""A year, day by day: what is due by itself, and what people do."""

import asyncio
import random
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from rehearsal.branches import Branches
from rehearsal.city import home_of
from rehearsal.ends import Ends
from rehearsal.life import Life
from rehearsal.tasks import Tasks
from rehearsal.wishes import Wishes
from sandbox.people import name_on

STRIKES = ("02:10", "03:10", "03:20", "08:00", "08:30", "08:40", "12:30", "18:00")
"""When there may be something to do by itself; between them nothing changes unless people act."""
LEAVES = 0.002
"""How likely somebody blocks us, in a month."""


@dataclass
class Year:
    life: Life
    first: date
    days: int
    seed: int
    told_of_day: Callable[[int], None]
    branches: Branches = field(init=False)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)  # noqa: S311  # repeatable on purpose
        self.branches = Branches(self.life, self.seed)
        self._ends = Ends(self.life)
        self._everything = (
            self._ends,
            self.branches,
            Tasks(self.life, self.seed),
            Wishes(self.life, self.seed),
        )

    async def live(self) -> None:
        for number in range(self.days):
            day = self.first + timedelta(days=number)
            if number == 0 or day.day == 1:
                self._plan_month(day, self.days - number)
            await self._live_through(day)
            self.told_of_day(number + 1)
        self._ends.tell()

    async def _live_through(self, day: date) -> None:
        for clock in STRIKES:
            self.life.strike_at(day, clock)
        todo = self.life.agenda
        while todo.get(day):
            todo[day].sort(key=lambda each: each[0])
            at, action = todo[day].pop(0)
            await self.life.stage.clock.sleep(at.timestamp() - self.life.now())
            await action()
        todo.pop(day, None)

    def _plan_month(self, first: date, left: int) -> None:
        days = min(left, monthrange(first.year, first.month)[1] - first.day + 1)
        for each in self._everything:
            each.plan_month(first, days)
        for number in range(self.life.city.members):
            if self._chance.random() < LEAVES and number not in self.life.gone:
                self.life.at(first + timedelta(days=20), "12:00", partial(self._leave, number))

    async def _leave(self, number: int) -> None:
        if self.life.city.role_of(number) != "member":
            return  # a post is handed over first
        self.life.gone.add(number)
        where = home_of(number)
        told = self.life.stage.act(where, name_on(where, number), {"do": "block"})
        await asyncio.gather(*told)
        self.life.ledger.note("gone", self.life.now(), person=f"M{number}")
