"""Study, by choice: who has joined, what each was asked, and what each remembers.

It is nobody else's business. Only the quiz, and the export and erasure of one's own data, may
import this file; an import contract and a test see to it.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Date, Index, bindparam, delete, select, update
from sqlalchemy import insert as plain_insert
from sqlmodel import JSON, Field, SQLModel, col

from storage.database import Moment, Session, among, table


class Why(StrEnum):
    """What a question was asked for."""

    DAILY = "daily"
    PRACTICE = "practice"
    MISTAKES = "mistakes"


class Learner(SQLModel, table=True):
    """Who has joined the daily quiz. Who has not, or has left, has no row."""

    member_id: str = Field(primary_key=True)
    a_day: int = 1
    """How many questions a day: 1 to 5."""
    minute: int = Field(index=True)
    """When they come: minutes after midnight, home time."""
    topics: list[str] = Field(default_factory=list, sa_type=JSON)
    """Empty: all."""
    since: datetime = Field(sa_type=Moment)
    pushed_on: date | None = None
    """The day for which the last letter was written."""


class Memory(SQLModel, table=True):
    """What one person remembers of one question, in the terms of FSRS."""

    __table_args__ = {"sqlite_with_rowid": False}

    member_id: str = Field(primary_key=True)
    question_id: str = Field(primary_key=True)
    stability: float
    """Days after which nine of ten are remembered."""
    difficulty: float
    """1 to 10."""
    due: datetime = Field(sa_type=Moment)
    reviewed: datetime = Field(sa_type=Moment)
    reviews: int = 1
    mistaken: bool = False
    """In the book of wrong answers: until it was right twice in a row."""
    right_since: int = 0
    """Right answers since the last wrong one."""


class Asking(SQLModel, table=True):
    """One question put to one person. It is answered once."""

    __table_args__ = (Index("asking_of_day", "member_id", "day"),)

    id: int = Field(default=None, primary_key=True)
    member_id: str
    day: date
    why: str
    question_id: str
    version: int
    order: str = ""
    """Which option was shown at each place: "2031"."""
    asked_at: datetime = Field(sa_type=Moment)
    marked: str = ""
    """Of a multiple choice by taps: the places chosen so far."""
    topic: str = ""
    """Which topic was wished for; empty: any."""
    left: int = 0
    """How many more were wished for after it."""
    answer: str = ""
    answered_at: datetime | None = Field(default=None, sa_type=Moment)
    studied_on: date | None = None
    """The day of the answer, which may be later than `day`."""
    right: bool | None = None


def learner(db: Session, member_id: str) -> Learner | None:
    return db.get(Learner, member_id)


def join(db: Session, member_id: str, now: datetime, **wishes: Any) -> Learner:
    """`wishes` are columns; `minute` is needed of whoever is new."""
    row = db.get(Learner, member_id) or Learner(member_id=member_id, since=now, minute=0)
    for name, value in wishes.items():
        setattr(row, name, value)
    db.add(row)
    db.flush()
    return row


def leave(db: Session, member_id: str) -> bool:
    """Whether they had joined."""
    return bool(db.run(delete(table(Learner)).where(learner_.member_id == member_id)).rowcount)


def forget(db: Session, member_id: str) -> None:
    """Everything of one's own."""
    for model in (Learner, Memory, Asking):
        db.run(delete(table(model)).where(table(model).c.member_id == member_id))


class Known(NamedTuple):
    """A memory, to be read only: hundreds of models would take long to make."""

    question_id: str
    stability: float
    difficulty: float
    due: datetime
    reviewed: datetime
    mistaken: bool


def memories(db: Session, member_id: str) -> dict[str, Known]:
    """Question to what is remembered of it."""
    return {row.question_id: Known(*row) for row in db.run(KNOWN, {"member_id": member_id})}


def memory(db: Session, member_id: str, question_id: str) -> Memory | None:
    return db.get(Memory, (member_id, question_id))


def ask(db: Session, row: Asking) -> Asking:
    db.add(row)
    db.flush()
    return row


def asking(db: Session, asking_id: int, member_id: str) -> Asking | None:
    """Only one's own."""
    row = db.get(Asking, asking_id)
    return row if row and row.member_id == member_id else None


def asked_on(db: Session, member_id: str, day: date, why: Why | None = None) -> Sequence[Asking]:
    """What was asked on a day; for whatever reason where none is named."""
    query = select(Asking).where(col(Asking.member_id) == member_id, col(Asking.day) == day)
    if why:
        query = query.where(col(Asking.why) == why)
    return db.execute(query.order_by(col(Asking.id))).scalars().all()


def latest(db: Session, member_id: str, *, answered: bool) -> Asking | None:
    """The question asked last that waits for an answer, or the one answered last."""
    by = Asking.answered_at if answered else Asking.asked_at
    query = (
        select(Asking)
        .where(
            col(Asking.member_id) == member_id,
            col(Asking.answered_at).is_not(None) if answered else col(Asking.answered_at).is_(None),
        )
        .order_by(col(by).desc(), col(Asking.id).desc())
        .limit(1)
    )
    return db.execute(query).scalars().first()


