"""The question bank: what may be asked, in which wording, and what members find wrong with it.

A question keeps its number; each change of its text is a further version, and whoever was asked
is judged by the version they were shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import insert, select, update
from sqlmodel import Field, SQLModel, col

from bot.questions import Question
from storage import revisions
from storage.database import Moment, Session, table

BANK = "bank"


class State(StrEnum):
    ASKED = "asked"
    WITHDRAWN = "withdrawn"
    """Not asked any more; what was answered stays as it is, and counts for nothing."""


class QuestionRow(SQLModel, table=True):
    __tablename__ = "question"

    id: str = Field(primary_key=True)
    """As in the file: Q001."""
    org_id: str = Field(index=True)
    """Whose members may be asked: everybody at or under it."""
    version: int = 1
    state: str = State.ASKED
    author: str = ""
    """The member who answers for it; empty: whoever operates the assistant."""
    changed_at: datetime = Field(sa_type=Moment)


class QuestionText(SQLModel, table=True):
    """One version. Never altered: somebody was asked it."""

    __tablename__ = "question_text"

    question_id: str = Field(primary_key=True, foreign_key="question.id")
    version: int = Field(primary_key=True)
    body: str
    """A `Question` as JSON."""
    made_at: datetime = Field(sa_type=Moment)


class Doubt(SQLModel, table=True):
    """A member says that something is wrong with a question. The author is not told who."""

    question_id: str = Field(primary_key=True, foreign_key="question.id")
    version: int = Field(primary_key=True)
    member_id: str = Field(primary_key=True, index=True)
    day: date
    words: str = ""
    settled_at: datetime | None = Field(default=None, sa_type=Moment)


@dataclass(frozen=True)
class Entry:
    """A question as it stands."""

    id: str
    version: int
    org_id: str
    state: str
    author: str
    question: Question

    def open_on(self, day: date) -> bool:
        until = self.question.valid_until
        return self.state == State.ASKED and (until is None or day <= until)


def bank(db: Session) -> Mapping[str, Entry]:
    """Every question, withdrawn ones too, in order of number. Shared: do not alter it."""

    def load() -> Mapping[str, Entry]:
        rows = db.run(CURRENT)
        return {row.id: entry(row) for row in rows}

    return revisions.kept(db, BANK, "", load)


def entry(row: Any) -> Entry:
    question = Question.model_validate_json(row.body)
    return Entry(row.id, row.version, row.org_id, row.state, row.author, question)


def text_of(db: Session, question_id: str, version: int) -> Question:
    """As it was asked, whatever has become of it."""
    known = bank(db).get(question_id)
    if known and known.version == version:
        return known.question
    row = db.get_one(QuestionText, (question_id, version))
    return Question.model_validate_json(row.body)


def texts(db: Session, keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Question]:
    return {key: text_of(db, *key) for key in keys}


def write(
    db: Session, questions: Mapping[str, Question], org_id: str, author: str, now: datetime
) -> None:
    """New ones, and new versions of those that are there, which stay whose they are. What was
    withdrawn is asked again."""
    there = bank(db)
    for id, question in questions.items():
        before = there.get(id)
        version = before.version + 1 if before else 1
        values = {
            "org_id": before.org_id if before else org_id, "version": version,
            "state": State.ASKED, "author": author or (before.author if before else ""),
            "changed_at": now,
        }  # fmt: skip
        if before:
            db.run(update(table(QuestionRow)).where(row.id == id).values(**values))
        else:
            db.run(insert(table(QuestionRow)).values(id=id, **values))
        body = question.model_dump_json(exclude_defaults=True)
        key = {"question_id": id, "version": version}
        db.run(insert(table(QuestionText)).values(**key, body=body, made_at=now))
    revisions.changed(db, BANK)


def set_state(db: Session, question_id: str, state: State, now: datetime) -> None:
    values = {"state": state, "changed_at": now}
    db.run(update(table(QuestionRow)).where(row.id == question_id).values(**values))
    revisions.changed(db, BANK)


def doubt(
    db: Session, question_id: str, version: int, member_id: str, day: date, words: str
) -> bool:
    """Whether it was new: one person doubts one version once."""
    if db.get(Doubt, (question_id, version, member_id)):
        return False
    db.add(
        Doubt(question_id=question_id, version=version, member_id=member_id, day=day, words=words)
    )
    db.flush()
    return True


def doubts(db: Session, ids: Sequence[str]) -> Sequence[Doubt]:
    """Those that wait for an answer."""
    query = select(Doubt).where(col(Doubt.question_id).in_(ids), col(Doubt.settled_at).is_(None))
    return db.execute(query.order_by(col(Doubt.question_id), col(Doubt.day))).scalars().all()


def settle(db: Session, question_id: str, now: datetime) -> list[str]:
    """Nothing waits about it any more; who had doubted."""
    waiting = doubts(db, [question_id])
    for each in waiting:
        each.settled_at = now
    db.flush()
    return sorted({each.member_id for each in waiting})


row, text = table(QuestionRow).c, table(QuestionText).c
CURRENT = (
    select(row.id, row.version, row.org_id, row.state, row.author, text.body)
    .join_from(
        table(QuestionRow),
        table(QuestionText),
        (text.question_id == row.id) & (text.version == row.version),
    )
    .order_by(row.id)
)
