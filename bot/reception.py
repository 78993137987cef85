"""Between the platforms and the writer: how many messages may wait, how long a platform waits for
an answer, and how fast one sender may write.

A platform that has waited too long delivers the message again or shows an error of its own. So
after `DEADLINE` it is answered with nothing, and the real answer follows as a letter.
"""

import asyncio
import logging
from collections.abc import Coroutine
from datetime import datetime, timedelta
from enum import Enum

from bot import clock, text
from bot.messages import Address, Busy, Incoming, Kind, MessageKey, Reply
from storage import accounts, inbox, outbox
from storage.database import Database, Session
from storage.outbox import Post, Rank
from storage.writer import Writer

log = logging.getLogger(__name__)

DEADLINE = 4.0
"""Seconds. WeChat and WeCom wait five; the rest is for the way back."""
ROOM = 10_000
"""Messages that may wait; what comes beyond is `Busy`. A city of 13,000 at 8:30 does not reach it:
they are answered 5,000 a second."""
BURST = 30
"""Messages that one sender may send within a `BURST_SPAN`: nobody types as fast, a script does."""
BURST_SPAN = timedelta(seconds=10)
LATE_FOR = timedelta(hours=1)
"""How long after the question a letter may still bring its answer; later it is said only when they
write again."""
EACH = BURST_SPAN.total_seconds() / BURST
"""Seconds that one message uses up of a `BURST_SPAN`."""
ENOUGH = BURST_SPAN.total_seconds() - EACH / 2
"""Seconds used up, from which on a sender is too fast. Half a message less than the whole span, or
rounding would let one more through."""
HINT_SPAN = timedelta(minutes=1)
"""A sender who is too fast is told so once in this time."""


class Reception:
    """Hands messages to the writer, and each answer back once what it promises is on disk."""

    def __init__(
        self,
        writer: Writer[Incoming, Reply],
        database: Database,
        *,
        deadline: float = DEADLINE,
        room: int = ROOM,
    ) -> None:
        self._writer, self._database = writer, database
        self._deadline, self._room = deadline, room
        self._pace = Pace()
        self._late: set[asyncio.Task[None]] = set()
        self._overdue: dict[MessageKey, bool] = {}
        """Messages that were not answered in time, and whether a later delivery of one was."""

    async def ask(self, incoming: Incoming) -> Reply | None:
        """The `Ask` that platforms are given: the answer, or None where nothing is to be said now,
        because the sender writes too fast or the answer was not ready in time and follows later.
        `Busy` where the message was not taken, so that the platform delivers it again."""
        pace = self._pace.of(incoming.sender, incoming.at)
        if pace is not Verdict.TAKE:
            return Reply(text=text.SLOW_DOWN) if pace is Verdict.HINT else None
        if self._writer.waiting >= self._room:
            raise Busy
        again = incoming.key in self._overdue
        answer = self._writer.ask(incoming)
        if await in_time(answer, self._deadline):
            reply = taken(answer)
            if again:
                self._answered_after_all(incoming.key)
            return reply
        if incoming.kind is not Kind.NEWS:
            self._overdue.setdefault(incoming.key, False)
            self._go_on(self._keep_late(incoming, answer))
        return None

    def _answered_after_all(self, key: MessageKey) -> None:
        """By a later delivery, whether the letter about it is being written or stands already."""
        if key in self._overdue:
            self._overdue[key] = True
        else:
            self._go_on(self._owe_no_longer(key))

    def _go_on(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.ensure_future(work)
        self._late.add(task)
        task.add_done_callback(self._late.discard)

    async def _keep_late(self, incoming: Incoming, answer: asyncio.Future[Reply]) -> None:
        reply = await answer
        log.warning("message %s was answered late", incoming.id)
        await self._database.run(lambda db: follow_up(db, incoming, reply))
        if self._overdue.pop(incoming.key, False):
            await self._owe_no_longer(incoming.key)

    async def _owe_no_longer(self, key: MessageKey) -> None:
        await self._database.run(lambda db: inbox.was_heard(db, key, clock.now()))

    async def close(self) -> None:
        """Returns when everything that was taken has been answered, by letter if need be."""
        await asyncio.to_thread(self._writer.close)
        await asyncio.gather(*self._late, return_exceptions=True)


def taken(answer: asyncio.Future[Reply]) -> Reply:
    """What was promised; `Busy` where nothing was, so that the platform delivers it again."""
    try:
        return answer.result()
    except Exception as error:
        log.error("a message was not taken: %r", error)
        raise Busy from error


def follow_up(db: Session, incoming: Incoming, reply: Reply) -> None:
    """An answer that was late: written both as a letter to the account that asked and as a note for
    when it next writes. Whichever is said first removes the other."""
    key = inbox.was_late(db, incoming, reply)
    account = accounts.one(db, incoming.sender)
    if account is None:
        return
    late = Reply(text=text.late(reply.to_keep.text), buttons=reply.to_keep.buttons)
    post = Post(
        key=key,
        to=account.member_id,
        kind="late",
        say=late,
        cause=f"message:{incoming.id}",
        due=incoming.at,
        until=incoming.at + LATE_FOR,
        rank=Rank.OWN,
        at=incoming.sender,
    )
    outbox.post(db, [post], clock.now())


async def in_time(answer: asyncio.Future[Reply], seconds: float) -> bool:
    """Whether `answer` is done within `seconds`; it is never cancelled. What `asyncio.wait` does
    with a timeout, at half the cost for a single future."""
    loop = asyncio.get_running_loop()
    waiting: asyncio.Future[None] = loop.create_future()

    def wake(_: object = None) -> None:
        if not waiting.done():
            waiting.set_result(None)

    timer = loop.call_later(seconds, wake)
    answer.add_done_callback(wake)
    try:
        await waiting
    finally:
        timer.cancel()
        answer.remove_done_callback(wake)
    return answer.done()


class Verdict(Enum):
    """What becomes of a message."""

    TAKE = "take"
    HINT = "hint"
    """Too fast: not taken, and told so."""
    DROP = "drop"
    """Too fast: not taken, and nothing is said; they were told less than a minute ago."""


class Pace:
    """Recognises senders who write faster than a person can: more than `BURST` messages within a
    `BURST_SPAN`. Kept in this process only."""

    def __init__(self, people: int = 1_000) -> None:
        self._until: dict[int, float] = {}
        """Hash of a sender to the second (since 1970) until which their messages so far fill the
        time, `EACH` for every one. One number for a person, because 13,000 may write within a
        minute; those in the past are forgotten when there are more than `_room`."""
        self._hinted: dict[int, float] = {}
        """Hash of a sender to when they were last told that they are too fast."""
        self._people = self._room = people

    def of(self, sender: Address, at: datetime) -> Verdict:
        """Counts the message of `sender` that was said `at`."""
        who, now = hash(sender), at.timestamp()
        until = max(self._until.pop(who, now), now)
        if until - now > ENOUGH:
            self._until[who] = until
            return self._too_fast(who, now)
        self._until[who] = until + EACH
        if len(self._until) > self._room:
            self._until = {each: at for each, at in self._until.items() if at > now}
            self._room = max(self._people, 2 * len(self._until))
        return Verdict.TAKE

    def _too_fast(self, who: int, now: float) -> Verdict:
        if now - self._hinted.get(who, 0.0) < HINT_SPAN.total_seconds():
            return Verdict.DROP
        self._hinted = {each: at for each, at in self._hinted.items() if now - at < 60}
        self._hinted[who] = now
        return Verdict.HINT
