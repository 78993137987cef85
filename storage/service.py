"""Voluntary service, as members put it on record themselves. Nobody has to confirm it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Date, bindparam, func, select
from sqlmodel import Field, SQLModel, col

from storage.database import Moment, Session, among, table


class ServiceRecord(SQLModel, table=True):
    """What somebody has done for others, once."""

    __tablename__ = "service_record"

    id: int = Field(default=None, primary_key=True)
    member_id: str = Field(foreign_key="member.id", index=True)
    org_id: str = Field(index=True)
    """The branch that they belonged to."""
    served_on: date
    minutes: int
    kind: str = ""
    """What was done, in a word or in theirs."""
    place: str = ""
    made_at: datetime = Field(sa_type=Moment)
    changed_at: datetime | None = Field(default=None, sa_type=Moment)


class Total(NamedTuple):
    times: int
    minutes: int


class OfBranch(NamedTuple):
    org_id: str
    people: int
    times: int
    minutes: int


def add(db: Session, row: ServiceRecord) -> ServiceRecord:
    db.add(row)
    db.flush()
    return row


def own(db: Session, member_id: str, record_id: int) -> ServiceRecord | None:
    """None: there is none, or it is another's."""
    row = db.get(ServiceRecord, record_id)
    return row if row and row.member_id == member_id else None


def latest(db: Session, member_id: str) -> ServiceRecord | None:
    """What they put on record last."""
    query = select(ServiceRecord).where(col(ServiceRecord.member_id) == member_id)
    return db.execute(query.order_by(col(ServiceRecord.id).desc()).limit(1)).scalars().first()


def same_day(db: Session, member_id: str, day: date) -> Sequence[ServiceRecord]:
    query = select(ServiceRecord).where(
        col(ServiceRecord.member_id) == member_id, col(ServiceRecord.served_on) == day
    )
    return db.execute(query.order_by(col(ServiceRecord.id))).scalars().all()


def between(
    db: Session, member_id: str, first: date, last: date, limit: int
) -> Sequence[ServiceRecord]:
    """The newest first."""
    query = select(ServiceRecord).where(
        col(ServiceRecord.member_id) == member_id,
        col(ServiceRecord.served_on) >= first,
        col(ServiceRecord.served_on) <= last,
    )
    newest = (col(ServiceRecord.served_on).desc(), col(ServiceRecord.id).desc())
    return db.execute(query.order_by(*newest).limit(limit)).scalars().all()


def total(db: Session, member_id: str, first: date, last: date) -> Total:
    row = db.run(TOTAL, {"member": member_id, "first": first, "last": last}).one()
    return Total(row[0], row[1] or 0)


def by_branch(db: Session, org_ids: Sequence[str], first: date, last: date) -> list[OfBranch]:
    """The most hours first; no persons."""
    rows = db.run(BY_BRANCH, {"orgs": list(org_ids), "first": first, "last": last})
    return [OfBranch(*row) for row in rows]


_record = table(ServiceRecord).c
_within = (
    _record.served_on >= bindparam("first", type_=Date),
    _record.served_on <= bindparam("last", type_=Date),
)
TOTAL = select(func.count(), func.sum(_record.minutes)).where(
    _record.member_id == bindparam("member"), *_within
)
BY_BRANCH = (
    select(
        _record.org_id,
        func.count(_record.member_id.distinct()),
        func.count(),
        func.sum(_record.minutes),
    )
    .where(among(_record.org_id, "orgs"), *_within)
    .group_by(_record.org_id)
    .order_by(func.sum(_record.minutes).desc(), _record.org_id)
)
