"""One lane at work: it claims ahead of its clock, puts on record what is about to leave, and lets
each call leave when its time has come.

Three loops hand letters on to each other, so that a letter costs one timer and one task, and one
unit of work serves many.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from scheduler.delivery.books import Books
from scheduler.delivery.claiming import claim
from scheduler.delivery.parcels import Parcel
from scheduler.delivery.rules.after import Busy, Outcome, lane_after
from scheduler.delivery.rules.pace import FAST, TICK, Departure, Pace, tick
from scheduler.delivery.settling import Result
from scheduler.delivery.speaking import Speaks, speak
from storage import claims
from storage.database import Database, Session
from storage.lanes import limits_of

log = logging.getLogger(__name__)

IN_FLIGHT = 64
"""Calls of one lane at once."""
WAITING_TO_LEAVE = 3_000
"""Calls that are claimed, and wait for their turn or their record."""
LOOK_AHEAD = 0.9
"""Seconds: claimed before the last one has left, so that the lane never stands still."""
ON_RECORD = {False: 0.15, True: 0.25}
"""Seconds before its turn, at the latest, a call is put on record."""
TOGETHER = {False: 1.01 * TICK[False], True: 0.05}
"""Seconds whose calls are put on record with it, and with them what has ended since: of a lane
that is not `FAST` those of two ticks, half a second. A crash makes uncertain what left, or was
about to, since the record before the last."""
FINEST = 0.001
"""Seconds: no timer is finer."""
IDLE = 0.5
"""Seconds between two looks at an empty lane."""


class Leaves(NamedTuple):
    at: float
    """By the loop's clock."""
    parcel: Parcel


class OnRecord(NamedTuple):
    leaving: Sequence[Leaves]
    since: float
    ours: "asyncio.Future[Sequence[Parcel]]"
    """What of each is still ours; without any letters where none is."""


