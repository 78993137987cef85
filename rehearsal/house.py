"""The assistant, whole, in one loop with the stand-ins; its clock is theirs."""

import asyncio
import os
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from unittest import mock

import httpx
from sqlalchemy import select

from bot.app import dispatcher
from bot.clock import HOME
from bot.messages import Busy, Incoming, Reply
from bot.platforms import SharesTokens, telegram, wechat, wecom
from bot.platforms.telegram import send
from bot.webhooks import Webhook, Webhooks
from sandbox import serving
from sandbox.inprocess import talking_to
from sandbox.processes import Process
from sandbox.stage import Stage
from sandbox.web import Application
from scheduler import runs
from scheduler.delivery import Delivery
from scheduler.timetable import TIMETABLE
from storage import claims
from storage.database import Database, table
from storage.outbox import Letter, State
from storage.tokens import Shelf

SENDING = select(table(Letter).c.id).where(table(Letter).c.state == State.SENDING).limit(1)
assert send  # it sets an environment variable for good, and ours come and go
PLANNING = "duties.plan"
TOGETHER = 0.05
"""Seconds in which messages are gathered that are then answered in one unit of work."""
LOOK = 3.0
"""Seconds between two looks whether everything has gone out."""


@dataclass
class House:
    """Must be made inside the loop, within `at_home`."""

    database: Database
    stage: Stage
    seed: int
    kills: float = 0.0
    """How likely a process that sends is killed in the middle of it."""
    _waiting: list[tuple[Incoming, "asyncio.Future[Reply]"]] = field(default_factory=list)
    _numbers: int = 0
    _latest: float = 0.0
    _planned: bool = False

    def __post_init__(self) -> None:
        self._dispatcher = dispatcher()
        self._chance = random.Random(self.seed)  # noqa: S311  # repeatable on purpose
        self.platforms = self._connect("house")
        at: dict[str, Webhook] = {}
        for each in self.platforms.values():
            at |= each.webhooks()
        self.stage.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=Webhooks(at=at)),
            timeout=None,  # noqa: S113  # the stand-ins have their own patience
        )

    def now(self) -> datetime:
        """No two units of work are at one moment."""
        self._latest = max(self._latest + 1e-6, self.stage.clock.now())
        return datetime.fromtimestamp(self._latest, HOME)

    async def ask(self, incoming: Incoming) -> Reply:
        """As the writer does, without its thread."""
        answer: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._waiting.append((incoming, answer))
        if len(self._waiting) == 1:
            asyncio.get_running_loop().call_later(TOGETHER, self._answer)
        return await answer

    def crash(self) -> None:
        """What was only heard is forgotten; who waits for an answer gets none."""
        waiting, self._waiting = self._waiting, []
        for _, answer in waiting:
            if not answer.done():
                answer.set_exception(Busy())

    def strike(self) -> None:
        """What happens by itself, as far as it is due by now. Years are planned ahead on Mondays
        only: nothing that a plan depends on changes in between, and it is half a night's work."""
        now = self.now()
        planned = now.weekday() == 0 or not self._planned
        due = [each for each in TIMETABLE if planned or each.name != PLANNING]
        runs.strike(self.database, due, now, "rehearsal")
        self._planned = self._planned or now.hour >= 3

    async def send_what_is_due(self) -> None:
        """By a process of its own, which may be killed on the way; then another goes on."""
        while self._anything():
            self._numbers += 1
            process = Process(f"p{self._numbers}")
            delivery = Delivery(self.database, self._connect(process.name))
            task = process.start(delivery.run)
            if self._chance.random() < self.kills:
                await self.stage.clock.sleep(self._chance.uniform(0.1, 3.0))
                process.kill()
                self.stage.transcript.note("killed", self.stage.clock.now(), via=process.name)
            else:
                while self._anything():
                    await self.stage.clock.sleep(LOOK)
                delivery.stop()
                await task

    def _answer(self) -> None:
        """At most one message of a sender in a batch, as the writer has it."""
        batch: dict[Any, tuple[Incoming, asyncio.Future[Reply]]] = {}
        later: list[tuple[Incoming, asyncio.Future[Reply]]] = []
        for each in self._waiting:
            if batch.setdefault(each[0].sender, each) is not each:
                later.append(each)
        self._waiting = later
        if later:
            asyncio.get_running_loop().call_later(TOGETHER, self._answer)
        if not batch:
            return
        heard = [incoming for incoming, _ in batch.values()]
        with self.database.unit_of_work() as db:
            replies: Sequence[Reply] = self._dispatcher.answer_all(db, heard)
        for (_, answer), reply in zip(batch.values(), replies, strict=True):
            if not answer.done():
                answer.set_result(reply)

    def _anything(self) -> bool:
        with self.database.reading() as db:
            now = self.now()
            lanes = ("", *self.platforms)
            return any(claims.waits(db, lane, now) for lane in lanes) or bool(
                db.run(SENDING).first()
            )

    def _connect(self, via: str) -> dict[str, Any]:
        with mock.patch.dict(os.environ, serving.environment("http://sandbox", via)):
            bot = telegram.connect(self.ask)
            found = [wechat.connect(self.ask, now=self.now), wecom.connect(self.ask, now=self.now)]
        if bot is not None:
            bot._answering.now = self.now
        connected = [each for each in (*found, bot) if each is not None]
        for each in connected:
            if isinstance(each, SharesTokens):
                each.share_tokens(Shelf(self.database))
        return {each.name: each for each in connected}


@contextmanager
def at_home(stage: Stage, house_now: Any) -> Iterator[None]:
    """Addresses lead to the stand-ins, and clocks are theirs."""
    with (
        talking_to(Application(stage)),
        mock.patch("bot.platforms.http.behind_a_proxy", return_value=True),  # so they use httpx
        mock.patch.object(claims, "moment", side_effect=lambda db: house_now()),
        mock.patch("bot.platforms.tencent.tokens.RENEWALS_APART", 0.0),
    ):
        yield
