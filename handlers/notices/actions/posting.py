"""The letters of a notice are written: recipients fixed in one piece, letters some hundreds at a
time, so that whoever checks in meanwhile does not wait. Killed at any point it goes on."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial

from bot.messages import Reply, Tap, button
from bot.permissions import Action
from handlers.notices.actions.addressing import may_order, others_who_may, recipients
from handlers.notices.text import publishing as text
from storage import broadcasts, members, organisation, outbox
from storage.broadcasts import Broadcast, Stage
from storage.database import Session
from storage.outbox import Post, Rank

AT_ONCE = 500
BULK_ABOVE = 500


class Ack(Tap, prefix="ack"):
    """«I have read it.»"""

    broadcast_id: int


class TakeOver(Tap, prefix="takeover"):
    """Somebody else orders the rest."""

    broadcast_id: int


def post_in_parts(db: Session, now: datetime) -> Iterator[Callable[[Session], object]]:
    """What may leave at `now`, as far as it is known by the preview; the rest a minute later."""
    for broadcast_id, count in broadcasts.going(db, now):
        row = db.get_one(Broadcast, broadcast_id)
        ids = recipients(db, row.org_id, row.audience, now) if row.stage == Stage.RELEASED else []
        yield partial(start, broadcast_id=broadcast_id, ids=ids, now=now)
        for _ in range(0, count + 1, AT_ONCE):
            yield partial(post_some, broadcast_id=broadcast_id, now=now)


def start(db: Session, broadcast_id: int, ids: Sequence[str], now: datetime) -> None:
    """Fix who gets it: all of `ids` at once, or none. They were looked up without holding up
    anybody."""
    row = broadcasts.locked(db, broadcast_id)
    if row is None or row.stage != Stage.RELEASED or row.goes_at is None or row.goes_at > now:
        return
    if not _author_may(db, row, now):
        return
    broadcasts.fix(db, row.id, ids)
    row.count, row.stage = len(ids), Stage.PREPARING
    broadcasts.save(db, row)


def post_some(db: Session, broadcast_id: int, now: datetime) -> None:
    """The next letters; the last ones complete it."""
    row = broadcasts.locked(db, broadcast_id)
    if row is None or row.stage != Stage.PREPARING or not _author_may(db, row, now):
        return
    ids = broadcasts.following(db, row.id, row.cursor, AT_ONCE)
    said = letter(db, row, now)
    outbox.post(db, (_post(row, each, said, now) for each in ids), now)
    if ids:
        row.cursor = ids[-1]
    if len(ids) < AT_ONCE:
        row.stage = Stage.COMPLETE
    broadcasts.save(db, row)


def letter(db: Session, row: Broadcast, now: datetime) -> Reply:
    """What its readers see."""
    sender = organisation.tree(db, now.date()).name(row.org_id)
    return Reply(
        text=text.letter(sender, row.text, urgent=row.urgent),
        buttons=[button(text.ACK, Ack(broadcast_id=row.id))] if row.receipt else [],
    )


def reword(db: Session, row: Broadcast, said: str, now: datetime) -> int:
    """Those that nobody has taken on yet, and those still to be written, say `said`; how many of
    the former."""
    row.text, row.revised = said, ""
    row.version += 1
    broadcasts.save(db, row)
    said_now = letter(db, row, now)
    return outbox.reword(db, broadcasts.cause(row.id), broadcasts.KIND, said_now)


def _post(row: Broadcast, member_id: str, said: Reply, now: datetime) -> Post:
    rank = Rank.URGENT if row.urgent else Rank.BULK if row.count > BULK_ABOVE else Rank.NORMAL
    return Post(
        key=f"broadcast:{row.id}:{member_id}",
        to=member_id,
        kind=broadcasts.KIND,
        say=said,
        cause=broadcasts.cause(row.id),
        due=row.goes_at or now,
        until=row.until,
        rank=rank,
        flow="" if row.urgent else f"notice:{row.org_id}",  # what is urgent waits for no other
        org_id=row.org_id,
        reader_may=Action.READ_NOTICES,
        author=row.author,
        author_may=Action.SEND_NOTICE,
    )


def _author_may(db: Session, row: Broadcast, now: datetime) -> bool:
    """Asked before each part; where not, it is held, and those who may take over are told."""
    author = members.speaker(db, row.author, organisation.tree(db, now.date()))
    if may_order(db, author, row, now):
        return True
    row.stage = Stage.HELD
    broadcasts.save(db, row)
    words = text.author_left(row.words, row.text)
    letters = [
        Post(
            key=f"held:{row.id}:{row.author}:{each}",
            to=each,
            kind="confirm",
            say=Reply(text=words, buttons=[button(text.TAKE_OVER, TakeOver(broadcast_id=row.id))]),
            cause=f"held:{row.id}",
            due=now,
            org_id=row.org_id,
            reader_may=Action.SEND_NOTICE,
        )
        for each in others_who_may(db, row, now)
    ]
    outbox.post(db, letters, now)
    return False
