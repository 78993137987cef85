"""Who has no record yet is reminded, once for each activity: at once where they are few, else some
hundreds at a time by the clock, so that whoever checks in meanwhile does not wait."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.messages import Reply, Say, button
from bot.parts import parts
from bot.permissions import Action
from handlers.checkin.actions.allowing import entrusted
from handlers.checkin.actions.status import summed
from handlers.checkin.text import status as text
from storage import activities, audit, outbox, reach, reminders
from storage.activities import Held, Status
from storage.database import Session
from storage.members import Speaker
from storage.outbox import Post

FEW, AT_ONCE = 100, 500


@dataclass(frozen=True)
class Reminded:
    title: str
    count: int
    before: datetime | None
    """When it was asked for already."""
    unreached: int = 0
    """How many of them cannot be reached."""


def remind(db: Session, actor: Speaker, now: datetime, activity_id: int) -> Reminded:
    """Once for each activity, by a letter to each."""
    held = entrusted(db, actor, Action.REMIND_MISSING, activity_id, now)
    missing = sorted(summed(db, held).missing)
    if earlier := reminders.of(db, held.id):
        return Reminded(held.title, len(missing), earlier.asked_at)
    if not missing:
        return Reminded(held.title, 0, None)
    reminders.ask(db, held.id, actor.id, now)
    if len(missing) <= FEW:
        post(db, held, actor.id, missing, now)
        reminders.sent(db, held.id, now)
    audit.note(db, actor.id, "remind_missing", f"activity:{held.id}", now, str(len(missing)))
    unreached = len(reach.unreachable(db, missing, now))
    return Reminded(held.title, len(missing), None, unreached)


def post_in_parts(db: Session, now: datetime) -> Iterator[Callable[[Session], object]]:
    """Whoever has come since it was asked for is left out. Killed at any point it goes on: a second
    letter to somebody would have the key of the first."""
    for activity_id, by in reminders.not_sent(db):
        held = activities.held(db, activity_id)
        if held and held.status != Status.CANCELLED and now < over(held):
            missing = sorted(summed(db, held).missing)
            for ids in parts(missing, AT_ONCE):
                yield partial(post_some, held=held, by=by, ids=ids, now=now)
        yield partial(reminders.sent, activity_id=activity_id, at=now)


def post_some(db: Session, held: Held, by: str, ids: Sequence[str], now: datetime) -> None:
    missing = summed(db, held).missing
    post(db, held, by, [each for each in ids if each in missing], now)


def post(db: Session, held: Held, by: str, ids: Sequence[str], now: datetime) -> None:
    outbox.post(db, (letter(each, held, by, now) for each in ids), now)


def over(held: Held) -> datetime:
    """When a reminder is worth nothing any more."""
    return max(held.closes, held.ends)


def letter(member_id: str, held: Held, by: str, now: datetime) -> Post:
    return Post(
        key=f"activity:{held.id}:missing:{member_id}",
        to=member_id,
        kind="missing",
        say=Reply(
            text=text.please_check_in(held.title, held.starts),
            buttons=[button(words, Say(words=words)) for words in text.CHECK_IN_OR_LEAVE],
        ),
        cause=f"activity:{held.id}",
        due=now,
        until=over(held),
        org_id=held.org_id,
        author=by,
        author_may=Action.REMIND_MISSING,
    )
