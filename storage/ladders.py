"""Who was told of which duty, and when: reminders in advance, the rungs of a ladder, a nudge by
hand. A step that is on record is never taken again."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Date, Index, Integer, UniqueConstraint, bindparam, select, update
from sqlmodel import Field, SQLModel

from storage import duties
from storage.database import Moment, Session, among, insert_new, table
from storage.duties import OPEN, Duty


class Sort(StrEnum):
    BEFORE = "before"
    """In advance: `number` days before the duty was due."""
    RUNG = "rung"
    """Of the ladder: `number` counts from the lowest, 0."""
    BY_HAND = "by_hand"
    """Somebody asked for it: `number` is the day's ordinal, so once a day."""


class Case(SQLModel, table=True):
    """A duty whose day has come. It keeps the ladder of its day, whatever the rules say later."""

    __tablename__ = "ladder_case"

    duty_id: int = Field(primary_key=True, foreign_key="duty.id")
    ladder: str
    rules_version: str
    rungs: str
    """JSON: [[after_days, to, channel], …]"""
    base: date
    """The day that `after_days` is counted from: the due day, or the one on which it was found
    out where that was later."""
    opened_on: date
    taken: int
    """How many rungs are behind it."""
    next_on: date | None = Field(default=None, index=True)
    """When the next rung is to be taken; None: the top is reached."""


class Step(SQLModel, table=True):
    """Somebody was told."""

    __tablename__ = "ladder_step"
    __table_args__ = (
        UniqueConstraint("duty_id", "sort", "number", "due", "to"),
        Index("ladder_step_of_member", "to", "on"),
    )

    id: int = Field(default=None, primary_key=True)
    duty_id: int = Field(foreign_key="duty.id")
    sort: str
    number: int
    due: date
    """When it was due at that time: a day that moves is reminded of anew."""
    to: str
    """The member; empty where nobody holds the post, nor any above it."""
    role: str
    """As the rules call it: secretary, org_commissioner …"""
    instead_of: str = ""
    """Whose place they take: a member who is away, or `vacant`."""
    channel: str
    """private, digest, supervision_list, circular_candidate or talk_candidate."""
    on: date
    at: datetime = Field(sa_type=Moment)
    by: str = ""
    """Who asked for it, by hand."""


class Owed(NamedTuple):
    """A duty, as far as telling somebody of it goes."""

    id: int
    rule_id: str
    subject: str
    org_id: str
    due: date


class Climbing(NamedTuple):
    """One that has to go a rung higher, or several."""

    id: int
    rule_id: str
    subject: str
    org_id: str
    due: date
    rungs: str
    base: date
    taken: int

    @property
    def ladder(self) -> list[tuple[int, str, str]]:
        return rungs_of(self)


def rungs_of(case: Case | Climbing) -> list[tuple[int, str, str]]:
    """(after_days, to, channel), the lowest first."""
    return [(days, to, channel) for days, to, channel in json.loads(case.rungs)]


class Told(NamedTuple):
    """A step, with what it was about."""

    duty_id: int
    rule_id: str
    subject: str
    org_id: str
    due: date
    occurrence: str
    state: str
    sort: str
    number: int
    to: str
    role: str
    instead_of: str
    channel: str
    on: date


def to_remind(db: Session, rule_id: str, days: int, first: date, last: date) -> Sequence[Owed]:
    """Open duties due in first … last that nobody was reminded of `days` before, or nearer."""
    values = {"rule": rule_id, "days": days, "first": first, "last": last}
    return [Owed._make(row) for row in db.run(TO_REMIND, values)]


def to_open(db: Session, rule_id: str, today: date) -> Sequence[Owed]:
    """Open duties whose day has come and that have no case yet."""
    return [Owed._make(row) for row in db.run(TO_OPEN, {"rule": rule_id, "today": today})]


def to_climb(db: Session, today: date) -> Sequence[Climbing]:
    return [Climbing._make(row) for row in db.run(TO_CLIMB, {"today": today})]


def told_on(db: Session, day: date) -> Sequence[Told]:
    """Everything that anybody was told on that day, by the clock."""
    return [Told._make(row) for row in db.run(TOLD_ON, {"day": day})]


def told_of(db: Session, rule_ids: Sequence[str], until: date) -> Sequence[Told]:
    """All steps for duties by these rules that are still open and due until then."""
    rows = db.run(TOLD_OF, {"rules": list(rule_ids), "until": until})
    return [Told._make(row) for row in rows]


def told_to(db: Session, member_id: str) -> Sequence[Told]:
    """All steps towards one of them, for duties that are still open."""
    return [Told._make(row) for row in db.run(TOLD_TO, {"member": member_id})]


