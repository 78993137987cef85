"""The plan for a year ahead: made from the rules and the registers, as often as one likes."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import Any

from bot.clock import midnight
from bot.settings import Settings
from bot.understanding.times.calendar import add_months
from handlers.duties.actions.subjects import Registers, subjects
from handlers.duties.rules import amending, grammar, planning
from handlers.duties.rules.fulfilling import BY_FACT, BY_SPAN, Deed, Deeds
from handlers.duties.rules.issued import with_tasks
from handlers.duties.rules.planning import Occurrence, State, Subject, Window
from handlers.duties.rules.reading import Faulty, read
from handlers.duties.rules.replanning import Changes, Key, Wanted, changes
from handlers.duties.rules.rulebook import Kind, Level, Per, Rule, Rulebook
from storage import amendments, duties, duty_sources, hours, tasks, workdays
from storage.database import Session
from storage.hours import Reached
from storage.organisation import OrgKind

AT_ONCE = 1_000
"""Rows in one unit of work: a city has two hundred thousand."""
SEED = Path(__file__).parents[3] / "storage" / "seeds" / "rules.yaml"


class RulesUnusable(Exception):
    """The file of rules is faulty; `faulty` has every fault with its line."""

    def __init__(self, faulty: Faulty) -> None:
        super().__init__(f"{len(faulty.faults)} faults in the rules")
        self.faulty = faulty


@dataclass(frozen=True)
class Planned:
    new: int
    altered: int
    missing: int


def rulebook() -> Rulebook:
    """The rules in force: the deployment's own copy, or ours. Raises `RulesUnusable`, OSError."""
    path = Path(Settings().rules or SEED)
    return _read(path, path.stat().st_mtime_ns)


def in_force(db: Session) -> Rulebook:
    """These rules with what was altered from the desk. Raises `RulesUnusable`, OSError."""
    return amended_by(rulebook(), *amendments.in_force(db))


def altered(db: Session, change: amending.Change) -> Rulebook:
    """As it would be with one more change."""
    last, says = amendments.in_force(db)
    return amended_by(rulebook(), last + 1, {**says, change.target: change.says})


def amended_by(book: Rulebook, last: int, says: Mapping[str, Mapping[str, Any]]) -> Rulebook:
    """As a version of its own, which a duty and its case remember."""
    if not last:
        return book
    found = book
    for target, each in says.items():
        found = amending.amended(found, amending.change_of(target, each))
    digest = hashlib.sha256(f"{book.hash}:{last}".encode()).hexdigest()
    return replace(found, version=f"{book.version}+{last}", hash=digest)


@lru_cache(maxsize=4)
def _read(path: Path, _: int) -> Rulebook:
    found = read(path.read_text("utf-8"))
    if isinstance(found, Faulty):
        raise RulesUnusable(found)
    return with_tasks(found, tasks.RULE)


def plan(db: Session, book: Rulebook, now: datetime) -> Planned:
    """Bring the duties to what rules and registers ask for, from January to a year ahead.

    A second time it changes nothing."""
    adopt(db, book, now)
    found, missing = wanted(db, book, now)
    for part in parts(found, book.version):
        part(db)
    return Planned(len(found.new), len(found.altered), missing)


def plan_in_parts(db: Session, now: datetime) -> Iterator[Callable[[Session], object]]:
    """The same for the clock: read here, written in parts that hold up nobody for long. Who is
    faster meanwhile keeps what they did. Raises `RulesUnusable`, OSError."""
    book = in_force(db)
    yield lambda db: adopt(db, book, now)
    found, _ = wanted(db, book, now)
    yield from parts(found, book.version)


def adopt(db: Session, book: Rulebook, now: datetime) -> None:
    workdays.seed(db, now)
    duties.adopt(db, book.hash, book.version, now)


def wanted(db: Session, book: Rulebook, now: datetime) -> tuple[Changes, int]:
    """What there is to change, and how many days are missing."""
    today = now.date()
    window = Window(today, add_months(today, 12), duties.started(db) or today)
    registers = Registers(db, now, window, book.exempt)
    studied = Studied(db, window)
    planner = Planner(
        book, window, workdays.calendar(db), deeds(registers), houses(registers), studied
    )
    wanted = {key: want for each in subjects(registers) for key, want in planner.wanted(each)}
    found = changes(duties.every(db), wanted, planner.elections, window.floor)
    missing = sum(want.state == State.MISSING_ANCHOR for want in wanted.values())
    return found, missing


def parts(found: Changes, version: str) -> Iterator[Callable[[Session], None]]:
    new = (
        {
            "rule_id": rule_id,
            "subject": subject,
            "occurrence": occurrence,
            "rules_version": version,
            **want._asdict(),
        }
        for (rule_id, subject, occurrence), want in found.new.items()
    )
    altered = (
        {
            "of_id": id,
            "of_state": found.was[id],
            **{f"to_{name}": value for name, value in want._asdict().items()},
        }
        for id, want in found.altered.items()
    )
    while part := list(islice(new, AT_ONCE)):
        yield partial(duties.add, rows=part)
    while part := list(islice(altered, AT_ONCE)):
        yield partial(duties.alter, rows=part)


