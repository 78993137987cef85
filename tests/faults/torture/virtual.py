"""The real delivery and the real adapters against the stand-ins, all in one loop whose clock
jumps: processes are killed between two steps, or stopped beyond their lease and woken again."""

import asyncio
import os
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from unittest import mock

from bot.app import PLATFORMS
from bot.clock import HOME
from bot.platforms import Platform, SharesTokens
from bot.platforms.telegram import send
from bot.platforms.tencent import tokens
from sandbox import serving, virtual
from sandbox.checker import Report, check
from sandbox.clock import Clock
from sandbox.faults import Fault, Faults
from sandbox.inprocess import talking_to
from sandbox.people import settle as settle_phones
from sandbox.processes import Process, factory
from sandbox.stage import Stage
from sandbox.transcript import Transcript
from sandbox.web import Application
from scheduler.delivery import Delivery
from storage import claims
from storage.database import Database
from storage.tokens import Shelf
from tests.faults.torture.town import OUTAGE, RESENT, Orders, settle

START = 1_795_309_200.0
"""2026-11-22, 9:00 in China."""
LANES = ("telegram", "wecom")
LEASE = 40.0
"""Seconds: that of a claim, and what it may wait for its turn."""
FAST = 0.0
"""Seconds by which the processes' clock is ahead."""
RENEWALS_APART = 10.0
"""Seconds, instead of ten minutes: tokens are revoked more often here than anywhere."""
TAKES_LONG = 3.0
"""Seconds of a slow call that is good in the end."""
assert send  # it sets an environment variable for good, and ours come and go
USUAL: Mapping[Fault, float] = {
    Fault.BUSY: 0.03,
    Fault.DOWN: 0.02,
    Fault.STALE: 0.02,
    Fault.PAGE: 0.02,
    Fault.PAGE_AFTER: 0.02,
    Fault.RESET: 0.02,
    Fault.RESET_AFTER: 0.02,
    Fault.HANG: 0.01,
    Fault.HANG_AFTER: 0.02,
    Fault.GARBLED_AFTER: 0.01,
    Fault.SLOW_AFTER: 0.1,
}


@dataclass
class Run:
    database: Database
    seed: int = 1
    people: int = 60
    kills: int = 60
    pauses: int = 4
    stops: tuple[float, float] = (0.2, 1.8)
    """How long a stopped process sleeps, in leases."""
    patience: int = 300
    """Seconds that the last ones have, after the last kill."""
    suffering: int = 2
    """How many of those that send at the same time are killed and stopped."""
    at_once: int = 2
    """Processes that send at the same time."""
    faults: Mapping[Fault, float] = field(default_factory=lambda: USUAL)

    def play(self) -> Report:
        return virtual.run(self._play())

    async def _play(self) -> Report:
        asyncio.get_running_loop().set_task_factory(factory)
        self._chance = random.Random(self.seed)
        random.seed(self.seed)  # delivery spreads its waits by chance
        self._clock = Clock(START)
        self._ledger, self._numbers = Transcript(), 0
        stands = serving.stands("http://nobody")
        settle_phones(stands, self.people)
        faults = Faults(self.seed, calls=self.faults)
        self._stage = Stage(stands, self._clock, self._ledger, faults)
        judged = {"lease": 3 * LEASE, "grace": 2.0 + TAKES_LONG, "again": RESENT, "strict": True}
        judged["one_token"] = True
        self._ledger.note("settings", START, **judged)
        settle(self.database, self.people, self._ledger, START)
        with (
            talking_to(Application(self._stage)),
            mock.patch("bot.platforms.http.behind_a_proxy", return_value=True),  # by httpx then
            mock.patch.object(claims, "moment", self._moment),
            mock.patch.object(tokens, "RENEWALS_APART", RENEWALS_APART),
            mock.patch("sandbox.web.SLOW", TAKES_LONG),
        ):
            await self._happen()
        await self._stage.close()
        # the loop would tidy up after those that were killed, and find them in the middle of a step
        asyncio.get_running_loop().set_exception_handler(lambda *_: None)
        return check(self._ledger.lines)

    def _moment(self, db: object) -> datetime:
        """No two units of work are at one moment, as on a real machine."""
        self._latest = max(self._latest + 1e-6, self._clock.now() + FAST)
        return datetime.fromtimestamp(self._latest, HOME)

    async def _happen(self) -> None:
        orders = Orders(self.database, self._ledger, self._clock.now, self.people, self.seed)
        ordering = asyncio.ensure_future(self._order(orders))
        share = self.kills // self.suffering
        kills = [share if slot < self.suffering else 0 for slot in range(self.at_once)]
        await asyncio.gather(*map(self._slot, kills))
        await ordering
        for _ in range(self.patience // 15):
            await self._clock.sleep(15)
            if orders.all_ended():
                break
        orders.tell_ends()
        for each in self._last:
            each.kill()

    async def _order(self, orders: Orders) -> None:
        down = asyncio.ensure_future(self._break_down())
        for at, action in orders.timeline():
            await self._clock.sleep(START + at - self._clock.now())
            action()
        await down

    async def _break_down(self) -> None:
        faults = self._stage.faults
        await self._clock.sleep(OUTAGE[0])
        faults.calls = {Fault.DOWN: 1.0}
        await self._clock.sleep(OUTAGE[1] - OUTAGE[0])
        faults.calls = self.faults

    async def _slot(self, kills: int) -> None:
        """One process after the other, each killed in the middle of its work; the last lives."""
        pauses = {self._chance.randrange(kills) for _ in range(self.pauses)} if kills else set()
        for n in range(kills):
            process = self._spawn()
            if n in pauses:
                await self._stop(process, LEASE * self._chance.uniform(*self.stops))
            if self._chance.random() < 0.7:
                await self._clock.sleep(self._chance.uniform(0.05, 0.35))
            else:
                await self._clock.sleep(self._chance.uniform(1, 20))
            process.kill()
            self._ledger.note("killed", self._clock.now(), via=process.name)
        self._last.append(self._spawn())

    async def _stop(self, process: Process, seconds: float) -> None:
        await self._clock.sleep(self._chance.uniform(0.1, 1.0))
        process.stop()
        self._ledger.note("paused", self._clock.now(), via=process.name)
        await self._clock.sleep(seconds)
        process.go_on()
        self._ledger.note("resumed", self._clock.now(), via=process.name)
        await self._clock.sleep(self._chance.uniform(0.5, 3))

    def _spawn(self) -> Process:
        self._numbers += 1
        process = Process(f"p{self._numbers}")
        with mock.patch.dict(os.environ, serving.environment("http://sandbox", process.name)):
            platforms = connected(self.database)
        delivery = Delivery(self.database, platforms)
        process.start(delivery.run)
        return process

    _last: list[Process] = field(default_factory=list, init=False)
    _latest: float = field(default=0.0, init=False)


def connected(database: Database) -> Mapping[str, Platform]:
    """As the assistant connects them: with one token for all processes."""
    platforms = {name: PLATFORMS[name].connect(nobody) for name in LANES}
    for each in platforms.values():
        if isinstance(each, SharesTokens):
            each.share_tokens(Shelf(database))
    return platforms


async def nobody(_: object) -> None:
    """There is nobody to talk to in this process: it only sends."""
