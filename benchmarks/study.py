"""A year of daily questions for a city of people who take breaks: how many are asked on a day, and
whether what FSRS predicts is what is remembered. No database: the rules alone, each answer a run
of the scheduler.

python -m benchmarks.study [--members 13000] [--days 365] [--questions 200] [--minutes 0]

Whether somebody remembers is thrown by the forgetting curve itself, so this shows that the
picking and the bookkeeping keep to it, not that people do. With `--minutes` as many members study
as fit into that time.
"""

import argparse
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from rich.progress import track

from bot.clock import HOME
from handlers.quiz.rules.picking import Candidate, for_today
from handlers.quiz.rules.remembering import Trace, remembered, reviewed

START = datetime(2026, 1, 1, 8, 30, tzinfo=HOME)
BREAKS = (0.02, 7), (0.004, 30), (0.0005, 120)
"""The chance that a break begins on a day, and its length in days."""
FIRST_TIME = 0.5
"""The chance that somebody knows what they were never asked."""


@dataclass
class Tally:
    """What was predicted of so many reviews, and what came."""

    reviews: int = 0
    expected: float = 0.0
    right: int = 0

    def count(self, chance: float, *, right: bool) -> None:
        self.reviews += 1
        self.expected += chance
        self.right += right

    @property
    def predicted(self) -> float:
        """Per cent."""
        return 100 * self.expected / max(1, self.reviews)

    @property
    def remembered(self) -> float:
        """Per cent."""
        return 100 * self.right / max(1, self.reviews)

    @property
    def off_by(self) -> float:
        """Percentage points between the two."""
        return abs(self.predicted - self.remembered)


@dataclass
class Year:
    members: int = 0
    asked: int = 0
    days_away: int = 0
    over_the_cap: int = 0
    """Days on which somebody was asked more than they had chosen."""
    all: Tally = field(default_factory=Tally)
    after_a_break: Tally = field(default_factory=Tally)
    """On the first day back."""
    by_chance: list[Tally] = field(default_factory=lambda: [Tally() for _ in range(10)])
    """By tenths of what was predicted."""


def simulate(
    members: int, days: int = 365, questions: int = 200, *, minutes: float = 0, bar: bool = False
) -> Year:
    """Member after member; the same numbers give the same year."""
    bank = [Candidate(f"Q{n:03}", "题", n % 3 + 1) for n in range(questions)]
    year, began = Year(), time.monotonic()
    for number in track(range(members), "studying", disable=not bar):
        if minutes and time.monotonic() - began > 60 * minutes:
            break
        Member(f"M{number}", 1 + number % 5, bank, year).study(days)
        year.members += 1
    return year


class Member:
    def __init__(self, id: str, cap: int, bank: Sequence[Candidate], year: Year) -> None:
        self.id, self.cap, self.bank, self.year = id, cap, bank, year
        self.traces: dict[str, Trace] = {}
        self.dice = random.Random(id)

    def study(self, days: int) -> None:
        away = 0
        for number in range(days):
            was_away = away > 0
            begun = (long for chance, long in BREAKS if self.dice.random() < chance)
            away = max(away - 1, 0, *begun)
            if away:
                self.year.days_away += 1
            else:
                self.one_day(START + timedelta(days=number), back=was_away)

    def one_day(self, now: datetime, *, back: bool) -> None:
        """Whatever is put is answered, until nothing more is put: the cap is not kept here."""
        today: set[str] = set()
        while chosen := self.asked(today, now):
            today.add(chosen)
            self.answer(chosen, now, back=back)
        self.year.asked += len(today)
        self.year.over_the_cap += len(today) > self.cap

    def asked(self, today: set[str], now: datetime) -> str | None:
        return for_today(
            self.bank, self.traces, left=self.cap - len(today), not_these=today, seed=self.id,
            end_of_day=now + timedelta(hours=15, minutes=30),
        )  # fmt: skip

    def answer(self, chosen: str, now: datetime, *, back: bool) -> None:
        before = self.traces.get(chosen)
        chance = remembered(before, now) if before else FIRST_TIME
        right = self.dice.random() < chance
        self.traces[chosen] = reviewed(before, right=right, tries=0, now=now)
        if before:
            tallies = [self.year.all, self.year.by_chance[min(9, int(chance * 10))]]
            for each in [*tallies, self.year.after_a_break] if back else tallies:
                each.count(chance, right=right)


def told(name: str, tally: Tally) -> str:
    return (
        f"  {name}: {tally.reviews} reviews, predicted {tally.predicted:.2f} %, remembered"
        f" {tally.remembered:.2f} %, {tally.off_by:.2f} points apart"
    )


def main() -> None:
    options = argparse.ArgumentParser()
    for name, usual in (("members", 13_000), ("days", 365), ("questions", 200)):
        options.add_argument(f"--{name}", type=int, default=usual)
    options.add_argument("--minutes", type=float, default=0)
    said = options.parse_args()
    began = time.perf_counter(), time.process_time()
    year = simulate(said.members, said.days, said.questions, minutes=said.minutes, bar=True)
    spent, of_the_core = time.perf_counter() - began[0], time.process_time() - began[1]
    print(
        f"{year.members} members, {said.days} days, {year.days_away} of them away: {year.asked}"
        f" questions, {year.over_the_cap} days above the cap; {spent:.0f} s, {of_the_core:.0f} s"
        f" of a core ({1000 * of_the_core / year.members:.0f} ms a member)"
    )
    print(told("all", year.all))
    print(told("first day after a break", year.after_a_break))
    for tenth, tally in enumerate(year.by_chance):
        if tally.reviews:
            print(told(f"predicted {tenth * 10}–{tenth * 10 + 10} %", tally))


if __name__ == "__main__":
    main()
