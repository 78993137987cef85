"""Requests for leave and for being recorded afterwards, until an organiser has decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, and_, bindparam, func, literal_column, or_, select, text, update
from sqlmodel import Field, SQLModel

from storage.activities import Activity, Held, Status
from storage.attendance import CAME, Attendance
from storage.database import Moment, Session, among, table, where
from storage.members import Member


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
    __table_args__ = (
        Index(
            "attendance_request_one_pending",
            "kind",
            "activity_id",
            "member_id",
            unique=True,
            **where(text("state = 'pending'")),
        ),
    )

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


@dataclass(frozen=True)
class Asked:
    """A request with what one needs to know to decide or to show it."""

    id: int
    kind: str
    activity_id: int
    member_id: str
    category: str
    reason: str
    asked_at: datetime
    state: str
    decided_by: str
    name: str
    org_id: str
    title: str
    starts: datetime


def ask(
    db: Session,
    kind: RequestKind,
    held: Held,
    member_id: str,
    *,
    category: str,
    reason: str,
    at: datetime,
) -> int:
    """The number of the new request. At most one of a kind may be pending for an activity."""
    row = Request(
        kind=kind,
        activity_id=held.id,
        member_id=member_id,
        category=category,
        reason=reason,
        asked_at=at,
    )
    db.add(row)
    db.flush()
    return row.id


def settle(db: Session, request_id: int, state: RequestState, *, by: str, at: datetime) -> bool:
    """False when it was no longer pending. The free words are forgotten with the decision."""
    values = {"of_id": request_id, "now_state": state, "by": by, "at": at}
    return bool(db.run(SETTLE, values).rowcount)


def settle_all(db: Session, activity_id: int, *, by: str, at: datetime) -> None:
    """What is still pending for an activity that will not be held is withdrawn."""
    db.run(SETTLE_ALL, {"of_activity": activity_id, "by": by, "at": at})


def asked(db: Session, request_id: int) -> Asked | None:
    row = db.run(ONE, {"id": request_id}).one_or_none()
    return Asked(*row) if row else None


def pending_for(db: Session, kind: str, activity_id: int, member_id: str) -> int | None:
    """The number of the request that waits for a decision."""
    values = {"kind": kind, "activity": activity_id, "member": member_id}
    return db.run(PENDING_FOR, values).scalar_one_or_none()


def pending(db: Session, org_ids: Sequence[str]) -> list[Asked]:
    """What waits for a decision in `org_ids`, the oldest first; not of those who came meanwhile."""
    return [Asked(*row) for row in db.run(PENDING, {"orgs": list(org_ids)})]


def of_member(db: Session, member_id: str, since: datetime) -> list[Asked]:
    """What `member_id` has asked for since then, the newest first."""
    return [Asked(*row) for row in db.run(OWN, {"member": member_id, "since": since})]


request, activity, member = table(Request).c, table(Activity).c, table(Member).c
attendance = table(Attendance).c
_COLUMNS: Mapping[str, Any] = {
    **request,
    "name": member.name,
    "org_id": activity.org_id,
    "title": activity.title,
    "starts": activity.starts,
}
_ASKED: Any = (
    select(*(_COLUMNS[each.name] for each in fields(Asked)))
    .join_from(table(Request), table(Activity), activity.id == request.activity_id)
    .join(table(Member), member.id == request.member_id)
    .where(activity.status != Status.CANCELLED)
)
ONE = _ASKED.where(request.id == bindparam("id"))
OWN = _ASKED.where(
    request.member_id == bindparam("member"),
    request.asked_at >= bindparam("since", type_=Moment),
).order_by(request.asked_at.desc(), request.id.desc())
PENDING = (
    _ASKED.outerjoin(
        table(Attendance),
        and_(
            attendance.activity_id == request.activity_id,
            attendance.member_id == request.member_id,
        ),
    )
    .where(
        # As the index of what is pending has it, and so that no other is taken: few of many wait.
        request.state == literal_column("'pending'"),
        among(func.coalesce(activity.org_id, ""), "orgs"),
        or_(attendance.state.is_(None), attendance.state.not_in(sorted(CAME))),
    )
    .order_by(request.asked_at, request.id)
)
PENDING_FOR = select(request.id).where(
    request.kind == bindparam("kind"),
    request.activity_id == bindparam("activity"),
    request.member_id == bindparam("member"),
    request.state == RequestState.PENDING,
)
_settled = update(table(Request)).values(
    decided_by=bindparam("by"), decided_at=bindparam("at", type_=Moment), reason=""
)
SETTLE = _settled.values(state=bindparam("now_state")).where(
    request.id == bindparam("of_id"), request.state == RequestState.PENDING
)
SETTLE_ALL = _settled.values(state=RequestState.WITHDRAWN).where(
    request.activity_id == bindparam("of_activity"), request.state == RequestState.PENDING
)
