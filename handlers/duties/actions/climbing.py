"""Telling in advance, and up the ladder: which steps are taken today.

What is read here is written in parts that hold up nobody; each step is taken once, by its key.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Protocol

from bot.parts import parts
from handlers.duties.actions.arranged import Arranged
from handlers.duties.actions.officers import Officers
from handlers.duties.actions.planning import in_force
from handlers.duties.rules import climbing as rules
from handlers.duties.rules.rulebook import Rule, Rulebook
from storage import ladders, workdays
from storage.database import Session
from storage.ladders import Climbing, Owed, Sort
from storage.workdays import Calendar

PRIVATE = "private"
ONE_DAY = timedelta(1)
AT_ONCE = 200
"""Duties in one unit of work."""
Row = dict[str, Any]


@dataclass
class Steps:
    """What is to be written for one duty, all of it or nothing."""

    duty_id: int
    case: Row | None = None
    move: Row | None = None
    steps: list[Row] = field(default_factory=list)


class Source(Protocol):
    """Where duties and their steps are: in the database, or in somebody's imagination."""

    def to_remind(self, rule_id: str, days: int, first: date, last: date) -> Sequence[Owed]: ...
    def to_open(self, rule_id: str, today: date) -> Sequence[Owed]: ...
    def to_climb(self, today: date) -> Sequence[Climbing]: ...


@dataclass(frozen=True)
class Stored:
    db: Session

    def to_remind(self, rule_id: str, days: int, first: date, last: date) -> Sequence[Owed]:
        return ladders.to_remind(self.db, rule_id, days, first, last)

    def to_open(self, rule_id: str, today: date) -> Sequence[Owed]:
        return ladders.to_open(self.db, rule_id, today)

    def to_climb(self, today: date) -> Sequence[Climbing]:
        return ladders.to_climb(self.db, today)


@dataclass
class Morning:
    """One look at everything that is due, overdue, or about to be."""

    source: Source
    calendar: Calendar
    now: datetime
    book: Rulebook
    officers: Officers
    arranged: Arranged

    @property
    def today(self) -> date:
        return self.now.date()

    def found(self) -> Iterator[Steps]:
        for rule in self.book.rules:
            if rules.is_reminded(rule):
                yield from self.reminders(rule)
            if rules.is_chased(rule):
                yield from self.opened(rule)
        for case in self.source.to_climb(self.today):
            known = self.book.by_id.get(case.rule_id)
            if known and not self.officers.is_reported(case.subject):
                yield self.higher(known, case)

    def reminders(self, rule: Rule) -> Iterator[Steps]:
        for days, first, last in rules.windows(rule, self.today):
            for each in self.source.to_remind(rule.id, days, first, last):
                if self.arranged.covers(each) or self.officers.is_reported(each.subject):
                    continue
                told = Steps(each.id)
                for role in rules.told_first(rule):
                    told.steps += self.step(each, Sort.BEFORE, days, role, PRIVATE)
                if told.steps:
                    yield told

    def opened(self, rule: Rule) -> Iterator[Steps]:
        """Its day has come: from now on it keeps the ladder of today."""
        ladder = rules.kept(self.book.ladders[rule.escalation])
        for each in self.source.to_open(rule.id, self.today):
            if self.arranged.covers(each) or self.officers.is_reported(each.subject):
                continue
            base = rules.base(each.due, self.today, self.morning_after(each.due))
            case = Climbing(*each, json.dumps(ladder), base, 0)
            climbed = self.higher(rule, case)
            climbed.case = {
                "duty_id": each.id,
                "ladder": rule.escalation,
                "rules_version": self.book.version,
                "rungs": case.rungs,
                "base": base,
                "opened_on": self.today,
                "taken": 0,
                "next_on": None,
            }
            yield climbed

    def higher(self, rule: Rule, case: Climbing) -> Steps:
        ladder = case.ladder
        after = rules.reached(ladder, case.base, case.taken, self.today)
        climbed = Steps(case.id)
        climbed.move = {
            "of_id": case.id,
            "to_taken": after,
            "to_day": rules.next_on(ladder, case.base, after),
        }
        owed = Owed(case.id, case.rule_id, case.subject, case.org_id, case.due)
        for number in range(case.taken, after):
            _, to, channel = ladder[number]
            role = rules.on_ladder(rule, to)
            climbed.steps += self.step(owed, Sort.RUNG, number, role, channel)
        return climbed

    def step(self, each: Owed, sort: Sort, number: int, role: str, channel: str) -> list[Row]:
        return [
            {
                "duty_id": each.id,
                "sort": sort,
                "number": number,
                "due": each.due,
                "to": seat.member_id,
                "role": role,
                "instead_of": seat.instead_of,
                "channel": channel,
                "on": self.today,
                "at": self.now,
                "by": "",
            }
            for seat in self.officers.seats(role, each.subject, each.org_id)
        ]

    def morning_after(self, due: date) -> date:
        while not self.calendar.is_workday(due := due + ONE_DAY):
            pass
        return due


def climb(db: Session, now: datetime) -> Iterator[Callable[[Session], None]]:
    """The steps of today, in parts. Raises `RulesUnusable`, OSError."""
    book = in_force(db)
    officers = Officers(db, now, book.exempt)
    arranged = Arranged.read(db, now)
    looked = Morning(Stored(db), workdays.calendar(db), now, book, officers, arranged)
    found = list(looked.found())
    for some in parts(found, AT_ONCE):
        yield partial(take, found=some)


def take(db: Session, found: Sequence[Steps]) -> None:
    """But for what has been closed since it was read."""
    still = ladders.still_open(db, [each.duty_id for each in found])
    left = [each for each in found if each.duty_id in still]
    ladders.write(
        db,
        [each.case for each in left if each.case],
        [each.move for each in left if each.move],
        [step for each in left for step in each.steps],
    )
