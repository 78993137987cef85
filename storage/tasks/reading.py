from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, case, func, or_, select

from storage.database import Session, among, table
from storage.members import Member
from storage.tasks.tables import OWED, UNFINISHED, Task, TaskItem, TaskStep


class Row(NamedTuple):
    """A task with its item, as a value."""

    id: int
    item_id: int
    org_id: str
    owner: str
    offered_to: str
    state: str
    due: date
    since: datetime
    said: str
    reported_by: str
    asked_until: date | None
    done_on: date | None
    nudged_on: date | None
    kind: str
    series: str
    number: str
    title: str
    priority: str
    evidence: str
    goal: str
    suggestion: str
    issuer: str
    """The organisation that issued it."""
    issued_by: str
    issued_at: datetime
    restricted: bool


class Counts(NamedTuple):
    """The tasks of one unit in one state."""

    org_id: str
    state: str
    tasks: int
    overdue: int


class Summary(NamedTuple):
    """One item over all its units."""

    item_id: int
    number: str
    title: str
    kind: str
    due: date
    state: str
    tasks: int
    overdue: int


def one(db: Session, task_id: int) -> Row | None:
    row = db.run(ONE, {"id": task_id}).one_or_none()
    return Row._make(row) if row else None


def of_persons(db: Session, member_id: str, until: date) -> list[Row]:
    """What somebody owes in person, or is offered, due until then."""
    return _rows(db, OF_PERSON, {"member": member_id, "until": until})


def of_units(db: Session, org_ids: Sequence[str], until: date) -> list[Row]:
    """What units owe and no person has been given, due until then."""
    return _rows(db, OF_UNITS, {"orgs": list(org_ids), "until": until})


def owed(db: Session, until: date) -> list[Row]:
    """What anybody owes until then."""
    return list(db.once(("owed", until), lambda: _rows(db, OWED_BY_ALL, {"until": until})))


def findings(db: Session) -> list[Row]:
    """What supervisions found and nobody has closed yet."""
    return _rows(db, FINDINGS, {})


def of_item(db: Session, item_id: int) -> list[Row]:
    return _rows(db, OF_ITEM, {"item": item_id})


def how_many(db: Session, series: str) -> int:
    """Items of a list."""
    return int(db.run(HOW_MANY, {"series": series}).scalar_one())


def decisions(db: Session) -> dict[str, tuple[int, datetime]]:
    """Organisation to how much waits for its decision, and since when the newest."""
    return {row[0]: (row[1], row[2]) for row in db.run(DECISIONS)}


def open_until(db: Session, org_ids: Sequence[str], until: date) -> list[Row]:
    """All that is open in these organisations and due until then, the earliest first."""
    return _rows(db, OPEN, {"orgs": list(org_ids), "until": until})


def waiting(db: Session, issuers: Sequence[str]) -> list[Row]:
    """What these organisations have to decide: reports and extensions, the oldest first."""
    return _rows(db, WAITING, {"orgs": list(issuers)})


def titles(db: Session, ids: Sequence[int]) -> dict[int, str]:
    """A task's number to what its item is called; none of what only few may see."""
    return {row.id: row.title for row in db.run(TITLES, {"ids": ids})}


def item_titles(db: Session, ids: Sequence[int]) -> dict[int, str]:
    return {row.id: row.title for row in db.run(ITEM_TITLES, {"ids": ids})}


def untold(db: Session) -> list[Row]:
    """What was issued, and nobody was written to about it yet."""
    return _rows(db, UNTOLD, {})


def by_number(db: Session, number: str, kind: str = "") -> list[Row]:
    """The tasks of every item with this number, the item issued last first."""
    return _rows(db, BY_NUMBER, {"number": number.upper(), "kind": kind})


def counts(db: Session, org_ids: Sequence[str], today: date) -> list[Counts]:
    """By unit and state, of what others have issued to them."""
    rows = db.run(COUNTS, {"orgs": list(org_ids), "today": today})
    return [Counts._make(row) for row in rows]


def summaries(db: Session, org_ids: Sequence[str], today: date) -> list[Summary]:
    """By item and state, the item due first first."""
    rows = db.run(SUMMARIES, {"orgs": list(org_ids), "today": today})
    return [Summary._make(row) for row in rows]


def nil_returns(db: Session, org_ids: Sequence[str]) -> list[tuple[str, int]]:
    """Units of which nothing at all has been heard yet, with the number of their tasks."""
    return [(row[0], row[1]) for row in db.run(NIL, {"orgs": list(org_ids)})]


def history(db: Session, task_id: int) -> Sequence[Any]:
    """at, by, step, state, words, until, person of each step, the first first."""
    return db.run(HISTORY, {"id": task_id}).all()


def offered_at(db: Session, ids: Sequence[int]) -> dict[int, datetime]:
    """Since when each of these tasks waits for whoever it was handed to last."""
    return {row[0]: row[1] for row in db.run(OFFERED, {"ids": list(ids)})}


