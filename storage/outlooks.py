"""Everything that is open by some rules, wherever it is: what altering them is weighed against."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Date, bindparam, select

from storage.database import Session, among, table
from storage.duties import OPEN, Duty
from storage.ladders import Case, Climbing, Owed, Sort, Step


def open_by(db: Session, rule_ids: Sequence[str], until: date) -> list[Owed]:
    """Due until then, the earliest first."""
    rows = db.run(OPEN_BY, {"rules": list(rule_ids), "until": until})
    return [Owed._make(row) for row in rows]


def cases_by(db: Session, rule_ids: Sequence[str]) -> Sequence[tuple[Climbing, date | None]]:
    """The open cases, with the day of the next rung."""
    rows = db.run(CASES_BY, {"rules": list(rule_ids)})
    return [(Climbing._make(row[:-1]), row[-1]) for row in rows]


def reminded_by(db: Session, rule_ids: Sequence[str]) -> Sequence[tuple[int, int, date]]:
    """(duty, days before, due) of what was reminded of."""
    return [(row[0], row[1], row[2]) for row in db.run(REMINDED_BY, {"rules": list(rule_ids)})]


duty, case, step = table(Duty).c, table(Case).c, table(Step).c
_owed = (duty.id, duty.rule_id, duty.subject, duty.org_id, duty.due)
OPEN_BY = (
    select(*_owed)
    .where(
        duty.state == OPEN,
        among(duty.rule_id, "rules"),
        duty.due <= bindparam("until", type_=Date),
    )
    .order_by(duty.due, duty.id)
)
CASES_BY = (
    select(*_owed, case.rungs, case.base, case.taken, case.next_on)
    .join_from(table(Case), table(Duty), case.duty_id == duty.id)
    .where(duty.state == OPEN, among(duty.rule_id, "rules"))
    .order_by(duty.due, duty.id)
)
REMINDED_BY = (
    select(step.duty_id, step.number, step.due)
    .join_from(table(Step), table(Duty), step.duty_id == duty.id)
    .where(duty.state == OPEN, step.sort == Sort.BEFORE, among(duty.rule_id, "rules"))
)
