"""Who was there: one record for each activity and member."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Date, Select, and_, bindparam, func, insert, or_, select, update
from sqlmodel import Field, SQLModel

from storage import activities, members, organisation, revisions
from storage.activities import Activity, Audience, Held, Status
from storage.database import Moment, Session, among, table
from storage.members import Appointment, Member, Membership


class State(StrEnum):
    """What a record says. No record says nothing: it is not an absence."""

    PRESENT = "present"
    LATE = "late"
    ON_LEAVE = "on_leave"
    MADE_UP = "made_up"
    OBSERVING = "observing"
    """Came, though of another organisation."""
    EXEMPT = "exempt"
    ANNULLED = "annulled"


APART = "\x1f"
"""Between two ids that the database puts together; no register has it."""
CAME = frozenset({State.PRESENT, State.LATE, State.MADE_UP})


class Attendance(SQLModel, table=True):
    __table_args__ = {"sqlite_with_rowid": False}
    """Rows of one activity lie beside each other: a sheet is read in one go."""

    activity_id: int = Field(primary_key=True, foreign_key="activity.id")
    member_id: str = Field(primary_key=True, foreign_key="member.id", index=True)
    state: str
    at: datetime = Field(sa_type=Moment)
    """When the member came, or when the leave begins to count; by the message's own time."""
    source: str
    """word, code, rotating, roll_call, make_up, leave."""
    by: str
    """Who entered it: the member, or an organiser."""
    entered_at: datetime = Field(sa_type=Moment)
    """Later than `at` where it was entered afterwards, which stays visible."""
    reason: str = ""
    """Why it was annulled; nothing else."""


class Standing(NamedTuple):
    """What is on record of one member at one activity."""

    state: State
    at: datetime


@dataclass(frozen=True)
class Entry:
    """What is put on record; the columns of `Attendance`."""

    state: State
    at: datetime
    source: str
    by: str
    entered_at: datetime
    reason: str = ""


@dataclass
class Tally:
    """A running count, shared by the messages of a batch."""

    expected: int
    came: int
    apart: set[str]
    """Exempt members who are not there: not expected, but counted if they come."""

    def add(self, member_id: str, *, was_expected: bool) -> None:
        self.came += 1
        self.expected += not was_expected or member_id in self.apart
        self.apart.discard(member_id)


def standing(db: Session, activity_id: int, member_id: str) -> Standing | None:
    """None: no record. Read for everyone who speaks in the batch at once."""
    return _standings(db, activity_id, member_id).get(member_id)


def _standings(db: Session, activity_id: int, member_id: str) -> dict[str, Standing]:
    ids = db.speaking if member_id in db.speaking else (member_id,)

    def load() -> dict[str, Standing]:
        return standings(db, activity_id, ids)

    return db.once(("standing", activity_id, ids), load)


def standings(db: Session, activity_id: int, ids: Sequence[str]) -> dict[str, Standing]:
    rows = db.run(STANDINGS, {"activity": activity_id, "members": ids})
    return {row.member_id: Standing(State(row.state), row.at) for row in rows}


def enter(
    db: Session, activity_id: int, member_id: str, entry: Entry, before: Standing | None
) -> None:
    """The one way onto the record. `before` is what stood there until now; a first entry is
    written with the others of the batch."""
    if member_id in db.speaking:  # their other phone may be next in the batch
        known = _standings(db, activity_id, member_id)
        known[member_id] = Standing(entry.state, entry.at)
    values = {"activity_id": activity_id, "member_id": member_id, **vars(entry)}
    if before is None:
        db.together(RECORD, values)
    else:
        db.run(RESTATE, {f"of_{name}": value for name, value in values.items()})


def tally(db: Session, held: Held) -> Tally:
    """How many are expected and how many have come; whoever records adds one."""

    def load() -> Tally:
        everyone, counted = expected(db, held), counts(db, held.id)
        apart = _apart(db, held.id, everyone, counted)
        came = sum(counted.get(state, 0) for state in CAME)
        return Tally(len(everyone) - len(apart), came, apart)

    return db.once(("tally", held.id), load)


def _apart(
    db: Session, activity_id: int, everyone: frozenset[str], counted: Mapping[State, int]
) -> set[str]:
    """Of those expected, who is exempt and has neither come nor asked for leave."""
    apart = set(everyone & exempt(db))
    if apart:
        known = standings(db, activity_id, sorted(apart))
        apart -= {each for each, record in known.items() if counts_as_expected(record)}
    if counted.get(State.EXEMPT):
        excused = db.run(IN_STATE, {"activity": activity_id, "state": State.EXEMPT})
        apart |= everyone & {row[0] for row in excused}
    return apart


