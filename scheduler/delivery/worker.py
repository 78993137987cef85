"""One lane at work: claims ahead of its clock, and lets each call leave when its time has come."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from scheduler.delivery.books import Books
from scheduler.delivery.claiming import claim
from scheduler.delivery.parcels import Parcel
from scheduler.delivery.rules.after import Busy, Outcome, lane_after
from scheduler.delivery.settling import Result
from scheduler.delivery.speaking import Speaks, speak
from storage import claims
from storage.database import Database, Session
from storage.lanes import limits_of

log = logging.getLogger(__name__)

IN_FLIGHT = 64
"""Calls of one lane at once."""
WAITING_TO_LEAVE = 1_000
"""Calls that are claimed, and wait for their turn or their record."""
LOOK_AHEAD = 0.6
"""Seconds: claimed before the last one has left, so that the lane never stands still."""
RECORD_AHEAD = 0.25
"""Seconds before its turn, a call is put on record."""
FAST = 100.0
SLACK = {False: 0.01, True: 0.05}
"""Seconds that a call may leave too early after the one before, when we are late; more for a lane
that is faster than `FAST`, where a timer is as coarse as the pace."""
IDLE = 0.5
"""Seconds between two looks at an empty lane."""


@dataclass
class Worker:
    platform: Speaks
    database: Database
    books: Books
    owner: str
    moment: Callable[[Session], datetime]
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    stopping: bool = False
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _flying: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(IN_FLIGHT))
    _resting_until: float = 0.0
    _failures: int = 0
    _next: float = 0.0
    _gate: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def lane(self) -> str:
        return self.platform.name

    async def work(self) -> None:
        while not self.stopping:
            try:
                await self.turn()
            except Exception:
                log.exception("lane %s could not go on, and tries again", self.lane)
                await self.nap(1)
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def turn(self) -> None:
        if not await asyncio.to_thread(self._anything):
            return await self.nap(IDLE)
        begun = asyncio.get_running_loop().time()
        found = await self.database.run(
            lambda db: claim(db, self.moment(db), self.lane, self.owner)
        )
        for parcel in found.parcels:
            leaves = begun + ((parcel.leaves or found.now) - found.now).total_seconds()
            task = asyncio.ensure_future(self.carry(parcel, leaves))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        if found.parcels:
            return await self.keep_ahead(leaves)
        if found.paused_until:
            pause = (found.paused_until - found.now).total_seconds()
            return await self.nap(min(pause, 5))
        return None if found.more else await self.nap(IDLE)

    def _anything(self) -> bool:
        with self.database.reading() as db:
            return claims.waits(db, self.lane, self.moment(db))

    async def keep_ahead(self, leaves: float) -> None:
        loop = asyncio.get_running_loop()
        await asyncio.sleep(max(0.0, leaves - LOOK_AHEAD - loop.time()))
        while len(self._tasks) > WAITING_TO_LEAVE:
            await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)

    async def nap(self, seconds: float) -> None:
        """Until there is something new, at most so long."""
        self.wake.clear()
        try:
            async with asyncio.timeout(seconds):
                await self.wake.wait()
        except TimeoutError:
            pass

    async def carry(self, parcel: Parcel, leaves: float) -> None:
        """One call from claim to record."""
        loop = asyncio.get_running_loop()
        await asyncio.sleep(max(0.0, leaves - RECORD_AHEAD - loop.time()))
        if not self.may_go():
            return self.hold_back(parcel)
        on_record = loop.time()
        ours = await self.books.set_off(parcel)
        if ours is None or not ours.letters:
            return None
        await asyncio.sleep(max(0.0, leaves - loop.time()))
        async with self._flying:
            await self.keep_pace()
            # a process that was stopped meanwhile comes back when another may have taken over
            if not self.may_go() or loop.time() - on_record > self.patience:
                return self.hold_back(ours)
            outcomes = await speak(self.platform, ours)
        for outcome in outcomes.values():
            self.note(outcome)
            break
        return self.books.settle(Result(ours, outcomes))

    async def keep_pace(self) -> None:
        """Whatever held us up, what is late does not leave all at once."""
        loop, rate = asyncio.get_running_loop(), limits_of(self.lane).per_second
        async with self._gate:
            self._next = max(self._next, loop.time())
            await asyncio.sleep(max(0.0, self._next - loop.time() - SLACK[rate > FAST]))
            self._next += 1 / rate

    @property
    def patience(self) -> float:
        """Seconds between the record and its call: far below the lease."""
        return limits_of(self.lane).deadline.total_seconds()

    def may_go(self) -> bool:
        return not self.stopping and asyncio.get_running_loop().time() >= self._resting_until

    def hold_back(self, parcel: Parcel) -> None:
        """Nothing was sent: the platform asked us to wait, or we are about to stop."""
        wait = max(0.0, self._resting_until - asyncio.get_running_loop().time())
        not_now = Busy("held back", timedelta(seconds=wait))
        self.books.settle(Result(parcel, dict.fromkeys(parcel.users, not_now)))

    def note(self, outcome: Outcome) -> None:
        """What has been claimed already rests too, when the lane does."""
        then = lane_after([outcome], self._failures, 0.5)
        self._failures = then.failures
        until = asyncio.get_running_loop().time() + then.pause.total_seconds()
        if then.pause:
            self._resting_until = max(self._resting_until, until)
