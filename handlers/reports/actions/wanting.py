"""A table is asked for in chat and fetched in the console, for a quarter of an hour, once bound to
one session."""

from dataclasses import dataclass
from datetime import datetime

from bot.messages import Refusal
from bot.permissions import Action, may, reach
from handlers.reports.actions import tables
from handlers.reports.rules.spans import Days
from handlers.reports.rules.tables import LASTS, Table
from handlers.reports.text import exporting as text
from storage import audit, organisation, reports
from storage.database import Session
from storage.members import Speaker
from storage.organisation import BRANCHES, OrgKind
from storage.reports import FileWanted, Want

CLOSE = {*BRANCHES, OrgKind.PARTY_GROUP}


@dataclass(frozen=True)
class Ready:
    id: int
    org: str
    until: datetime


@dataclass(frozen=True)
class Fetched:
    body: bytes
    name: str


def want(
    db: Session, actor: Speaker, what: Table, said: str, days: Days, now: datetime
) -> Ready | None:
    """For the organisation that was named. None where they may export nothing."""
    org_id = scope(db, actor, said, now)
    return want_of(db, actor, what, org_id, days, now) if org_id else None


def want_of(
    db: Session, actor: Speaker, what: Table, org_id: str, days: Days, now: datetime
) -> Ready:
    """`Refusal` for an organisation that they export nothing of."""
    if not may(db, actor, Action.EXPORT_TABLES, org_id, now):
        raise Refusal(text.NOT_YOURS)
    until = now + LASTS
    row = FileWanted(
        member_id=actor.id, what=what, org_id=org_id, first=days.first, last=days.last,
        made_at=now, expires=until,
    )  # fmt: skip
    id = reports.want(db, row)
    audit.note(db, actor.id, "want_file", f"file:{id}", now, what)
    return Ready(id, organisation.tree(db, now.date()).name(org_id), until)


def scope(db: Session, actor: Speaker, said: str, now: datetime) -> str | None:
    """The organisation that was named, else the one they hold their post in."""
    tree = organisation.tree(db, now.date())
    found = reach(actor, Action.EXPORT_TABLES, tree)
    named = [org for org in found if tree.name(org) in said]
    own = [p.org_id for p in actor.posts if p.org_id in found]
    return max(named, key=lambda org: len(tree.name(org)), default=own[0] if own else None)


def scopes(db: Session, actor: Speaker, now: datetime) -> list[str]:
    """What tables can be had of: their own organisation first. A group has none of its own."""
    tree = organisation.tree(db, now.date())
    found = [
        org
        for org in reach(actor, Action.EXPORT_TABLES, tree)
        if tree.kind(org) != OrgKind.PARTY_GROUP
    ]
    return sorted(found, key=lambda org: org not in {post.org_id for post in actor.posts})


def waiting(db: Session, actor: Speaker, now: datetime) -> list[tuple[Want, str]]:
    """What can be fetched, with what it is called."""
    return [(each, called(db, each, now)) for each in reports.of_member(db, actor.id, now)]


def called(db: Session, each: Want, now: datetime) -> str:
    org = organisation.tree(db, now.date()).name(each.org_id)
    return text.file_name(text.NAMES[Table(each.what)], org, Days(each.first, each.last).name)


def fetch(db: Session, actor: Speaker, want_id: int, session: str, now: datetime) -> Fetched:
    """`Refusal` when it is somebody else's, its time is over, or another session has it; and when
    the post that allowed it is gone."""
    found = reports.wanted(db, want_id)
    if found is None or found.member_id != actor.id or found.expires <= now:
        raise Refusal(text.TOO_OLD)
    if not may(db, actor, Action.EXPORT_TABLES, found.org_id, now):
        raise Refusal(text.NOT_YOURS)
    if found.session not in ("", session):
        raise Refusal(text.OTHER_SESSION)
    kind = organisation.tree(db, now.date()).kind(found.org_id)
    reports.take(db, want_id, session)
    body = tables.as_file(
        db,
        Table(found.what),
        found.org_id,
        Days(found.first, found.last),
        now,
        by=(actor.id, actor.name),
        persons=close_to(actor, found.org_id, kind),
    )
    return Fetched(body, called(db, found, now))


def close_to(actor: Speaker, org_id: str, kind: str) -> bool:
    """The branch's own officers see who was there; those above it see how many."""
    return kind in CLOSE and any(post.org_id == org_id for post in actor.posts)
