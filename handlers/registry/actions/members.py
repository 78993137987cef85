"""Importing members: who is new, who moves, who takes up or lays down a post."""

from dataclasses import dataclass
from datetime import date

from bot.files.tables import Table
from handlers.registry import text
from handlers.registry.actions.plans import Change, Draft, Entry, Faulty, Plan, changes, differing
from handlers.registry.actions.posts import Post, Posts, sorted_posts
from handlers.registry.rules import members as rules
from handlers.registry.rules.members import LEFT, MemberLine
from handlers.registry.rules.organisations import ROLES_OF_OFFICERS
from handlers.registry.rules.troubles import Trouble
from storage import organisation, roster
from storage.database import Session
from storage.members import Member, Membership
from storage.organisation import BRANCHES, Organisation, OrgKind, Tree

NEW_MEMBER = {
    "status": "full",
    "accepted_on": None,
    "full_on": None,
    "is_leader": False,
    "retired": False,
    "chase_exempt": "",
    "theme_opt_in": False,
    "away_from": None,
    "mobile_from": None,
    "abroad_from": None,
    "dues_paid_through": None,
}


@dataclass(frozen=True)
class Known:
    """What the database holds."""

    tree: Tree
    members: dict[str, Member]
    belongs: dict[str, Membership]
    """The last membership of each."""
    peopled: frozenset[str]
    """Branches that somebody has ever belonged to."""
    elected: dict[str, date | None]
    since: dict[str, date]
    """Since when each of those in the file belongs where it says; filled while planning."""
    posts: Posts


def known(db: Session, day: date) -> Known:
    return Known(
        organisation.tree(db, day),
        {each.id: each for each in roster.every(db, Member)},
        last_memberships(db),
        frozenset(each.branch_id for each in roster.every(db, Membership)),
        {each.id: each.elected_on for each in roster.every(db, Organisation)},
        {},
        Posts.load(db, day),
    )


def last_memberships(db: Session) -> dict[str, Membership]:
    """The latest of each member, whether it lasts or not."""
    ordered = sorted(roster.every(db, Membership), key=lambda it: (it.since, it.id))
    return {each.member_id: each for each in ordered}


def plan(db: Session, table: Table, draft: Draft) -> Plan | Faulty:
    lines, faults, unused = rules.read(table)
    draft.faults += faults
    there = known(db, draft.as_of)
    for line in lines:
        plan_line(draft, there, line)
    there.posts.check_secretaries(draft)
    listed = {line.id for line in lines}
    if others := sum(id not in listed and not it.erased_at for id, it in there.members.items()):
        draft.notices.append(text.not_in_file(others))
    return draft.ready(len(lines), unused)


def plan_line(draft: Draft, there: Known, line: MemberLine) -> None:
    member = there.members.get(line.id)
    if member and member.erased_at:
        draft.wrong(line.row, "member_id", Trouble.ERASED, line.id)
        return
    for column, day in rules.far_ahead(line, draft.as_of):
        draft.wrong(line.row, column, Trouble.FAR_AHEAD, str(day))
    name = line.facts["name"]
    if member is None:
        draft.insert(Member, id=line.id, **{**NEW_MEMBER, **line.facts}, erased_at=None)
        changed: list[Change] = []
    else:
        different = differing(member, line.facts)
        changed = list(changes(member, different))
        if different:
            draft.alter(Member, {"id": line.id}, different)
    changed += plan_membership(draft, there, line)
    changed += plan_posts(draft, there, line)
    draft.count(Entry(line.id, name, tuple(changed)), is_new=member is None)


