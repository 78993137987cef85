"""Handing out work in a chat: understood, shown back, and issued."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.messages import Refusal
from bot.permissions import GRANTS, Action, authorize, reach
from handlers.tasks.actions import finding, letters, parties, stepping
from handlers.tasks.rules import issuing as rules
from handlers.tasks.rules.issuing import Many, Plan
from handlers.tasks.text import issuing as text
from storage import audit, members, tasks
from storage.database import Session
from storage.members import Speaker
from storage.organisation import BRANCHES, OrgKind, Tree
from storage.tasks import TaskItem

OF_KIND = {
    Many.BRANCHES: BRANCHES,
    Many.ORGANS: frozenset({OrgKind.ORGAN}),
    Many.GROUPS: frozenset({OrgKind.PARTY_GROUP}),
    Many.COMMITTEES: frozenset({OrgKind.ORGAN_COMMITTEE, OrgKind.GENERAL_BRANCH}),
}
CHAT, FOUND = "chat", "found"
"""Lists of what is issued, and found, without a file."""
LETTER = {CHAT: "A", FOUND: "W"}


@dataclass(frozen=True)
class Heard:
    plan: Plan
    to: Sequence[tuple[str, str]]
    """Units, each with a person or with ''."""


@dataclass(frozen=True)
class Ready:
    issuer: str
    units: Sequence[str]
    """Their names; a person's name where it is for one."""
    leaderless: Sequence[str]
    """Units where nobody holds a post: nobody will be told there."""


@dataclass(frozen=True)
class Issued:
    number: str
    units: int
    told: int


def hear(db: Session, actor: Speaker, now: datetime, words: str, may: Action) -> Heard:
    """What is to be done, and to whom, as far as it was said."""
    tree = parties.tree_of(db, now.date())
    below = reach(actor, may, tree)
    units, left = finding.units_named(tree, below, words)
    people = {} if units else finding.people_named(db, actor, now, words, may)
    for name in people.values():
        left = left.replace(name, " ")
    plan = rules.plan(left, now)
    if people:
        lines = {id: of for id in people if (of := home(db, tree, id))}
        return Heard(plan, [(lines[id], id) for id in people if id in lines])
    if plan.many and not units:
        units = [org for org in below if tree.kind(org) in OF_KIND[plan.many]]
    return Heard(plan, [(org, "") for org in units])


def home(db: Session, tree: Tree, member_id: str) -> str:
    known = members.speaker(db, member_id, tree)
    return known.branch_id if known else ""


def check(
    db: Session, actor: Speaker, now: datetime, to: Sequence[tuple[str, str]], may: Action
) -> Ready:
    """`Refusal` when one of the units is not for `actor` to hand work to."""
    tree = parties.tree_of(db, now.date())
    issuer = issuer_for(tree, actor, [org for org, _ in to], may)
    led = parties.leaders(db, tree, [org for org, person in to if not person])
    names = letters.names(db, [person for _, person in to])
    return Ready(
        issuer,
        [names.get(person, "") or tree.name(org) for org, person in to],
        [tree.name(org) for org, people in led.items() if not people],
    )


def issuer_for(tree: Tree, actor: Speaker, units: Sequence[str], may: Action) -> str:
    """In whose name: the lowest of the actor's organisations that all units lie under."""
    own = [post.org_id for post in actor.posts if post.role in GRANTS[may]]
    lines = [parties.line(tree, org) for org in units]
    if any(not authorize(actor, may, line) for line in lines):
        raise Refusal(text.NOT_YOURS)
    over = [org for org in own if all(org in line for line in lines)]
    if not over:
        raise Refusal(text.NOT_YOURS)
    return max(over, key=lambda org: len(tree.line(org)))


def issue(
    db: Session, actor: Speaker, now: datetime, plan: Plan, to: Sequence[tuple[str, str]], kind: str
) -> Issued:
    """`Refusal` when it is not theirs, or the day has passed meanwhile."""
    may = Action.SUPERVISE if kind == "finding" else Action.ISSUE_TASKS
    if plan.due is None or not rules.fits(plan.due, now.date()):
        raise Refusal(text.DAY_PASSED)
    ready = check(db, actor, now, to, may)
    series = FOUND if kind == "finding" else CHAT
    number = f"{LETTER[series]}{tasks.how_many(db, series) + 1}"
    item = TaskItem(
        kind=kind,
        series=series,
        number=number,
        title=plan.title,
        due=plan.due,
        evidence=plan.evidence or ("text" if kind == "finding" else ""),
        goal=plan.goal,
        suggestion=plan.suggestion,
        org_id=ready.issuer,
        issued_by=actor.id,
        issued_at=now,
        found_on=now.date() if kind == "finding" else None,
        restricted=plan.restricted,
    )
    item_id = tasks.issue(db, item, to)
    audit.note(db, actor.id, f"issue_{kind}", f"task_item:{item_id}", now, f"{len(to)} units")
    if kind == "finding":
        for org_id, _ in to:
            stepping.anchor(db, number, org_id, plan.due, actor.id, now)
    return Issued(number, len(to), letters.announce(db, now))


def due_of(words: str, now: datetime) -> date | None:
    due = rules.day_in(words, now)
    return due if due and rules.fits(due, now.date()) else None
