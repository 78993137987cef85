"""Those who have not confirmed a notice are reminded, once: at once where they are few, else some
hundreds at a time by the clock, so that whoever checks in meanwhile does not wait."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial

from bot.messages import Reply, button
from bot.parts import parts
from bot.permissions import Action
from handlers.notices.actions.posting import AT_ONCE, Ack
from handlers.notices.actions.releasing import ordered
from handlers.notices.text import following as text
from handlers.notices.text import publishing
from storage import attendance, audit, broadcasts, outbox
from storage.broadcasts import Broadcast, Stage
from storage.database import Session
from storage.members import Speaker
from storage.outbox import Post

FEW = 100


def remind(db: Session, actor: Speaker, now: datetime, broadcast_id: int) -> tuple[int, bool]:
    """How many are, and whether it had been done before."""
    row = ordered(db, actor, now, broadcast_id)
    silent = not_confirmed(db, row.id)
    if row.reminded_at:
        return len(silent), True
    row.reminded_at, row.reminding = now, len(silent) > FEW
    broadcasts.save(db, row)
    if not row.reminding:
        post(db, row, silent, now)
    audit.note(db, actor.id, "remind_unread", f"broadcast:{row.id}", now, str(len(silent)))
    return len(silent), False


def in_parts(db: Session, now: datetime) -> Iterator[Callable[[Session], object]]:
    """Killed at any point it goes on: who has a letter gets no second one, by its key."""
    for broadcast_id in broadcasts.reminding(db):
        for ids in parts(not_confirmed(db, broadcast_id), AT_ONCE):
            yield partial(post_some, broadcast_id=broadcast_id, ids=ids, now=now)
        yield partial(end, broadcast_id=broadcast_id)


def not_confirmed(db: Session, broadcast_id: int) -> list[str]:
    """But for those who are never chased."""
    spared = attendance.exempt(db)
    return [each for each in broadcasts.unread(db, broadcast_id) if each not in spared]


def post_some(db: Session, broadcast_id: int, ids: Sequence[str], now: datetime) -> None:
    """Whoever has confirmed meanwhile is left out; so are all, once it is called back."""
    row = broadcasts.locked(db, broadcast_id)
    if row is None or row.stage == Stage.CANCELLED:
        return
    silent = set(broadcasts.unread(db, broadcast_id))
    post(db, row, [each for each in ids if each in silent], now)


def end(db: Session, broadcast_id: int) -> None:
    row = broadcasts.locked(db, broadcast_id)
    if row is not None:
        row.reminding = False
        broadcasts.save(db, row)


def post(db: Session, row: Broadcast, ids: Sequence[str], now: datetime) -> None:
    said = Reply(
        text=text.remind_letter(row.text),
        buttons=[button(publishing.ACK, Ack(broadcast_id=row.id))],
    )
    outbox.post(db, (letter(row, each, said, now) for each in ids), now)


def letter(row: Broadcast, member_id: str, said: Reply, now: datetime) -> Post:
    return Post(
        key=f"broadcast:{row.id}:again:{member_id}",
        to=member_id,
        kind="receipt",
        say=said,
        cause=f"receipt:{row.id}",
        due=now,
        until=row.until,
        org_id=row.org_id,
        reader_may=Action.READ_NOTICES,
        author=row.author,
        author_may=Action.SEND_NOTICE,
    )
