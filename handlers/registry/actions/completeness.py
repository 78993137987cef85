"""Looking through the registers of those branches that somebody answers for."""

from datetime import datetime

from bot.permissions import Action, authorize, may
from handlers.registry.rules.completeness import BranchState, Gap, gaps
from storage import audit, organisation, roster
from storage.database import Session
from storage.members import Speaker
from storage.organisation import BRANCHES


def incomplete(db: Session, actor: Speaker, now: datetime) -> tuple[int, list[Gap]]:
    """How many branches `actor` answers for, and what their registers lack."""
    day = now.date()
    tree = organisation.tree(db, day)
    mine = [
        node
        for node in tree.nodes.values()
        if node.kind in BRANCHES and authorize(actor, Action.SEE_COMPLETENESS, tree.line(node.id))
    ]
    sizes = roster.sizes(db, day)
    posts = roster.filled_posts(db, day)
    with_committee = roster.with_committee(db)
    states = [
        BranchState(
            id=node.id,
            name=node.name,
            members=(size := sizes.get(node.id, roster.NOBODY)).members,
            full=size.full,
            unbound=size.unbound,
            posts=posts.get(node.id, frozenset()),
            has_committee=node.id in with_committee,
        )
        for node in mine
    ]
    return len(mine), [gap for state in states for gap in gaps(state)]


def unbound(db: Session, actor: Speaker, branch_id: str, now: datetime) -> list[str] | None:
    """The names of those who have no account yet; None when `actor` may not see them. That they
    were looked at is on record."""
    if not may(db, actor, Action.SEE_ROSTER, branch_id, now):
        return None
    names = roster.names_without_account(db, branch_id, now.date())
    audit.note(db, actor.id, "see_unbound", f"branch:{branch_id}", now, f"{len(names)} names")
    return names
