"""The tables of contests, and the contests themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Computed, Index, delete, select, update
from sqlmodel import JSON, Field, SQLModel

from storage import revisions
from storage.database import Moment, Session, table

CONTESTS = "contests"
POINT = 10**12
"""A point weighs more than all the milliseconds of a team together."""


class Contest(SQLModel, table=True):
    id: int = Field(default=None, primary_key=True)
    org_id: str = Field(index=True)
    """Whose members may play: everybody at or under it."""
    season: str = ""
    name: str = Field(unique=True)
    made_by: str = ""
    made_at: datetime = Field(sa_type=Moment)


class Round(SQLModel, table=True):
    __tablename__ = "contest_round"

    id: int = Field(default=None, primary_key=True)
    contest_id: int = Field(foreign_key="contest.id", index=True)
    number: int
    name: str
    kind: str
    """individual, team or final."""
    opens: datetime = Field(sa_type=Moment)
    closes: datetime = Field(sa_type=Moment)
    seconds_each: int
    """For one question, by our clock."""
    seconds: int
    """For the whole paper."""
    grace: int
    """Seconds after which an answer is late all the same."""
    attempts: int = 1
    best_of: int = 5
    """How many of a team count."""
    papers: list[list[list[Any]]] = Field(sa_type=JSON)
    """Each a list of question and version: fixed before anybody begins."""
    annulled: list[str] = Field(default_factory=list, sa_type=JSON)
    """Questions that were wrong: every answer to them counts as right."""
    asked: int = 0
    """Of a final: the question on the wall, counted from 1; 0: none."""
    buzzing: int = 0
    """Of a final: the question that may be buzzed for; 0: none."""
    revealed: int = 0
    """Of a final: the question whose answer the room may see; 0: none."""
    turned_at: datetime | None = Field(default=None, sa_type=Moment)
    """Of a final: when the wall last turned to a question or to its answer."""
    published_at: datetime | None = Field(default=None, sa_type=Moment)
    published_by: str = ""


class Player(SQLModel, table=True):
    __tablename__ = "contest_player"

    contest_id: int = Field(primary_key=True, foreign_key="contest.id")
    member_id: str = Field(primary_key=True, index=True)
    team: str
    """The organisation they play for, as of the day they joined."""
    named: bool = False
    """May be named in a standing. Off until they say so."""
    joined_at: datetime = Field(sa_type=Moment)


class Sitting(SQLModel, table=True):
    """One person at one paper. `place` is the question that waits; it has been seen since
    `shown_at`."""

    __tablename__ = "contest_attempt"
    __table_args__ = (
        Index("contest_attempt_once", "round_id", "member_id", "number", unique=True),
    )

    id: int = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="contest_round.id")
    member_id: str = Field(index=True)
    number: int
    paper: int
    place: int = 0
    marked: str = ""
    started_at: datetime = Field(sa_type=Moment)
    shown_at: datetime = Field(sa_type=Moment)
    finished_at: datetime | None = Field(default=None, sa_type=Moment)
    score: int = 0
    spent_ms: int = 0
    """Of all answers so far."""


class Answer(SQLModel, table=True):
    """Written before it is acknowledged, and never altered."""

    __tablename__ = "contest_answer"

    attempt_id: int = Field(primary_key=True, foreign_key="contest_attempt.id")
    place: int = Field(primary_key=True)
    said: str
    """The options by their own numbers: "02"."""
    right: bool
    late: bool
    ms: int


class Result(SQLModel, table=True):
    """The best attempt of one person in one round: a counter, so that a standing needs no
    answers."""

    __tablename__ = "contest_result"
    __table_args__ = (
        Index("contest_standing", "round_id", "worth"),
        Index("contest_team_standing", "round_id", "team", "worth"),
    )

    round_id: int = Field(primary_key=True, foreign_key="contest_round.id")
    member_id: str = Field(primary_key=True, index=True)
    team: str
    score: int = 0
    spent_ms: int = 0
    """Until the last right answer: what comes after it neither helps nor harms."""
    worth: int = Field(
        default=None,
        sa_column=Column(
            BigInteger, Computed(f"score * {POINT} - spent_ms", persisted=True), nullable=False
        ),
    )
    """What orders, in one number: more points, then less time. Sums of it are sums of both."""


class Appeal(SQLModel, table=True):
    __tablename__ = "contest_appeal"

    id: int = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="contest_round.id", index=True)
    member_id: str = Field(index=True)
    words: str
    made_at: datetime = Field(sa_type=Moment)
    answer: str = ""
    answered_at: datetime | None = Field(default=None, sa_type=Moment)


class Buzz(SQLModel, table=True):
    """Who pressed first: in the order in which we committed them."""

    __tablename__ = "contest_buzz"
    __table_args__ = (Index("contest_buzz_once", "round_id", "question", "member_id", unique=True),)

    id: int = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="contest_round.id")
    question: int
    member_id: str = Field(index=True)
    at: datetime = Field(sa_type=Moment)


@dataclass(frozen=True)
class Heat:
    """A round and its contest, as they stand. Shared: do not alter them."""

    contest: Contest
    round: Round


def heats(db: Session) -> Mapping[int, Heat]:
    """Round id to round, of every contest, the earliest first."""

    def load() -> Mapping[int, Heat]:
        contests = {row.id: Contest(**row._mapping) for row in db.run(CONTEST_ROWS)}
        rounds = [Round(**row._mapping) for row in db.run(ROUND_ROWS)]
        return {each.id: Heat(contests[each.contest_id], each) for each in rounds}

    return revisions.kept(db, CONTESTS, "", load)


def changed(db: Session) -> None:
    """To be called with every change of a contest or a round."""
    revisions.changed(db, CONTESTS)


def alter(db: Session, round_id: int, **values: Any) -> None:
    db.run(update(table(Round)).where(table(Round).c.id == round_id).values(**values))
    changed(db)


def drop(db: Session, contest_id: int) -> bool:
    """A contest with all that belongs to it; False where somebody has begun a round."""
    rounds = [each.round.id for each in heats(db).values() if each.contest.id == contest_id]
    begun = select(table(Sitting).c.id).where(table(Sitting).c.round_id.in_(rounds)).limit(1)
    if db.run(begun).first():
        return False
    for model, column, of in (
        (Buzz, "round_id", rounds), (Player, "contest_id", [contest_id]),
        (Round, "contest_id", [contest_id]), (Contest, "id", [contest_id]),
    ):  # fmt: skip
        db.run(delete(table(model)).where(table(model).c[column].in_(of)))
    changed(db)
    return True


def player(db: Session, contest_id: int, member_id: str) -> Player | None:
    return db.get(Player, (contest_id, member_id))


def leave(db: Session, member_id: str) -> int:
    """How many contests they were in."""
    player = table(Player)
    return int(db.run(delete(player).where(player.c.member_id == member_id)).rowcount)


CONTEST_ROWS = select(table(Contest))
ROUND_ROWS = select(table(Round)).order_by(table(Round).c.opens, table(Round).c.id)
