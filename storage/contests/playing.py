"""Attempts and answers: the way that thousands take at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update
from sqlmodel import col

from storage.contests.tables import POINT, Answer, Result, Sitting
from storage.database import Moment, Session, among, table


def attempt(db: Session, attempt_id: int, member_id: str) -> Sitting | None:
    """Only one's own. Read for all who speak in this batch at once."""
    mine = running(db, member_id)
    found = next((each for each in mine if each.id == attempt_id), None)
    if found:
        return found
    row = db.get(Sitting, attempt_id)
    return row if row and row.member_id == member_id else None


def running(db: Session, member_id: str) -> list[Sitting]:
    """Begun and not finished."""
    asked = db.speaking if member_id in db.speaking else (member_id,)

    def load() -> dict[str, list[Row[Any]]]:
        found: dict[str, list[Row[Any]]] = {}
        for row in db.run(RUNNING, {"ids": list(asked)}):
            found.setdefault(row.member_id, []).append(row)
        return found

    rows = db.once(("contest attempts", asked), load).get(member_id, [])
    return [Sitting(**row._mapping) for row in rows]  # made for one, not for the whole batch


def attempts(db: Session, round_id: int, member_id: str) -> Sequence[Sitting]:
    query = select(Sitting).where(
        col(Sitting.round_id) == round_id, col(Sitting.member_id) == member_id
    )
    return db.execute(query.order_by(col(Sitting.number))).scalars().all()


def begin(db: Session, row: Sitting, team: str) -> Sitting:
    """Thousands do at the same minute: past the ORM, and the first counter with its like."""
    facts = row.model_dump(exclude={"id"})
    row.id = int(db.run(BEGIN, facts).scalar_one())
    if row.number == 1:
        who = {"round_id": row.round_id, "member_id": row.member_id, "team": team}
        db.together(COUNT, {**who, "score": 0, "spent_ms": 0})
    return row


def mark(db: Session, attempt_id: int, marked: str) -> None:
    db.run(update(table(Sitting)).where(attempt_.id == attempt_id).values(marked=marked))


def go_to(db: Session, attempt_id: int, place: int, now: datetime) -> None:
    """Past what was missed."""
    values = {"place": place, "marked": "", "shown_at": now}
    db.run(update(table(Sitting)).where(attempt_.id == attempt_id).values(**values))


def finish(db: Session, attempt_id: int, now: datetime) -> None:
    """Its time is over; what was saved stands."""
    db.run(update(table(Sitting)).where(attempt_.id == attempt_id).values(finished_at=now))


@dataclass(frozen=True)
class Saved:
    """One answer, and what it makes of its attempt."""

    attempt: Sitting
    said: str
    right: bool
    late: bool
    ms: int
    now: datetime
    finished: bool


def save(db: Session, saved: Saved) -> None:
    """Together with the answers of the others in the batch. A second one to the same question
    breaks the batch, and is then refused by whoever looks at `place`."""
    row = saved.attempt
    db.together(
        SAVE,
        {
            "attempt_id": row.id, "place": row.place, "said": saved.said,
            "right": saved.right, "late": saved.late, "ms": saved.ms,
        },
    )  # fmt: skip
    score, spent = row.score + saved.right, row.spent_ms + saved.ms
    db.together(
        STEP,
        {
            "of": row.id, "next": row.place + 1, "points": score, "took": spent,
            "now": saved.now, "ended": saved.now if saved.finished else None,
        },
    )  # fmt: skip
    if saved.right:
        best = {"round": row.round_id, "who": row.member_id, "points": score, "took": spent}
        db.together(BEST, best)


attempt_, result = table(Sitting).c, table(Result).c
RUNNING = select(table(Sitting)).where(
    among(attempt_.member_id, "ids"), attempt_.finished_at.is_(None)
)
SAVE = insert(table(Answer))
BEGIN = insert(table(Sitting)).returning(attempt_.id)
COUNT = insert(table(Result))
STEP = (
    update(table(Sitting))
    .where(attempt_.id == bindparam("of"))
    .values(
        place=bindparam("next"),
        marked="",
        score=bindparam("points"),
        spent_ms=bindparam("took"),
        shown_at=bindparam("now", type_=Moment),
        finished_at=bindparam("ended", type_=Moment),
    )
)
BEST = (
    update(table(Result))
    .where(
        result.round_id == bindparam("round"),
        result.member_id == bindparam("who"),
        result.worth < bindparam("points") * POINT - bindparam("took"),
    )
    .values(score=bindparam("points"), spent_ms=bindparam("took"))
)
