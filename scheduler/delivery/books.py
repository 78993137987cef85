"""What is to be written down, by whoever sends, together: one unit of work for all that waits."""

import asyncio
import logging
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from scheduler.delivery.parcels import Parcel
from scheduler.delivery.settling import Result, set_off, settle
from storage.database import Database, Session

log = logging.getLogger(__name__)


RHYTHM = 0.15
"""Seconds from one unit of work to the next while there is much to write: fewer and larger ones
cost a fraction. What a crash in between makes uncertain is that much more."""
MANY = 16
"""Calls to write down; fewer may wait for more."""
FOR_MORE = 0.2
"""Seconds that they do."""


class Leaving(NamedTuple):
    parcels: Sequence[Parcel]
    left: "asyncio.Future[Sequence[Parcel]]"
    """What of each is still ours; nothing when that could not be written down."""


@dataclass
class Books:
    database: Database
    owner: str
    moment: Callable[[Session], datetime]
    _leaving: list[Leaving] = field(default_factory=list)
    _results: list[Result] = field(default_factory=list)
    _something: asyncio.Event = field(default_factory=asyncio.Event)
    _closed: bool = False

    def set_off(self, parcels: Sequence[Parcel]) -> "asyncio.Future[Sequence[Parcel]]":
        """Done when it is on record that these calls begin."""
        left: asyncio.Future[Sequence[Parcel]] = asyncio.get_running_loop().create_future()
        self._leaving.append(Leaving(parcels, left))
        self._something.set()
        return left

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
            await self.rest(RHYTHM)
            if self.waiting < MANY:
                await self.rest(FOR_MORE)

    async def rest(self, seconds: float) -> None:
        if not self._closed:
            await asyncio.sleep(seconds)

    @property
    def waiting(self) -> int:
        return len(self._results) + sum(len(each.parcels) for each in self._leaving)

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
            self._something.set()
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
