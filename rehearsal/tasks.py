"""The committee hands out a task a month; secretaries report it, some late; it is accepted."""

import random
import re
from datetime import date, timedelta
from functools import partial

from rehearsal import text
from rehearsal.life import Life

LATE = 0.1
"""How likely a secretary reports only when it is overdue."""
NUMBER = re.compile(r"（(A\d+)）")


class Tasks:
    def __init__(self, life: Life, seed: int) -> None:
        self.life = life
        self._chance = random.Random(f"tasks {seed}")  # noqa: S311  # repeatable on purpose

    def plan_month(self, first: date, days: int) -> None:
        issued, due = self._workday(first, 3), self._workday(first, 15)
        if days < 28:
            return
        self.life.at(issued, "10:30", partial(self._hand_out, issued, due))

    def _workday(self, first: date, after: int) -> date:
        day = first + timedelta(days=after)
        while not self.life.is_workday(day):
            day += timedelta(days=1)
        return day

    async def _hand_out(self, issued: date, due: date) -> None:
        office, what = self.life.city.office, text.task(issued.month)
        begun = self.life.now()
        self.life.known_by(f"t{issued:%m}", text.handed_out(what))
        await self.life.says(office, text.hand_out(what, due.month, due.day))
        answer = await self.life.says(office, text.FIRST)
        for branch in range(self.life.city.branches):
            secretary = self.life.city.secretary_of(branch)
            sure = text.HANDED_OUT in answer
            self.life.promised(secretary, f"t{issued:%m}", begun, sure=sure, buttons=True)
        await self.life.send()
        if found := NUMBER.search(answer):
            self.life.known_by(f"a{found[1]}", text.accepted(what, found[1]))
            self._plan_reports(issued, due, found[1])

    def _plan_reports(self, issued: date, due: date, number: str) -> None:
        late = self._workday(due, 2)
        for branch in range(self.life.city.branches):
            day = late if self._chance.random() < LATE else self._workday(issued, 4)
            reporting = partial(self.life.says, self.life.city.secretary_of(branch))
            self.life.at(day, "16:00", partial(reporting, text.report(number)))
        for day in (self._workday(issued, 5), self._workday(late, 1)):
            self.life.at(day, "11:00", partial(self._accept, number))

    async def _accept(self, number: str) -> None:
        """One after the other; each of their secretaries is told."""
        office, key = self.life.city.office, f"a{number}"
        shown = await self.life.says(office, text.TO_ACCEPT)
        while text.TO_BE_ACCEPTED in shown:
            begun = self.life.now()
            answer = await self.life.says(office, text.FIRST)
            for branch in re.findall(text.REPORTING, shown):
                self._promise(branch, key, begun, sure=False)
            for branch in re.findall(text.ACCEPTED, answer):
                self._promise(branch, key, begun, sure=True)
            if text.TO_BE_ACCEPTED not in answer:  # or it was lost on the way
                answer = await self.life.says(office, text.TO_ACCEPT)
            shown = answer
        await self.life.send()

    def _promise(self, branch: str, key: str, begun: float, *, sure: bool) -> None:
        self.life.promised(self.life.city.secretary_of(int(branch)), key, begun, sure=sure)
