"""Altering the rules from the desk: first what it would change, then, if somebody still wants it.

The same reckoning as in the morning, on duties kept in mind: nothing is written by looking.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from bot.clock import HOME
from bot.permissions import Action, authorize
from handlers.duties.actions.ahead import FURTHEST, Imagined
from handlers.duties.actions.arranged import Arranged
from handlers.duties.actions.climbing import Morning, Row
from handlers.duties.actions.officers import Officers
from handlers.duties.actions.planning import altered, in_force, rulebook
from handlers.duties.rules import amending as rules
from handlers.duties.rules.amending import Change, Fault
from handlers.duties.rules.rulebook import Rulebook
from storage import amendments, audit, duties, duty_sources, organisation, outlooks, workdays
from storage.database import Session
from storage.ladders import Climbing, Owed
from storage.members import Speaker

DAYS = 90
SHOWN = 8
AT = time(8, 40)


@dataclass(frozen=True)
class Line:
    """What one role is told."""

    role: str
    before: int
    """Reminders with the rules as they are."""
    after: int
    people: int
    """Who would be told something, now or then."""

    @property
    def more(self) -> int:
        return self.after - self.before


@dataclass(frozen=True)
class Staying:
    """On the ladder of its day, whatever the rules say later."""

    name: str
    of: str
    since: date


@dataclass(frozen=True)
class Effect:
    """Of the coming days, if nothing is done by anybody."""

    until: date
    lines: Sequence[Line]
    staying: Sequence[Staying]
    stay: int
    """How many of them there are."""
    spared: int = 0
    """People whom nobody would chase any more."""
    chased: int = 0
    """People who would be chased again, once their days are planned; not in `lines`."""

    @property
    def before(self) -> int:
        return sum(line.before for line in self.lines)

    @property
    def after(self) -> int:
        return sum(line.after for line in self.lines)


@dataclass
class Foreseen(Imagined):
    """Many duties of a few rules, found by their day."""

    by_due: dict[str, dict[date, list[Owed]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )

    def to_remind(self, rule_id: str, days: int, first: date, last: date) -> Sequence[Owed]:
        due = self.by_due.get(rule_id, {})
        span = (first + timedelta(n) for n in range((last - first).days + 1))
        near = [each for day in span for each in due.get(day, ())]
        return [each for each in near if self.reminded.get((each.id, each.due), 999) > days]

    def to_open(self, rule_id: str, today: date) -> Sequence[Owed]:
        due = self.by_due.get(rule_id, {})
        return [
            each
            for day, rows in due.items()
            if day <= today
            for each in rows
            if each.id not in self.cases
        ]


@dataclass(frozen=True)
class Outlook:
    """What is read once for both reckonings."""

    db: Session
    now: datetime
    owed: Sequence[Owed]
    reminded: Sequence[tuple[int, int, date]]
    cases: Sequence[tuple[Climbing, date | None]]

    def foreseen(self) -> Foreseen:
        mind = Foreseen()
        for each in self.owed:
            mind.by_due[each.rule_id][each.due].append(each)
        for duty_id, number, due in self.reminded:
            mind.reminded[duty_id, due] = min(number, mind.reminded.get((duty_id, due), 999))
        mind.cases = {case.id: (case, on) for case, on in self.cases}
        return mind


def effect(db: Session, change: Change, now: datetime) -> Effect:
    """What would be different. The change has been looked at for faults."""
    book = in_force(db)
    new = altered(db, change)
    ids = sorted(rules.concerned(book, change))
    look = Outlook(
        db,
        now,
        outlooks.open_by(db, ids, now.date() + timedelta(DAYS) + FURTHEST),
        outlooks.reminded_by(db, ids),
        outlooks.cases_by(db, ids),
    )
    before, after = told(look, book, ids), told(look, new, ids)
    touched = book.ladders != new.ladders or any(
        book.by_id[id].escalation != new.by_id[id].escalation for id in ids
    )
    cases = [case for case, _ in look.cases] if touched else []
    spared, chased = exempted(db, book.exempt, new.exempt)
    return Effect(
        now.date() + timedelta(DAYS),
        lines_of(before, after),
        staying(db, book, cases[:SHOWN], now),
        len(cases),
        spared,
        chased,
    )


def told(look: Outlook, book: Rulebook, ids: Sequence[str]) -> dict[str, Counter[str]]:
    """Role to how often each of them is told."""
    wanted = frozenset(ids)
    book = replace(book, rules=tuple(rule for rule in book.rules if rule.id in wanted))
    officers = Officers(look.db, look.now, book.exempt)
    mind, known = look.foreseen(), {each.id: each for each in look.owed}
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for step in steps(look, mind, book, officers, known):
        found[step["role"]][step["to"]] += 1
    return found


def steps(
    look: Outlook,
    mind: Foreseen,
    book: Rulebook,
    officers: Officers,
    known: dict[int, Owed],
) -> Iterator[Row]:
    """Of each working morning that is still to come; with those in office who are today."""
    calendar, arranged = workdays.calendar(look.db), Arranged.read(look.db, look.now)
    for n in range(DAYS + 1):
        at = datetime.combine(look.now.date() + timedelta(n), AT, HOME)
        if at <= look.now or not calendar.is_workday(at.date()):
            continue
        morning = Morning(mind, calendar, at, book, officers, arranged.on(at.date()))
        for each in list(morning.found()):
            mind.take(each, known)
            yield from (step for step in each.steps if step["to"])


def lines_of(before: Mapping[str, Counter[str]], after: Mapping[str, Counter[str]]) -> list[Line]:
    none: Counter[str] = Counter()
    found = [
        Line(
            role,
            before.get(role, none).total(),
            after.get(role, none).total(),
            len({*before.get(role, none), *after.get(role, none)}),
        )
        for role in {*before, *after}
    ]
    return sorted(found, key=lambda it: (-abs(it.more), -it.before, it.role))


def staying(db: Session, book: Rulebook, cases: Sequence[Climbing], now: datetime) -> list[Staying]:
    """Without names: what is a member's own is counted under their branch."""
    tree = organisation.tree(db, now.date())
    return [
        Staying(book.by_id[case.rule_id].name, tree.name(case.org_id), case.base) for case in cases
    ]


def exempted(db: Session, old: frozenset[str], new: frozenset[str]) -> tuple[int, int]:
    reasons = Counter(duty_sources.spared(db).values())
    return sum(reasons[each] for each in new - old), sum(reasons[each] for each in old - new)


def reasons(db: Session) -> dict[str, int]:
    """Why somebody might not be chased: reason to how many people."""
    found = Counter(duty_sources.spared(db).values())
    return {why: count for why, count in found.items() if why and why != "erased"}


@dataclass(frozen=True)
class Saved:
    version: str


@dataclass(frozen=True)
class Meanwhile:
    """Somebody has altered the rules since the preview."""


@dataclass(frozen=True)
class NotAllowed:
    pass


def save(
    db: Session, actor: Speaker, change: Change, seen: str, now: datetime
) -> Saved | Meanwhile | NotAllowed | Fault:
    """`seen`: the version whose effect was looked at."""
    if not authorize(actor, Action.CHANGE_RULES):
        return NotAllowed()
    book = in_force(db)
    if book.version != seen:
        return Meanwhile()
    if trouble := rules.fault(rulebook(), change):
        return trouble
    number = amendments.add(db, change.target, change.says, actor.id, now)
    audit.note(db, actor.id, "change_rules", f"rules:{change.target}", now, str(number))
    after = in_force(db)
    duties.adopt(db, after.hash, after.version, now)
    return Saved(after.version)
