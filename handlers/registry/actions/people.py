"""One's own people: who belongs where, since when, with which posts; who has an account."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from bot.permissions import Action, authorize, reach
from storage import accounts, audit, members, organisation, roster
from storage.accounts import Candidate
from storage.database import Session
from storage.members import Appointment, Member, Membership, Post, Speaker
from storage.organisation import BRANCHES, Placement


@dataclass(frozen=True)
class Node:
    id: str
    name: str
    kind: str
    depth: int
    members: int | None
    """None above the branches."""
    unbound: int


@dataclass(frozen=True)
class Person:
    id: str
    name: str
    branch: str
    posts: Sequence[Post]
    bound: bool


@dataclass(frozen=True)
class Stay:
    """Something that lasted from a day until before another."""

    where: str
    what: str
    since: date
    until: date | None
    approval: str = ""


@dataclass(frozen=True)
class Life:
    member: Member
    branch: str
    memberships: Sequence[Stay]
    posts: Sequence[Stay]
    accounts: Sequence[tuple[str, datetime, str]]
    """Platform, since when, and why nothing can be sent there; never the account itself."""


def nodes(db: Session, actor: Speaker, now: datetime) -> list[Node]:
    """The organisations that `actor` keeps the roster of, parents before their children."""
    tree = organisation.tree(db, now.date())
    mine = set(reach(actor, Action.SEE_ROSTER, tree))
    sizes = roster.sizes(db, now.date())
    tops = [org for org in mine if org in tree.nodes and tree.nodes[org].parent_id not in mine]
    found = []
    for org in (each for top in sorted(tops) for each in in_order(tree, top)):
        size = sizes.get(org, roster.NOBODY)
        counted = size.members if tree.kind(org) in BRANCHES else None
        depth = sum(1 for above in tree.line(org)[1:] if above in mine)
        found.append(Node(org, tree.name(org), tree.kind(org), depth, counted, size.unbound))
    return found


def in_order(tree: organisation.Tree, top: str) -> list[str]:
    """Itself, then each child with all that is under it."""
    found, waiting = [], [top]
    while waiting:
        org = waiting.pop()
        found.append(org)
        children = [each for each in tree.below(org)[1:] if tree.nodes[each].parent_id == org]
        waiting += reversed(children)
    return found


def people(db: Session, actor: Speaker, now: datetime, org_id: str, words: str) -> list[Person]:
    """Those of an organisation, by number or a part of the name; on record that it was read."""
    tree = organisation.tree(db, now.date())
    found = list(accounts.candidates(db, tree, org_id))
    if words:
        found = [e for e in found if words in e.name or words.upper() == e.id.upper()]
    unbound = {each.id for each in accounts.unbound(db, tree, org_id)}
    posts = members.posts_of(db, [each.id for each in found], now.date())
    audit.note(db, actor.id, "read_roster", f"organisation:{org_id}", now, f"{len(found)} names")
    return [person(tree, each, posts.get(each.id, ()), unbound) for each in found]


def person(
    tree: organisation.Tree, found: Candidate, posts: Sequence[Post], unbound: set[str]
) -> Person:
    branch = tree.name(found.branch_id)
    return Person(found.id, found.name, branch, posts, found.id not in unbound)


def life(db: Session, actor: Speaker, now: datetime, member_id: str) -> Life | None:
    """None where `actor` does not keep the roster of where the member belongs."""
    tree = organisation.tree(db, now.date())
    found, member = accounts.candidate(db, tree, member_id), db.get(Member, member_id)
    if found is None or member is None:
        return None
    if not authorize(actor, Action.SEE_ROSTER, tree.line(found.branch_id)):
        return None
    audit.note(db, actor.id, "read_member", f"member:{member_id}", now)
    belonged = select(Membership).where(Membership.member_id == member_id)
    held = select(Appointment).where(Appointment.member_id == member_id)
    return Life(
        member,
        tree.name(found.branch_id),
        [
            Stay(tree.name(row.branch_id), tree.name(row.group_id or ""), row.since, row.until)
            for row in db.exec(belonged.order_by(col(Membership.since).desc()))
        ],
        [
            Stay(tree.name(row.org_id), row.role, row.since, row.until, row.approval)
            for row in db.exec(held.order_by(col(Appointment.since).desc()))
        ],
        [(row.platform, row.bound_at, row.unreachable) for row in accounts.of(db, member_id)],
    )


def places(db: Session, org_id: str, now: datetime) -> list[Stay]:
    """Under what an organisation has hung, the latest first."""
    tree = organisation.tree(db, now.date())
    rows = select(Placement).where(Placement.org_id == org_id)
    return [
        Stay(tree.name(row.parent_id or ""), "", row.since, row.until, row.approval)
        for row in db.exec(rows.order_by(col(Placement.since).desc()))
    ]
