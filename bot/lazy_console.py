"""The console, loaded only when somebody needs it.

It takes six megabytes and a third of a second, and most mornings nobody opens it. `web.app.Console`
is the console itself.
"""

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


class LazyConsole:
    """An ASGI application that calls `make` for the real one at the first request, or earlier when
    `expect` finds somebody logged in. `make` runs in a thread, so that the event loop goes on
    answering everybody else meanwhile; when it fails, the next request calls it again."""

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
        """Begin to load now if anybody has an open session: their next page is not the slow one."""
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
    """Puts the templates together, then tells the garbage collector to leave alone what is there:
    looking through it took a tenth of a second from somebody's page."""
    made.warm()
    gc.collect()
    gc.freeze()