def deeds(registers: Registers) -> Deeds:
    since = midnight(registers.window.floor)
    return Deeds(
        Deed(row.id, row.org_id, row.kind, row.title, row.starts.date())
        for row in duty_sources.held(registers.db, since, registers.now)
    )


def houses(registers: Registers) -> dict[str, list[str]]:
    """Organ to whoever acts for it: itself and its party committee."""
    committees = {OrgKind.ORGAN_COMMITTEE, OrgKind.GENERAL_BRANCH}
    found: dict[str, list[str]] = {}
    for org in registers.orgs:
        if org.kind == OrgKind.ORGAN:
            own = [child.id for child in registers.children[org.id] if child.kind in committees]
            found[org.id] = [org.id, *own]
    return found


@dataclass
class Studied:
    """Who has how many hours: read once for a number of hours and a turn."""

    db: Session
    window: Window
    _read: dict[tuple[int, date, date], Mapping[str, Reached]] = field(default_factory=dict)

    def enough(self, member_id: str, needed: int, first: date, last: date) -> Reached | None:
        if first > self.window.today:
            return None
        key = needed, first, last
        if key not in self._read:
            self._read[key] = hours.reached(self.db, needed, first, last)
        return self._read[key].get(member_id)


@dataclass
class Planner:
    book: Rulebook
    window: Window
    calendar: workdays.Calendar
    deeds: Deeds
    houses: dict[str, list[str]]
    studied: Studied
    elections: dict[tuple[str, str], date] = field(default_factory=dict)
    _seen: dict[object, tuple[tuple[str, Wanted], ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rules: dict[Level, list[tuple[Rule, tuple[str, ...]]]] = defaultdict(list)
        for rule in self.book.rules:
            used = {*grammar.fields_in(rule.expression), rule.anchor} & grammar.FIELDS
            needs = {*used, *(planning.ENDS.get(each, "") for each in used)} - {""}
            needs |= {by[rule.id] for by in (BY_FACT, BY_SPAN) if rule.id in by}
            self.rules[rule.level].append((rule, tuple(sorted(needs))))

    def wanted(self, subject: Subject) -> Iterator[tuple[Key, Wanted]]:
        for rule, needs in self.rules[subject.level]:
            if planning.concerns(rule, subject):
                for name, want in self.times(rule, needs, subject):
                    yield (rule.id, subject.key, name), want

    def times(
        self, rule: Rule, needs: tuple[str, ...], subject: Subject
    ) -> tuple[tuple[str, Wanted], ...]:
        """Worked out once for all of an organisation whom the same days are on record of."""
        if rule.per is Per.TERM and "elected_on" in rule.anchor:
            elected = subject.facts.get(rule.anchor)
            if isinstance(elected, date):
                self.elections[rule.id, subject.key] = elected
        own = rule.anchor in subject.many or rule.hours is not None
        earliest = planning.lower(rule, subject, self.window)
        facts = subject.facts
        key = (rule.id, subject.org_id, earliest, *[facts.get(name) for name in needs])
        found = None if own else self._seen.get(key)
        if found is None:
            found = tuple(
                (each.name, self.standing(rule, subject, each))
                for each in planning.occurrences(rule, subject, self.window, self.calendar)
            )
            if not own:
                self._seen[key] = found
        return found

    def standing(self, rule: Rule, subject: Subject, each: Occurrence) -> Wanted:
        org_id = subject.org_id
        if each.due is None:
            return Wanted(org_id, None, None, None, State.MISSING_ANCHOR, each.missing, None, "")
        done_on, by = self.shown(rule, subject, each)
        state = State.DONE if done_on else State.OPEN
        return Wanted(org_id, each.anchor, each.due, each.hard, state, "", done_on, by)

    def shown(self, rule: Rule, subject: Subject, each: Occurrence) -> tuple[date | None, str]:
        """The record that fulfils it."""
        if rule.kind is Kind.RECORDED:
            return each.due, rule.anchor
        fact = subject.facts.get(BY_FACT.get(rule.id, ""))
        if isinstance(fact, date):
            return fact, BY_FACT[rule.id]
        until = subject.facts.get(BY_SPAN.get(rule.id, ""))
        if isinstance(until, date) and each.last and each.due and each.last <= until:
            return each.due, BY_SPAN[rule.id]
        if each.first and each.last and rule.hours is not None:
            member_id = subject.key.partition(":")[2]
            reached = self.studied.enough(member_id, rule.hours, each.first, each.last)
            return (reached.day, f"activity:{reached.activity_id}") if reached else (None, "")
        if each.first and each.last:
            houses = self.houses.get(subject.org_id, [subject.org_id])
            deed = self.deeds.enough(rule.id, houses, each.first, each.last, each.times)
            if deed:
                return deed.day, f"activity:{deed.activity_id}"
        return None, ""
