"""From a file to a plan, and from a plan to the database."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.files.tables import Block, Fault, Table
from handlers.registry.actions import (
    accounts,
    activities,
    candidates,
    members,
    organisations,
    tasks,
)
from handlers.registry.actions.plans import Draft, Faulty, Plan, Subject
from handlers.registry.rules.troubles import Trouble
from storage import activities as held
from storage import audit, organisation, roster
from storage import members as people
from storage.activities import Activity, Manner
from storage.database import Session
from storage.roster import Alter, Insert, Write


@dataclass(frozen=True)
class Applied:
    plan: Plan


@dataclass(frozen=True)
class Meanwhile:
    """The registers have changed since the plan was shown: nothing has been done."""

    plan: Plan | Faulty


def plan(
    db: Session, subject: Subject, source: Table | Block, *, now: datetime, as_of: date
) -> Plan | Faulty:
    """What importing `source` would do. Changes nothing."""
    draft = Draft(subject, as_of, now)
    if subject is Subject.ORGANISATION:
        return organisations.plan(db, source, draft)
    if isinstance(source, Block):
        return Faulty((Fault(source.line, "", Trouble.NOT_FLAT),))
    match subject:
        case Subject.MEMBERS:
            return members.plan(db, source, draft)
        case Subject.ACCOUNTS:
            return accounts.plan(db, source, draft)
        case Subject.ACTIVITIES:
            return activities.plan(db, source, draft)
        case Subject.TASKS:
            return tasks.plan(db, source, draft)
        case Subject.CANDIDATES:
            return candidates.plan(db, source, draft)


def apply(
    db: Session,
    shown: Plan,
    source: Table | Block,
    *,
    actor: str,
    wrote: Callable[[int], None] = lambda _: None,
) -> Applied | Meanwhile:
    """Do what was shown, all of it or nothing; `wrote` hears how many rows were written."""
    again = plan(db, shown.subject, source, now=shown.now, as_of=shown.as_of)
    if again != shown:
        return Meanwhile(again)
    carry_out(db, shown, actor=actor, wrote=wrote)
    return Applied(shown)


def carry_out(
    db: Session, plan: Plan, *, actor: str, wrote: Callable[[int], None] = lambda _: None
) -> None:
    if plan.subject is Subject.TASKS:
        tasks.write(db, plan.writes, wrote)
    else:
        roster.write(db, with_codes(plan.writes), wrote)
    for what, entry in plan.entries:
        columns = ",".join(dict.fromkeys(change.column for change in entry.changes))
        detail = f"{what} {columns}".strip()
        audit.note(
            db, actor, f"import_{plan.subject}", f"{plan.subject}:{entry.id}", plan.now, detail
        )
    if not plan.writes:
        return
    match plan.subject:
        case Subject.ORGANISATION:
            organisation.changed(db)
            people.changed(db)
        case Subject.MEMBERS:
            people.changed(db)
        case Subject.ACTIVITIES:
            held.changed(db)
        case Subject.ACCOUNTS | Subject.TASKS | Subject.CANDIDATES:
            pass


def with_codes(writes: tuple[Write, ...]) -> Iterator[Write]:
    """Codes and secrets are drawn when they are written, so that a plan can be compared."""
    for each in writes:
        drawn = drawn_for(each) if each.model is Activity else {}
        match each:
            case Insert():
                yield Insert(each.model, {**each.values, **drawn})
            case Alter():
                yield replace(each, values={**each.values, **drawn})


def drawn_for(write: Write) -> dict[str, str]:
    manner, code = write.values.get("manner"), write.values.get("code")
    if manner == Manner.CODE and not code:
        return {"code": f"{secrets.randbelow(9000) + 1000}"}
    return {"secret": secrets.token_hex(16)} if manner == Manner.ROTATING else {}