class Unanswered(NamedTuple):
    id: int
    asked_at: datetime


def unanswered(db: Session, member_id: str, since: date) -> Unanswered | None:
    """Of the questions that wait for an answer, the one asked last. Read for all who speak at
    once."""
    asked = db.speaking if member_id in db.speaking else (member_id,)

    def load() -> dict[str, Unanswered]:
        rows = db.run(UNANSWERED, {"ids": list(asked), "since": since})
        return {row.member_id: Unanswered(row.id, row.asked_at) for row in rows}

    return db.once(("unanswered", asked, since), load).get(member_id)


def claim(db: Session, asking_id: int, answer: str, right: bool | None, now: datetime) -> bool:
    """Write the answer down, if it is the first. `right` None: it counts for nothing."""
    values = {"of": asking_id, "said": answer, "was": right, "now": now, "on": now.date()}
    return bool(db.run(CLAIM, values).rowcount)


def remember(db: Session, row: Memory) -> None:
    db.merge(row)
    db.flush()


def days_of_study(db: Session, member_id: str) -> list[date]:
    """Days on which at least one question was answered, the latest first."""
    query = select(asking_.studied_on).where(
        asking_.member_id == member_id, asking_.studied_on.is_not(None)
    )
    return list(db.run(query.distinct().order_by(asking_.studied_on.desc())).scalars())


def to_push(db: Session, minute: int, day: date) -> list[str]:
    """Whose questions of `day` are due by `minute` and have not been written yet."""
    pushed = learner_.pushed_on
    query = select(learner_.member_id).where(
        learner_.minute <= minute, pushed.is_(None) | (pushed < day)
    )
    return list(db.run(query.order_by(learner_.minute, learner_.member_id)).scalars())


def claim_push(db: Session, member_id: str, day: date) -> Learner | None:
    """None: they have left, or somebody was faster."""
    row = db.get(Learner, member_id, with_for_update=True)
    if row is None or (row.pushed_on and row.pushed_on >= day):
        return None
    row.pushed_on = day
    db.flush()
    return row


def prune(db: Session, before: date) -> int:
    """Forget what was asked so long ago; what is remembered stays."""
    return int(db.run(delete(table(Asking)).where(asking_.day < before)).rowcount)


def of_members(db: Session, ids: Sequence[str]) -> Iterable[tuple[str, str, float, datetime]]:
    """Member, question, stability and last review: for figures about groups of people, which
    `handlers/quiz/rules` makes anonymous before anyone sees them."""
    for each in db.run(OF_MEMBERS, {"ids": list(ids)}):
        yield each.member_id, each.question_id, each.stability, each.reviewed


class TopicFigure(SQLModel, table=True):
    """What a branch remembers of a topic, as it was told in one week: no persons. Kept so that
    asking again does not let a difference through."""

    __tablename__ = "topic_figure"

    org_id: str = Field(primary_key=True)
    week: date = Field(primary_key=True)
    """Its Monday."""
    topic: str = Field(primary_key=True)
    percent: int


def figures(db: Session, org_id: str, week: date) -> dict[str, int] | None:
    """None: nobody has asked this week."""
    query = select(figure_.topic, figure_.percent).where(
        figure_.org_id == org_id, figure_.week == week
    )
    found = {topic: percent for topic, percent in db.run(query)}
    return {topic: percent for topic, percent in found.items() if topic} if found else None


def keep_figures(db: Session, org_id: str, week: date, percents: dict[str, int]) -> None:
    """An empty topic marks that the week was looked at, though nothing could be told."""
    rows = [
        {"org_id": org_id, "week": week, "topic": topic, "percent": percent}
        for topic, percent in {**percents, "": 0}.items()
    ]
    db.run(delete(table(TopicFigure)).where(figure_.org_id == org_id, figure_.week < week))
    db.run(plain_insert(table(TopicFigure)), rows)


learner_, memory_ = table(Learner).c, table(Memory).c
asking_, figure_ = table(Asking).c, table(TopicFigure).c
CLAIM = (
    update(table(Asking))
    .where(asking_.id == bindparam("of"), asking_.answered_at.is_(None))
    .values(
        answer=bindparam("said"),
        right=bindparam("was"),
        answered_at=bindparam("now", type_=Moment),
        studied_on=bindparam("on", type_=Date),
    )
)
UNANSWERED = (
    select(asking_.member_id, asking_.id, asking_.asked_at)
    .where(
        among(asking_.member_id, "ids"),
        asking_.day >= bindparam("since"),
        asking_.answered_at.is_(None),
    )
    .order_by(asking_.asked_at, asking_.id)
)
KNOWN = select(*(memory_[name] for name in Known._fields)).where(
    memory_.member_id == bindparam("member_id")
)
OF_MEMBERS = select(
    memory_.member_id, memory_.question_id, memory_.stability, memory_.reviewed
).where(among(memory_.member_id, "ids"))
