"""Taking a step: load, decide, save, and tell whoever has to know."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.messages import Refusal
from handlers.tasks.actions import letters, listing, parties
from handlers.tasks.rules import machine
from handlers.tasks.rules.machine import Asked, Moved, NotNow, Standing, State, Step
from handlers.tasks.text import stepping as text
from storage import audit, duties, members, outbox, tasks
from storage.database import Session
from storage.duties import Anchor
from storage.members import Speaker
from storage.organisation import Tree
from storage.tasks import Row, TaskStep


@dataclass(frozen=True)
class Done:
    row: Row
    """As it is now."""
    step: Step
    before: State
    name: str = ""
    """Of the person it was handed to."""


@dataclass(frozen=True)
class Objected:
    row: Row
    why: machine.Refused


@dataclass(frozen=True)
class Elsewhere:
    """Whoever it was to be handed to is not of the unit."""

    name: str


@dataclass(frozen=True)
class Waits:
    """They were asked to take it, and have not answered."""

    name: str
    since: datetime


@dataclass(frozen=True)
class Wish:
    """A step, with what belongs to it."""

    step: Step
    words: str = ""
    until: date | None = None
    person: str = ""


def take(db: Session, actor: Speaker, now: datetime, task_id: int, wish: Wish) -> Done | Objected:
    """`Refusal` when there is no such task, or it is none of theirs to know of."""
    row, tree = seen(db, actor, now, task_id)
    words = wish.words.strip()[: machine.LONGEST]
    asked = Asked(
        wish.step, actor.id, parties.sides(db, tree, actor, row), now.date(), words, wish.until
    )
    verdict = machine.decide(standing(row), asked)
    if not isinstance(verdict, Moved):
        return Objected(row, verdict)
    values = effects(row, wish, words, actor, verdict.to, now)
    if not tasks.change(db, row.id, row.state, values, offered_to=row.offered_to):
        after, _ = seen(db, actor, now, task_id)
        return Objected(after, NotNow(State(after.state)))
    step = note(db, actor, row, wish, words, verdict.to, now)
    after = tasks.one(db, row.id) or row
    letters.moved(db, tree, actor, after, wish.step, step, now)
    letters.not_any_more(db, row, after, step, now)
    tell_the_clock(db, actor, row, after, wish.step, now)
    return Done(after, wish.step, State(row.state), members.name_of(db, wish.person))


def seen(db: Session, actor: Speaker, now: datetime, task_id: int) -> tuple[Row, Tree]:
    """`Refusal` when there is no such task, or it is none of theirs."""
    tree = parties.tree_of(db, now.date())
    row = tasks.one(db, task_id)
    if row is None or not (
        parties.sides(db, tree, actor, row) or parties.may_see(tree, actor, row)
    ):
        raise Refusal(text.NO_SUCH_TASK)
    return row, tree


def standing(row: Row) -> Standing:
    return Standing(
        State(row.state),
        row.due,
        row.kind == "finding",
        bool(row.offered_to),
        row.asked_until,
        row.reported_by,
        row.nudged_on,
    )


def effects(
    row: Row, wish: Wish, words: str, actor: Speaker, to: State, now: datetime
) -> Mapping[str, Any]:
    """The columns that a step changes."""
    values: dict[str, Any] = {"state": to, "since": now} if to != row.state else {}
    if to is State.CLOSED:
        values["done_on"] = now.date()
    match wish.step:
        case Step.PROGRESS | Step.RETURN:
            return {**values, "said": words}
        case Step.REPORT:
            said = {"said": words} if words else {}
            return {**values, **said, "reported_by": actor.id, "asked_until": None}
        case Step.TAKE_BACK:
            return {**values, "reported_by": ""}
        case Step.EXTEND:
            return {**values, "asked_until": wish.until}
        case Step.GRANT:
            return {**values, "due": row.asked_until, "asked_until": None}
        case Step.DECLINE:
            return {**values, "asked_until": None}
        case Step.HAND_OVER | Step.KEEP:  # to nobody then
            return {**values, "offered_to": wish.person}
        case Step.TAKE:
            return {**values, "owner": actor.id, "offered_to": ""}
        case Step.NUDGE:
            return {**values, "nudged_on": now.date()}
        case Step.SIGN | Step.ACCEPT | Step.CLOSE | Step.WITHDRAW:
            return values


def note(
    db: Session, actor: Speaker, row: Row, wish: Wish, words: str, to: State, now: datetime
) -> int:
    """The number of the row of the history; the audit has the step without the words."""
    step = TaskStep(
        task_id=row.id,
        at=now,
        by=actor.id,
        step=wish.step,
        state=to,
        words=words,
        until=wish.until or (row.asked_until if wish.step is Step.GRANT else None),
        person=wish.person,
    )
    tasks.record(db, step)
    audit.note(db, actor.id, f"task_{wish.step}", f"task:{row.id}", now, to)
    return step.id


def tell_the_clock(
    db: Session, actor: Speaker, before: Row, row: Row, step: Step, now: datetime
) -> None:
    """What is handed out is a duty too: its ladder follows the day on record, and ends with it.
    A finding waits for its re-check; of a task nobody is told while it is reported."""
    if row.kind != "finding":
        stop, open_ = (duties.OPEN, duties.CANCELLED), (duties.CANCELLED, duties.OPEN)
        if before.due != row.due or row.state not in tasks.OWED:
            duties.switch(db, f"task:{row.id}", before.due, *stop)
        elif before.state not in tasks.OWED:
            duties.switch(db, f"task:{row.id}", row.due, *open_)
        return
    if step is Step.GRANT:
        anchor(db, row.number, row.org_id, row.due, actor.id, now)
    if row.state in tasks.FINISHED:
        for duty in duties.open_for(db, f"finding:{row.number}", date.max):
            duties.complete(db, duty.id, f"task:{row.id}", now.date())
            outbox.cancel(db, f"duty:{duty.id}", "done", now)


def anchor(db: Session, number: str, org_id: str, due: date, by: str, now: datetime) -> None:
    row = Anchor(
        subject=f"finding:{number}", field="finding.due_on", org_id=org_id, day=due, by=by, at=now
    )
    duties.set_anchor(db, row)


def candidates(db: Session, actor: Speaker, row: Row, now: datetime) -> dict[str, str]:
    """Whom `actor` can hand it to: those of the unit, id to name."""
    tree = parties.tree_of(db, now.date())
    found = members.belonging(db, tree.below(row.org_id), now.date())
    return {id: name for id, name in found.items() if id not in {row.owner, actor.id}}


def hand_over(
    db: Session, actor: Speaker, now: datetime, task_id: int, person: str
) -> Done | Objected | Elsewhere | Waits:
    """`person` by id; nobody is asked twice. `Refusal` as in `take`."""
    row, _ = seen(db, actor, now, task_id)
    offer = listing.offer(db, row)
    if offer and person == row.offered_to:
        return Waits(*offer)
    if person not in candidates(db, actor, row, now):
        return Elsewhere(members.name_of(db, person) or person)
    return take(db, actor, now, task_id, Wish(Step.HAND_OVER, person=person))


def past(
    db: Session, actor: Speaker, now: datetime, task_id: int
) -> tuple[Row, list[tuple[datetime, str, str, str, date | None, str]]]:
    """When, who, which step, in which words, until when, to whom; on record that it was read.
    `Refusal` as in `take`."""
    row, _ = seen(db, actor, now, task_id)
    steps = tasks.history(db, task_id)
    names = letters.names(db, [id for each in steps for id in (each.by, each.person)])
    audit.note(db, actor.id, "read_task", f"task:{task_id}", now)
    return row, [
        (
            each.at,
            names.get(each.by, ""),
            each.step,
            each.words,
            each.until,
            names.get(each.person, ""),
        )
        for each in steps
    ]


def sign_all(db: Session, actor: Speaker, now: datetime) -> int:
    """Everything new that is theirs; how many that were."""
    new = [row for row in listing.owed(db, actor, now, date.max) if row.state == State.ISSUED]
    taken = [take(db, actor, now, row.id, Wish(Step.SIGN)) for row in new]
    return sum(isinstance(each, Done) for each in taken)


def objection(
    db: Session, actor: Speaker, now: datetime, row: Row, step: Step
) -> machine.Refused | None:
    """Why the step cannot be taken whatever is said of it."""
    sides = parties.sides(db, parties.tree_of(db, now.date()), actor, row)
    asked = Asked(step, actor.id, sides, now.date(), "…", row.due + timedelta(1))
    verdict = machine.decide(standing(row), asked)
    return None if isinstance(verdict, Moved) else verdict


def name_of(db: Session, now: datetime, org_id: str) -> str:
    return parties.tree_of(db, now.date()).name(org_id)


def names_of_doers(db: Session, now: datetime, row: Row) -> list[str]:
    people = parties.doers(db, parties.tree_of(db, now.date()), [row])[row.id]
    return sorted(members.names(db, [each.id for each in people]).values())
