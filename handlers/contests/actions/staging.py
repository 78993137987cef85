"""A final in a hall: the question on the wall, who buzzes for it, and when its answer is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import func
from sqlmodel import col, select

from bot.questions import Question
from handlers.contests.actions import standing
from handlers.contests.actions.running import of
from handlers.contests.actions.standing import Line
from storage import audit, contests, members, organisation, questions
from storage.contests import Buzz, Heat, Player
from storage.database import Session
from storage.members import Speaker

TEAMS = 8
"""On the wall: more cannot be read from twenty metres."""
FIRST = 4
Phase = Literal["ahead", "running", "over"]


@dataclass(frozen=True)
class Buzzed:
    team: str
    who: str
    """Empty: they have not said that they wish to be named."""
    after: float
    """Seconds after the first."""


@dataclass(frozen=True)
class OnWall:
    """`right` and `explanation` are empty until somebody reveals them."""

    number: int
    stem: str
    options: Sequence[str]
    several: bool
    right: Sequence[int] = ()
    explanation: str = ""


@dataclass(frozen=True)
class Wall:
    round_id: int
    name: str
    opens: datetime
    phase: Phase
    total: int
    """Questions."""
    teams: Sequence[Line]
    question: OnWall | None
    open: bool
    """It may be buzzed for."""
    buzzed: Sequence[Buzzed]


def runs(db: Session, actor: Speaker, now: datetime, round_id: int) -> Heat | None:
    """A round that `actor` runs."""
    return next((heat for heat in of(db, actor, now) if heat.round.id == round_id), None)


def finals(db: Session, actor: Speaker, now: datetime) -> list[Heat]:
    """Those that `actor` runs and that are open, the latest first."""
    mine = [heat for heat in of(db, actor, now) if heat.round.kind == "final"]
    return [heat for heat in mine if phase(heat, now) == "running"]


def ask(db: Session, actor: Speaker, heat: Heat, number: int, now: datetime) -> bool:
    """On the wall, and whoever buzzes first answers first. False: there is no such question."""
    if not 1 <= number <= len(heat.round.papers[0]):
        return False
    contests.alter(db, heat.round.id, asked=number, buzzing=number, revealed=0, turned_at=now)
    audit.note(db, actor.id, "ask", f"contest_round:{heat.round.id}", now, str(number))
    return True


def stop(db: Session, heat: Heat) -> None:
    """The question stays on the wall, and so does who buzzed."""
    contests.alter(db, heat.round.id, buzzing=0)


def reveal(db: Session, actor: Speaker, heat: Heat, now: datetime) -> int:
    """The number of the question whose answer stands on the wall now; 0: none was asked."""
    if number := heat.round.asked:
        contests.alter(db, heat.round.id, buzzing=0, revealed=number, turned_at=now)
        audit.note(db, actor.id, "reveal", f"contest_round:{heat.round.id}", now, str(number))
    return number


def buzz(db: Session, member: Speaker, now: datetime) -> int | None:
    """Whose turn it is: 1 for the first to arrive. None: nothing to buzz for."""
    for heat in contests.heats(db).values():
        mine = contests.player(db, heat.contest.id, member.id)
        if not heat.round.buzzing or phase(heat, now) == "over" or mine is None:
            continue
        asked = (Buzz.round_id == heat.round.id, Buzz.question == heat.round.buzzing)
        found = db.exec(select(Buzz).where(*asked, Buzz.member_id == member.id)).first()
        row = found or Buzz(
            round_id=heat.round.id, question=heat.round.buzzing, member_id=member.id, at=now
        )
        db.add(row)
        db.flush()
        before = select(func.count()).select_from(Buzz).where(*asked, col(Buzz.id) < row.id)
        return int(db.exec(before).one()) + 1
    return None


def wall(db: Session, round_id: int, now: datetime) -> Wall | None:
    """For a page in the hall. None: no such final. Whoever opens the page is to be asked for
    `Action.RUN_CONTEST`."""
    heat = contests.heats(db).get(round_id)
    if heat is None or heat.round.kind != "final":
        return None
    return Wall(
        round_id,
        standing.full_name(heat),
        heat.round.opens,
        phase(heat, now),
        len(heat.round.papers[0]),
        standing.teams(db, heat, now, TEAMS),
        on_wall(db, heat),
        heat.round.buzzing > 0,
        buzzed(db, heat, now),
    )


def phase(heat: Heat, now: datetime) -> Phase:
    if now < heat.round.opens:
        return "ahead"
    return "running" if now <= heat.round.closes else "over"


def on_wall(db: Session, heat: Heat) -> OnWall | None:
    number = heat.round.asked
    if not number:
        return None
    id, version = heat.round.papers[0][number - 1]
    question: Question = questions.text_of(db, id, version)
    several = question.kind == "multiple"
    if heat.round.revealed != number:
        return OnWall(number, question.stem, question.options, several)
    return OnWall(
        number, question.stem, question.options, several, question.right, question.explanation
    )


def buzzed(db: Session, heat: Heat, now: datetime) -> list[Buzzed]:
    """Each team once, by the first of its members, in the order in which they were committed."""
    theirs = col(Buzz.member_id) == col(Player.member_id)
    mine = (
        Player.contest_id == heat.contest.id,
        Buzz.round_id == heat.round.id,
        Buzz.question == heat.round.asked,
    )
    ahead = (
        select(func.min(col(Buzz.id)))
        .join(Player, theirs)
        .where(*mine)
        .group_by(col(Player.team))
        .order_by(func.min(col(Buzz.id)))
        .limit(FIRST)
    )
    rows = db.exec(
        select(Buzz, Player)
        .join(Player, theirs)
        .where(*mine, col(Buzz.id).in_(db.exec(ahead).all()))
        .order_by(col(Buzz.id))
    ).all()
    if not rows:
        return []
    tree, first = organisation.tree(db, now.date()), rows[0][0].at
    names = members.names(db, [player.member_id for _, player in rows if player.named])
    return [
        Buzzed(tree.name(player.team), names.get(player.member_id, ""), seconds(first, each.at))
        for each, player in rows
    ]


def seconds(first: datetime, at: datetime) -> float:
    return max(0.0, round((at - first).total_seconds(), 2))
