"""APScheduler around `runs.strike`: every five seconds, and nothing else of it is used. What is
due is rows, so a tick may be lost, come late, or be had by two processes at once."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic
from uuid import uuid4

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.exc import DBAPIError

from scheduler import runs
from scheduler.runs import Job
from storage import alerts, leases
from storage.database import Database

log = logging.getLogger(__name__)
EVERY = 5
"""Seconds between two ticks."""
LEASE = timedelta(seconds=10)
"""A leader that is heard of no more is followed with somebody's next tick: 15 s at the most."""
DEAD = timedelta(seconds=30)
"""A tick that has not come round for so long is dead: ours is started anew, another's is told."""
SKEW = timedelta(seconds=60)
PATIENCE = 15
"""Seconds: a round that is under way comes to its end before we stop."""
LEADER = TICK = "clock"


@dataclass
class Ticker:
    """The clock of one process."""

    database: Database
    timetable: Sequence[Job]
    here: Callable[[], datetime]
    """This machine's clock. Only compared: what counts is the database's."""
    owner: str = field(default_factory=lambda: uuid4().hex)
    _last: float = field(default_factory=monotonic)
    _watching: "asyncio.Task[None] | None" = None
    _scheduler: AsyncIOScheduler | None = None
    _ticking: "asyncio.Future[None] | None" = None

    def start(self) -> None:
        """Within the running event loop."""
        self._begin()
        self._watching = asyncio.ensure_future(self._watch())

    async def stop(self) -> None:
        if self._watching:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)
        self._end()
        if self._ticking:
            await asyncio.wait({self._ticking}, timeout=PATIENCE)
        await asyncio.to_thread(self._give_back)

    def tick(self) -> None:
        """One round: say that we live, lead if nobody does, do what is due if we lead."""
        leads, now = self._take_part()
        if leads:
            runs.strike(self.database, self.timetable, now, self.owner, self._alive)
        self._last = monotonic()

    def _alive(self) -> None:
        """In the middle of a long round: nobody need follow us, and nobody miss us."""
        if monotonic() - self._last > EVERY:
            with self.database.unit_of_work() as db:
                leases.beat(db, TICK, self.owner)
                leases.take(db, LEADER, self.owner, LEASE)
            self._last = monotonic()

    def _take_part(self) -> tuple[bool, datetime]:
        with self.database.unit_of_work() as db:
            leases.beat(db, TICK, self.owner)
            leads = leases.take(db, LEADER, self.owner, LEASE)
            now, here = leases.database_time(db), self.here()
            if abs(now - here) > SKEW:
                apart = round((here - now).total_seconds())
                alerts.raise_(db, f"clock_skew:{self.owner}", "clock_skew", f"{apart} s", now)
            else:
                alerts.over(db, f"clock_skew:{self.owner}", now)
            for owner, at in leases.silent(db, TICK, DEAD):
                if leases.stopped(db, TICK, owner):
                    alerts.raise_(db, f"tick:{owner}", "tick_silent", f"{at:%H:%M:%S}", now)
        return leads, now

    def _begin(self) -> None:
        self._last = monotonic()
        self._scheduler = AsyncIOScheduler()
        self._scheduler.add_job(
            self._tick_apart,
            "interval",
            seconds=EVERY,
            next_run_time=self.here(),
            coalesce=True,
            misfire_grace_time=None,
            max_instances=1,
        )
        self._scheduler.start()

    def _end(self) -> None:
        if self._scheduler and self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def _tick_apart(self) -> None:
        """In a thread: it waits for the database, and the loop must not."""
        self._ticking = asyncio.ensure_future(asyncio.to_thread(self.tick))
        try:
            await asyncio.shield(self._ticking)
        except asyncio.CancelledError:
            log.debug("the round under way is brought to its end: whoever stops waits for it")
        except DBAPIError as error:
            log.error("tick: the database cannot be used: %s", type(error.orig).__name__)

    async def _watch(self) -> None:
        """Ours has died although the process lives: begin anew, and say so."""
        while True:
            await asyncio.sleep(EVERY)
            if monotonic() - self._last > DEAD.total_seconds():
                self._end()
                self._begin()
                await asyncio.to_thread(self._was_dead)

    def _was_dead(self) -> None:
        log.error("the tick was silent for %s: started anew", DEAD)
        with suppress(DBAPIError), self.database.unit_of_work() as db:
            now = leases.database_time(db)
            alerts.raise_(db, f"tick:{self.owner}", "tick_silent", "started anew", now)

    def _give_back(self) -> None:
        with suppress(DBAPIError), self.database.unit_of_work() as db:
            leases.give_back(db, LEADER, self.owner)
            leases.stopped(db, TICK, self.owner)
