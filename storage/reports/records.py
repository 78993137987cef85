"""What numbers are made of: each row is one record, with what it adds to a sum and out of what.

No row tells of a person.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Date, bindparam, func, or_, select

from storage import activities, attendance, duties, organisation
from storage.activities import Activity, Audience, Held, SignUp, Status
from storage.attendance import CAME, Attendance, State
from storage.database import Moment, Session, among, table
from storage.members import Appointment, Membership
from storage.tasks import Task, TaskItem


class Meeting(NamedTuple):
    """An activity that was held, with its head-counts."""

    id: int
    org_id: str
    kind: str
    title: str
    starts: datetime
    venue: str
    expected: int
    """Without those who are exempt and have neither come nor asked for leave."""
    came: int
    """Of those expected."""
    on_leave: int
    reported: bool
    """The counts were reported; there are no records of persons."""


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


Span = tuple[str, date, date | None]
NOBODY: frozenset[str] = frozenset()
APART = "\x1f"
"""Between two ids; no register has it."""


def meetings(
    db: Session, org_ids: Sequence[str], start: datetime, end: datetime, now: datetime
) -> list[Meeting]:
    """What was held in [start, end), the earliest first: somebody came, it is said to be done, or
    head-counts were reported. The same rule as for the sheet of one activity."""
    found = [h for h in activities.between(db, org_ids, start, end) if h.starts <= now]
    states = _states(db, org_ids, start, end)
    expecting = _Expecting(db, org_ids, start, end)
    rows = (_meeting(h, states.get(h.id, {}), expecting) for h in found)
    return [row for row, was_held in rows if was_held]


def _meeting(
    held: Held, states: Mapping[str, Set[str]], expecting: "_Expecting"
) -> tuple[Meeting, bool]:
    head = (held.id, held.org_id, held.kind, held.title, held.starts, held.venue)
    if not states and held.reported_present is not None:
        counts = (held.reported_expected or 0, held.reported_present, held.reported_on_leave or 0)
        return Meeting(*head, *counts, reported=True), True
    if not states:  # nobody knows who came: an activity, but nothing to count by
        return Meeting(*head, 0, 0, 0, reported=False), held.status == Status.DONE
    everyone = expecting.of(held)
    came = NOBODY.union(*(states.get(state, NOBODY) for state in (*CAME, State.OBSERVING)))
    leave = states.get(State.ON_LEAVE, NOBODY)
    excused = states.get(State.EXEMPT, NOBODY) | expecting.exempt
    expected = everyone - (excused - came - leave)
    row = Meeting(*head, len(expected), len(expected & came), len(expected & leave), False)
    return row, bool(came) or held.status == Status.DONE


class _Expecting:
    """Who is expected at many activities, read at once."""

    def __init__(self, db: Session, org_ids: Sequence[str], start: datetime, end: datetime) -> None:
        span = {"first": start.date(), "last": end.date()}
        self._db = db
        self._at, self._stayed = _parted(_by_org(db.run(PLACES, span)), **span)
        self._in_post = _by_org(db.run(POSTS, span))
        self._signed: dict[int, set[str]] = defaultdict(set)
        for activity_id, member_id in db.run(SIGNED, window(org_ids, start, end)):
            self._signed[activity_id].add(member_id)
        self.exempt = attendance.exempt(db)

    def of(self, held: Held) -> Set[str]:
        day = held.starts.date()
        match Audience(held.audience):
            case Audience.SIGNED_UP:
                return self._signed[held.id]
            case Audience.OFFICERS:
                return set(_lasting(self._in_post.get(held.org_id, ()), day))
            case Audience.ALL:
                below = organisation.tree(self._db, day).below(held.org_id)
                moved = {m for org in below for m in _lasting(self._at.get(org, ()), day)}
                return moved.union(*(self._stayed.get(org, NOBODY) for org in below))


def _by_org(rows: Iterable[Any]) -> dict[str, list[Span]]:
    """(member, since, until, organisations …) → organisation to whom, since and until."""
    found: dict[str, list[Span]] = defaultdict(list)
    for member_id, since, until, *orgs in rows:
        for org in filter(None, orgs):
            found[org].append((member_id, since, until))
    return found


def _parted(
    places: Mapping[str, list[Span]], first: date, last: date
) -> tuple[dict[str, list[Span]], dict[str, Set[str]]]:
    """Those who came or went meanwhile, with their days; and the many who stayed."""
    moved, stayed = dict[str, list[Span]](), dict[str, Set[str]]()
    for org, spans in places.items():
        stayed[org] = {who for who, since, until in spans if _stays(since, until, first, last)}
        moved[org] = [each for each in spans if not _stays(*each[1:], first, last)]
    return moved, stayed


def _stays(since: date, until: date | None, first: date, last: date) -> bool:
    return since <= first and (until is None or last < until)


def _lasting(spans: Iterable[Span], day: date) -> Iterator[str]:
    return (who for who, since, until in spans if since <= day and (not until or day < until))


def _states(
    db: Session, org_ids: Sequence[str], start: datetime, end: datetime
) -> dict[int, dict[str, Set[str]]]:
    """Activity to states, and who is on record with each. The database puts the ids together:
    of a quarter there are hundreds of thousands."""
    found: dict[int, dict[str, Set[str]]] = defaultdict(dict)
    for activity_id, state, ids in db.run(STATES, window(org_ids, start, end)):
        found[activity_id][state] = frozenset(ids.split(APART))
    return found


def window(org_ids: Sequence[str], start: datetime, end: datetime) -> dict[str, Any]:
    return {"orgs": list(org_ids), "from": start, "till": end}


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
    rows = db.run(TASKS, {"orgs": list(org_ids), "first": first, "last": last})
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


_activity, _attendance, _sign = table(Activity).c, table(Attendance).c, table(SignUp).c
_membership, _appointment = table(Membership).c, table(Appointment).c
_task, _item = table(Task).c, table(TaskItem).c
_first, _last = bindparam("first", type_=Date), bindparam("last", type_=Date)
held_between = (
    among(_activity.org_id, "orgs"),
    _activity.starts >= bindparam("from", type_=Moment),
    _activity.starts < bindparam("till", type_=Moment),
    _activity.status != Status.CANCELLED,
)
STATES = (
    select(
        _attendance.activity_id,
        _attendance.state,
        func.aggregate_strings(_attendance.member_id, APART),
    )
    .join_from(table(Attendance), table(Activity), _activity.id == _attendance.activity_id)
    .where(*held_between)
    .group_by(_attendance.activity_id, _attendance.state)
)
SIGNED = (
    select(_sign.activity_id, _sign.member_id)
    .join_from(table(SignUp), table(Activity), _activity.id == _sign.activity_id)
    .where(*held_between)
)


def overlapping(rows: Any) -> tuple[Any, Any]:
    return rows.since <= _last, or_(rows.until.is_(None), rows.until > _first)


PLACES = select(
    _membership.member_id, _membership.since, _membership.until,
    _membership.branch_id, _membership.group_id,
).where(*overlapping(_membership))  # fmt: skip
POSTS = select(
    _appointment.member_id, _appointment.since, _appointment.until, _appointment.org_id
).where(*overlapping(_appointment))
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
