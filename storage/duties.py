"""What is owed by whom until when: planned from the rules, fulfilled by what is on record."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Index, UniqueConstraint, bindparam, func, select, text, update
from sqlmodel import Field, SQLModel

from storage.database import Moment, Session, among, insert_new, table, where

OPEN, DONE, MISSING, CANCELLED = "open", "done", "missing_anchor", "cancelled"


class RulesInForce(SQLModel, table=True):
    """Every version of the rules that was ever planned by."""

    __tablename__ = "rules_in_force"

    hash: str = Field(primary_key=True)
    version: str
    since: datetime = Field(sa_type=Moment)


OF_A_BODY = text("substr(subject, 1, 4) = 'org:'")
"""As their index has it: of twenty duties in a city one is an organisation's."""


class Duty(SQLModel, table=True):
    """One time that a rule asks something of somebody."""

    __table_args__ = (
        UniqueConstraint("subject", "rule_id", "occurrence"),
        Index("duty_by_day", "state", "rule_id", "due"),
        Index("duty_of_organisation", "org_id", "rule_id", "due", "state"),
        Index("duty_of_a_body", "org_id", "due", **where(OF_A_BODY)),
    )

    id: int = Field(default=None, primary_key=True)
    rule_id: str
    rules_version: str
    """By which it was planned."""
    subject: str
    """org:BR-A1, member:M001, candidate:K01, finding:F01, operator:1."""
    occurrence: str
    """2026-11, 2026-Q4, or the day it is counted from; empty while that day is missing."""
    org_id: str
    """The organisation whose officers look after it."""
    anchor: date | None = None
    due: date | None = None
    hard: date | None = None
    """Where the regulation knows an exception: the day that it does not reach beyond."""
    state: str
    """open, done, missing_anchor or cancelled."""
    missing: str = ""
    """The day to ask the secretary for."""
    started_on: date | None = None
    """Since then it is under way, and its due day stays."""
    done_on: date | None = None
    fulfilled_by: str = ""
    """The record that shows it: activity:12, candidate.accepted_on, election:2027-03-01, or
    member:M001, who said so."""


class Anchor(SQLModel, table=True):
    """A day that duties count from and that no register has a column for."""

    subject: str = Field(primary_key=True)
    field: str = Field(primary_key=True)
    """As the rules call it: candidate.applied_on, member.away_from, finding.due_on."""
    item: str = Field(default="", primary_key=True)
    """Which, where a subject has several: a request's number."""
    org_id: str = Field(index=True)
    day: date
    by: str
    at: datetime = Field(sa_type=Moment)


class Row(NamedTuple):
    """A duty as a value."""

    id: int
    rule_id: str
    subject: str
    occurrence: str
    org_id: str
    anchor: date | None
    due: date | None
    hard: date | None
    state: str
    missing: str
    started_on: date | None
    done_on: date | None
    fulfilled_by: str


def started(db: Session) -> date | None:
    """The day of the first planning; None before it."""
    first = db.run(FIRST).scalar()
    return first.date() if first else None


def adopt(db: Session, hash: str, version: str, at: datetime) -> bool:
    """Note that these rules are in force; whether they are new."""
    if db.get(RulesInForce, hash) is not None:
        return False
    db.add(RulesInForce(hash=hash, version=version, since=at))
    db.flush()
    return True


def every(db: Session) -> Iterable[Row]:
    return map(Row._make, db.run(ALL))


