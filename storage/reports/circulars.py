from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import defer
from sqlmodel import col

from storage.database import Session, table
from storage.reports.tables import Circular, NumberShown


def make(db: Session, row: Circular) -> Circular:
    """A new version; `number` 0 begins a new circular."""
    if not row.number:
        row.number = (db.run(LAST_NUMBER).scalar() or 0) + 1
    db.add(row)
    db.flush()
    return row


def one(db: Session, circular_id: int) -> Circular | None:
    """Its records are read when somebody looks at them."""
    return db.get(Circular, circular_id, populate_existing=True, options=[WITHOUT_RECORDS])


def settle(db: Session, circular_id: int, before: str, **values: Any) -> bool:
    """Change its columns, while it is in the state `before`; False when somebody was faster."""
    changed = db.run(
        update(table(Circular))
        .where(circular.id == circular_id, circular.state == before)
        .values(**values)
    )
    db.expire_all()
    return changed.rowcount == 1


def noted(db: Session, circular_id: int, files: str) -> None:
    """Note the digests of the files as they were given out."""
    db.together(NOTED, {"of_id": circular_id, "digests": files})


def latest(db: Session, org_ids: Sequence[str]) -> Circular | None:
    """The version made last, of those that were not dropped."""
    found = db.execute(_of(org_ids).limit(1)).scalars().first()
    return cast(Circular | None, found)


def listed(db: Session, org_ids: Sequence[str], *, most: int = 50) -> Sequence[Circular]:
    """The latest first, without those that were dropped. Their numbers, megabytes of a city, are
    read when somebody wants them."""
    query = _of(org_ids).options(WITHOUT_NUMBERS, WITHOUT_RECORDS).limit(most)
    return cast(Sequence[Circular], db.execute(query).scalars().all())


def under_way(db: Session, org_ids: Sequence[str]) -> Sequence[Circular]:
    """Those that wait to be approved or published, the oldest first."""
    query = select(Circular).where(
        col(Circular.org_id).in_(list(org_ids)), col(Circular.state).in_(["checked", "approved"])
    )
    query = query.options(WITHOUT_NUMBERS, WITHOUT_RECORDS)
    return db.execute(query.order_by(col(Circular.id))).scalars().all()


def _of(org_ids: Sequence[str]) -> Any:
    return (
        select(Circular)
        .where(col(Circular.org_id).in_(list(org_ids)), col(Circular.state) != "dropped")
        .order_by(col(Circular.id).desc())
    )


def by_number(db: Session, number: int) -> Sequence[Circular]:
    """All versions of one circular, the first first."""
    query = select(Circular).where(col(Circular.number) == number)
    query = query.options(WITHOUT_NUMBERS, WITHOUT_RECORDS)
    return db.execute(query.order_by(col(Circular.version))).scalars().all()


def showing(db: Session, member_id: str, circular_id: int, figure: str, at: datetime) -> None:
    """Remember which number somebody is being shown."""
    db.merge(
        NumberShown(member_id=member_id, circular_id=circular_id, figure=figure, words="", at=at)
    )
    db.flush()


def telling(db: Session, member_id: str, words: str, at: datetime) -> None:
    """Remember why the number that somebody is being told is that number."""
    row = NumberShown(member_id=member_id, circular_id=None, figure="", words=words, at=at)
    db.merge(row)
    db.flush()


def shown(db: Session, member_id: str) -> NumberShown | None:
    return db.get(NumberShown, member_id)


circular = table(Circular).c
WITHOUT_NUMBERS = defer(col(Circular.frozen))  # type: ignore[arg-type]
WITHOUT_RECORDS = defer(col(Circular.records))  # type: ignore[arg-type]
LAST_NUMBER = select(func.max(circular.number))
NOTED = (
    update(table(Circular))
    .where(circular.id == bindparam("of_id"))
    .values(files=bindparam("digests"))
)
