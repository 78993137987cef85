"""What somebody may lay hands on. What is not theirs is not there, as far as they can tell."""

from datetime import datetime

from bot.messages import Refusal
from bot.permissions import Action, authorize, reach
from handlers.reports.text import circulars as text
from storage import organisation, reports
from storage.database import Session
from storage.members import Speaker
from storage.reports import Circular


def entrusted(db: Session, actor: Speaker, circular_id: int, now: datetime) -> Circular:
    """The circular, where `actor` has a hand in it; else `Refusal`. What is published is read by
    whoever it tells of, and by who leads them."""
    row = reports.one(db, circular_id)
    if row is None or not may_see(db, actor, row, now):
        raise Refusal(text.NOT_FOUND)
    return row


def may_see(db: Session, actor: Speaker, row: Circular, now: datetime) -> bool:
    tree = organisation.tree(db, now.date())
    if authorize(actor, Action.DRAFT_CIRCULAR, tree.line(row.org_id)):
        return True
    below = set(tree.below(row.org_id))
    leads = any(org in below for org in reach(actor, Action.EXPORT_TABLES, tree))
    return row.state == "published" and leads


def scopes(db: Session, actor: Speaker, now: datetime) -> list[str]:
    """The organisations that `actor` may write a circular for; the widest first."""
    tree = organisation.tree(db, now.date())
    found = reach(actor, Action.DRAFT_CIRCULAR, tree)
    return sorted(found, key=lambda org: (len(tree.line(org)), org))


def scope_named(db: Session, actor: Speaker, said: str, now: datetime) -> str | None:
    """The organisation that was named, else the widest; None where they write none at all."""
    found, tree = scopes(db, actor, now), organisation.tree(db, now.date())
    named = [org for org in found if tree.name(org) in said]
    return max(named, key=lambda org: len(tree.name(org)), default=found[0] if found else None)
