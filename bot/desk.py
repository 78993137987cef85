"""The console as one process has it."""

import asyncio
import gc
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot import clock
from bot.webhooks import Message, Receive, Send
from storage import console as visits
from storage.database import Database

if TYPE_CHECKING:
    from web.app import Console


class Desk:
    """The console, loaded when somebody is expected or comes: six megabytes that most mornings do
    without. It is loaded beside the loop, in which everybody else is answered."""

    def __init__(self, make: Callable[[], "Console"]) -> None:
        self._make = make
        self._made: Console | None = None
        self._making: asyncio.Task[Console] | None = None

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if self._made is None:
            await asyncio.shield(self.loading())
        assert self._made is not None
        await self._made(scope, receive, send)

    def expect(self, database: Database) -> None:
        """Load it now where somebody is in already: their next page is not the slow one."""
        with database.reading() as db:
            if visits.is_expected(db, clock.now()):
                self.loading()

    def loading(self) -> "asyncio.Task[Console]":
        failed = self._making and self._making.done() and not self._made
        if self._making is None or failed:
            self._making = asyncio.create_task(self._load())
        return self._making

    async def _load(self) -> "Console":
        self._made = await asyncio.to_thread(self._make)
        self._warming = asyncio.create_task(asyncio.to_thread(warm, self._made))
        return self._made

    def hush(self) -> None:
        if self._made:
            self._made.hush()

    async def close(self) -> None:
        if self._made:
            await self._made.close()


def warm(made: "Console") -> None:
    """Then what it holds stays, like all that is there after the start: to look through it again
    took a tenth of a second from somebody's page."""
    made.warm()
    gc.collect()
    gc.freeze()
