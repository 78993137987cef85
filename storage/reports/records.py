"""What numbers are made of: each row is one record, with what it adds to a sum and out of what.

No row tells of a person.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Date, bindparam, or_, select

from storage import duties
from storage.database import Session, among, table
from storage.members import Membership
from storage.tasks import Task, TaskItem


class Owed(NamedTuple):
    """Something that a rule asks of an organisation."""

    id: int
    org_id: str
    rule_id: str
    occurrence: str
    due: date
    done_on: date | None
    fulfilled_by: str


class Todo(NamedTuple):
    """A task, or a finding to be put right, at one unit."""

    id: int
    org_id: str
    kind: str
    number: str
    title: str
    due: date
    state: str
    done_on: date | None


def duties_due(db: Session, org_ids: Sequence[str], first: date, last: date) -> list[Owed]:
    """What was due on one of these days from an organisation; of persons, nothing."""
    return [
        Owed(r.id, r.org_id, r.rule_id, r.occurrence, r.due, r.done_on, r.fulfilled_by)
        for r in duties.of_bodies(db, org_ids, first, last)
        if r.due is not None
    ]


def tasks_due(db: Session, org_ids: Sequence[str], first: date, last: date) -> list[Todo]:
    """Tasks and findings at units, due on one of these days; what only a few may see, and what
    was taken back, is left out."""
    rows = db.run(TASKS, {"orgs": list(org_ids), "first": first, "last": last}).all()
    return [Todo._make(row) for row in rows]


def task_title(db: Session, task_id: int) -> str:
    """Empty where it is gone."""
    return db.run(TITLE, {"id": task_id}).scalar_one_or_none() or ""


def headcount(db: Session, org_ids: Sequence[str], day: date) -> dict[str, int]:
    """Branch to its members on `day`; a branch without any is missing."""
    counts: dict[str, int] = defaultdict(int)
    for row in db.run(BELONGING, {"orgs": list(org_ids), "day": day}):
        counts[row.branch_id] += 1
    return counts


_membership = table(Membership).c
_task, _item = table(Task).c, table(TaskItem).c
_first, _last = bindparam("first", type_=Date), bindparam("last", type_=Date)
_day = bindparam("day", type_=Date)
BELONGING = select(_membership.branch_id).where(
    among(_membership.branch_id, "orgs"),
    _membership.since <= _day,
    or_(_membership.until.is_(None), _membership.until > _day),
)
TASKS = (
    select(
        _task.id, _task.org_id, _item.kind, _item.number, _item.title, _task.due, _task.state,
        _task.done_on,
    )
    .join_from(table(Task), table(TaskItem), _item.id == _task.item_id)
    .where(
        among(_task.org_id, "orgs"),
        _task.due >= _first,
        _task.due <= _last,
        _task.state != "withdrawn",
        _task.issued_to == "",
        _item.restricted.is_(False),
    )
    .order_by(_task.due, _task.id)
)  # fmt: skip
TITLE = (
    select(_item.title)
    .join_from(table(Task), table(TaskItem), _item.id == _task.item_id)
    .where(_task.id == bindparam("id"))
)
