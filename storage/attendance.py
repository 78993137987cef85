"""Who was there: one record for each activity and member, and the requests that lead to one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Date, Select, and_, bindparam, func, insert, or_, select
from sqlmodel import Field, SQLModel

from storage import activities, members, organisation, revisions
from storage.activities import Audience, Held
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


CAME = frozenset({State.PRESENT, State.LATE, State.MADE_UP})


class Attendance(SQLModel, table=True):
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


class RequestKind(StrEnum):
    LEAVE = "leave"
    MAKE_UP = "make_up"


class RequestState(StrEnum):
    PENDING = "pending"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Request(SQLModel, table=True):
    """A member asks for leave from an activity, or to be recorded afterwards."""

    __tablename__ = "attendance_request"

    id: int = Field(default=None, primary_key=True)
    kind: str
    activity_id: int = Field(foreign_key="activity.id", index=True)
    member_id: str = Field(foreign_key="member.id", index=True)
    category: str = ""
    """sickness, business, family, other: no free text is kept after the decision."""
    reason: str = ""
    """In the member's words, until it is decided."""
    asked_at: datetime = Field(sa_type=Moment)
    state: str = RequestState.PENDING
    decided_by: str = ""
    decided_at: datetime | None = Field(default=None, sa_type=Moment)


class Standing(NamedTuple):
    """What is on record of one member at one activity."""

    state: State
    at: datetime


@dataclass
class Tally:
    """A running count, shared by the messages of a batch."""

    expected: int
    came: int


def standing(db: Session, activity_id: int, member_id: str) -> Standing | None:
    """None: no record. Read for everyone who speaks in the batch at once."""
    ids = db.speaking if member_id in db.speaking else (member_id,)

    def load() -> Mapping[str, Standing]:
        rows = db.run(STANDINGS, {"activity": activity_id, "members": list(ids)})
        return {row.member_id: Standing(State(row.state), row.at) for row in rows}

    return db.once(("standing", activity_id, ids), load).get(member_id)


def record(
    db: Session,
    held: Held,
    member_id: str,
    state: State,
    *,
    at: datetime,
    source: str,
    by: str,
    entered_at: datetime,
) -> None:
    """For a member with no record yet: written with the others of the batch."""
    db.together(
        RECORD,
        {
            "activity_id": held.id,
            "member_id": member_id,
            "state": state,
            "at": at,
            "source": source,
            "by": by,
            "entered_at": entered_at,
            "reason": "",
        },
    )


def restate(
    db: Session, activity_id: int, member_id: str, state: State, at: datetime, *, by: str
) -> None:
    """Another state for a member who has a record."""
    row = db.get_one(Attendance, (activity_id, member_id))
    row.state, row.at, row.by, row.entered_at = state, at, by, at
    db.flush()


def tally(db: Session, held: Held) -> Tally:
    """How many are expected and how many have come; whoever records adds one."""

    def load() -> Tally:
        counted = dict(tuple(row) for row in db.run(COUNTS, {"activity": held.id}))
        return Tally(len(expected(db, held)), sum(counted.get(state, 0) for state in CAME))

    return db.once(("tally", held.id), load)


def counts(db: Session, activity_id: int) -> dict[State, int]:
    return {State(state): n for state, n in db.run(COUNTS, {"activity": activity_id})}


def expected(db: Session, held: Held) -> frozenset[str]:
    """Who belongs to the audience on the day of the activity, exempt members included."""
    if held.audience == Audience.SIGNED_UP:
        return frozenset(activities.signed_up(db, held.id))
    day = held.starts.date()
    statement = OFFICERS if held.audience == Audience.OFFICERS else BELONGING

    def load() -> frozenset[str]:
        tree = organisation.tree(db, day)
        orgs = tree.below(held.org_id) if statement is BELONGING else [held.org_id]
        return frozenset(row[0] for row in db.run(statement, {"orgs": orgs, "day": day}))

    return revisions.kept(db, members.ROSTER, (held.org_id, held.audience, day), load)


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
RECORD = insert(table(Attendance))
COUNTS = (
    select(attendance.state, func.count())
    .where(attendance.activity_id == bindparam("activity"))
    .group_by(attendance.state)
)


def _belonging() -> Select[tuple[str]]:
    day = bindparam("day", type_=Date)
    return (
        select(_membership.member_id)
        .join_from(table(Membership), table(Member), _member.id == _membership.member_id)
        .where(
            or_(among(_membership.branch_id, "orgs"), among(_membership.group_id, "orgs")),
            _membership.since <= day,
            or_(_membership.until.is_(None), _membership.until > day),
        )
    )


def _officers() -> Select[tuple[str]]:
    day = bindparam("day", type_=Date)
    return (
        select(_appointment.member_id)
        .where(
            among(_appointment.org_id, "orgs"),
            and_(
                _appointment.since <= day,
                or_(_appointment.until.is_(None), _appointment.until > day),
            ),
        )
        .distinct()
    )


BELONGING, OFFICERS = _belonging(), _officers()
