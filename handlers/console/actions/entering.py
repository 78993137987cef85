"""Coming in, being in, going out."""

import secrets
from datetime import datetime

from bot.permissions import Action, authorize
from handlers.console import rules
from handlers.console.rules import Entered, LinkOver, NoPost
from storage import audit, console, members, organisation
from storage.console import Inside
from storage.database import Session
from storage.members import Speaker


def link(db: Session, actor: Speaker, now: datetime) -> tuple[str, datetime]:
    """A token for one use, and until when; any before it is void."""
    token, until = secrets.token_urlsafe(32), now + rules.LINK_LASTS
    console.add_link(db, rules.digest(token), actor.id, until)
    audit.note(db, actor.id, "ask_for_console", f"member:{actor.id}", now)
    return token, until


def by_link(db: Session, token: str, now: datetime) -> Entered | LinkOver | NoPost:
    member_id = console.use_link(db, rules.digest(token), now)
    if member_id is None:
        return LinkOver()
    return let_in(db, member_id, now, "link")


def let_in(db: Session, member_id: str, now: datetime, how: str) -> Entered | NoPost:
    """Under a token that is new, whatever the browser brought."""
    speaker = who(db, member_id, now)
    if speaker is None:
        return NoPost()
    token = secrets.token_urlsafe(32)
    posts = rules.posts_in_words(speaker.posts)
    console.begin(db, Inside(rules.digest(token), member_id, posts, now, now, ""))
    audit.note(db, member_id, "enter_console", f"member:{member_id}", now, how)
    return Entered(member_id, token)


def who(db: Session, member_id: str, now: datetime) -> Speaker | None:
    """A member as they stand today; None for whoever may not enter."""
    speaker = members.speaker(db, member_id, organisation.tree(db, now.date()))
    return speaker if speaker and authorize(speaker, Action.ENTER_CONSOLE) else None


def visitor(db: Session, token: str, now: datetime) -> tuple[Speaker, Inside] | None:
    """Asked at every request: None once the time is over, the post is gone or another, or the
    session was ended anywhere."""
    inside = console.inside(db, rules.digest(token))
    if inside is None or rules.is_over(inside.since, inside.seen, now):
        return None
    speaker = who(db, inside.member_id, now)
    if speaker is None or rules.posts_in_words(speaker.posts) != inside.posts:
        return None
    return speaker, inside


def leave(db: Session, token: str, now: datetime) -> None:
    inside = console.inside(db, rules.digest(token))
    if inside and console.end(db, inside.digest):
        audit.note(db, inside.member_id, "leave_console", f"member:{inside.member_id}", now)


def leave_elsewhere(db: Session, actor: Speaker, inside: Inside, now: datetime) -> int:
    """End every other session of one's own; how many there were."""
    count = console.end_all(db, actor.id, but=inside.digest)
    audit.note(db, actor.id, "leave_console", f"member:{actor.id}", now, f"{count} elsewhere")
    return count
