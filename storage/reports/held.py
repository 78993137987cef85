"""Activities that were held, and how many came of those expected.

Of a city's quarter that is a quarter of a million records: the database puts the ids of each
activity together, and what nobody has moved in is made once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Date, and_, bindparam, func, not_, or_, select

from storage import attendance, organisation
from storage.activities import Activity, Audience, SignUp, Status
from storage.attendance import APART, CAME, Attendance, State
from storage.database import Moment, Session, among, table
from storage.members import Appointment, Membership


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


Span = tuple[str, date, date | None]
People = frozenset[str]
NOBODY: People = frozenset()


def meetings(
    db: Session, org_ids: Sequence[str], start: datetime, end: datetime, now: datetime
) -> list[Meeting]:
    """What was held in [start, end), the earliest first: somebody came, it is said to be done, or
    head-counts were reported. The same rule as for the sheet of one activity."""
    expecting = _Expecting(db, org_ids, start, end)
    rows = db.run(HELD, window(org_ids, start, end)).all()
    found = (_meeting(row, expecting) for row in rows if row.starts <= now)
    return [each for each in found if each]


def _meeting(row: Any, expecting: "_Expecting") -> Meeting | None:
    """None where it was not held."""
    head = (row.id, row.org_id, row.kind, row.title, row.starts, row.venue)
    if row.came is None and row.others is None:
        if row.reported_present is not None:
            leave = row.reported_on_leave or 0
            return Meeting(*head, row.reported_expected or 0, row.reported_present, leave, True)
        # nobody knows who came: an activity, but nothing to count by
        return Meeting(*head, 0, 0, 0, False) if row.status == Status.DONE else None
    if row.came is None and row.status != Status.DONE:
        return None
    everyone, exempt = expecting.of(row)
    came = everyone.intersection(row.came.split(APART)) if row.came else NOBODY
    leave, excused = _apart(row.others)
    leave &= everyone
    missed = (exempt | (excused & everyone)) - came - leave
    return Meeting(*head, len(everyone) - len(missed), len(came), len(leave), False)


def _apart(others: str | None) -> tuple[People, People]:
    """Who is on leave, and who was excused."""
    if others is None:
        return NOBODY, NOBODY
    said = [each.partition(" ") for each in others.split(APART)]
    leave = frozenset(who for state, _, who in said if state == State.ON_LEAVE)
    return leave, frozenset(who for state, _, who in said if state == State.EXEMPT)


class _Expecting:
    """Who is expected at many activities, read at once."""

    def __init__(self, db: Session, org_ids: Sequence[str], start: datetime, end: datetime) -> None:
        self._db, self._first = db, start.date()
        span = {"first": self._first, "last": end.date()}
        self._history = organisation.history(db, **span)
        self._stayed: dict[str, list[str]] = defaultdict(list)
        for branch, group, ids in db.run(STAYED, span):
            for org in filter(None, (branch, group)):
                self._stayed[org] += ids.split(APART)
        self._moved = _by_org(db.run(MOVED, span))
        self._in_post = _by_org(db.run(POSTS, span))
        self._signed: dict[int, set[str]] = defaultdict(set)
        for activity_id, member_id in db.run(SIGNED, window(org_ids, start, end)):
            self._signed[activity_id].add(member_id)
        self._exempt = attendance.exempt(db)
        self._below: dict[tuple[str, date], tuple[People, People, list[Span]]] = {}

    def of(self, row: Any) -> tuple[People, People]:
        """Everybody, and who of them is exempt."""
        day = row.starts.date()
        match Audience(row.audience):
            case Audience.SIGNED_UP:
                return self._with_exempt(frozenset(self._signed[row.id]))
            case Audience.OFFICERS:
                return self._with_exempt(
                    frozenset(_lasting(self._in_post.get(row.org_id, ()), day))
                )
            case Audience.ALL:
                stayed, exempt, moved = self._of(row.org_id, self._history.since(day, self._first))
                if not moved:
                    return stayed, exempt
                return self._with_exempt(stayed.union(_lasting(moved, day)))

    def _with_exempt(self, everyone: People) -> tuple[People, People]:
        return everyone, everyone & self._exempt

    def _of(self, org_id: str, day: date) -> tuple[People, People, list[Span]]:
        """Who stayed there all the time, who of them is exempt, and who came or went."""
        if (org_id, day) not in self._below:
            below = organisation.tree(self._db, day).below(org_id)
            stayed = frozenset(who for org in below for who in self._stayed.get(org, ()))
            moved = [each for org in below for each in self._moved.get(org, ())]
            self._below[org_id, day] = (*self._with_exempt(stayed), moved)
        return self._below[org_id, day]


def _by_org(rows: Iterable[Any]) -> Mapping[str, list[Span]]:
    """(member, since, until, organisations …) → organisation to whom, since and until."""
    found: dict[str, list[Span]] = defaultdict(list)
    for member_id, since, until, *orgs in rows:
        for org in filter(None, orgs):
            found[org].append((member_id, since, until))
    return found


def _lasting(spans: Iterable[Span], day: date) -> Iterator[str]:
    return (who for who, since, until in spans if since <= day and (not until or day < until))


def window(org_ids: Sequence[str], start: datetime, end: datetime) -> dict[str, Any]:
    return {"orgs": list(org_ids), "from": start, "till": end}


_activity, _attendance, _sign = table(Activity).c, table(Attendance).c, table(SignUp).c
_membership, _appointment = table(Membership).c, table(Appointment).c
_first, _last = bindparam("first", type_=Date), bindparam("last", type_=Date)
held_between = (
    among(_activity.org_id, "orgs"),
    _activity.starts >= bindparam("from", type_=Moment),
    _activity.starts < bindparam("till", type_=Moment),
    _activity.status != Status.CANCELLED,
)
_there = _attendance.state.in_([*CAME, State.OBSERVING])


def _ids(said: Any, *which: Any) -> Any:
    """Of one activity, in one word; NULL for nobody."""
    of_it = _attendance.activity_id == _activity.id
    together = select(func.aggregate_strings(said, APART)).where(of_it, *which)
    return together.correlate(table(Activity)).scalar_subquery()


HELD = (
    select(
        _activity.id, _activity.org_id, _activity.kind, _activity.title, _activity.starts,
        _activity.venue, _activity.audience, _activity.status, _activity.reported_expected,
        _activity.reported_present, _activity.reported_on_leave,
        _ids(_attendance.member_id, _there).label("came"),
        _ids(_attendance.state + " " + _attendance.member_id, not_(_there)).label("others"),
    )
    .where(*held_between)
    .order_by(_activity.starts, _activity.id)
)  # fmt: skip
SIGNED = (
    select(_sign.activity_id, _sign.member_id)
    .join_from(table(SignUp), table(Activity), _activity.id == _sign.activity_id)
    .where(*held_between)
)


def overlapping(rows: Any) -> tuple[Any, Any]:
    return rows.since <= _last, or_(rows.until.is_(None), rows.until > _first)


_all_the_time = and_(
    _membership.since <= _first, or_(_membership.until.is_(None), _membership.until > _last)
)
_everyone = func.aggregate_strings(_membership.member_id, APART)
STAYED = (
    select(_membership.branch_id, _membership.group_id, _everyone)
    .where(_all_the_time)
    .group_by(_membership.branch_id, _membership.group_id)
)
MOVED = select(
    _membership.member_id, _membership.since, _membership.until,
    _membership.branch_id, _membership.group_id,
).where(*overlapping(_membership), not_(_all_the_time))  # fmt: skip
POSTS = select(
    _appointment.member_id, _appointment.since, _appointment.until, _appointment.org_id
).where(*overlapping(_appointment))
