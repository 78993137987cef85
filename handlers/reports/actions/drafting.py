"""A circular's way: drafted, checked, approved by somebody else, published, corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.files import papers
from bot.messages import Refusal
from bot.permissions import Action, may
from handlers.reports.actions import counting, letters
from handlers.reports.actions.allowing import entrusted
from handlers.reports.rules import figures, freezing, guard
from handlers.reports.rules import paper as wording
from handlers.reports.rules.figures import Sum
from handlers.reports.rules.freezing import Document, Frozen
from handlers.reports.rules.guard import Banned, Fine, Repeated
from handlers.reports.rules.spans import Days
from handlers.reports.rules.stages import ANEW, Go, NotNow, OwnWork, Stage, Step, may_step
from handlers.reports.text import circulars as text
from storage import audit, organisation, reports
from storage.database import Session
from storage.members import Speaker
from storage.reports import Circular


@dataclass(frozen=True)
class Uncounted:
    """Nobody keeps records of what it is to be about."""

    topic: str


@dataclass(frozen=True)
class Named:
    """Names of persons stand in it."""

    count: int


Objection = Uncounted | Named | Banned | Repeated
"""Why nothing can be drafted."""


@dataclass(frozen=True)
class Moved:
    """The records have changed since; the draft holds the new numbers now."""

    changed: Sequence[tuple[Frozen, Sum]]
    """The numbers as they were, with their sums of now."""


@dataclass(frozen=True)
class Done:
    stage: Stage
    id: int
    """Of the version that is now in that stage."""


@dataclass(frozen=True)
class Spoilt:
    """What is stored is not what was frozen."""


def counted(
    db: Session,
    actor: Speaker,
    org_id: str,
    days: Days,
    topic: str,
    now: datetime,
    wanted: Sequence[str] = (),
) -> Document | Objection:
    """What can be kept as a draft; of a city's quarter, a second's reading. `wanted`: ids of
    numbers; those that the topic asks for where none is named."""
    topic = figures.topic_of(topic, organisation.tree(db, now.date()).name(org_id))
    verdict = guard.judge(topic)
    if not isinstance(verdict, Fine):
        audit.note(db, actor.id, "circular_refused", f"organisation:{org_id}", now)
        return verdict
    chosen = [each for each in figures.TABLE if each.id in wanted] or figures.chosen(topic)
    if not chosen:
        return Uncounted(topic)
    document = counting.document(db, org_id, days, topic, chosen, now)
    if count := names_in(db, document):
        return Named(count)
    return document


def kept(
    db: Session, actor: Speaker, document: Document, now: datetime, after: Circular | None = None
) -> int:
    """As a draft; `after` the version that it corrects."""
    numbers, records = freezing.written(document)
    row = Circular(
        number=after.number if after else 0,
        version=len(reports.by_number(db, after.number)) + 1 if after else 1,
        org_id=document.org_id,
        org_name=document.org_name,
        first=document.days.first,
        last=document.days.last,
        topic=document.topic,
        frozen=numbers,
        records=records,
        digest=freezing.digest(numbers),
        author=actor.id,
        made_at=now,
    )
    made = reports.make(db, row)
    audit.note(db, actor.id, "circular_draft", f"circular:{made.id}", now, made.digest[:12])
    return made.id


def recounted(
    db: Session, actor: Speaker, step: Step, circular_id: int, now: datetime
) -> Document | None:
    """The numbers of now, for a step that is taken by them: it costs what counting costs."""
    row = entrusted(db, actor, circular_id, now)
    must_reach(db, actor, step, row, now)
    if step not in ANEW:
        return None
    old = freezing.read(row.frozen, lambda: row.records)
    wanted = [figures.BY_ID[each.id] for each in old.figures]
    return counting.document(db, row.org_id, old.days, row.topic, wanted, now)


def take_step(
    db: Session,
    actor: Speaker,
    step: Step,
    circular_id: int,
    fresh: Document | None,
    now: datetime,
) -> Done | OwnWork | NotNow | Named | Moved | Banned | Repeated | Spoilt:
    """`fresh`: what `recounted` found for this step."""
    row = entrusted(db, actor, circular_id, now)
    must_reach(db, actor, step, row, now)
    verdict = may_step(step, Stage(row.state), is_author=row.author == actor.id)
    if not isinstance(verdict, Go):
        return verdict
    if step not in {Step.DROP, Step.CORRECT}:
        objection = looked_over(db, row, fresh)
        if objection is not None:
            return objection
    return carry_out(db, actor, step, row, fresh, now)


def must_reach(db: Session, actor: Speaker, step: Step, row: Circular, now: datetime) -> None:
    wanted = Action.APPROVE_CIRCULAR if step is Step.APPROVE else Action.DRAFT_CIRCULAR
    if not may(db, actor, wanted, row.org_id, now):
        raise Refusal(text.NOT_FOUND)


def looked_over(
    db: Session, row: Circular, fresh: Document | None
) -> Named | Moved | Banned | Repeated | Spoilt | None:
    """None where nothing is the matter with it. Where there are `fresh` numbers, its own must be
    the same."""
    if not freezing.is_whole(row.frozen, row.records, row.digest):
        return Spoilt()
    document = freezing.read(row.frozen, lambda: row.records)
    verdict = guard.judge(document.topic)
    if not isinstance(verdict, Fine):
        return verdict
    if count := names_in(db, document):
        return Named(count)
    return moved(db, row, document, fresh) if fresh else None


def moved(db: Session, row: Circular, document: Document, fresh: Document) -> Moved | None:
    if fresh.sums == document.sums:
        return None
    numbers, records = freezing.written(fresh)
    digest = freezing.digest(numbers)
    reports.settle(db, row.id, Stage.DRAFT, frozen=numbers, records=records, digest=digest)
    before, after = document.sums, fresh.sums
    return Moved(
        [(each, after[each.id]) for each in document.figures if before[each.id] != after[each.id]]
    )


def carry_out(
    db: Session, actor: Speaker, step: Step, row: Circular, fresh: Document | None, now: datetime
) -> Done | NotNow:
    before, values = row.state, dict[str, Any]()
    match step:
        case Step.CHECK:
            values = {"state": Stage.CHECKED, "checked_by": actor.id, "checked_at": now}
        case Step.APPROVE:
            values = {"state": Stage.APPROVED, "approved_by": actor.id, "approved_at": now}
        case Step.PUBLISH:
            values = {"state": Stage.PUBLISHED, "published_by": actor.id, "published_at": now}
        case Step.CORRECT:
            return corrected(db, actor, row, fresh, now)
        case Step.DROP:
            values = {"state": Stage.DROPPED}
    if not reports.settle(db, row.id, before, **values):
        return NotNow(Stage(reports.by_number(db, row.number)[-1].state))
    audit.note(db, actor.id, f"circular_{step}", f"circular:{row.id}", now, row.digest[:12])
    if step is Step.CHECK:
        letters.ask_to_approve(db, row, now)
    return Done(Stage(str(values["state"])), row.id)


def corrected(
    db: Session, actor: Speaker, row: Circular, fresh: Document | None, now: datetime
) -> Done:
    """A new version with the numbers of today; what was published stays as it is."""
    if fresh is None:
        raise ValueError("a correction needs the numbers of today")
    return Done(Stage.DRAFT, kept(db, actor, fresh, now, after=row))


def names_in(db: Session, document: Document) -> int:
    """How many persons of the roster stand in it by name."""
    words = "\n".join(papers.lines(wording.paper(document, None)))
    return guard.names_in(words, reports.names(db), wording.fixed(document))
