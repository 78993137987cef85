"""Who is who to a task: who does it, who issued it, who may look at it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from bot.permissions import GRANTS, Action, authorize, reach
from handlers.tasks.rules.machine import Side
from storage import members, organisation
from storage.database import Session
from storage.members import Role, Speaker
from storage.organisation import BRANCHES, Line, OrgKind, Tree
from storage.tasks import Row

LEADS = (
    Role.SECRETARY,
    Role.DEPUTY_SECRETARY,
    Role.ORG_COMMISSIONER,
    Role.GROUP_LEADER,
    Role.ORGAN_COMMITTEE,
    Role.COMMITTEE_OFFICE,
)
"""Whose task a unit's task is: the first of these that is held there."""
COMMITTEES = frozenset({OrgKind.ORGAN_COMMITTEE, OrgKind.GENERAL_BRANCH})


class Person(NamedTuple):
    id: str
    post_in: str
    """The organisation in which they hold the post by which it is theirs; empty: in person."""


def speaks_for(tree: Tree, org_id: str) -> list[str]:
    """Whose officers answer for it: its own, and for an organ those of its party committee, or
    of its only branch."""
    if tree.kind(org_id) != OrgKind.ORGAN:
        return [org_id]
    under = [each for each in tree.nodes.values() if each.parent_id == org_id]
    found = [each.id for each in under if each.kind in COMMITTEES]
    branches = [each.id for each in under if each.kind in BRANCHES]
    return [org_id, *(found or (branches if len(branches) == 1 else ()))]


def line(tree: Tree, org_id: str) -> Line:
    """Whoever holds a post along it may answer for the unit."""
    return tree.line(speaks_for(tree, org_id)[-1])


def leaders(db: Session, tree: Tree, org_ids: Iterable[str]) -> Mapping[str, list[Person]]:
    """Unit to those who lead it today; nobody where all posts are vacant."""
    houses = {org: speaks_for(tree, org) for org in set(org_ids)}
    held: dict[str, list[tuple[int, Person]]] = {}
    everywhere = sorted({house for each in houses.values() for house in each})
    for member_id, post in members.posts_in(db, everywhere, tree.day):
        if post.role in LEADS:
            known = held.setdefault(post.org_id, [])
            known.append((LEADS.index(post.role), Person(member_id, post.org_id)))
    found: dict[str, list[Person]] = {}
    for org, own in houses.items():
        ranked = sorted(each for house in own for each in held.get(house, ()))
        found[org] = [person for rank, person in ranked if rank == ranked[0][0]]
    return found


def led_by(db: Session, tree: Tree, actor: Speaker) -> list[str]:
    """The units whose tasks are the actor's."""
    own = {post.org_id for post in actor.posts if post.role in LEADS}
    above = {each for org in own for each in tree.line(org)[1:2]}
    own |= {org for org in above if own & set(speaks_for(tree, org))}
    found = leaders(db, tree, own)
    return sorted(org for org in own if actor.id in {each.id for each in found[org]})


def doers(db: Session, tree: Tree, rows: Sequence[Row]) -> Mapping[int, list[Person]]:
    """Task to whoever has to do it."""
    units = leaders(db, tree, [row.org_id for row in rows if not row.owner])
    return {row.id: [Person(row.owner, "")] if row.owner else units[row.org_id] for row in rows}


def issuers(db: Session, tree: Tree, row: Row) -> list[Person]:
    """Whoever issued it, while in office; otherwise whoever leads the organisation that did."""
    posts = members.posts_in(db, [row.issuer], tree.day)
    if row.issued_by in {member_id for member_id, _ in posts}:
        return [Person(row.issued_by, row.issuer)]
    return leaders(db, tree, [row.issuer])[row.issuer]


def sides(db: Session, tree: Tree, actor: Speaker, row: Row) -> frozenset[Side]:
    """Empty: the task is none of theirs."""
    own, found = line(tree, row.org_id), set()
    if actor.id in {row.owner, row.offered_to}:
        found |= {Side.DOER} if actor.id == row.owner else {Side.RECEIVER}
    if not row.owner and row.org_id in led_by(db, tree, actor):
        found.add(Side.DOER)
    if may_see(tree, actor, row):
        if authorize(actor, Action.ANSWER_FOR_UNIT, own):
            found.add(Side.DOER)
        if authorize(actor, Action.NUDGE_TASKS, own):
            found.add(Side.OVERSEER)
    if is_issuer(actor, row):
        found.add(Side.ISSUER)
    return frozenset(found)


def may_see(tree: Tree, actor: Speaker, row: Row) -> bool:
    """By a post; what one does oneself one sees anyway. What a unit hands out among its own
    people is nobody's business above it."""
    wanted = Action.SEE_RESTRICTED if row.restricted else Action.SEE_TASKS
    within = row.issuer == row.org_id
    return authorize(actor, wanted, (row.org_id,) if within else line(tree, row.org_id))


def overseen(tree: Tree, actor: Speaker) -> list[str]:
    """The units whose tasks `actor` looks after."""
    return reach(actor, Action.SEE_TASKS, tree)


def is_issuer(actor: Speaker, row: Row) -> bool:
    """Whoever holds a post in the organisation that issued it; nobody above decides for them."""
    return authorize(actor, Action.DECIDE_TASKS, (row.issuer,))


def decides_for(actor: Speaker) -> list[str]:
    """The organisations in whose name `actor` issues and accepts."""
    granted = GRANTS[Action.DECIDE_TASKS]
    return sorted({post.org_id for post in actor.posts if post.role in granted})


def tree_of(db: Session, day: date) -> Tree:
    return organisation.tree(db, day)
