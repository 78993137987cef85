"""Entering others on the record: from paper, as observers, as exempt; and annulling."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.messages import Refusal
from bot.permissions import Action
from handlers.checkin.actions.allowing import entrusted
from handlers.checkin.rules import roll_call as rules
from handlers.checkin.rules.roll_call import Meant
from handlers.checkin.text import roll_call as text
from storage import activities, attendance, audit, members, organisation
from storage.activities import Audience, Held
from storage.attendance import CAME, Entry, Standing, State
from storage.database import Session
from storage.members import Speaker

WITHIN = timedelta(days=31)
"""After the end; by then the paper has been handed in."""
Paper = State
"""What the paper says: PRESENT, OBSERVING or EXEMPT."""


@dataclass(frozen=True)
class Person:
    id: str
    name: str


@dataclass(frozen=True)
class Roll:
    """Who has no record yet, to be numbered from 1."""

    held: Held
    missing: tuple[Person, ...]


@dataclass(frozen=True)
class Called:
    held: Held
    recorded: tuple[str, ...]
    already: tuple[str, ...]
    unclear: tuple[str, ...]
    ambiguous: tuple[str, ...]
    came: int
    expected: int


@dataclass(frozen=True)
class Annulled:
    held: Held
    name: str
    reason: str


def roll(db: Session, actor: Speaker, now: datetime, activity_id: int) -> Roll:
    held = _to_call(db, actor, now, activity_id)
    audit.note(db, actor.id, "read_attendance", f"activity:{held.id}", now)
    known = {each.member_id: State(each.state) for each in attendance.records(db, held.id)}
    here = {*CAME, State.OBSERVING}
    absent = attendance.expected(db, held) - {m for m, state in known.items() if state in here}
    names = members.names(db, sorted(absent))
    return Roll(held, tuple(Person(id, names[id]) for id in sorted(names)))


def call(
    db: Session,
    actor: Speaker,
    now: datetime,
    activity_id: int,
    words: str,
    listed: Sequence[str],
    what: Paper = State.PRESENT,
) -> Called:
    """Record whoever is named, as if they had said it themselves; the record says who did."""
    held = _to_call(db, actor, now, activity_id)
    everybody = attendance.expected(db, held)
    people = members.names(db, sorted(everybody | set(listed)))
    if what is State.OBSERVING or held.audience == Audience.SIGNED_UP:
        people = _neighbours(db, held, now) | people
    meant = rules.meant(words, listed, people)
    before = attendance.standings(db, held.id, meant.ids)
    fresh = [id for id in meant.ids if not _stands(before.get(id), what)]
    at = now if what is State.EXEMPT else min(now, held.starts)
    for id in fresh:
        if id not in everybody and held.audience == Audience.SIGNED_UP and what is State.PRESENT:
            activities.sign_up(db, held.id, id, now)
        state = State.PRESENT if what is State.OBSERVING and id in everybody else what
        entry = Entry(state, at, "roll_call", actor.id, now)
        attendance.enter(db, held.id, id, entry, before.get(id))
        audit.note(db, actor.id, "call_roll", f"member:{id}", now, f"activity:{held.id} {state}")
    return _called(db, held, meant, fresh, people)


def annul(
    db: Session, actor: Speaker, now: datetime, activity_id: int, member_id: str, reason: str
) -> Annulled:
    """Take back what was recorded of somebody, and say why."""
    held = entrusted(db, actor, Action.ANNUL_ATTENDANCE, activity_id, now)
    before = attendance.standings(db, held.id, [member_id]).get(member_id)
    name = members.name_of(db, member_id)
    if before is None or before.state is State.ANNULLED:
        raise Refusal(text.nothing_to_annul(name, held.title))
    entry = Entry(State.ANNULLED, now, "annul", actor.id, now, reason)
    attendance.enter(db, held.id, member_id, entry, before)
    audit.note(db, actor.id, "annul", f"member:{member_id}", now, f"activity:{held.id}")
    return Annulled(held, name, reason)


def on_record(db: Session, actor: Speaker, now: datetime, activity_id: int, words: str) -> Meant:
    """Who of those on record is named."""
    held = entrusted(db, actor, Action.ANNUL_ATTENDANCE, activity_id, now)
    ids = [each.member_id for each in attendance.records(db, held.id)]
    return rules.meant(words, (), members.names(db, ids))


def _to_call(db: Session, actor: Speaker, now: datetime, activity_id: int) -> Held:
    held = entrusted(db, actor, Action.RUN_CHECK_IN, activity_id, now)
    if now < held.opens:
        raise Refusal(text.too_early(held.title, held.opens))
    if now > held.ends + WITHIN:
        raise Refusal(text.too_late(held.title, held.ends + WITHIN))
    return held


def _stands(before: Standing | None, what: Paper) -> bool:
    """Whether there is nothing to add: who came stays so, and nobody is exempt twice."""
    if before is None or before.state is State.ANNULLED:
        return False
    return before.state in (*CAME, State.OBSERVING) or before.state is what


def _neighbours(db: Session, held: Held, now: datetime) -> dict[str, str]:
    """Who belongs to the organ that the activity is held in: they may come as observers."""
    tree = organisation.tree(db, now.date())
    top = tree.line(held.org_id)[:2][-1]
    return members.belonging(db, tree.below(top), now.date())


def _called(
    db: Session, held: Held, meant: Meant, fresh: Sequence[str], people: dict[str, str]
) -> Called:
    db.write_what_waits()  # the count of the batch knows nothing of these
    tally = attendance.tally(db, held)
    return Called(
        held,
        tuple(people[id] for id in fresh),
        tuple(people[id] for id in meant.ids if id not in fresh),
        meant.unclear,
        meant.ambiguous,
        tally.came,
        tally.expected,
    )