def plan_membership(draft: Draft, there: Known, line: MemberLine) -> list[Change]:
    last = there.belongs.get(line.id)
    current = last if last and (last.until is None or last.until > draft.as_of) else None
    if not line.branch_id:
        return leave(draft, current, line) if line.facts.get("status") == LEFT else []
    group_id = group_of(line, current)
    if not place_exists(draft, there.tree, line, group_id):
        return []
    place = {"branch_id": line.branch_id, "group_id": group_id}
    if current is None:
        accepted = line.facts.get("accepted_on") if last is None else None
        since = draft.as_of if line.branch_id in there.peopled else accepted or draft.as_of
        there.since[line.id] = since
        draft.insert(Membership, member_id=line.id, **place, since=since, until=None)
        return [Change("branch", "", line.branch_id)]
    if current.branch_id == line.branch_id:
        there.since[line.id] = current.since
    if (current.branch_id, current.group_id) == (line.branch_id, group_id):
        return []
    if current.since > draft.as_of:
        draft.wrong(line.row, "branch_id", Trouble.BEGINS_LATER, str(current.since))
    elif current.since == draft.as_of:
        draft.alter(Membership, {"id": current.id}, place)
    else:
        draft.alter(Membership, {"id": current.id}, {"until": draft.as_of})
        draft.insert(Membership, member_id=line.id, **place, since=draft.as_of, until=None)
    return moved(current, line.branch_id, group_id)


def moved(current: Membership, branch_id: str, group_id: str | None) -> list[Change]:
    if current.branch_id != branch_id:
        return [Change("branch", current.branch_id, branch_id)]
    return [Change("group", current.group_id or "", group_id or "")]


def leave(draft: Draft, current: Membership | None, line: MemberLine) -> list[Change]:
    if current is None:
        return []
    until = max(draft.as_of, current.since)
    draft.alter(Membership, {"id": current.id}, {"until": until})
    change = Change("branch", current.branch_id, "")
    draft.ended.append(Entry(line.id, line.facts["name"], (change,)))
    return [change]


def group_of(line: MemberLine, current: Membership | None) -> str | None:
    """Where the file does not speak of groups, whoever stays in a branch stays in the group."""
    if line.group_id is not None:
        return line.group_id or None
    return current.group_id if current and current.branch_id == line.branch_id else None


def place_exists(draft: Draft, tree: Tree, line: MemberLine, group_id: str | None) -> bool:
    if not tree.nodes:
        draft.wrong(line.row, "branch_id", Trouble.NO_ORGANISATIONS)
    elif line.branch_id not in tree.nodes:
        draft.wrong(line.row, "branch_id", Trouble.NO_SUCH_ORGANISATION, line.branch_id)
    elif tree.kind(line.branch_id) not in BRANCHES:
        draft.wrong(line.row, "branch_id", Trouble.NOT_A_BRANCH, line.branch_id)
    elif group_id and not is_group_of(tree, group_id, line.branch_id):
        draft.wrong(line.row, "group", Trouble.NOT_A_GROUP_OF, group_id, line.branch_id)
    else:
        return True
    return False


def is_group_of(tree: Tree, group_id: str, branch_id: str) -> bool:
    return tree.kind(group_id) == OrgKind.PARTY_GROUP and tree.branch_of(group_id) == branch_id


def plan_posts(draft: Draft, there: Known, line: MemberLine) -> list[Change]:
    """Posts above the branch are the organisations' file's matter, and left alone."""
    if line.posts is None and line.facts.get("status") != LEFT:
        return []
    wanted = line.posts or frozenset()
    held = [
        each
        for each in there.posts.current(line.id, draft.as_of)
        if each.role not in ROLES_OF_OFFICERS
    ]
    for each in held:
        if (each.role, each.org_id) not in wanted:
            there.posts.end(draft, line.facts["name"], each)
    begun = wanted - {(each.role, each.org_id) for each in held}
    return [begin(draft, there, line, post) for post in sorted_posts(begun)]


def begin(draft: Draft, there: Known, line: MemberLine, post: Post) -> Change:
    _, org_id = post
    if org_id not in there.tree.nodes and org_id not in {line.branch_id, line.group_id}:
        draft.wrong(line.row, "role", Trouble.NO_SUCH_ORGANISATION, org_id)
    branch = there.tree.branch_of(org_id)
    elected = there.elected.get(branch) if branch else None
    if elected and elected < there.since.get(line.id, draft.as_of):
        elected = None
    return there.posts.appoint(draft, line.row, line.id, post, elected)
