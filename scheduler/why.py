"""`zhibu why`: the chain from the rule to the record, the step, the letter and its attempts."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import or_, select

from bot.messages import Reply
from handlers.console.actions.looking import PERSONAL
from handlers.duties.actions.reasons import Reason, reasons
from handlers.duties.rules.rulebook import Level
from scheduler import text
from storage import attempts, members, tasks
from storage.database import Session, table
from storage.ladders import Sort
from storage.outbox import Letter


def why(db: Session, which: str) -> list[str] | None:
    """Lines from the rule down to the attempts; None when there is no such letter. `which`: its
    number or its key."""
    letter = table(Letter).c
    number = int(which) if which.isdecimal() else -1
    found = db.run(select(table(Letter)).where(or_(letter.key == which, letter.id == number)))
    row = found.one_or_none()
    return None if row is None else list(chain(db, row))


def chain(db: Session, row: Any) -> Iterator[str]:
    yield text.letter(row.id, row.key, members.name_of(db, row.to), row.to)
    yield f"  {text.state(row.state, row.reason, row.due, row.until)}"
    yield from (f"  | {line}" for line in words_of(row).splitlines())
    yield f"  {text.cause(row.cause)}"
    yield from because(db, row)
    tries = attempts.of(db, row.id)
    if not tries:
        yield f"  {text.NO_ATTEMPT}"
    for each in tries:
        said = text.attempt(each.number, each.lane, each.started, each.result, each.reason)
        yield f"  {said}"


def words_of(row: Any) -> str:
    """What somebody asked to be reminded of, or studies, is nobody else's business."""
    return text.PRIVATE if row.kind in PERSONAL else Reply.model_validate_json(row.body).text


def because(db: Session, row: Any) -> Iterator[str]:
    """What the ladders have on record for it; nothing for letters of another sort."""
    if row.cause.startswith(("duty:", "morning:")):
        for each in reasons(db, row.to, row.made_at.date(), row.cause):
            yield f"    {rule(db, each)}"
            yield f"      {text.record(each.of, each.due, each.anchor, each.duty_id)}"
            yield f"      {step(each)}"


def rule(db: Session, reason: Reason) -> str:
    """With its article; a task has none, but a title."""
    if reason.rule is None:
        return reason.rule_id
    if reason.rule.level is Level.TASK:
        task = tasks.one(db, int(reason.subject.removeprefix("task:")))
        if task is None or task.restricted:
            return reason.rule.name
        return text.task(task.title, task.number)
    source = reason.rule.source
    name = f"{reason.rule_id} {reason.rule.name}"
    return text.reason(name, source.title, source.article, source.verification)


def step(reason: Reason) -> str:
    match reason.sort:
        case Sort.BEFORE:
            said = text.in_advance(reason.number, reason.role)
        case Sort.RUNG:
            said = text.rung(
                reason.number, reason.after_days, reason.role, reason.channel, reason.ladder
            )
        case Sort.BY_HAND:
            said = text.by_hand(reason.role)
    return said + (text.stood_in(reason.instead_of) if reason.instead_of else "")
