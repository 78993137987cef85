"""The month of a branch: a theme day is arranged and announced, some ask for leave, all check in;
sometimes a notice is called back before it leaves."""

import asyncio
import random
from datetime import date, timedelta
from functools import partial

from rehearsal import text
from rehearsal.life import Life

COMES = 0.85
CANNOT_COME = 0.03
THINKS_BETTER = 7
"""One branch of so many calls a notice back, in each month."""
SPREAD = 600
"""Seconds over which secretaries do the same thing."""


class Branches:
    def __init__(self, life: Life, seed: int) -> None:
        self.life, self.city = life, life.city
        self._chance = random.Random(f"branches {seed}")  # noqa: S311  # repeatable on purpose
        self.checked_in: dict[tuple[int, str], int] = {}
        """By branch and month: how many were told that they are."""
        self._away: dict[tuple[int, str], set[int]] = {}

    def plan_month(self, first: date, days: int) -> None:
        for branch in range(self.city.branches):
            day = first.replace(day=1) + timedelta(days=9 + branch % 14)
            while not self.life.is_workday(day):
                day += timedelta(days=1)
            if (day - first).days > 5 and day <= self.life.last:
                self._plan_theme_day(branch, day)

    def _plan_theme_day(self, branch: int, day: date) -> None:
        later = timedelta(seconds=branch * SPREAD / self.city.branches)
        life, secretary = self.life, self.city.secretary_of(branch)
        life.at(day - timedelta(days=5), "09:00", partial(self._arrange, branch, day), later)
        if (branch + day.month) % THINKS_BETTER == 0:
            life.at(day - timedelta(days=4), "21:30", partial(self._recall, branch, day), later)
        life.at(day - timedelta(days=2), "10:00", partial(self._announce, branch, day), later)
        for number in self.city.people_of(branch):
            if self._chance.random() < CANNOT_COME and number != secretary:
                life.at(day - timedelta(days=2), "14:30", partial(self._ask, number, branch, day))
        life.at(day - timedelta(days=1), "16:00", partial(self._decide, branch, day))
        life.at(day, "08:31", partial(self._meet, branch, day), later / 10)

    async def _arrange(self, branch: int, day: date) -> None:
        secretary = self.city.secretary_of(branch)
        await self.life.says(secretary, text.arrange(day.month, day.day))
        await self.life.says(secretary, text.FIRST)

    async def _announce(self, branch: int, day: date) -> None:
        """To all of the branch; promised as soon as the secretary was told that it is sent."""
        secretary, key = self.city.secretary_of(branch), f"n{branch}-{day:%m}"
        ordered = self.life.now()
        await self.life.says(secretary, text.notice(key))
        sure = text.SENT in await self.life.says(secretary, text.FIRST)
        for number in self.city.people_of(branch):
            self.life.promised(number, key, ordered, sure=sure)
        await self.life.send()

    async def _recall(self, branch: int, day: date) -> None:
        """In the evening, for the next morning; and at once called back."""
        secretary, key = self.city.secretary_of(branch), f"c{branch}-{day:%m}"
        ordered = self.life.now()
        await self.life.says(secretary, text.notice(key))
        await self.life.says(secretary, text.FIRST)
        withdrawn = text.RECALLED in await self.life.says(secretary, text.RECALL)
        for number in self.city.people_of(branch):
            self.life.promised(number, key, ordered, sure=withdrawn)
        if withdrawn:
            self.life.ledger.note("cancelled", self.life.now(), key=key)

    async def _ask(self, number: int, branch: int, day: date) -> None:
        """For leave. Only an answer is an acknowledgement."""
        await self.life.says(number, text.ASK_LEAVE)
        answer = await self.life.says(number, text.FIRST)
        outcome = "ok" if text.ASKED in answer else "info"
        event = f"leave:{number}:{day:%m}"
        self.life.ledger.note("event", self.life.now(), id=event, outcome=outcome)
        if outcome == "ok":
            self._away.setdefault((branch, f"{day:%m}"), set()).add(number)

    async def _decide(self, branch: int, day: date) -> None:
        """The secretary agrees to all; each looks what became of theirs, and comes if nothing."""
        secretary = self.city.secretary_of(branch)
        away = self._away.get((branch, f"{day:%m}"), set())
        shown = await self.life.says(secretary, text.TO_DECIDE) if away else ""
        while text.TO_BE_DECIDED in shown:
            shown = await self.life.says(secretary, text.FIRST)
        when = text.day(day.month, day.day)
        for number in sorted(away):
            lines = (await self.life.says(number, text.MINE)).splitlines()
            if lines:
                count = sum(when in line and text.ON_LEAVE in line for line in lines)
                event = f"leave:{number}:{day:%m}"
                self.life.ledger.note("record", self.life.now(), id=event, count=count)

    async def _meet(self, branch: int, day: date) -> None:
        away = self._away.pop((branch, f"{day:%m}"), set())
        coming = [n for n in self.city.people_of(branch) if self._chance.random() < COMES]
        answers = await asyncio.gather(
            *(self.life.says(n, text.CHECK_IN) for n in coming if n not in away)
        )
        done = sum(text.DONE in answer for answer in answers)
        self.checked_in[branch, f"{day:%m}"] = done
