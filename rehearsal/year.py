"""What people do in a year: secretaries arrange and announce, members check in, some leave."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial

from bot.clock import HOME
from rehearsal import text
from rehearsal.city import City, home_of
from rehearsal.house import House
from sandbox.people import name_on
from sandbox.stage import Stage
from sandbox.values import Impossible
from storage import workdays

STRIKES = tuple(
    time.fromisoformat(at)
    for at in ("02:10", "03:10", "03:20", "08:00", "08:30", "08:40", "12:30", "18:00")
)
"""When there may be something to do by itself; between them nothing changes unless people act."""
COMES = 0.85
LEAVES = 0.002
"""How likely somebody blocks us, in a month."""
SPREAD = 600
"""Seconds over which secretaries do the same thing."""
Action = Callable[[], Awaitable[None]]


@dataclass
class Year:
    house: House
    stage: Stage
    city: City
    first: date
    days: int
    seed: int
    told_of_day: Callable[[int], None]
    checked_in: dict[tuple[int, str], int] = field(default_factory=dict)
    """By branch and month: how many were told that they are."""
    gone: set[int] = field(default_factory=set)
    _plan: dict[date, list[tuple[datetime, Action]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)  # noqa: S311  # repeatable on purpose

    async def live(self) -> None:
        for number in range(self.days):
            day = self.first + timedelta(days=number)
            if number == 0 or day.day == 1:
                self._plan_month(day)
            await self._live_through(day)
            self.told_of_day(number + 1)

    async def _live_through(self, day: date) -> None:
        todo: list[tuple[datetime, Action]] = [
            (datetime.combine(day, at, HOME), self._strike) for at in STRIKES
        ]
        todo += self._plan.pop(day, [])
        for at, action in sorted(todo, key=lambda each: each[0]):
            await self.stage.clock.sleep(at.timestamp() - self.stage.clock.now())
            await action()

    async def _strike(self) -> None:
        self.house.strike()
        await self.house.send_what_is_due()

    # the month of a branch

    def _plan_month(self, first: date) -> None:
        with self.house.database.reading() as db:
            calendar = workdays.calendar(db)
        for branch in range(self.city.branches):
            day = first.replace(day=1) + timedelta(days=9 + branch % 14)
            while not calendar.is_workday(day):
                day += timedelta(days=1)
            if (day - first).days > 5:
                self._plan_theme_day(branch, day)
        for number in range(self.city.members):
            if self._chance.random() < LEAVES and number not in self.gone:
                self._at(first + timedelta(days=20), "12:00", partial(self._leave, number))

    def _plan_theme_day(self, branch: int, day: date) -> None:
        later = timedelta(seconds=branch * SPREAD / self.city.branches)
        self._at(day - timedelta(days=5), "09:00", lambda: self._arrange(branch, day), later)
        self._at(day - timedelta(days=2), "10:00", lambda: self._announce(branch, day), later)
        self._at(day, "08:31", lambda: self._meet(branch, day), later / 10)

    def _at(self, day: date, clock: str, action: Action, later: timedelta = timedelta(0)) -> None:
        moment = datetime.combine(day, time.fromisoformat(clock), HOME) + later
        self._plan.setdefault(day, []).append((moment, action))

    async def _arrange(self, branch: int, day: date) -> None:
        secretary = self.city.secretary_of(branch)
        await self._says(secretary, text.arrange(day.month, day.day))
        await self._says(secretary, text.FIRST)

    async def _announce(self, branch: int, day: date) -> None:
        """To all of the branch; promised as soon as the secretary was told that it is sent."""
        secretary, key = self.city.secretary_of(branch), f"n{branch}-{day:%m}"
        ordered = self.stage.clock.now()
        await self._says(secretary, text.notice(key))
        answer = await self._says(secretary, text.FIRST)
        told = self.stage.clock.now()
        for number in self.city.people_of(branch):
            sure = text.SENT in answer and home_of(number) != "wechat"
            self.stage.transcript.note(
                "promised", told, key=key, to=f"M{number}", due=ordered,
                outcome="ok" if sure else "info",
            )  # fmt: skip
        await self.house.send_what_is_due()

    async def _meet(self, branch: int, day: date) -> None:
        coming = [n for n in self.city.people_of(branch) if self._chance.random() < COMES]
        answers = await asyncio.gather(*(self._says(n, text.CHECK_IN) for n in coming))
        done = sum(text.DONE in answer for answer in answers)
        self.checked_in[branch, f"{day:%m}"] = done

    async def _leave(self, number: int) -> None:
        if number == self.city.secretary_of(self.city.branch_of(number)):
            return  # a post is handed over first
        self.gone.add(number)
        where = home_of(number)
        await asyncio.gather(*self.stage.act(where, name_on(where, number), {"do": "block"}))
        self.stage.transcript.note("gone", self.stage.clock.now(), person=f"M{number}")

    async def _says(self, number: int, words: str) -> str:
        """What their phone shows then; "" where nothing does, or they have left."""
        where = home_of(number)
        user = name_on(where, number)
        if number in self.gone:
            return ""
        before = set(map(id, self.stage.seen_by(where, user)))
        try:
            await asyncio.gather(*self.stage.act(where, user, {"do": "say", "words": words}))
        except Impossible:
            return ""
        after = self.stage.seen_by(where, user)
        return "\n".join(each.words for each in after if id(each) not in before)
