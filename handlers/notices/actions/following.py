"""What became of a notice: who has got it, who has read it; changed, called back, taken over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.messages import Refusal
from handlers.notices.actions import posting, releasing, unsaying
from handlers.notices.actions.releasing import ordered
from handlers.notices.rules import wording
from handlers.notices.rules.counting import Counts, counted
from handlers.notices.text import following as text
from handlers.notices.text import publishing
from storage import audit, broadcasts, members, outbox
from storage.broadcasts import Broadcast, Stage
from storage.database import Session
from storage.members import Speaker


@dataclass(frozen=True)
class Status:
    row: Broadcast
    counts: Counts
    read: int
    unsaid: int
    """From whose phones it was taken back, or on which it was reworded."""
    unread: Mapping[str, str]
    """Member id to name, of those who got it and have not said so."""


@dataclass(frozen=True)
class Edited:
    told: int
    """Who has got other words, or is getting them."""
    not_yet: int
    """Who will get the new one."""
    changing: int
    """Of those who have the old one, on whose phones it is being changed now."""


@dataclass(frozen=True)
class EditAsked:
    """More than 500 readers: the second person is asked first."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Stopped:
    before: str
    """The stage it was in."""
    counts: Counts
    taking_back: int
    """From how many phones it is being taken back now."""


def status(db: Session, actor: Speaker, now: datetime, row: Broadcast) -> Status:
    read, silent = broadcasts.readers(db, row.id) if row.receipt else (0, [])
    names = members.names(db, silent)
    if names:
        audit.note(db, actor.id, "read_receipts", f"broadcast:{row.id}", now)
    taken = unsaying.taken_back(db, row)
    return Status(row, count(db, row), read, taken, dict(sorted(names.items())))


def count(db: Session, row: Broadcast) -> Counts:
    """Every recipient stands in exactly one place: read in one statement, while letters are being
    written and sent."""
    states = broadcasts.letters(db, row.id)
    to_come = 0 if row.stage == Stage.COMPLETE else max(0, row.count - sum(states.values()))
    return counted(states, to_come, going_on=row.stage != Stage.CANCELLED)


def edit(
    db: Session, actor: Speaker, now: datetime, broadcast_id: int, words: str, seen: int = 0
) -> Edited | EditAsked:
    """`seen` is the version that somebody looked at; 0: the one there is. `Refusal` where it has
    been changed since, or nothing is left that could change."""
    row = ordered(db, actor, now, broadcast_id)
    said = wording.tidy(words)
    if seen and row.version != seen:
        raise Refusal(_changed_meanwhile(db, row, said))
    if wording.is_classified(said):
        raise Refusal(publishing.CLASSIFIED)
    if len(said) > wording.LONGEST:
        raise Refusal(publishing.too_long(len(said), wording.LONGEST))
    if row.stage == Stage.CANCELLED:
        raise Refusal(text.CALLED_BACK)
    if said == (row.revised or row.text):
        raise Refusal(text.SAYS_SO_ALREADY)
    before = count(db, row)
    on_phones = unsaying.possible(db, row, now)
    if not (before.not_yet or on_phones):
        raise Refusal(text.nothing_to_change(before.told))
    audit.note(db, actor.id, "edit_notice", f"broadcast:{row.id}", now)
    row.changed_by, row.changed_at = actor.id, now
    if row.count > wording.SECOND_ABOVE:
        if row.stage in {Stage.SECOND, Stage.RELEASED}:
            row.text, row.stage, row.goes_at = said, Stage.SECOND, None
        else:
            row.revised = said
        row.version += 1
        return EditAsked(releasing.ask_second(db, actor, broadcasts.save(db, row), now))
    not_yet = before.to_come + posting.reword(db, row, said, now)
    changing = unsaying.begin(db, row, now, actor.id) if on_phones else 0
    return Edited(unsaying.with_other_words(db, row, now), not_yet, changing)


def _changed_meanwhile(db: Session, row: Broadcast, said: str) -> str:
    """Both texts, so that nothing that was written is lost."""
    name = members.name_of(db, row.changed_by)
    return text.changed_meanwhile(name, row.changed_at, row.revised or row.text, said)


def stop(db: Session, actor: Speaker, now: datetime, broadcast_id: int) -> Stopped:
    """What has not left stays. The numbers are those of after."""
    row = ordered(db, actor, now, broadcast_id)
    before = row.stage
    if before != Stage.CANCELLED:
        outbox.cancel(db, unsaying.of(row), "recalled", now)
        row.stage, row.ended_at, row.revised = Stage.CANCELLED, now, ""
        row.version += 1
        broadcasts.save(db, row)
        outbox.cancel(db, broadcasts.cause(row.id), "recalled", now)
        outbox.cancel(db, f"second:{row.id}", "recalled", now)
        outbox.cancel(db, f"receipt:{row.id}", "recalled", now)
        audit.note(db, actor.id, "recall_notice", f"broadcast:{row.id}", now)
    counts = count(db, row)
    back = before != Stage.CANCELLED and (counts.sending or unsaying.possible(db, row, now))
    return Stopped(before, counts, unsaying.begin(db, row, now, actor.id) if back else 0)


def take_over(db: Session, actor: Speaker, now: datetime, broadcast_id: int) -> Status:
    """Its author has left the post: `actor` orders what is left of it."""
    row = ordered(db, actor, now, broadcast_id)
    waits = broadcasts.letters(db, row.id)
    if row.stage == Stage.HELD or outbox.State.HELD in waits:
        row.author = actor.id
        if row.stage == Stage.HELD:
            fixed = broadcasts.remaining(db, row.id, "") > 0
            row.stage = Stage.PREPARING if fixed else Stage.RELEASED
        broadcasts.take_over(db, row.id, actor.id)
        broadcasts.save(db, row)
        audit.note(db, actor.id, "take_over_notice", f"broadcast:{row.id}", now)
    return status(db, actor, now, row)


def acknowledge(db: Session, member: Speaker, now: datetime, broadcast_id: int) -> Broadcast:
    """Once or ten times: the first counts. `Refusal` for a notice to others."""
    row = db.get(Broadcast, broadcast_id)
    if row is None or not broadcasts.is_recipient(db, broadcast_id, member.id):
        raise Refusal(text.NOT_FOR_YOU)
    if broadcasts.read(db, broadcast_id, member.id, now):
        key = f"broadcast:{broadcast_id}:again:{member.id}"
        outbox.cancel_keys(db, [key], "confirmed", now)
    return row
