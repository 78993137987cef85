"""Standings from counters, and what these counters must equal."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, bindparam, cast, desc, func, select, update

from storage.contests.tables import POINT, Answer, Result, Sitting
from storage.database import Session, table


def my_result(db: Session, round_id: int, member_id: str) -> Result | None:
    return db.get(Result, (round_id, member_id))


def rank(db: Session, mine: Result) -> int:
    """1 for the first; who has the same score and the same time shares a place."""
    return int(db.run(AHEAD, {"round": mine.round_id, "mine": mine.worth}).scalar_one()) + 1


def top(db: Session, round_id: int, count: int) -> Sequence[Any]:
    """member_id, team, score, spent_ms."""
    return db.run(TOP, {"round": round_id, "count": count}).all()


@dataclass(frozen=True)
class Team:
    team: str
    score: int
    spent_ms: int


def teams(db: Session, round_id: int, best: int, count: int) -> list[Team]:
    """The first so many; the best so many members of each count."""
    values = {"round": round_id, "best": best, "count": count}
    return [Team(team, *taken_apart(worth)) for team, worth in db.run(TEAMS, values)]


def taken_apart(worth: int) -> tuple[int, int]:
    """Score and milliseconds."""
    score = -(-worth // POINT)
    return score, score * POINT - worth


def recount(db: Session, round_id: int, annulled: Mapping[int, Sequence[int]]) -> None:
    """Scores from the answers again. At the places of each paper that are annulled every answer
    counts as right: papers differ, and nobody is to lose by what stood in theirs."""
    for id, total in totals(db, round_id, annulled).items():
        db.run(
            update(table(Sitting))
            .where(attempt_.id == id)
            .values(score=total.score, spent_ms=total.ms)
        )
    for member, (score, spent) in best_of(totals(db, round_id, annulled).values()).items():
        mine = (result.round_id == round_id) & (result.member_id == member)
        db.run(update(table(Result)).where(mine).values(score=score, spent_ms=spent))


@dataclass
class Total:
    member_id: str
    score: int = 0
    ms: int = 0
    until_last_right: int = 0


def totals(db: Session, round_id: int, annulled: Mapping[int, Sequence[int]]) -> dict[int, Total]:
    """Sitting to what its answers add up to."""
    found: dict[int, Total] = {}
    for row in db.run(ANSWERS, {"round": round_id}):
        total = found.setdefault(row.id, Total(row.member_id))
        total.ms += row.ms
        if row.right or row.place in annulled.get(row.paper, ()):
            total.score, total.until_last_right = total.score + 1, total.ms
    return found


def best_of(totals: Iterable[Total]) -> dict[str, tuple[int, int]]:
    """Member to score and time of the best attempt."""
    best: dict[str, tuple[int, int]] = {}
    for each in totals:
        known = best.get(each.member_id)
        if known is None or (-each.score, each.until_last_right) < (-known[0], known[1]):
            best[each.member_id] = each.score, each.until_last_right
    return best


attempt_, answer_, result = table(Sitting).c, table(Answer).c, table(Result).c
ANSWERS = (
    select(
        attempt_.id, attempt_.member_id, attempt_.paper, answer_.place, answer_.right, answer_.ms
    )
    .join_from(table(Sitting), table(Answer), answer_.attempt_id == attempt_.id)
    .where(attempt_.round_id == bindparam("round"))
    .order_by(answer_.attempt_id, answer_.place)
)
AHEAD = (
    select(func.count())
    .select_from(table(Result))
    .where(result.round_id == bindparam("round"), result.worth > bindparam("mine"))
)
TOP = (
    select(result.member_id, result.team, result.score, result.spent_ms)
    .where(result.round_id == bindparam("round"))
    .order_by(result.worth.desc())
    .limit(bindparam("count"))
)
# Team after team by the index, and of each its best: 1 ms for 13,000 players, where numbering all
# rows takes 10.
_first = select(func.min(result.team).label("team")).where(result.round_id == bindparam("round"))
_team = _first.cte("teams", recursive=True)
_next = (
    select(func.min(result.team))
    .where(result.round_id == bindparam("round"), result.team > _team.c.team)
    .scalar_subquery()
)
_team = _team.union_all(select(_next).where(_team.c.team.is_not(None)))
_best = (
    select(result.worth)
    .where(result.round_id == bindparam("round"), result.team == _team.c.team)
    .order_by(result.worth.desc())
    .limit(bindparam("best"))
    .correlate(_team)
    .subquery()
)
_together = select(cast(func.sum(_best.c.worth), BigInteger)).scalar_subquery().label("worth")
TEAMS = (
    select(_team.c.team, _together).where(_team.c.team.is_not(None)).order_by(desc("worth"))
).limit(bindparam("count"))