def exempt(db: Session, ids: Sequence[str]) -> frozenset[str]:
    """Of these members, those who are never chased."""
    return frozenset(row[0] for row in db.run(EXEMPT, {"ids": list(ids)}))


def _rows(db: Session, statement: Any, values: dict[str, Any]) -> list[Row]:
    return [Row._make(row) for row in db.run(statement, values)]


task, item, step = table(Task).c, table(TaskItem).c, table(TaskStep).c
_columns = {**item, **task, "issuer": item.org_id}
_both = table(Task).join(table(TaskItem), task.item_id == item.id)
_all = select(*(_columns[name].label(name) for name in Row._fields)).select_from(_both)
_open = UNFINISHED
_owed = and_(_open, task.state.in_(OWED))
_until = task.due <= bindparam("until", type_=task.due.type)
_orgs = among(task.org_id, "orgs")
_by_day = (task.due, item.number, task.org_id, task.id)
ITEM_TITLES = select(item.id, item.title).where(among(item.id, "ids"), item.restricted.is_(False))
TITLES = (
    select(task.id, item.title)
    .select_from(_both)
    .where(among(task.id, "ids"), item.restricted.is_(False))
)
ONE = _all.where(task.id == bindparam("id"))
OF_PERSON = _all.where(
    _owed,
    or_(task.owner == bindparam("member"), task.offered_to == bindparam("member")),
    _until,
).order_by(*_by_day)
_nobody = func.coalesce(task.owner, "") == ""  # of little use in an index: most have nobody
OF_UNITS = _all.where(_owed, _nobody, _orgs, _until).order_by(*_by_day)
OWED_BY_ALL = _all.where(_owed, _until).order_by(*_by_day)
FINDINGS = _all.where(_open, item.kind == "finding").order_by(*_by_day)
OF_ITEM = _all.where(task.item_id == bindparam("item")).order_by(*_by_day)
OPEN = _all.where(_open, _orgs, _until).order_by(*_by_day)
_waits = and_(_open, or_(task.state.in_(["reported", "accepted"]), task.asked_until.is_not(None)))
_issuers = among(func.coalesce(item.org_id, ""), "orgs")  # from what waits, not from who issued
WAITING = _all.where(_waits, _issuers).order_by(task.since, task.id)
DECISIONS = (
    select(item.org_id, func.count(), func.max(task.since))
    .select_from(_both)
    .where(_waits)
    .group_by(item.org_id)
)
UNTOLD = _all.where(_open, task.told_at.is_(None)).order_by(*_by_day)
BY_NUMBER = _all.where(
    func.upper(item.number) == bindparam("number"),
    or_(bindparam("kind") == "", item.kind == bindparam("kind")),
).order_by(item.issued_at.desc(), item.id.desc(), task.due, task.org_id, task.id)
_today = bindparam("today", type_=task.due.type)
_late = func.sum(case((and_(_owed, task.due < _today), 1), else_=0))
_from_others = item.org_id != task.org_id
COUNTS = (
    select(task.org_id, task.state, func.count(), _late)
    .select_from(_both)
    .where(_orgs, _from_others)
    .group_by(task.org_id, task.state)
    .order_by(task.org_id, task.state)
)
_own = select(task.id).select_from(_both).where(among(item.org_id, "orgs"), ~_from_others)
_summed = (
    select(task.item_id, task.state, func.count().label("tasks"), _late.label("overdue"))
    .where(_orgs, task.id.not_in(_own))
    .group_by(task.item_id, task.state)
    .subquery()
)
SUMMARIES = (
    select(
        item.id, item.number, item.title, item.kind, item.due, _summed.c.state, _summed.c.tasks,
        _summed.c.overdue,
    )
    .join_from(_summed, table(TaskItem), item.id == _summed.c.item_id)
    .order_by(item.due, item.number, item.id, _summed.c.state)
)  # fmt: skip
NIL = (
    select(task.org_id, func.count())
    .select_from(_both)
    .where(_orgs, _from_others, task.state != "withdrawn")
    .group_by(task.org_id)
    .having(func.sum(case((task.state == "issued", 0), else_=1)) == 0)
    .order_by(func.count().desc(), task.org_id)
)
HOW_MANY = select(func.count()).where(item.series == bindparam("series"))
HISTORY = (
    select(step.at, step.by, step.step, step.state, step.words, step.until, step.person)
    .where(step.task_id == bindparam("id"))
    .order_by(step.id)
)
OFFERED = (
    select(step.task_id, func.max(step.at))
    .where(among(step.task_id, "ids"), step.step == "hand_over")
    .group_by(step.task_id)
)
_member = table(Member).c
EXEMPT = select(_member.id).where(among(_member.id, "ids"), _member.chase_exempt != "")
