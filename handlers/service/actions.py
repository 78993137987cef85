"""Putting service on record, putting it right, and adding it up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.permissions import Action, reach
from handlers.service import rules
from handlers.service.rules import Objection, Served
from storage import audit, organisation, service
from storage.database import Session
from storage.members import Speaker
from storage.organisation import BRANCHES
from storage.service import OfBranch, ServiceRecord, Total


@dataclass(frozen=True)
class Logged:
    row: ServiceRecord
    year: Total
    corrected: bool = False


@dataclass(frozen=True)
class HowLong:
    """Nobody said how long."""


@dataclass(frozen=True)
class SaidBefore:
    """The same is on record for that day already."""

    row: ServiceRecord


@dataclass(frozen=True)
class Impossible:
    why: Objection


def log(
    db: Session, actor: Speaker, now: datetime, said: Served, *, again: bool = False
) -> Logged | HowLong | SaidBefore | Impossible:
    """A correction changes what was put on record last. `again`: it is another time of the
    same day."""
    if said.corrects and (row := service.latest(db, actor.id)):
        return correct(db, actor, now, row, said)
    if said.minutes is None:
        return HowLong()
    day = said.day or now.date()
    if why := rules.objection(said.minutes, day, now.date()):
        return Impossible(why)
    before = service.same_day(db, actor.id, day)
    alike = [row for row in before if (row.minutes, row.kind) == (said.minutes, said.kind)]
    if alike and not again:
        return SaidBefore(alike[-1])
    row = ServiceRecord(
        member_id=actor.id,
        org_id=actor.branch_id,
        served_on=day,
        minutes=said.minutes,
        kind=said.kind,
        place=said.place,
        made_at=now,
    )
    service.add(db, row)
    audit.note(db, actor.id, "log_service", f"service:{row.id}", now)
    return Logged(row, of_year(db, actor, day))


def has_any(db: Session, actor: Speaker) -> bool:
    return service.latest(db, actor.id) is not None


def correct(
    db: Session, actor: Speaker, now: datetime, row: ServiceRecord, said: Served
) -> Logged | HowLong | Impossible:
    """Only what was said is changed."""
    if said.minutes is None and said.day is None:
        return HowLong()
    minutes, day = said.minutes or row.minutes, said.day or row.served_on
    if why := rules.objection(minutes, day, now.date()):
        return Impossible(why)
    row.minutes, row.served_on, row.changed_at = minutes, day, now
    db.add(row)
    db.flush()
    audit.note(db, actor.id, "correct_service", f"service:{row.id}", now)
    return Logged(row, of_year(db, actor, day), corrected=True)


def remove(db: Session, actor: Speaker, now: datetime, record_id: int) -> ServiceRecord | None:
    """What was removed; None when it is not there any more, or not theirs."""
    row = service.own(db, actor.id, record_id)
    if row is not None:
        db.delete(row)
        db.flush()
        audit.note(db, actor.id, "remove_service", f"service:{record_id}", now)
    return row


def of(db: Session, actor: Speaker, record_id: int) -> ServiceRecord | None:
    """None: there is none, or it is another's."""
    return service.own(db, actor.id, record_id)


def of_year(db: Session, actor: Speaker, day: date) -> Total:
    return service.total(db, actor.id, date(day.year, 1, 1), date(day.year, 12, 31))


@dataclass(frozen=True)
class Mine:
    first: date
    last: date
    total: Total
    rows: Sequence[ServiceRecord]


def mine(db: Session, actor: Speaker, now: datetime, period: str, limit: int) -> Mine:
    first, last = rules.span(period, now.date())
    rows = service.between(db, actor.id, first, last, limit)
    return Mine(first, last, service.total(db, actor.id, first, last), rows)


@dataclass(frozen=True)
class Branches:
    first: date
    last: date
    found: Sequence[tuple[str, OfBranch]]
    """With their names, the most hours first."""


def branches(db: Session, actor: Speaker, now: datetime, period: str) -> Branches:
    """Of whatever branches a post reaches; of others their own branch. Sums, never persons."""
    first, last = rules.span(period, now.date())
    tree = organisation.tree(db, now.date())
    within = reach(actor, Action.SEE_SERVICE, tree)
    orgs = [org for org in within if tree.kind(org) in BRANCHES] or [actor.branch_id]
    found = [(tree.name(each.org_id), each) for each in service.by_branch(db, orgs, first, last)]
    return Branches(first, last, found)
