"""Which duties a rule puts on whom, and when each is due."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from bot.understanding.times.workdays import Workdays
from handlers.duties.rules import grammar
from handlers.duties.rules.dates import Facts, Missing, Turn, day_of, due, each_of
from handlers.duties.rules.fulfilling import BY_ACTIVITY, BY_FACT
from handlers.duties.rules.grammar import Call, Function, Span
from handlers.duties.rules.rulebook import Filter, Kind, Level, Per, Rule

SOON = timedelta(days=7)
"""What an event leads to is planned that long before its first reminder: no list of who has not
come lies about for months."""
A_BEGINNING = timedelta(days=31)
"""The first study of a year may be held so late in it."""
ENDS = {
    "candidate.activist_on": "candidate.object_on",
    "candidate.accepted_on": "candidate.full_meeting_on",
}
"""What comes round since one day of a candidate ends with the other."""
FIRST_STEP = "candidate.applied_on"
ASKED_AS = {"org.term_ends_on": "org.elected_on", "branch.elected_on": "org.elected_on"}
"""Days that follow from another: that one is asked for."""
ON_RECORD = frozenset({Level.TASK, Level.FINDING})
"""Of these it is on record that they are owed, however long ago they were due."""
WHEN_IT_HAPPENS = frozenset({Per.EVENT, Per.ITEM, Per.MEETING})


class State(StrEnum):
    OPEN = "open"
    DONE = "done"
    MISSING_ANCHOR = "missing_anchor"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Subject:
    """Whom duties may fall on."""

    key: str
    """org:BR-A1, member:M001, candidate:K01, finding:F01, operator:1."""
    level: Level
    org_id: str
    """The organisation whose officers look after it."""
    facts: Facts
    since: date
    """From here on there are records of it; what was due before is not asked for."""
    traits: frozenset[Filter] = frozenset()
    many: Mapping[str, Sequence[tuple[str, date]]] = field(default_factory=dict)
    """Days that a subject has several of (its meetings), each with a name."""
    chased: bool = True
    declines: frozenset[str] = frozenset()
    """Groups of rules that a member does not want to hear of."""
    hours_since: date | None = None
    """From here on their study hours are on record; None: nobody keeps any."""


@dataclass(frozen=True)
class Window:
    today: date
    until: date
    started: date
    """The day on which the assistant first planned: what only a person can confirm is not owed
    from before."""

    @property
    def floor(self) -> date:
        return date(self.today.year, 1, 1)


@dataclass(frozen=True)
class Occurrence:
    """One time that a rule asks for something."""

    name: str
    """2026-11, 2026-Q4, or the day it is counted from."""
    anchor: date | None
    due: date | None
    """None: the day it is counted from is missing."""
    hard: date | None = None
    """Beyond it no exception reaches."""
    first: date | None = None
    last: date | None = None
    times: int = 1
    """How often within first and last."""
    missing: str = ""
    """The field to ask the secretary for."""


def concerns(rule: Rule, subject: Subject) -> bool:
    """Whether the rule is for this subject at all."""
    return (
        rule.level is subject.level
        and (rule.filter is None or rule.filter in subject.traits)
        and rule.times is not None
        and (rule.hours is None or subject.hours_since is not None)
        and (subject.chased or "member" not in rule.responsible)
        and rule.group not in subject.declines
    )


def occurrences(
    rule: Rule, subject: Subject, window: Window, workdays: Workdays
) -> tuple[Occurrence, ...]:
    """Those from the floor of the window to its end, earlier ones only where a term has run out.
    `concerns` is taken for granted."""
    try:
        found = tuple(_found(rule, subject, window, workdays))
    except Missing as missing:
        if rule.per in WHEN_IT_HAPPENS:
            return ()
        if rule.level is Level.CANDIDATE and missing.field != FIRST_STEP:
            return ()  # that step has not been reached
        return (Occurrence("", None, None, missing=ASKED_AS.get(missing.field, missing.field)),)
    earliest = lower(rule, subject, window)
    return tuple(
        each
        for each in found
        if each.due and earliest <= each.due <= window.until and is_known(rule, subject, each)
    )


def is_known(rule: Rule, subject: Subject, each: Occurrence) -> bool:
    """Hours add up: they are asked for only where the record has them from the beginning."""
    if rule.hours is None:
        return True
    since = subject.hours_since
    return since is not None and each.first is not None and since <= each.first + A_BEGINNING


def lower(rule: Rule, subject: Subject, window: Window) -> date:
    if rule.per is Per.TERM or rule.level in ON_RECORD:
        return date.min
    recorded = rule.id in BY_ACTIVITY or rule.id in BY_FACT or rule.kind is Kind.RECORDED
    return max(window.floor, subject.since if recorded else window.started)


def _found(
    rule: Rule, subject: Subject, window: Window, workdays: Workdays
) -> Iterator[Occurrence]:
    match rule.expression:
        case Call(Function.EACH, (Span() as every, grammar.Field(name))):
            start = day_of(name, subject.facts)
            days = each_of(every, start, min(window.until, _end(name, subject, window)))
            yield from (Occurrence(str(day), start, day) for day in days)
        case _ if rule.anchor in subject.many:
            yield from _for_many(rule, subject, workdays)
        case _ if span := grammar.span_in(rule.expression) or rule.per.span:
            yield from _in_turns(rule, subject, span, window, workdays)
        case _:
            yield from _from_a_day(rule, subject, window, workdays)


def _in_turns(
    rule: Rule, subject: Subject, span: Span, window: Window, workdays: Workdays
) -> Iterator[Occurrence]:
    turn, last = turns_of(rule, subject, span, window)
    times = -(-(rule.times or 1) * span.months // (rule.per.span or span).months)
    anchor = next(grammar.fields_in(rule.expression), "")
    while turn.first <= last:
        day = due(rule.expression, turn, subject.facts, workdays)
        fact = subject.facts.get(anchor)
        counted = fact if isinstance(fact, date) else None
        yield Occurrence(turn.name, counted, day, None, turn.first, turn.last, times)
        turn = turn.next()


def turns_of(rule: Rule, subject: Subject, span: Span, window: Window) -> tuple[Turn, date]:
    """The first turn, one early because a day may fall behind its turn's end, and the last day."""
    first, last = window.floor - timedelta(31 * span.months), window.until
    used = set(grammar.fields_in(rule.expression))
    if rule.anchor in grammar.FIELDS - used:  # it comes round only since that day
        first = max(first, day_of(rule.anchor, subject.facts))
        last = min(last, _end(rule.anchor, subject, window))
    return Turn.of(span, first), last


def _from_a_day(
    rule: Rule, subject: Subject, window: Window, workdays: Workdays
) -> Iterator[Occurrence]:
    turn = Turn.of(Span.YEAR, window.today)
    day = due(rule.expression, turn, subject.facts, workdays)
    limit = rule.hard_limit
    hard = due(limit, turn, subject.facts, workdays) if limit else None
    anchor = day_of(next(grammar.fields_in(rule.expression)), subject.facts)
    if rule.per is Per.EVENT:
        near = window.today + SOON + timedelta(max(rule.remind, default=0))
        if day > near or window.today < anchor <= day:  # not near, or it has not happened
            return
    yield Occurrence(str(anchor), anchor, day, hard)


def _for_many(rule: Rule, subject: Subject, workdays: Workdays) -> Iterator[Occurrence]:
    for name, day in subject.many[rule.anchor]:
        facts = {rule.anchor: day}
        when = due(rule.expression, Turn.of(Span.YEAR, day), facts, workdays)
        yield Occurrence(name, day, when)


def _end(anchor: str, subject: Subject, window: Window) -> date:
    ended = subject.facts.get(ENDS.get(anchor, ""))
    return ended if isinstance(ended, date) else window.until
