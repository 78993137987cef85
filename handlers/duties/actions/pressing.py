"""催办: reminding whoever is responsible, by hand; and what is proposed to those above."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.messages import Reply, Say, button
from bot.permissions import Action, authorize, may, reach
from handlers.duties.actions.climbing import PRIVATE
from handlers.duties.actions.mornings import DIGEST
from handlers.duties.actions.officers import Officers, Seat
from handlers.duties.actions.planning import in_force, rulebook
from handlers.duties.rules import climbing as rules
from handlers.duties.rules.fulfilling import ARRANGED_AS
from handlers.duties.rules.rulebook import Level, Rule
from handlers.duties.rules.taps import Done
from handlers.duties.text import mornings as wording
from handlers.duties.text import pressing as text
from storage import duties, ladders, members, organisation, outbox
from storage.database import Session
from storage.duties import OPEN, Row
from storage.ladders import Sort, Told
from storage.members import Speaker
from storage.outbox import Post

USEFUL = timedelta(hours=12)
"""PROMISES.md P4."""


@dataclass(frozen=True)
class Pressed:
    whom: Sequence[str]
    what: str


@dataclass(frozen=True)
class PressedUnit:
    whom: Sequence[str]
    of: str
    count: int
    """Of duties."""


@dataclass(frozen=True)
class ToldToday:
    """By hand or by the clock: not twice a day."""

    whom: Sequence[str]


@dataclass(frozen=True)
class NobodyThere:
    """Nobody holds the post, nor any above it; or it is the asker's own."""


@dataclass(frozen=True)
class NotOpen:
    pass


@dataclass(frozen=True)
class Proposal:
    channel: str
    of: str
    what: str
    days: int


def press(
    db: Session, actor: Speaker, duty_id: int, now: datetime
) -> Pressed | ToldToday | NobodyThere | NotOpen | None:
    """None when it is none of theirs. What is private to a member, nobody presses for."""
    row, book = duties.one(db, duty_id), in_force(db)
    rule = book.by_id.get(row.rule_id) if row else None
    if row is None or rule is None or row.due is None or row.state != OPEN:
        return NotOpen()
    if rule.private or not may(db, actor, Action.SEE_DUTIES, row.org_id, now):
        return None
    officers = Officers(db, now, book.exempt)
    seats = responsible(officers, rule, row, actor)
    if not seats:
        return NobodyThere()
    names = members.names(db, [seat.member_id for seat in seats])
    today = now.date()
    told = {step.to for step in ladders.steps_of(db, duty_id) if step.on == today}
    left = [seat for seat in seats if seat.member_id not in told]
    if not left:
        return ToldToday(list(names.values()))
    remember(db, row, rule, left, actor, now)
    outbox.post(db, [letter(officers, row, rule, seat, actor, now) for seat in left], now)
    return Pressed([names[seat.member_id] for seat in left], rule.name)


def press_unit(
    db: Session, actor: Speaker, org_id: str, now: datetime
) -> PressedUnit | ToldToday | NotOpen | None:
    """Everything overdue of a branch at once: one letter for each of those responsible."""
    tree, book = organisation.tree(db, now.date()), in_force(db)
    if not authorize(actor, Action.SEE_DUTIES, tree.line(org_id)):
        return None
    officers, known = Officers(db, now, book.exempt), book.by_id
    rows = duties.open_of(db, tree.below(org_id), now.date() - timedelta(1))
    late = [row for row in rows if (rule := known.get(row.rule_id)) and is_pressed(rule)]
    found: dict[str, list[Row]] = {}
    told: set[str] = set()
    for row in late:
        rule = known[row.rule_id]
        today = {step.to for step in ladders.steps_of(db, row.id) if step.on == now.date()}
        seats = responsible(officers, rule, row, actor)
        told |= {seat.member_id for seat in seats if seat.member_id in today}
        left = [seat for seat in seats if seat.member_id not in today]
        remember(db, row, rule, left, actor, now)
        for seat in left:
            found.setdefault(seat.member_id, []).append(row)
    names = members.names(db, [*found, *told])
    if not found:
        return ToldToday([names[id] for id in sorted(told)]) if told else NotOpen()
    outbox.post(
        db, [for_unit(officers, known, to, each, actor, now) for to, each in found.items()], now
    )
    count = len({row.id for each in found.values() for row in each})
    return PressedUnit([names[to] for to in found], tree.name(org_id), count)


def is_pressed(rule: Rule) -> bool:
    return rules.is_chased(rule) and not rule.private


