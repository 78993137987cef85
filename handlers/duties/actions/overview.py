"""A year at a glance, and branches beside each other: counts of duties, never names of persons."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from bot.permissions import Action, reach
from handlers.duties.actions.listing import (
    ACTS_AS,
    BRANCH_ROLES,
    looked_after,
    names_of,
    without_saying,
)
from handlers.duties.actions.planning import rulebook
from handlers.duties.rules.fulfilling import BY_ACTIVITY
from handlers.duties.rules.rulebook import Rule
from storage import duties, organisation
from storage.database import Session
from storage.duties import Span
from storage.members import Role, Speaker
from storage.organisation import BRANCHES

SOON = timedelta(days=7)


class Look(StrEnum):
    """How one thing, or many of one kind, stand; the worst first."""

    LATE = "late"
    SOON = "soon"
    AHEAD = "ahead"
    DONE = "done"


@dataclass(frozen=True)
class Entry:
    """One rule on one day, for however many."""

    rule_id: str
    name: str
    due: date
    look: Look
    done: int
    total: int


@dataclass(frozen=True)
class Item:
    """One duty of one subject."""

    id: int
    name: str
    of: str
    due: date
    look: Look
    done_on: date | None
    by_record: bool


@dataclass(frozen=True)
class Listed:
    items: Sequence[Item]
    """A part of them."""
    total: int
    done: int
    rule: str
    """The name of the only rule, where one was asked for."""


class Cell(NamedTuple):
    look: Look
    done: int
    total: int


@dataclass(frozen=True)
class Matrix:
    rules: Sequence[tuple[str, str]]
    """Id and name, in the order of the file."""
    branches: Sequence[tuple[str, str]]
    cells: dict[tuple[str, str], Cell]
    """By branch and rule; where nothing is due there is none."""


def branches(db: Session, actor: Speaker, now: datetime) -> list[tuple[str, str]]:
    """Id and name of the branches whose duties `actor` sees."""
    tree = organisation.tree(db, now.date())
    orgs = reach(actor, Action.SEE_DUTIES, tree)
    return [(org, tree.name(org)) for org in orgs if tree.kind(org) in BRANCHES]


def year(
    db: Session,
    actor: Speaker,
    now: datetime,
    org_ids: Sequence[str],
    first: date,
    last: date,
    *,
    by_month: bool = False,
) -> list[Entry]:
    """What is due between two days, each rule and day once, or each rule and month; the
    earliest first."""
    rules = rules_for(actor)
    found: dict[tuple[date, str], list[tuple[date, str, int]]] = defaultdict(list)
    for _, rule_id, state, due, count in duties.counted_in(
        db, Span(org_ids, [*rules], first, last)
    ):
        at = due.replace(day=1) if by_month else due
        found[at, rule_id].append((due, state, count))
    return [
        Entry(rule_id, rules[rule_id].name, at, *merged(rows, now.date()))
        for (at, rule_id), rows in sorted(found.items())
    ]


def matrix(
    db: Session,
    actor: Speaker,
    now: datetime,
    chosen: Sequence[tuple[str, str]],
    first: date,
    last: date,
) -> Matrix:
    """Branches and what each of them has to do between two days."""
    rules, tree = rules_for(actor, above=True), organisation.tree(db, now.date())
    branch_of = {org: branch for branch, _ in chosen for org in tree.below(branch)}
    counts: dict[tuple[str, str], list[tuple[date, str, int]]] = defaultdict(list)
    span = Span([*branch_of], [*rules], first, last)
    for org, rule_id, state, due, count in duties.counted_in(db, span):
        counts[branch_of[org], rule_id].append((due, state, count))
    cells = {at: merged(rows, now.date()) for at, rows in counts.items()}
    there = {rule_id for _, rule_id in cells}
    names = [(id, rule.name) for id, rule in rules.items() if id in there]
    return Matrix(names, list(chosen), cells)


def items(
    db: Session,
    actor: Speaker,
    now: datetime,
    org_ids: Sequence[str],
    days: tuple[date, date],
    rule_id: str = "",
    *,
    skip: int,
    most: int,
) -> Listed:
    """Duty by duty between two days, with whose it is; past `skip` of them, `most` at once."""
    rules, tree = rules_for(actor), organisation.tree(db, now.date())
    rules |= rules_for(actor, above=True)
    span = Span(org_ids, [id for id in rules if rule_id in ("", id)], *days)
    counts = duties.counted_in(db, span)
    rows = duties.due_in(db, span, skip, most)
    plain = without_saying(org_ids, tree)
    named = tree.name if plain else tree.full_name
    names = names_of(db, {row.subject for row in rows} - plain, tree, named)
    found = [
        Item(
            row.id,
            rules[row.rule_id].name,
            names.get(row.subject, ""),
            row.due,
            look(row.due, row.state, now.date()),
            row.done_on,
            row.rule_id in BY_ACTIVITY or rules[row.rule_id].hours is not None,
        )
        for row in rows
        if row.due is not None
    ]
    done = sum(count for *_, state, _, count in counts if state == duties.DONE)
    name = rules[rule_id].name if rule_id in rules else ""
    return Listed(found, sum(count for *_, count in counts), done, name)


def rules_for(actor: Speaker, *, above: bool = False) -> dict[str, Rule]:
    """The rules that `actor` looks after; `above` those of the branches under them too. What
    stays between a member and one officer is in none."""
    roles = {name for post in actor.posts for name in ACTS_AS.get(Role(post.role), ())}
    wanted = roles | set(BRANCH_ROLES) if above else roles
    found = {rule.id: rule for rule in rulebook().rules if looked_after(rule, wanted)}
    if not above:
        return found
    return {id: rule for id, rule in found.items() if rule.level in {"branch", "group"}}


def look(due: date, state: str, today: date) -> Look:
    if state == duties.DONE:
        return Look.DONE
    if due < today:
        return Look.LATE
    return Look.SOON if due <= today + SOON else Look.AHEAD


def merged(rows: Sequence[tuple[date, str, int]], today: date) -> Cell:
    """As the worst of them."""
    looks = {look(due, state, today) for due, state, _ in rows}
    done = sum(count for _, state, count in rows if state == duties.DONE)
    return Cell(next(e for e in Look if e in looks), done, sum(count for *_, count in rows))
