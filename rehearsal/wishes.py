"""What members want for themselves: to be reminded, and a question a day."""

import random
from datetime import date, datetime, time, timedelta
from functools import partial

from bot.clock import HOME
from rehearsal import text
from rehearsal.city import home_of
from rehearsal.life import Life

WANTS_TO_BE_REMINDED = 0.03
"""How likely, in a month; some of them think better of it."""
THINKS_BETTER = 0.1
LEARNS = 200
"""One of so many."""
ANSWERS, HAS_ENOUGH = 0.5, 0.03
"""How likely a learner answers on a day, and leaves in a month."""
A_DAY = 86_400.0
KEY = "quiz"


class Wishes:
    def __init__(self, life: Life, seed: int) -> None:
        self.life = life
        self._chance = random.Random(f"wishes {seed}")  # noqa: S311  # repeatable on purpose
        self._learners: dict[int, date] = {}
        """Since when."""
        life.ledger.note(
            "phrase", life.now(), key=KEY, pattern=text.A_QUESTION, daily=True
        )  # fmt: skip

    def plan_month(self, first: date, days: int) -> None:
        for number in range(self.life.city.members):
            if self._chance.random() < WANTS_TO_BE_REMINDED:
                asked = first + timedelta(days=self._chance.randrange(days))
                self.life.at(asked, "19:00", partial(self._remind, number, asked))
            if number in self._learners and self._chance.random() < HAS_ENOUGH:
                self.life.at(first + timedelta(days=10), "20:00", partial(self._leave, number))
        if not self._learners:
            for number in range(1, self.life.city.members, LEARNS):
                self.life.at(first, "19:20", partial(self._join, number))
        for each in range(days):
            day = first + timedelta(days=each)
            self.life.at(day, "08:29", partial(self._expect_questions, day))
            self.life.at(day, "12:40", self._answer)

    # reminders

    async def _remind(self, number: int, asked: date) -> None:
        clock = self._chance.choice(sorted(text.CLOCKS))
        day = asked + timedelta(days=self._chance.randrange(1, 20))
        if day > self.life.last:
            return
        due = datetime.combine(day, time.fromisoformat(clock), HOME).timestamp()
        key = f"r{number}-{asked:%m%d}"
        answer = await self.life.says(number, text.remind(day.month, day.day, clock, key))
        self.life.strike_at(day, clock)
        sure = text.REMINDED in answer
        again = "" if not sure or self._chance.random() > THINKS_BETTER else text.SECOND
        withdrawn = await self.life.says(number, again) if again else ""
        sure = sure and (not again or text.CANCELLED in withdrawn)
        self.life.promised(number, key, due, sure=sure, until=due + A_DAY, tries=1)
        if again and sure:
            self.life.ledger.note("cancelled", self.life.now(), key=key)

    # a question a day

    async def _join(self, number: int) -> None:
        if text.JOINED in await self.life.says(number, text.JOIN):
            self._learners[number] = datetime.fromtimestamp(self.life.now(), HOME).date()

    async def _leave(self, number: int) -> None:
        if text.LEFT in await self.life.says(number, text.LEAVE):
            self._learners.pop(number, None)

    async def _expect_questions(self, day: date) -> None:
        due = datetime.combine(day, time(8, 30), HOME).timestamp()
        for number, since in self._learners.items():
            if since < day and number not in self.life.gone:
                key = f"{KEY}@{day}"
                self.life.promised(number, key, due, until=due + A_DAY, tries=1)

    async def _answer(self) -> None:
        for number in sorted(self._learners):
            if self._chance.random() < ANSWERS and home_of(number) != "wechat":
                await self.life.says(number, text.GUESS)
