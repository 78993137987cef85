"""Writes down which calls are about to leave, and how others have ended: for all lanes of a process
together, in one unit of work a time."""

import asyncio
import logging
import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from scheduler.delivery.parcels import Parcel
from scheduler.delivery.settling import Result, set_off, settle
from storage.database import Database, Session

log = logging.getLogger(__name__)


RHYTHM = 0.15
"""Seconds from one unit of work to the next, at least: fewer and larger ones cost a fraction."""
MANY = 32
"""Calls that have ended; fewer wait for what is about to leave, to be written down with it."""
FOR_MORE = 0.5
"""Seconds that they do, at most. What a crash in between makes uncertain is that much more."""


class Leaving(NamedTuple):
    """Calls that wait to be put on record before they leave."""

    parcels: Sequence[Parcel]
    left: "asyncio.Future[Sequence[Parcel]]"
    """What of each is still ours; nothing when that could not be written down."""


@dataclass
class Books:
    """`set_off` and `settle` take orders at any time; `keep` carries them out, in the running
    loop."""

    database: Database
    owner: str
    moment: Callable[[Session], datetime]
    _leaving: list[Leaving] = field(default_factory=list)
    _results: list[Result] = field(default_factory=list)
    _something: asyncio.Event = field(default_factory=asyncio.Event)
    _at_once: asyncio.Event = field(default_factory=asyncio.Event)
    _closed: bool = False

    def set_off(self, parcels: Sequence[Parcel]) -> "asyncio.Future[Sequence[Parcel]]":
        """Done when it is on record that these calls begin."""
        left: asyncio.Future[Sequence[Parcel]] = asyncio.get_running_loop().create_future()
        self._leaving.append(Leaving(parcels, left))
        self.hurry()
        return left

    def settle(self, result: Result, *, last: bool) -> None:
        """It is on record soon; until then a crash makes it a cut. `last`: nothing else is on its
        way that would be worth waiting for."""
        self._results.append(result)
        self._something.set()
        if last or len(self._results) >= MANY:
            self.hurry()

    def close(self) -> None:
        """Write what is left, then end."""
        self._closed = True
        self.hurry()

    def hurry(self) -> None:
        self._something.set()
        self._at_once.set()

    async def keep(self) -> None:
        """Writes what there is, again and again, until `close`."""
        loop, not_before = asyncio.get_running_loop(), float("-inf")
        while not (self._closed and not self._results and not self._leaving):
            await self._something.wait()
            with suppress(TimeoutError):
                async with asyncio.timeout(FOR_MORE):
                    await self._at_once.wait()
            if (rest := not_before - loop.time()) > 0:
                await asyncio.sleep(rest)
            not_before = loop.time() + RHYTHM
            self._something.clear()
            self._at_once.clear()
            await self.write()

    async def write(self) -> None:
        """A database that cannot be written to now may be soon; nothing is called meanwhile."""
        leaving, self._leaving = self._leaving, []
        results, self._results = self._results, []
        if not (leaving or results):
            return
        try:
            left = await self.database.run(lambda db: self._write(db, leaving, results))
        except Exception:
            log.exception("nothing could be written down")
            self._results = results + self._results
            left = [[none_of(parcel) for parcel in each.parcels] for each in leaving]
            await asyncio.sleep(1)
            self.hurry()
        for each, ours in zip(leaving, left, strict=True):
            if not each.left.done():
                each.left.set_result(ours)

    def _write(
        self, db: Session, leaving: Sequence[Leaving], results: Sequence[Result]
    ) -> Sequence[Sequence[Parcel]]:
        now = self.moment(db)
        if results:
            settle(db, now, self.owner, results, random.random())  # noqa: S311 no secret
        ours = iter(set_off(db, now, self.owner, [p for each in leaving for p in each.parcels]))
        return [list(islice(ours, len(each.parcels))) for each in leaving]


def none_of(parcel: Parcel) -> Parcel:
    return replace(parcel, letters=(), users=())
