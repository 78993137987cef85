"""The clock of a process: calls `runs.strike` every five seconds while this process leads.

Of APScheduler only that interval is used. What is due is rows in the database, so a tick may be
lost, come late, or happen in two processes at once.
"""

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
"""How long one process leads without renewing it. When it is gone, another leads with its next
tick: after 15 s at the most."""
DEAD = timedelta(seconds=30)
"""A clock that has not ticked for so long counts as dead: our own is started anew, and an alert is
raised for another's."""
SKEW = timedelta(seconds=60)
"""By how much the clocks of this machine and the database may differ before an alert is raised."""
PATIENCE = 15
"""Seconds that `stop` waits for a tick that is under way."""
LEADER = TICK = "clock"
"""What the lease and the heartbeats of this loop are called in the database."""


@dataclass
class Ticker:
    """The clock of one process. Any number may share a database; one of them leads."""

    database: Database
    timetable: Sequence[Job]
    here: Callable[[], datetime]
    """This machine's time. Only compared with the database's, which is the one that counts."""
    owner: str = field(default_factory=lambda: uuid4().hex)
    _last: float = field(default_factory=monotonic)
    _watching: "asyncio.Task[None] | None" = None
    _scheduler: AsyncIOScheduler | None = None
    _ticking: "asyncio.Future[None] | None" = None

    def start(self) -> None:
        """Begin to tick, in the running event loop."""
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
        """One round: leave a heartbeat, lead if nobody does, and do what is due if we lead."""
        leads, now = self._take_part()
        if leads:
            runs.strike(self.database, self.timetable, now, self.owner, self._alive)
        self._last = monotonic()

    def _alive(self) -> None:
        """In the middle of a long round: renew heartbeat and lease, so that nobody takes over."""
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
        """`tick` in a thread: it waits for the database, and the event loop must not."""
        self._ticking = asyncio.ensure_future(asyncio.to_thread(self.tick))
        try:
            await asyncio.shield(self._ticking)
        except asyncio.CancelledError:
            log.debug("the round under way is brought to its end: whoever stops waits for it")
        except DBAPIError as error:
            log.error("tick: the database cannot be used: %s", type(error.orig).__name__)

    async def _watch(self) -> None:
        """Starts the ticking anew, and raises an alert, when it has stopped though the process
        runs."""
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