def for_unit(
    officers: Officers,
    known: Mapping[str, Rule],
    to: str,
    rows: Sequence[Row],
    actor: Speaker,
    now: datetime,
) -> Post:
    if len(rows) == 1:
        return letter(officers, rows[0], known[rows[0].rule_id], Seat(to), actor, now)
    lines = [said(officers, row, known[row.rule_id], now) for row in rows]
    return Post(
        key=f"press:{rows[0].org_id}:{now:%Y-%m-%d}:{to}",
        to=to,
        kind="press",
        say=Reply(
            text=text.letter_of_several(actor.name, lines),
            buttons=[button(wording.LIST, Say(words=wording.LIST_WORDS))],
        ),
        cause=f"press:{now:%Y-%m-%d}",
        due=now,
        until=now + USEFUL,
        org_id=rows[0].org_id,
        author=actor.id,
        author_may=Action.SEE_DUTIES,
    )


def said(officers: Officers, row: Row, rule: Rule, now: datetime) -> str:
    assert row.due is not None
    of = "" if officers.tree.branch_of(row.org_id) == row.org_id else subject(officers, row)
    found = officers.assigned.rows.get(row.subject)
    if found and rule.level is Level.FINDING:
        return wording.line(wording.finding(found.number, found.title, ""), "", row.due, now.date())
    return wording.line(wording.period(row.occurrence) + rule.name, of, row.due, now.date())


def responsible(officers: Officers, rule: Rule, row: Row, actor: Speaker) -> list[Seat]:
    """Those on the first bench of the rule where somebody else than the asker sits."""
    for role in rule.responsible:
        seats = officers.seats(role, row.subject, row.org_id)
        if others := [seat for seat in seats if seat.member_id not in {"", actor.id}]:
            return others
    return []


def remember(
    db: Session, row: Row, rule: Rule, seats: Sequence[Seat], actor: Speaker, now: datetime
) -> None:
    steps = [
        {
            "duty_id": row.id,
            "sort": Sort.BY_HAND,
            "number": now.date().toordinal(),
            "due": row.due,
            "to": seat.member_id,
            "role": rule.responsible[0],
            "instead_of": seat.instead_of,
            "channel": PRIVATE,
            "on": now.date(),
            "at": now,
            "by": actor.id,
        }
        for seat in seats
    ]
    ladders.write(db, [], [], steps)


def letter(
    officers: Officers, row: Row, rule: Rule, seat: Seat, actor: Speaker, now: datetime
) -> Post:
    shown = button(wording.DONE, Done(duty_id=row.id))
    if rule.level is Level.FINDING:
        number = row.subject.partition(":")[2]
        shown = button(wording.FINDING, Say(words=number))
    if what := ARRANGED_AS.get(rule.id):
        shown = button(wording.arrange(what), Say(words=wording.arrange_words(what)))
    return Post(
        key=f"press:{row.id}:{now:%Y-%m-%d}:{seat.member_id}",
        to=seat.member_id,
        kind="press",
        say=Reply(text=text.letter(actor.name, said(officers, row, rule, now)), buttons=[shown]),
        cause=f"duty:{row.id}",
        due=now,
        until=now + USEFUL,
        org_id=row.org_id,
        author=actor.id,
        author_may=Action.SEE_DUTIES,
    )


def subject(officers: Officers, row: Row) -> str:
    kind, _, id = row.subject.partition(":")
    return officers.tree.name(id) if kind == "org" else id


def proposals(db: Session, actor: Speaker, now: datetime) -> list[Proposal]:
    """What the ladders put before a person: longest overdue first. Nothing of it happens by
    itself."""
    tree, known = organisation.tree(db, now.date()), rulebook().by_id
    orgs = set(reach(actor, Action.SEE_DUTIES, tree))
    found = {
        step.duty_id: Proposal(
            step.channel,
            tree.name(tree.branch_of(step.org_id) or step.org_id),
            wording.period(step.occurrence) + known[step.rule_id].name,
            (now.date() - step.due).days,
        )
        for step in highest(ladders.told_to(db, actor.id))
        if step.org_id in orgs and step.channel not in {PRIVATE, DIGEST} and step.rule_id in known
    }
    return sorted(found.values(), key=lambda it: (-it.days, it.of))


def highest(steps: Sequence[Told]) -> list[Told]:
    """So that the highest proposal for a duty comes last."""
    return sorted(steps, key=lambda it: it.number)