def counts_as_expected(standing: Standing) -> bool:
    """Of an exempt member: they came, or asked for leave like everybody else."""
    return standing.state in CAME or standing.state is State.ON_LEAVE


def counts(db: Session, activity_id: int) -> dict[State, int]:
    return {State(state): n for state, n in db.run(COUNTS, {"activity": activity_id})}


def counts_between(
    db: Session, org_ids: Sequence[str], start: datetime, end: datetime
) -> dict[int, dict[State, int]]:
    """Activity to the states on record, of what `org_ids` hold in [start, end); an activity
    without any record is missing."""
    found: dict[int, dict[State, int]] = {}
    values = {"orgs": list(org_ids), "from": start, "till": end}
    for activity_id, state, count in db.run(COUNTS_BETWEEN, values):
        found.setdefault(activity_id, {})[State(state)] = count
    return found


def expected(db: Session, held: Held) -> frozenset[str]:
    """Who belongs to the audience on the day of the activity, exempt members included."""
    if held.audience == Audience.SIGNED_UP:
        return db.once(("signed up", held.id), lambda: activities.signed_up(db, held.id))
    day = held.starts.date()
    statement = OFFICERS if held.audience == Audience.OFFICERS else BELONGING

    def load() -> frozenset[str]:
        tree = organisation.tree(db, day)
        orgs = tree.below(held.org_id) if statement is BELONGING else [held.org_id]
        found = db.run(statement, {"orgs": orgs, "day": day}).scalar_one()
        return frozenset(found.split(APART) if found else ())

    return revisions.kept(db, members.ROSTER, (held.org_id, held.audience, day), load)


def exempt(db: Session) -> frozenset[str]:
    """Members who are not chased, and not missed where they do not come."""

    def load() -> frozenset[str]:
        return frozenset(row[0] for row in db.run(EXEMPT))

    return revisions.kept(db, members.ROSTER, "exempt", load)


def records(db: Session, activity_id: int) -> Sequence[Attendance]:
    query = select(Attendance).where(attendance.activity_id == activity_id)
    return db.execute(query.order_by(attendance.at)).scalars().all()


attendance = table(Attendance).c
_membership, _appointment, _member = (
    table(Membership).c,
    table(Appointment).c,
    table(Member).c,
)
STANDINGS = select(attendance.member_id, attendance.state, attendance.at).where(
    attendance.activity_id == bindparam("activity"),
    among(attendance.member_id, "members"),
)
IN_STATE = select(attendance.member_id).where(
    attendance.activity_id == bindparam("activity"), attendance.state == bindparam("state")
)
EXEMPT = select(_member.id).where(_member.chase_exempt != "")
RECORD = insert(table(Attendance))
_entry = {each.name: attendance[each.name] for each in fields(Entry)}
RESTATE = (
    update(table(Attendance))
    .where(
        attendance.activity_id == bindparam("of_activity_id"),
        attendance.member_id == bindparam("of_member_id"),
    )
    .values({name: bindparam(f"of_{name}", type_=c.type) for name, c in _entry.items()})
)
COUNTS = (
    select(attendance.state, func.count())
    .where(attendance.activity_id == bindparam("activity"))
    .group_by(attendance.state)
)
_activity = table(Activity).c
COUNTS_BETWEEN = (
    select(attendance.activity_id, attendance.state, func.count())
    .join_from(table(Attendance), table(Activity), _activity.id == attendance.activity_id)
    .where(
        among(_activity.org_id, "orgs"),
        _activity.starts >= bindparam("from", type_=Moment),
        _activity.starts < bindparam("till", type_=Moment),
        _activity.status != Status.CANCELLED,
    )
    .group_by(attendance.activity_id, attendance.state)
)


def _belonging() -> Select[Any]:
    day = bindparam("day", type_=Date)
    return (
        select(func.aggregate_strings(_membership.member_id, APART))
        .join_from(table(Membership), table(Member), _member.id == _membership.member_id)
        .where(
            or_(among(_membership.branch_id, "orgs"), among(_membership.group_id, "orgs")),
            _membership.since <= day,
            or_(_membership.until.is_(None), _membership.until > day),
        )
    )


def _officers() -> Select[Any]:
    day = bindparam("day", type_=Date)
    return select(func.aggregate_strings(_appointment.member_id, APART)).where(
        among(_appointment.org_id, "orgs"),
        and_(
            _appointment.since <= day,
            or_(_appointment.until.is_(None), _appointment.until > day),
        ),
    )


BELONGING, OFFICERS = _belonging(), _officers()
