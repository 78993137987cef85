"""How a letter of `storage/outbox` gets to a phone.

Due letters are given a lane (`routing`); each lane claims some, judges them once more
(`claiming`, `rules`), calls its platform (`speaking`), and what became of them is written down
(`settling`). Nothing is kept in memory that a crash could lose.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.messages import Address
from scheduler.delivery.books import Books
from scheduler.delivery.claiming import Claim, claim
from scheduler.delivery.parcels import Parcel
from scheduler.delivery.routing import route
from scheduler.delivery.rules.after import Busy, lane_after
from scheduler.delivery.settling import Result, set_off, settle
from scheduler.delivery.speaking import Speaks, speak
from scheduler.delivery.worker import IDLE, Worker
from storage import at_contact, claims
from storage.database import Database, Session

__all__ = ["Delivery", "Speaks"]

log = logging.getLogger(__name__)


def database_clock(db: Session) -> datetime:
    return claims.moment(db)


@dataclass
class Delivery:
    """One process's part in it; any number of them may share a database."""

    database: Database
    platforms: Mapping[str, Speaks]
    moment: Callable[[Session], datetime] = database_clock
    owner: str = field(default_factory=lambda: claims.new_owner())
    _workers: Sequence[Worker] = ()
    _stopping: bool = False
    _unrouted: bool = False
    _trying: set["asyncio.Task[None]"] = field(default_factory=set)

    async def run(self) -> None:
        """Until `stop`."""
        books = Books(self.database, self.owner, self.moment)
        self._workers = [
            Worker(platform, self.database, books, self.owner, self.moment)
            for platform in self.platforms.values()
        ]
        keeping = asyncio.ensure_future(books.keep())
        working = [asyncio.ensure_future(worker.work()) for worker in self._workers]
        await asyncio.gather(self._route_all(), *working)
        books.close()
        await keeping

    def stop(self) -> None:
        """What is in the air comes to its end; what was only claimed is given back."""
        self._stopping = True
        for worker in self._workers:
            worker.stop()

    def is_there(self, address: Address) -> None:
        """Somebody's page waits here, where they may not have been before. In the running loop."""
        task = asyncio.ensure_future(self._try_again(address))
        self._trying.add(task)
        task.add_done_callback(self._trying.discard)

    async def _try_again(self, address: Address) -> None:
        def again(db: Session) -> bool:
            return at_contact.try_again(db, address, self.moment(db))

        # Every open page asks twice a minute, and mostly nothing was left: a look costs no write.
        if await asyncio.to_thread(self._anything_left, address) and await self.database.run(again):
            for worker in self._workers:
                worker.wake.set()

    async def _route_all(self) -> None:
        while not self._stopping:
            try:
                routed = await self._route()
            except Exception:
                log.exception("letters could not be given their lanes, and are tried again")
                routed = 0
            if routed:
                for worker in self._workers:
                    worker.wake.set()
            else:  # while lanes have enough to do, a new letter has to wait for them anyway
                busy = any(worker.busy for worker in self._workers)
                await asyncio.sleep(2 * IDLE if busy else IDLE)

    async def _route(self) -> int:
        if not self._unrouted:
            await self.database.run(lambda db: claims.unroute(db, [*self.platforms]))
            self._unrouted = True
        if not await asyncio.to_thread(self._anything_to_route):
            return 0
        here = self.platforms.keys()
        return await self.database.run(lambda db: route(db, self.moment(db), here))

    def _anything_to_route(self) -> bool:
        with self.database.reading() as db:
            return claims.waits(db, "", self.moment(db))

    def _anything_left(self, address: Address) -> bool:
        with self.database.reading() as db:
            return at_contact.anything_left(db, address)

    async def once(self, leave: Callable[[datetime], None] | None = None) -> int:
        """Everything that is due at this one moment, one call after the other: for rehearsals and
        tests, which have a clock of their own. `leave` is told when each call may leave, and may
        set that clock. How many calls there were."""
        calls, more = 0, True
        while more:
            while await self._route():
                pass
            more = False
            for platform in self.platforms.values():
                found = await self._claim(platform.name)
                calls += await self._send(platform, found.parcels, leave)
                more = more or bool(found.parcels) or found.more
        return calls

    async def _claim(self, lane: str) -> Claim:
        return await self.database.run(lambda db: claim(db, self.moment(db), lane, self.owner))

    async def _send(
        self,
        platform: Speaks,
        parcels: Sequence[Parcel],
        leave: Callable[[datetime], None] | None,
    ) -> int:
        results: list[Result] = []
        failures, rest = 0, timedelta(0)
        for each in await self._set_off(parcels):
            if each.leaves and leave and not rest:
                leave(each.leaves)
            held_back = dict.fromkeys(each.users, Busy("held back", rest))
            outcomes = held_back if rest else await speak(platform, each)
            results.append(Result(each, outcomes))
            if not rest:
                then = lane_after([next(iter(outcomes.values()))], failures, 0.5)
                failures, rest = then.failures, then.pause
        if results:
            await self.database.run(
                lambda db: settle(db, self.moment(db), self.owner, results, 0.5)
            )
        return len(results)

    async def _set_off(self, parcels: Sequence[Parcel]) -> Sequence[Parcel]:
        def off(db: Session) -> Sequence[Parcel]:
            return set_off(db, self.moment(db), self.owner, parcels)

        left = await self.database.run(off) if parcels else ()
        return [each for each in left if each.letters]