@dataclass
class Worker:
    """The lane of one platform account in this process."""

    platform: Speaks
    database: Database
    books: Books
    owner: str
    moment: Callable[[Session], datetime]
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _claimed: "asyncio.Queue[Sequence[Leaves]]" = field(default_factory=asyncio.Queue)
    _recorded: "asyncio.Queue[OnRecord | None]" = field(default_factory=asyncio.Queue)
    _calls: set[asyncio.Task[None]] = field(default_factory=set)
    _more: bool = False
    _open: int = 0
    """Calls that were claimed and have not ended."""
    _flying: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(IN_FLIGHT))
    _resting_until: float = 0.0
    _failures: int = 0

    def __post_init__(self) -> None:
        limits = limits_of(self.lane)
        self._pace, self._fast = Pace(limits.per_second), limits.per_second > FAST
        self._patience = limits.deadline.total_seconds()
        """Seconds between the record and its call: far below the lease."""

    @property
    def lane(self) -> str:
        return self.platform.name

    @property
    def stopping(self) -> bool:
        return self._stop.is_set()

    @property
    def busy(self) -> bool:
        """There was more to claim than it could take."""
        return self._more

    def stop(self) -> None:
        self._stop.set()
        self.wake.set()

    async def work(self) -> None:
        """Until `stopping`; what is in the air comes to its end."""
        handing_on = asyncio.gather(self.record_all(), self.send_all())
        while not self.stopping:
            try:
                await self.turn()
            except Exception:
                log.exception("lane %s could not go on, and tries again", self.lane)
                await self.nap(1)
        self._claimed.put_nowait(())
        await handing_on
        await asyncio.gather(*self._calls, return_exceptions=True)

    async def turn(self) -> None:
        """Claim once, and hand on what was claimed; then wait until it is time to claim again."""
        if not self._more and not await asyncio.to_thread(self._anything):
            return await self.nap(IDLE)
        begun = asyncio.get_running_loop().time()
        found = await self.database.run(
            lambda db: claim(db, self.moment(db), self.lane, self.owner)
        )
        self._more = found.more
        if found.parcels:
            turns = [((p.leaves or found.now) - found.now).total_seconds() for p in found.parcels]
            leaving = [
                Leaves(tick(begun + turn, self._fast), each)
                for turn, each in zip(turns, found.parcels, strict=True)
            ]
            self._open += len(leaving)
            self._claimed.put_nowait(leaving)
            return await self.keep_ahead(leaving[-1].at)
        if found.paused_until:
            pause = (found.paused_until - found.now).total_seconds()
            return await self.nap(min(pause, 5))
        return None if found.more else await self.nap(IDLE)

    def _anything(self) -> bool:
        with self.database.reading() as db:
            return claims.waits(db, self.lane, self.moment(db))

    async def keep_ahead(self, leaves: float) -> None:
        await self.until(leaves - LOOK_AHEAD)
        while self._open > WAITING_TO_LEAVE and not self.stopping:  # noqa: ASYNC110 rare
            await asyncio.sleep(FINEST)

    async def nap(self, seconds: float) -> None:
        """Until there is something new, at most so long."""
        self.wake.clear()
        try:
            async with asyncio.timeout(seconds):
                await self.wake.wait()
        except TimeoutError:
            pass

    async def until(self, at: float) -> None:
        """Or until we are to stop."""
        if self.stopping or at <= asyncio.get_running_loop().time():
            return
        with suppress(TimeoutError):
            async with asyncio.timeout_at(at):
                await self._stop.wait()

    async def record_all(self) -> None:
        """Ends with an empty claim."""
        loop, left = asyncio.get_running_loop(), list[Leaves]()
        while claimed := await self._claimed.get():
            left = sorted([*left, *claimed], key=lambda each: each.at)
            while left and self._claimed.empty():
                await self.until(left[0].at - ON_RECORD[self._fast])
                now = loop.time()
                ahead = max(left[0].at, now + ON_RECORD[self._fast]) + TOGETHER[self._fast]
                soon = [each for each in left if self.stopping or each.at <= ahead]
                del left[: len(soon)]
                self.put_on_record(soon, now)
        self.put_on_record(left, loop.time())
        self._recorded.put_nowait(None)

    def put_on_record(self, soon: Sequence[Leaves], now: float) -> None:
        if self.may_go():
            ours = self.books.set_off([each.parcel for each in soon])
            self._recorded.put_nowait(OnRecord(soon, now, ours))
            return
        for each in soon:
            self.hold_back(each.parcel)

    async def send_all(self) -> None:
        while batch := await self._recorded.get():
            ours = await batch.ours
            turns = [each.at for each in batch.leaving]
            for at, due in groupby(zip(turns, ours, strict=True), itemgetter(0)):
                still_ours = [parcel for _, parcel in due if parcel.letters]
                await self.until(max(at, self._pace.not_before(len(still_ours))))
                for parcel in still_ours:
                    await self.send(parcel, batch.since)
            self._open -= sum(not parcel.letters for parcel in ours)

    async def send(self, parcel: Parcel, on_record: float) -> None:
        """Begins the call; whatever held us up, what is late does not leave all at once."""
        await self._flying.acquire()
        await self.until(self._pace.not_before())
        now = asyncio.get_running_loop().time()
        # a process that was stopped meanwhile comes back when another may have taken over
        if not self.may_go() or now - on_record > self._patience:
            self._flying.release()
            return self.hold_back(parcel)
        call = asyncio.ensure_future(self.call(parcel, self._pace.leaves(now)))
        self._calls.add(call)
        return call.add_done_callback(self._calls.discard)

    async def call(self, parcel: Parcel, departure: Departure) -> None:
        departure.at = asyncio.get_running_loop().time()
        try:
            outcomes = await speak(self.platform, parcel)
        finally:
            self._flying.release()
            self._open -= 1
        self.note(next(iter(outcomes.values())))
        self.books.settle(Result(parcel, outcomes), last=not self._open)

    def may_go(self) -> bool:
        return not self.stopping and asyncio.get_running_loop().time() >= self._resting_until

    def hold_back(self, parcel: Parcel) -> None:
        """Nothing was sent: the platform asked us to wait, or we are about to stop."""
        self._open -= 1
        wait = max(0.0, self._resting_until - asyncio.get_running_loop().time())
        not_now = Busy("held back", timedelta(seconds=wait))
        result = Result(parcel, dict.fromkeys(parcel.users, not_now))
        self.books.settle(result, last=not self._open)

    def note(self, outcome: Outcome) -> None:
        """What has been claimed already rests too, when the lane does."""
        then = lane_after([outcome], self._failures, 0.5)
        self._failures = then.failures
        until = asyncio.get_running_loop().time() + then.pause.total_seconds()
        if then.pause:
            self._resting_until = max(self._resting_until, until)
