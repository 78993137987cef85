"""A member's own calendar: what concerns them, under an address that only they know."""

import hashlib
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.files.calendars import Event, as_calendar
from bot.permissions import Action, reach
from handlers.reports.text import exporting as text
from storage import activities, audit, members, organisation, reports
from storage.activities import Audience
from storage.database import Session
from storage.members import Speaker

BEHIND, AHEAD = timedelta(days=90), timedelta(days=365)


def subscribe(db: Session, actor: Speaker, now: datetime) -> str:
    """A secret for the address; any before it reads nothing any more."""
    secret = secrets.token_urlsafe(32)
    reports.have_feed(db, actor.id, digest(secret), now)
    audit.note(db, actor.id, "calendar_begin", f"member:{actor.id}", now)
    return secret


def has(db: Session, actor: Speaker) -> bool:
    return reports.has_feed(db, actor.id)


def stop(db: Session, actor: Speaker, now: datetime) -> bool:
    """Whether there was one."""
    audit.note(db, actor.id, "calendar_end", f"member:{actor.id}", now)
    return reports.stop_feed(db, actor.id)


def read(db: Session, secret: str, now: datetime) -> bytes | None:
    """The calendar as of now; None for an address that nobody has, or no longer has."""
    owner = reports.feed_owner(db, digest(secret))
    if owner is None:
        return None
    tree = organisation.tree(db, now.date())
    speaker = members.speakers_by_id(db, [owner], tree).get(owner)
    if speaker is None:
        return None
    events = [*meetings(db, speaker, now), *due(db, speaker, now)]
    return as_calendar(text.CALENDAR, events, now)


def meetings(db: Session, speaker: Speaker, now: datetime) -> Iterator[Event]:
    """What concerns them; what one signs up for, only where they have."""
    for each in activities.of_member(db, speaker, now - BEHIND, now + AHEAD):
        by_choice = each.audience == Audience.SIGNED_UP
        if by_choice and speaker.id not in activities.signed_up(db, each.id):
            continue
        yield Event(f"activity-{each.id}", each.title, each.starts, each.ends, each.venue)


def due(db: Session, speaker: Speaker, now: datetime) -> Iterator[Event]:
    """What the organisations that they look after owe; never what a person owes."""
    tree, today = organisation.tree(db, now.date()), now.date()
    own = {post.org_id for post in speaker.posts} & set(reach(speaker, Action.SEE_DUTIES, tree))
    if not own:
        return
    for each in reports.duties_due(db, sorted(own), today - BEHIND, today + AHEAD):
        if each.done_on is None:
            title = text.due(reports.rule_name(each.rule_id), tree.name(each.org_id))
            yield Event(f"duty-{each.id}", title, each.due)


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
