"""What is to be written down, by whoever sends, together: one unit of work for all that waits."""

import asyncio
import logging
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from scheduler.delivery.parcels import Parcel
from scheduler.delivery.settling import Result, set_off, settle
from storage.database import Database, Session

log = logging.getLogger(__name__)


RHYTHM = 0.15
"""Seconds from one unit of work to the next while there is much to write: fewer and larger ones
cost a fraction. What a crash in between makes uncertain is that much more."""


class Leaving(NamedTuple):
    parcel: Parcel
    left: "asyncio.Future[Parcel | None]"
    """What of it is still ours; None when that could not be written down."""


@dataclass
class Books:
    database: Database
    owner: str
    moment: Callable[[Session], datetime]
    _leaving: list[Leaving] = field(default_factory=list)
    _results: list[Result] = field(default_factory=list)
    _something: asyncio.Event = field(default_factory=asyncio.Event)
    _closed: bool = False

    async def set_off(self, parcel: Parcel) -> Parcel | None:
        """Returns when it is on record that the call begins."""
        left: asyncio.Future[Parcel | None] = asyncio.get_running_loop().create_future()
        self._leaving.append(Leaving(parcel, left))
        self._something.set()
        return await left

    def settle(self, result: Result) -> None:
        """It is on record soon; until then a crash makes it a cut."""
        self._results.append(result)
        self._something.set()

    def close(self) -> None:
        """Write what is left, then end."""
        self._closed = True
        self._something.set()

    async def keep(self) -> None:
        while not (self._closed and not self._results and not self._leaving):
            await self._something.wait()
            self._something.clear()
            await self.write()
            if not self._closed:
                await asyncio.sleep(RHYTHM)

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
            left = [None] * len(leaving)
            await asyncio.sleep(1)
            self._something.set()
        for each, ours in zip(leaving, left, strict=True):
            if not each.left.done():
                each.left.set_result(ours)

    def _write(
        self, db: Session, leaving: list[Leaving], results: list[Result]
    ) -> list[Parcel | None]:
        now = self.moment(db)
        if results:
            settle(db, now, self.owner, results, random.random())  # noqa: S311 no secret
        return [*set_off(db, now, self.owner, [each.parcel for each in leaving])]
