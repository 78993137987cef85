"""A year of daily questions for people who take breaks: how many are asked on a day, and whether
what FSRS predicts is what is remembered. No database: the rules alone.

Whether somebody remembers is thrown by the forgetting curve itself, so this shows that the
picking and the bookkeeping keep to it, not that people do.
"""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.clock import HOME
from handlers.quiz.rules.picking import Candidate, for_today
from handlers.quiz.rules.remembering import Trace, remembered, reviewed

START = datetime(2026, 1, 1, 8, 30, tzinfo=HOME)
BREAKS = (0.02, 7), (0.004, 30)
"""The chance that a break begins on a day, and its length in days."""


@dataclass
class Year:
    asked: int = 0
    most_in_a_day: int = 0
    predicted: list[float] = field(default_factory=list)
    right: int = 0

    @property
    def off_by(self) -> float:
        """Percentage points between what was predicted and what was remembered."""
        known = len(self.predicted)
        return abs(sum(self.predicted) / known - self.right / known) * 100


def simulate(members: int, days: int = 365, questions: int = 200) -> Year:
    bank = [Candidate(f"Q{n:03}", "题", n % 3 + 1) for n in range(questions)]
    dice = random.Random(2026)
    year = Year()
    for member in range(members):
        study(year, dice, bank, f"M{member}", 1 + member % 5, days)
    return year


def study(
    year: Year, dice: random.Random, bank: list[Candidate], member: str, cap: int, days: int
) -> None:
    traces: dict[str, Trace] = {}
    away = 0
    for number in range(days):
        now = START + timedelta(days=number)
        away = max(away - 1, 0, *(long for chance, long in BREAKS if dice.random() < chance))
        if away:
            continue
        today: set[str] = set()
        while len(today) < cap and (chosen := pick(bank, traces, today, member, now)):
            today.add(chosen)
            answer(year, dice, traces, chosen, now)
        year.most_in_a_day = max(year.most_in_a_day, len(today) - cap)


def pick(
    bank: list[Candidate], traces: dict[str, Trace], today: set[str], member: str, now: datetime
) -> str | None:
    end = now + timedelta(hours=15, minutes=30)
    return for_today(bank, traces, not_these=today, seed=member, end_of_day=end)


def answer(
    year: Year, dice: random.Random, traces: dict[str, Trace], chosen: str, now: datetime
) -> None:
    before = traces.get(chosen)
    chance = remembered(before, now) if before else 0.5
    right = dice.random() < chance
    traces[chosen] = reviewed(before, right=right, tries=0, now=now)
    year.asked += 1
    if before:
        year.predicted.append(chance)
        year.right += right


if __name__ == "__main__":
    import sys
    import time

    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    began = time.perf_counter()
    done = simulate(count)
    print(
        f"{count} members, a year: {done.asked} questions, never more than chosen"
        f" ({done.most_in_a_day:+}), {len(done.predicted)} reviews, predicted and remembered"
        f" differ by {done.off_by:.2f} points; {time.perf_counter() - began:.0f} s"
    )
