"""What is owed: by a member, at a branch, under a committee."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.permissions import Action, may, reach
from handlers.duties.actions.planning import rulebook
from handlers.duties.rules.fulfilling import ARRANGED_AS, BY_ACTIVITY
from handlers.duties.rules.rulebook import Kind, Level, Rule
from storage import duties, members, organisation, outbox
from storage.database import Session
from storage.duties import Row
from storage.members import Role, Speaker
from storage.organisation import BRANCHES, Tree

BRANCH_ROLES = frozenset(
    {"secretary", "deputy_secretary", "org_commissioner", "publicity_commissioner"}
    | {"discipline_commissioner", "branch_committee", "group_leader", "introducer"}
    | {"trainer_contact", "applicant"}
)
ACTS_AS = {
    Role.SECRETARY: BRANCH_ROLES,
    Role.DEPUTY_SECRETARY: BRANCH_ROLES,
    Role.ORG_COMMISSIONER: BRANCH_ROLES,
    Role.ORGAN_COMMITTEE: frozenset(
        {"parent_committee", "parent_committee_secretary"}
        | {"leading_group", "leading_group_secretary"}
    ),
    Role.COMMITTEE_OFFICE: frozenset(
        {"committee_office", "committee", "committee_secretary", "data_protection_lead"}
    ),
}
"""Whose duties the holder of a post looks after."""
AHEAD = 7
"""Days."""


@dataclass(frozen=True)
class Item:
    id: int
    name: str
    of: str
    """Whose, where it is not one's own branch's."""
    due: date
    by_record: bool
    """An activity, counted hours or a re-check will show it; nothing is to be confirmed."""
    rule_id: str
    org_id: str

    @property
    def arranged_as(self) -> str:
        """What is to be held so that it is fulfilled; empty where nothing is."""
        return ARRANGED_AS.get(self.rule_id, "")


@dataclass(frozen=True)
class Desk:
    overdue: Sequence[Item]
    soon: Sequence[Item]
    questions: Sequence[tuple[str, str]]
    """Whose day is missing, and which."""
    days: int
    by_branch: Sequence[tuple[str, str, int]] = ()
    """For those above the branches, (id, name, count): where something is overdue, the most
    first."""


@dataclass(frozen=True)
class Closed:
    name: str
    on: date


@dataclass(frozen=True)
class AlreadyClosed:
    """Somebody was faster, or it is not asked for any more."""


def own(db: Session, member: Speaker, now: datetime, days: int = AHEAD) -> Desk:
    """What a member owes; what officers do for him is theirs."""
    today, rules = now.date(), rulebook().by_id
    rows = duties.open_for(db, f"member:{member.id}", today + timedelta(days))
    mine = [
        row for row in rows if (rule := rules.get(row.rule_id)) and "member" in rule.responsible
    ]
    return desk(rules_of(mine), mine, today, days, {})


def at_the_desk(db: Session, actor: Speaker, now: datetime, days: int = AHEAD) -> Desk:
    """What is overdue and due where `actor` holds a post, and what has to be asked."""
    today, tree = now.date(), organisation.tree(db, now.date())
    orgs, known = reach(actor, Action.SEE_DUTIES, tree), rulebook().by_id
    roles = {name for post in actor.posts for name in ACTS_AS.get(Role(post.role), ())}
    mine = [id for id, rule in known.items() if looked_after(rule, roles)]
    rows = duties.open_of(db, orgs, today + timedelta(days), mine)
    names = whose(db, rows, tree)
    questions = missing(db, actor, orgs)
    called = names_of(db, {subject for subject, _ in questions}, tree)
    asked = [(called[subject], field) for subject, field in questions]
    found = desk(rules_of(rows), rows, today, days, names)
    branches = [org for org in orgs if tree.kind(org) in BRANCHES]
    if len(branches) < 2:
        return Desk(found.overdue, found.soon, asked, days)
    return Desk(found.overdue, found.soon, asked, days, roll_up(db, branches, tree, today))


def looked_after(rule: Rule, roles: set[str]) -> bool:
    wanted = rule.kind in {Kind.DEADLINE, Kind.RECURRING}
    return wanted and not rule.private and bool(roles & set(rule.responsible))


def missing(db: Session, actor: Speaker, orgs: Sequence[str]) -> list[tuple[str, str]]:
    """Asked of those who lead a branch, not of everybody above them."""
    leads = {post.org_id for post in actor.posts if post.role in {Role.SECRETARY}}
    return duties.questions(db, [org for org in orgs if org in leads])


def roll_up(
    db: Session, branches: Sequence[str], tree: Tree, today: date
) -> list[tuple[str, str, int]]:
    """Counts, never names of persons."""
    rules = [
        rule.id
        for rule in rulebook().rules
        if looked_after(rule, set(BRANCH_ROLES)) and rule.level in {"branch", "group", "candidate"}
    ]
    below = {org: tree.below(org) for org in branches}
    everything = [each for orgs in below.values() for each in orgs]
    counts = duties.overdue_counts(db, everything, rules, today)
    found = [
        (org, tree.name(org), sum(counts.get(each, 0) for each in below[org])) for org in branches
    ]
    return sorted([each for each in found if each[2]], key=lambda it: (-it[2], it[1]))


def rules_of(rows: Sequence[Row]) -> dict[str, Rule]:
    known = rulebook().by_id
    return {row.rule_id: known[row.rule_id] for row in rows}


def desk(
    rules: dict[str, Rule], rows: Sequence[Row], today: date, days: int, names: dict[str, str]
) -> Desk:
    items = [
        Item(
            row.id,
            rules[row.rule_id].name,
            names.get(row.subject, ""),
            row.due,
            row.rule_id in BY_ACTIVITY
            or rules[row.rule_id].hours is not None
            or rules[row.rule_id].level is Level.FINDING,
            row.rule_id,
            row.org_id,
        )
        for row in rows
        if row.due is not None
    ]
    late = [each for each in items if each.due < today]
    return Desk(late, [each for each in items if each.due >= today], (), days)


def whose(db: Session, rows: Sequence[Row], tree: Tree) -> dict[str, str]:
    """Named only where it is not clear: with one branch, that branch goes without saying."""
    plain = without_saying({row.org_id for row in rows}, tree)
    named = tree.name if plain else tree.full_name
    return names_of(db, {row.subject for row in rows} - plain, tree, named)


def without_saying(org_ids: Iterable[str], tree: Tree) -> set[str]:
    branches = {tree.branch_of(org) or org for org in org_ids}
    return {f"org:{branch}" for branch in branches} if len(branches) == 1 else set()


def names_of(
    db: Session, subjects: Iterable[str], tree: Tree, named: Callable[[str], str] | None = None
) -> dict[str, str]:
    """Of organisations and members their names; of others their numbers."""
    parts = {subject: subject.partition(":")[::2] for subject in subjects}
    people = members.names(db, sorted(id for kind, id in parts.values() if kind == "member"))

    def name(kind: str, id: str) -> str:
        match kind:
            case "org":
                return (named or tree.name)(id)
            case "member":
                return people.get(id, id)
            case "operator":
                return ""
            case _:
                return id

    return {subject: name(*part) for subject, part in parts.items()}


def close(
    db: Session, actor: Speaker, duty_id: int, now: datetime
) -> Closed | AlreadyClosed | None:
    """Done, because an officer says so; None when it is not theirs."""
    row = duties.one(db, duty_id)
    rule = rulebook().by_id.get(row.rule_id) if row else None
    if row is None or rule is None:
        return AlreadyClosed()
    if rule.level is Level.FINDING:  # only its re-check closes it
        return None
    own = row.subject == f"member:{actor.id}" and "member" in rule.responsible
    if not own and not may(db, actor, Action.CLOSE_DUTY, row.org_id, now):
        return None
    if not duties.complete(db, duty_id, f"member:{actor.id}", now.date()):
        return AlreadyClosed()
    outbox.cancel(db, f"duty:{duty_id}", "done", now)
    return Closed(rule.name, now.date())