def add(db: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """New ones; what another process has planned meanwhile stays as it is."""
    db.run(ADD[db.dialect], rows)


def alter(db: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """By `of_id`, while they are still in `of_state`, with every column of `CHANGING`."""
    db.run(ALTER, rows)


def open_of(
    db: Session, org_ids: Sequence[str], until: date, rule_ids: Sequence[str] | None = None
) -> list[Row]:
    """What is open under `org_ids` and due until then, by these rules (None: by any); the
    earliest first."""
    values: dict[str, Any] = {"orgs": list(org_ids), "until": until}
    if rule_ids is None:
        return [Row._make(row) for row in db.run(OPEN_OF, values)]
    return [Row._make(row) for row in db.run(OPEN_BY, values | {"rules": list(rule_ids)})]


def open_for(db: Session, subject: str, until: date) -> list[Row]:
    rows = db.run(OPEN_FOR, {"subject": subject, "until": until})
    return [Row._make(row) for row in rows]


def of_subject(db: Session, subject: str, rule_id: str, until: date) -> list[Row]:
    """Done or open, due until then; the latest first."""
    values = {"subject": subject, "rule": rule_id, "until": until}
    return [Row._make(row) for row in db.run(OF_SUBJECT, values)]


class Span(NamedTuple):
    """What is or was due from these organisations on one of these days, done or not."""

    orgs: Sequence[str]
    rules: Sequence[str]
    first: date
    last: date


def due_in(db: Session, span: Span, skip: int, most: int) -> list[Row]:
    """The earliest first, a part of them."""
    values = {**span._asdict(), "skip": skip, "most": most}
    return [Row._make(row) for row in db.run(DUE_IN, values)]


def counted_in(db: Session, span: Span) -> list[tuple[str, str, str, date, int]]:
    """(organisation, rule, state, due day, how many)."""
    return [(row[0], row[1], row[2], row[3], row[4]) for row in db.run(COUNTED_IN, span._asdict())]


def of_bodies(db: Session, org_ids: Sequence[str], first: date, last: date) -> list[Row]:
    """What is or was due from organisations themselves, by whatever rule, the earliest first."""
    rows = db.run(OF_BODIES, {"orgs": list(org_ids), "first": first, "last": last})
    return [Row._make(row) for row in rows]


def questions(db: Session, org_ids: Sequence[str]) -> list[tuple[str, str]]:
    """(subject, field) of the days that are missing, each once."""
    return [(row.subject, row.missing) for row in db.run(QUESTIONS, {"orgs": list(org_ids)})]


def overdue_counts(
    db: Session, org_ids: Sequence[str], rule_ids: Sequence[str], today: date
) -> dict[str, int]:
    """Organisation to the number of its open duties by these rules whose day has passed."""
    values = {"orgs": list(org_ids), "rules": list(rule_ids), "today": today}
    return {row[0]: row[1] for row in db.run(OVERDUE, values)}


def one(db: Session, duty_id: int) -> Row | None:
    row = db.run(ONE, {"id": duty_id}).one_or_none()
    return Row._make(row) if row else None


def complete(db: Session, duty_id: int, by: str, on: date) -> bool:
    """Done, because `by` says so; False when somebody else was faster."""
    changed = db.run(COMPLETE, {"of_id": duty_id, "by": by, "on": on})
    return changed.rowcount == 1


def switch(db: Session, subject: str, due: date, before: str, to: str) -> None:
    """From one state to another, the one due on that day."""
    db.run(SWITCH, {"of_subject": subject, "on": due, "before": before, "to": to})


def set_anchor(db: Session, anchor: Anchor) -> None:
    """Put a day on record, instead of any before; the next planning counts from it."""
    db.merge(anchor)
    db.flush()


def anchors(db: Session) -> Sequence[Any]:
    """subject, field, item, org_id, day of all."""
    return db.run(ANCHORS).all()


duty = table(Duty).c
_row = [duty[name] for name in Row._fields]
_by_day = (duty.due, duty.rule_id, duty.subject)
FIRST = select(func.min(table(RulesInForce).c.since))
ALL = select(*_row)
ADD = insert_new(Duty)
CHANGING = ("org_id", "anchor", "due", "hard", "state", "missing", "done_on", "fulfilled_by")
ALTER = (
    update(table(Duty))
    .where(duty.id == bindparam("of_id"), duty.state == bindparam("of_state"))
    .values({name: bindparam(f"to_{name}", type_=duty[name].type) for name in CHANGING})
)
_until = duty.due <= bindparam("until", type_=duty.due.type)
# Said by what it is not, lest SQLite look through everything in a state for one organisation.
IS_OPEN = duty.state.not_in([DONE, MISSING, CANCELLED])
_asked = duty.state.not_in([MISSING, CANCELLED])
_orgs, _rules = among(duty.org_id, "orgs"), among(duty.rule_id, "rules")
_between = (
    duty.due >= bindparam("first", type_=duty.due.type),
    duty.due <= bindparam("last", type_=duty.due.type),
)
OPEN_OF = select(*_row).where(IS_OPEN, _orgs, _until).order_by(*_by_day)
OPEN_BY = OPEN_OF.where(_rules)
_in_span = (_asked, _orgs, _rules, *_between)
DUE_IN = (
    select(*_row)
    .where(*_in_span)
    .order_by(*_by_day, duty.id)
    .offset(bindparam("skip"))
    .limit(bindparam("most"))
)
COUNTED_IN = (
    select(duty.org_id, duty.rule_id, duty.state, duty.due, func.count())
    .where(*_in_span)
    .group_by(duty.org_id, duty.rule_id, duty.due, duty.state)
)
OF_BODIES = select(*_row).where(OF_A_BODY, _asked, _orgs, *_between).order_by(*_by_day)
OPEN_FOR = (
    select(*_row).where(IS_OPEN, duty.subject == bindparam("subject"), _until).order_by(*_by_day)
)
OF_SUBJECT = (
    select(*_row)
    .where(duty.subject == bindparam("subject"), duty.rule_id == bindparam("rule"), _until)
    .where(duty.state.not_in([MISSING, CANCELLED]))
    .order_by(duty.due.desc())
)
QUESTIONS = (
    select(duty.subject, duty.missing)
    .where(duty.state == MISSING, among(duty.org_id, "orgs"))
    .distinct()
    .order_by(duty.subject, duty.missing)
)
OVERDUE = (
    select(duty.org_id, func.count())
    .where(
        duty.state == OPEN,
        among(duty.org_id, "orgs"),
        among(duty.rule_id, "rules"),
        duty.due < bindparam("today", type_=duty.due.type),
    )
    .group_by(duty.org_id)
)
ONE = select(*_row).where(duty.id == bindparam("id"))
COMPLETE = (
    update(table(Duty))
    .where(duty.id == bindparam("of_id"), duty.state == OPEN)
    .values(state=DONE, done_on=bindparam("on", type_=duty.due.type), fulfilled_by=bindparam("by"))
)
SWITCH = (
    update(table(Duty))
    .where(
        duty.subject == bindparam("of_subject"),
        duty.due == bindparam("on", type_=duty.due.type),
        duty.state == bindparam("before"),
    )
    .values(state=bindparam("to"))
)
_anchor = table(Anchor).c
ANCHORS = select(_anchor.subject, _anchor.field, _anchor.item, _anchor.org_id, _anchor.day)
