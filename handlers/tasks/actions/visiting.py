"""Which units a round of supervision has been to, and which it goes to next."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.messages import Refusal
from bot.permissions import GRANTS, Action, reach
from handlers.tasks.actions import finding, parties
from handlers.tasks.rules import drawing
from handlers.tasks.text import supervising as text
from storage import audit, visits
from storage.database import Session
from storage.members import Speaker
from storage.organisation import BRANCHES, OrgKind, Tree
from storage.visits import Draw, Found, Round, Visit


@dataclass(frozen=True)
class Coverage:
    number: int
    since: date
    visited: Sequence[str]
    """Names."""
    left: Sequence[str]
    found: Found
    before: Found | None
    """What the round before had found, where there was one."""


@dataclass(frozen=True)
class Drawn:
    number: int
    """Of the draw."""
    names: Sequence[str]
    pool: int
    seed: str
    proven: bool
    """Drawn again just now, with the same result."""


@dataclass(frozen=True)
class Visited:
    name: str
    new: bool
    left: int


def coverage(db: Session, actor: Speaker, now: datetime) -> Coverage:
    tree, turn = parties.tree_of(db, now.date()), the_round(db, actor, now)
    units, seen = to_visit(tree, actor), visits.visits(db, turn.id)
    last = visits.numbered(db, turn.org_id, turn.number - 1)
    return Coverage(
        turn.number,
        turn.began_on,
        [tree.name(org) for org in units if org in seen],
        [tree.name(org) for org in units if org not in seen],
        visits.found(db, turn.org_id, turn.began_on, date.max),
        visits.found(db, turn.org_id, last.began_on, turn.began_on) if last else None,
    )


def the_round(db: Session, actor: Speaker, now: datetime) -> Round:
    """The one that is going on; the first begins by itself."""
    own = offices(actor)
    if not own:
        raise Refusal(text.NOT_YOURS)
    return visits.current(db, own) or begin(db, actor, now)


def begin(db: Session, actor: Speaker, now: datetime) -> Round:
    own = offices(actor)
    if not own:
        raise Refusal(text.NOT_YOURS)
    turn = visits.begin(db, own[0], actor.id, now.date())
    audit.note(db, actor.id, "begin_round", f"round:{turn.id}", now)
    return turn


def offices(actor: Speaker) -> list[str]:
    granted = GRANTS[Action.SUPERVISE]
    return sorted({post.org_id for post in actor.posts if post.role in granted})


def to_visit(tree: Tree, actor: Speaker) -> list[str]:
    """Every organ; where a committee has none below it, every branch."""
    below = reach(actor, Action.SUPERVISE, tree)
    organs = [org for org in below if tree.kind(org) == OrgKind.ORGAN]
    return organs or [org for org in below if tree.kind(org) in BRANCHES]


def draw(db: Session, actor: Speaker, now: datetime, count: int) -> Drawn:
    """Among those that this round has not been to. `Refusal` when it has been everywhere."""
    tree, turn = parties.tree_of(db, now.date()), the_round(db, actor, now)
    seen = visits.visits(db, turn.id)
    pool = [org for org in to_visit(tree, actor) if org not in seen]
    if not pool:
        raise Refusal(text.ALL_VISITED)
    seed = secrets.token_hex(8)
    chosen = drawing.drawn(seed, pool, count)
    row = Draw(round_id=turn.id, at=now, by=actor.id, seed=seed, pool=pool, drawn=chosen)
    number = visits.keep(db, row)
    audit.note(db, actor.id, "draw_units", f"draw:{number}", now, f"{len(chosen)} of {len(pool)}")
    return Drawn(number, [tree.name(org) for org in chosen], len(pool), seed, proven=True)


def proof(db: Session, actor: Speaker, now: datetime) -> Drawn | None:
    """The last draw of the round, drawn again."""
    tree, turn = parties.tree_of(db, now.date()), the_round(db, actor, now)
    row = visits.last_draw(db, turn.id)
    if row is None:
        return None
    again = drawing.drawn(row.seed, row.pool, len(row.drawn))
    names = [tree.name(org) for org in row.drawn]
    return Drawn(row.id, names, len(row.pool), row.seed, proven=again == row.drawn)


def visit(db: Session, actor: Speaker, now: datetime, words: str) -> Visited | None:
    """One unit that was visited today; None where `words` name none, or several."""
    tree, turn = parties.tree_of(db, now.date()), the_round(db, actor, now)
    units = to_visit(tree, actor)
    named, _ = finding.units_named(tree, units, words)
    if len(named) != 1:
        return None
    row = Visit(
        round_id=turn.id,
        org_id=named[0],
        on=now.date(),
        method=drawing.method_in(words),
        by=actor.id,
    )
    new = visits.visit(db, row)
    if new:
        audit.note(db, actor.id, "visit", f"org:{named[0]}", now, row.method)
    left = len(set(units) - set(visits.visits(db, turn.id)))
    return Visited(tree.name(named[0]), new, left)
