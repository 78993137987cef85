"""What is on phones already is taken back or reworded, where the platform can: some hundreds at a
time, each once; whoever wanted it is told when it is done."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from bot.messages import Address, Reply
from handlers.notices.actions.posting import letter
from handlers.notices.text import following as text
from storage import broadcasts, lanes, outbox, unsaid
from storage.broadcasts import KIND, Broadcast, Stage, cause
from storage.database import Session
from storage.outbox import Post, Rank, State, body_of

AT_ONCE = 500
OPEN = frozenset({State.WAITING, State.SENDING, State.HELD})


def begin(db: Session, row: Broadcast, now: datetime, by: str) -> int:
    """On how many phones it is tried at once; the rest follows by the clock. What an earlier change
    has not done yet is not done any more; what it is just doing comes to its end first."""
    outbox.cancel(db, of(row), "edited", now)
    row.unsay_by, row.unsay_version = by, row.version
    broadcasts.save(db, row)
    return post_some(db, row, now)


def in_parts(db: Session, now: datetime) -> Iterator[Callable[[Session], object]]:
    for broadcast_id in broadcasts.unsaying(db):
        yield partial(go_on, broadcast_id=broadcast_id, now=now)


def go_on(db: Session, broadcast_id: int, now: datetime) -> None:
    """The next ones, among them those that were just leaving; or else the news that it is done."""
    row = broadcasts.locked(db, broadcast_id)
    if row is None or not row.unsay_by or post_some(db, row, now):
        return
    states = broadcasts.letters(db, row.id)
    done = outbox.counts(db, of(row))
    if State.SENDING in states or done.keys() & OPEN:
        return
    changed, not_changed = done.get(State.SENT, 0), with_other_words(db, row, now)
    say = text.taken_back if row.stage == Stage.CANCELLED else text.reworded
    if changed or not_changed:
        outbox.post(db, [_news(row, say(changed, not_changed), now)], now)
    row.unsay_by = ""
    broadcasts.save(db, row)


def post_some(db: Session, row: Broadcast, now: datetime) -> int:
    say = said_now(db, row, now)
    posts = [
        Post(
            key=f"{of(row)}:{each.id}",
            to=each.to,
            kind="unsay",
            say=say,
            cause=of(row),
            due=now,
            rank=Rank.URGENT,  # nobody hears it
            flow=f"unsay:{row.id}",
            unsays=each.receipt,
            at=Address(each.lane, each.user),
        )
        for each in shown(db, row, now, AT_ONCE, body_of(say), of(row))
    ]
    return outbox.post(db, posts, now)


def possible(db: Session, row: Broadcast, now: datetime) -> bool:
    """Whether it is on any phone where it can still be changed."""
    return bool(shown(db, row, now, 1))


def with_other_words(db: Session, row: Broadcast, now: datetime) -> int:
    """How many have it on their phones in other words than it has now, as far as we know."""
    but = body_of(said_now(db, row, now))
    return unsaid.otherwise(db, cause(row.id), KIND, of(row), but)


def said_now(db: Session, row: Broadcast, now: datetime) -> Reply:
    """Nothing, once it is called back."""
    return Reply(text="") if row.stage == Stage.CANCELLED else letter(db, row, now)


def shown(
    db: Session, row: Broadcast, now: datetime, at_most: int, but: str = "", by: str = ""
) -> Sequence[Any]:
    """What is on phones where it can be taken back, or for a notice that goes on, reworded."""
    since = {
        name: now - long
        for name, limits in lanes.LIMITS.items()
        if (long := limits.unsays if row.stage == Stage.CANCELLED else limits.rewords)
    }
    return unsaid.shown(db, cause(row.id), KIND, by, since, at_most, but=but)


def taken_back(db: Session, row: Broadcast) -> int:
    """From how many phones, or on how many it was reworded."""
    return outbox.counts(db, of(row)).get(State.SENT, 0)


def of(row: Broadcast) -> str:
    """The cause of its letters: a later change is another."""
    return f"unsay:{row.id}:{row.unsay_version}"


def _news(row: Broadcast, words: str, now: datetime) -> Post:
    return Post(
        key=f"{of(row)}:done",
        to=row.unsay_by,
        kind="confirm",
        say=Reply(text=words),
        cause=f"unsaid:{row.id}",
        due=now,
        rank=Rank.OWN,
    )
