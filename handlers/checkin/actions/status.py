"""Who is there and who is not, for those who look after an activity."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.messages import Reply, Say, button
from bot.permissions import Action
from handlers.checkin.actions.allowing import entrusted
from handlers.checkin.rules.sums import Sums, add_up
from handlers.checkin.text import status as text
from storage import attendance, audit, members, outbox, reach, reminders
from storage.activities import Held
from storage.attendance import Attendance
from storage.database import Session
from storage.members import Speaker
from storage.outbox import Post


@dataclass(frozen=True)
class Status:
    held: Held
    sums: Sums[str]
    missing: Mapping[str, str]
    """Member id to name."""
    reminded: bool


@dataclass(frozen=True)
class Reminded:
    title: str
    count: int
    before: datetime | None
    """When it was asked for already."""
    unreached: int = 0
    """How many of them cannot be reached."""


def status(db: Session, actor: Speaker, now: datetime, activity_id: int) -> Status:
    """Numbers and names; that names were read is put on record."""
    held = entrusted(db, actor, Action.SEE_ATTENDANCE, activity_id, now)
    sums = summed(db, held)
    missing = in_order(members.names(db, sorted(sums.missing)))
    audit.note(db, actor.id, "read_attendance", f"activity:{held.id}", now)
    return Status(held, sums, missing, reminders.of(db, held.id) is not None)


def summed(db: Session, held: Held) -> Sums[str]:
    states = {each.member_id: each.state for each in recorded(db, held)}
    return add_up(attendance.expected(db, held), states, attendance.exempt(db))


def recorded(db: Session, held: Held) -> list[Attendance]:
    return list(attendance.records(db, held.id))


def in_order(names: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(names.items()))


def remind(db: Session, actor: Speaker, now: datetime, activity_id: int) -> Reminded:
    """Once for each activity, by a letter to each."""
    held = entrusted(db, actor, Action.REMIND_MISSING, activity_id, now)
    missing = sorted(summed(db, held).missing)
    if earlier := reminders.of(db, held.id):
        return Reminded(held.title, len(missing), earlier.asked_at)
    if not missing:
        return Reminded(held.title, 0, None)
    reminders.ask(db, held.id, actor.id, now)
    outbox.post(db, [reminding(each, held, actor, now) for each in missing], now)
    audit.note(db, actor.id, "remind_missing", f"activity:{held.id}", now, str(len(missing)))
    unreached = len(reach.unreachable(db, missing, now))
    return Reminded(held.title, len(missing), None, unreached)


def reminding(member_id: str, held: Held, actor: Speaker, now: datetime) -> Post:
    """Worth nothing once the activity is over."""
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
        until=max(held.closes, held.ends),
        org_id=held.org_id,
        author=actor.id,
        author_may=Action.REMIND_MISSING,
    )
