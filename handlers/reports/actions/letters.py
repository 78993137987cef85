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


def ask_to_approve(db: Session, row: Circular, now: datetime) -> int:
    """One letter each, to those nearest above or beside it, never to who wrote it; how many."""
    day = now.date()
    line = organisation.tree(db, day).line(row.org_id)
    roles = sorted(GRANTS[Action.APPROVE_CIRCULAR])
    held = [held for role in roles for held in members.holders(db, role, line, day)]
    nearest = min((line.index(org) for who, org in held if who != row.author), default=None)
    if nearest is None:
        return 0
    them = sorted({who for who, org in held if who != row.author and org == line[nearest]})
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
