"""Who stands where: one's own at any time after publication, names only of those who wish it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from storage import contests, members, organisation
from storage.contests import Heat, Player
from storage.database import Session
from storage.members import Speaker


@dataclass(frozen=True)
class Mine:
    name: str
    score: int
    total: int
    seconds: int
    rank: int


@dataclass(frozen=True)
class Line:
    rank: int
    who: str
    """Empty: they do not wish to be named."""
    score: int
    seconds: int


@dataclass(frozen=True)
class Board:
    name: str
    teams: Sequence[Line]
    people: Sequence[Line]


def played(db: Session, member: Speaker) -> list[Heat]:
    """Rounds of the contests that they have joined, the latest first."""
    heats = [h for h in contests.heats(db).values() if contests.player(db, h.contest.id, member.id)]
    return sorted(heats, key=lambda heat: heat.round.opens, reverse=True)


def mine(db: Session, member: Speaker) -> Mine | None:
    """Of the round published last that they have played; None: there is none."""
    for heat in played(db, member):
        result = contests.my_result(db, heat.round.id, member.id)
        if result and heat.round.published_at:
            total = len(heat.round.papers[0])
            return Mine(
                full_name(heat), result.score, total, round(result.spent_ms / 1000),
                contests.rank(db, result),
            )  # fmt: skip
    return None


def last_played(db: Session, member: Speaker) -> Heat | None:
    """The round that they took part in last."""
    heats = played(db, member)
    return next((h for h in heats if contests.my_result(db, h.round.id, member.id)), None)


def full_name(heat: Heat) -> str:
    return f"{heat.contest.name} {heat.round.name}".strip()


def board(db: Session, heat: Heat, now: datetime, count: int = 10) -> Board:
    return Board(full_name(heat), teams(db, heat, now, count), people(db, heat, count))


def teams(db: Session, heat: Heat, now: datetime, count: int) -> list[Line]:
    """By the best so many of each."""
    tree = organisation.tree(db, now.date())
    rows = contests.teams(db, heat.round.id, heat.round.best_of, count)
    ranked = ranks([(row.score, row.spent_ms) for row in rows])
    return [
        Line(rank, tree.name(row.team), row.score, round(row.spent_ms / 1000))
        for rank, row in zip(ranked, rows, strict=True)
    ]


def people(db: Session, heat: Heat, count: int) -> list[Line]:
    """Named only if they wish."""
    rows = contests.top(db, heat.round.id, count)
    ids = [row.member_id for row in rows]
    query = select(Player.member_id).where(
        Player.contest_id == heat.contest.id, col(Player.member_id).in_(ids), col(Player.named)
    )
    wished = set(db.exec(query))
    names = members.names(db, ids)
    ranked = ranks([(row.score, row.spent_ms) for row in rows])
    return [
        Line(
            rank,
            names.get(row.member_id, "") if row.member_id in wished else "",
            row.score,
            round(row.spent_ms / 1000),
        )
        for rank, row in zip(ranked, rows, strict=True)
    ]


def ranks(rows: Sequence[tuple[int, int]]) -> list[int]:
    """Equal score and equal time share a place; the next one is counted on."""
    return [rows.index(row) + 1 for row in rows]