def cases_of(db: Session, org_ids: Sequence[str]) -> Sequence[tuple[Climbing, date | None]]:
    """The open cases under these organisations, with the day of the next rung."""
    rows = db.run(CASES_OF, {"orgs": list(org_ids)})
    return [(Climbing._make(row[:-1]), row[-1]) for row in rows]


def reminded_of(db: Session, org_ids: Sequence[str]) -> Sequence[tuple[int, int, date]]:
    """(duty, days before, due) of what was reminded of under these organisations."""
    return [(row[0], row[1], row[2]) for row in db.run(REMINDED_OF, {"orgs": list(org_ids)})]


def steps_of(db: Session, duty_id: int) -> Sequence[Told]:
    return [Told._make(row) for row in db.run(STEPS_OF, {"id": duty_id})]


def still_open(db: Session, duty_ids: Sequence[int]) -> set[int]:
    """Of these duties: somebody may have been faster."""
    return {row.id for row in db.run(STILL, {"ids": list(duty_ids)})}


def write(
    db: Session,
    cases: Sequence[Mapping[str, Any]],
    moves: Sequence[Mapping[str, Any]],
    steps: Sequence[Mapping[str, Any]],
) -> None:
    """`moves`: `of_id`, the day of its next rung `to_day`, how many are behind it `to_taken`."""
    if cases:
        db.run(OPEN_CASES[db.dialect], cases)
    if moves:
        db.run(MOVE, moves)
    if steps:
        db.run(TAKE[db.dialect], steps)


duty, case, step = table(Duty).c, table(Case).c, table(Step).c
_owed = (duty.id, duty.rule_id, duty.subject, duty.org_id, duty.due)
_told = (
    *_owed,
    duty.occurrence,
    duty.state,
    *(step[name] for name in ("sort", "number", "to", "role", "instead_of", "channel", "on")),
)
_first, _last = bindparam("first", type_=Date), bindparam("last", type_=Date)
_today = bindparam("today", type_=Date)
TO_REMIND = select(*_owed).where(
    duty.state == OPEN,
    duty.rule_id == bindparam("rule"),
    duty.due >= _first,
    duty.due <= _last,
    ~select(step.id)
    .where(
        step.duty_id == duty.id,
        step.sort == Sort.BEFORE,
        step.number <= bindparam("days", type_=Integer),
        step.due == duty.due,
    )
    .exists(),
)
TO_OPEN = select(*_owed).where(
    duty.state == OPEN,
    duty.rule_id == bindparam("rule"),
    duty.due <= _today,
    ~select(case.duty_id).where(case.duty_id == duty.id).exists(),
)
TO_CLIMB = (
    select(*_owed, case.rungs, case.base, case.taken)
    .join_from(table(Case), table(Duty), case.duty_id == duty.id)
    .where(case.next_on <= _today, duty.state == OPEN)
    .order_by(duty.id)
)
_of_duty = table(Step).join(table(Duty), step.duty_id == duty.id)
TOLD_ON = (
    select(*_told)
    .select_from(_of_duty)
    .where(step.on == bindparam("day", type_=Date), step.sort != Sort.BY_HAND)
    .order_by(duty.due, duty.rule_id, duty.subject)
)
TOLD_OF = (
    select(*_told)
    .select_from(_of_duty)
    .where(
        duty.state == OPEN,
        among(duty.rule_id, "rules"),
        duty.due <= bindparam("until", type_=Date),
        step.sort != Sort.BY_HAND,
    )
    .order_by(duty.due, duty.rule_id, duty.subject)
)
TOLD_TO = (
    select(*_told)
    .select_from(_of_duty)
    .where(step.to == bindparam("member"), duty.state == OPEN, step.sort != Sort.BY_HAND)
    .order_by(duty.due, duty.rule_id, duty.subject)
)
CASES_OF = (
    select(*_owed, case.rungs, case.base, case.taken, case.next_on)
    .join_from(table(Case), table(Duty), case.duty_id == duty.id)
    .where(duties.IS_OPEN, among(duty.org_id, "orgs"))
)
REMINDED_OF = (
    select(step.duty_id, step.number, step.due)
    .select_from(_of_duty)
    .where(duties.IS_OPEN, step.sort == Sort.BEFORE, among(duty.org_id, "orgs"))
)
STEPS_OF = select(*_told).select_from(_of_duty).where(duty.id == bindparam("id")).order_by(step.id)
STILL = select(duty.id).where(
    duty.state == OPEN, duty.id.in_(bindparam("ids", expanding=True, type_=Integer))
)
OPEN_CASES = insert_new(Case)
MOVE = (
    update(table(Case))
    .where(case.duty_id == bindparam("of_id"))
    .values(next_on=bindparam("to_day", type_=Date), taken=bindparam("to_taken"))
)
TAKE = insert_new(Step)
