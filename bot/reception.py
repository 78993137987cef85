"""Between the platforms and the writer: how many may wait, for how long, and how fast one writes.

A platform that has waited too long asks again or shows an error of its own, so after the deadline
it is told nothing, and the answer follows later.
"""

import asyncio
import logging
from datetime import datetime, timedelta
from enum import Enum

from bot import clock, text
from bot.messages import Address, Busy, Incoming, MessageKey, Reply
from storage import accounts, inbox, outbox
from storage.database import Database, Session
from storage.outbox import Post, Rank
from storage.writer import Writer

log = logging.getLogger(__name__)

DEADLINE = 4.0
"""Seconds. WeChat and WeCom wait five; the rest is for the way back."""
ROOM = 10_000
"""Messages that may wait. A city at 8:30 is a third more, but they are answered 5,000 a second."""
BURST = 30
"""Messages one sender may send within a `BURST_SPAN`: nobody types as fast, a script does."""
BURST_SPAN = timedelta(seconds=10)
LATE_FOR = timedelta(hours=1)
"""How long an answer is still one; after that it is said only at the next contact."""
EACH = BURST_SPAN.total_seconds() / BURST
ENOUGH = BURST_SPAN.total_seconds() - EACH / 2
HINT_SPAN = timedelta(minutes=1)


class Reception:
    """Takes messages in, and answers each when what the answer promises is on disk."""

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
        """The `Ask` that platforms are given."""
        pace = self._pace.of(incoming.sender, incoming.at)
        if pace is not Verdict.TAKE:
            return Reply(text=text.SLOW_DOWN) if pace is Verdict.HINT else None
        if self._writer.waiting >= self._room:
            raise Busy
        answer = self._writer.ask(incoming)
        if await in_time(answer, self._deadline):
            return self._answered(incoming, answer)
        self._follow_up(incoming, answer)
        return None

    def _answered(self, incoming: Incoming, answer: asyncio.Future[Reply]) -> Reply:
        try:
            reply = answer.result()
        except Exception as error:
            log.error("a message was not taken: %r", error)
            raise Busy from error
        if incoming.key in self._overdue:
            self._overdue[incoming.key] = True
        return reply

    def _follow_up(self, incoming: Incoming, answer: asyncio.Future[Reply]) -> None:
        self._overdue.setdefault(incoming.key, False)
        task = asyncio.ensure_future(self._keep_late(incoming, answer))
        self._late.add(task)
        task.add_done_callback(self._late.discard)

    async def _keep_late(self, incoming: Incoming, answer: asyncio.Future[Reply]) -> None:
        reply = await answer
        log.warning("message %s was answered late", incoming.id)
        await self._database.run(lambda db: follow_up(db, incoming, reply))
        if self._overdue.pop(incoming.key, False):
            await self._database.run(lambda db: inbox.was_heard(db, incoming.key, clock.now()))

    async def close(self) -> None:
        """Answer what waits, then stop."""
        await asyncio.to_thread(self._writer.close)
        await asyncio.gather(*self._late, return_exceptions=True)


def follow_up(db: Session, incoming: Incoming, reply: Reply) -> None:
    """By a letter to where it was asked; or at the next contact, whichever comes first."""
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
    """Whether it is there before so long. What `asyncio.wait` does, for one, at half the cost."""
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
    TAKE = "take"
    HINT = "hint"
    DROP = "drop"


class Pace:
    """Who writes faster than a person can, in this process."""

    def __init__(self, people: int = 1_000) -> None:
        self._until: dict[int, float] = {}
        """By a sender's hash, until when they have written enough, each message a little later:
        one number a person, forgotten when that is over: 13,000 may write within a minute."""
        self._hinted: dict[int, float] = {}
        self._people = self._room = people

    def of(self, sender: Address, at: datetime) -> Verdict:
        """Above the pace a hint once a minute, and otherwise nothing."""
        who, now = hash(sender), at.timestamp()
        until = max(self._until.pop(who, now), now)
        if until - now > ENOUGH:
            self._until[who] = until
            return self._beyond(who, now)
        self._until[who] = until + EACH
        if len(self._until) > self._room:
            self._until = {each: at for each, at in self._until.items() if at > now}
            self._room = max(self._people, 2 * len(self._until))
        return Verdict.TAKE

    def _beyond(self, who: int, now: float) -> Verdict:
        if now - self._hinted.get(who, 0.0) < HINT_SPAN.total_seconds():
            return Verdict.DROP
        self._hinted = {each: at for each, at in self._hinted.items() if now - at < 60}
        self._hinted[who] = now
        return Verdict.HINT
