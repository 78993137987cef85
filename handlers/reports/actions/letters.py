"""Whoever may approve a circular is told that one waits for them."""

from datetime import datetime

from bot.messages import Reply
from bot.permissions import GRANTS, Action
from handlers.reports.rules import paper
from handlers.reports.rules.spans import Days
from handlers.reports.text import circulars as text
from storage import members, organisation, outbox
from storage.database import Session
from storage.outbox import Post
from storage.reports import Circular


def approvers(db: Session, org_id: str, author: str, now: datetime) -> list[str]:
    """Those nearest above or beside the circular's organisation; never who wrote it."""
    day = now.date()
    line = organisation.tree(db, day).line(org_id)
    roles = sorted(GRANTS[Action.APPROVE_CIRCULAR])
    held = [
        (line.index(org), who)
        for role in roles
        for who, org in members.holders(db, role, line, day)
        if who != author
    ]
    nearest = min((at for at, _ in held), default=None)
    return sorted({who for at, who in held if at == nearest})


def ask_to_approve(db: Session, row: Circular, now: datetime) -> int:
    """One letter each; how many."""
    them = approvers(db, row.org_id, row.author, now)
    said = Reply(text=text.waits(paper.titled(Days(row.first, row.last), row.topic)))
    letters = [
        Post(
            key=f"circular:{row.id}:approve:{who}",
            to=who,
            kind="circular",
            say=said,
            cause=f"circular:{row.id}",
            due=now,
            org_id=row.org_id,
            reader_may=Action.APPROVE_CIRCULAR,
            author=row.author,
            author_may=Action.DRAFT_CIRCULAR,
        )
        for who in them
    ]
    return outbox.post(db, letters, now)
