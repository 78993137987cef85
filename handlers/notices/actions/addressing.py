"""Who is meant, exactly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.messages import Refusal
from bot.permissions import GRANTS, Action, may, reach
from handlers.notices.rules import audience as rules
from handlers.notices.rules.audience import Audience, Told
from handlers.notices.text import publishing as text
from storage import activities, attendance, audiences, broadcasts, members, organisation
from storage.broadcasts import Broadcast
from storage.database import Session
from storage.members import Speaker
from storage.organisation import BRANCHES, OrgKind, Tree


@dataclass(frozen=True)
class Addressed:
    org_id: str
    audience: Audience | None
    """None: has to be asked."""
    words: str


def address(db: Session, actor: Speaker, now: datetime, words: str) -> Addressed:
    """`Refusal` where the words name somebody whom `actor` may not write to."""
    tree = organisation.tree(db, now.date())
    allowed = reach(actor, Action.SEND_NOTICE, tree)
    if not allowed:
        raise Refusal(text.NOT_YOURS)
    said = rules.told(words)
    org_id = _named(tree, allowed, words) or _own(actor, tree, allowed)
    if said.group:
        org_id = _group(tree, tree.below(org_id), said.group)
    if said.audience is None and tree.kind(org_id) in BRANCHES:
        said = Told(Audience(), said.words)
    if said.audience and said.audience.kind == "absent":
        activity_id, title = _running(db, tree.below(org_id), now)
        return Addressed(org_id, Audience("absent", of=activity_id), text.absent(title))
    if said.audience and said.audience.kind == "signed_up":
        activity_id, title = _to_come(db, tree.below(org_id), now)
        return Addressed(org_id, Audience("signed_up", of=activity_id), text.signed_up(title))
    if said.audience and said.audience.kind == "unread":
        last = broadcasts.latest(db, actor.id, [], now.replace(month=1, day=1))
        if last is None or not last.receipt:
            raise Refusal(text.NO_RECEIPTS)
        return Addressed(last.org_id, Audience("unread", of=last.id), said.words)
    return Addressed(org_id, said.audience, f"{tree.name(org_id)}{said.words}")


def recipients(db: Session, org_id: str, audience: Mapping[str, Any], now: datetime) -> list[str]:
    """Member ids in order; everyone once. `audience` as it is stored."""
    wanted = rules.from_plain(audience)
    tree = organisation.tree(db, now.date())
    below = tree.below(org_id)
    people = {each.id: each for each in audiences.people(db, below, now.date())}
    match wanted.kind:
        case "members":
            return [id for id, each in people.items() if _fits(each, wanted.status)]
        case "posts":
            held = members.posts_in(db, below, now.date())
            return sorted({id for id, post in held if post.role in wanted.roles})
        case "absent":
            return _absent(db, wanted.of)
        case "unread":
            return [id for id in broadcasts.unread(db, wanted.of) if id in people]
        case "signed_up":
            return sorted(activities.signed_up(db, wanted.of))


def others_who_may(db: Session, row: Broadcast, now: datetime) -> dict[str, str]:
    """Who besides the author may order this notice: member id to name, the nearest first."""
    tree = organisation.tree(db, now.date())
    line = tree.line(row.org_id)
    roles = GRANTS[Action.SEND_NOTICE]
    held = members.posts_in(db, line, now.date())
    near = sorted(held, key=lambda each: line.index(each[1].org_id))
    ids = [id for id, post in near if post.role in roles and id != row.author]
    names = members.names(db, ids)
    return {id: names[id] for id in dict.fromkeys(ids) if id in names}


def may_order(db: Session, actor: Speaker | None, row: Broadcast, now: datetime) -> bool:
    return actor is not None and may(db, actor, Action.SEND_NOTICE, row.org_id, now)


def _named(tree: Tree, allowed: Sequence[str], words: str) -> str:
    """The organisation that is named: of those in reach, or it is refused."""
    names = {tree.name(id): id for id in tree.nodes if tree.kind(id) != OrgKind.PARTY_GROUP}
    mine = rules.branch_in(words, [tree.name(id) for id in allowed if tree.name(id) in names])
    if mine:
        return names[mine]
    if rules.branch_in(words, sorted(names)):
        raise Refusal(text.NOT_THEIRS)
    return ""


def _own(actor: Speaker, tree: Tree, allowed: Sequence[str]) -> str:
    """Where the actor's highest post is: they can name what lies below."""
    posts = [post.org_id for post in actor.posts if post.org_id in allowed]
    return min(posts, key=lambda id: (len(tree.line(id)), id))


def _group(tree: Tree, below: Sequence[str], name: str) -> str:
    found = [
        id
        for id in below
        if tree.kind(id) == OrgKind.PARTY_GROUP and rules.is_group(tree.name(id), name)
    ]
    match found:
        case [one]:
            return one
        case []:
            raise Refusal(text.no_such_group(name))
        case _:
            raise Refusal(text.which_group(name))


def _running(db: Session, orgs: Sequence[str], now: datetime) -> tuple[int, str]:
    """The activity whose check-in is open, or has opened last today."""
    today = activities.around(db, now.date())
    found = [each for each in today if each.org_id in orgs and each.opens <= now]
    if not found:
        raise Refusal(text.NOTHING_OPEN)
    return found[-1].id, found[-1].title


def _to_come(db: Session, orgs: Sequence[str], now: datetime) -> tuple[int, str]:
    found = activities.between(db, list(orgs), now, now.replace(year=now.year + 1))
    for each in found:
        if activities.signed_up(db, each.id):
            return each.id, each.title
    raise Refusal(text.NOBODY_SIGNED_UP)


def _absent(db: Session, activity_id: int) -> list[str]:
    held = activities.held(db, activity_id)
    if held is None:
        return []
    expected = attendance.expected(db, held) - attendance.exempt(db)
    known = attendance.standings(db, held.id, sorted(expected))
    return sorted(expected - known.keys())


def _fits(person: audiences.Person, status: str) -> bool:
    match status:
        case "":
            return person.status != "left"
        case "retired":
            return person.retired
        case _:
            return person.status == status
