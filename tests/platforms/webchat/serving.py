"""The page behind a real server, with an assistant that keeps to a script."""

import asyncio
import socket
import threading
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.embed import Server

from bot.messages import Address, Busy, Incoming, Reply
from bot.platforms.webchat import Lines, People, WebChat
from bot.webhooks import Webhooks

T = TypeVar("T")


@dataclass
class Script:
    """Answers by what was said; remembers what it heard. An id heard before gets its answer."""

    answer: Callable[[Incoming], Reply | None]
    heard: list[Incoming] = field(default_factory=list)
    busy: int = 0
    """So many messages are not taken."""
    slow: int = 0
    """So many deliveries get no answer in time."""
    _given: dict[str, Reply | None] = field(default_factory=dict)

    @property
    def said(self) -> list[str]:
        return [one.text or one.tap for one in self.heard if one.text or one.tap]

    async def ask(self, incoming: Incoming) -> Reply | None:
        if self.busy:
            self.busy -= 1
            raise Busy
        if incoming.id not in self._given:
            self.heard.append(incoming)
            self._given[incoming.id] = self.answer(incoming)
        if self.slow:
            self.slow -= 1
            return None
        return self._given[incoming.id]


class Served:
    """A web chat at `url`, until `stop`."""

    def __init__(self, script: Script, people: People | None = None) -> None:
        self.script = script
        self.chat = WebChat(script.ask, people, lines=Lines(hold=10, grace=2, confirm=3))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self._loop = asyncio.new_event_loop()
        self._server = Server(
            Webhooks(self.chat.webhooks()),
            "127.0.0.1",
            port,
            interface=Interfaces.ASGI,
            backlog=4096,  # as in production: it bounds the open connections too
            log_level=LogLevels.error,
        )
        self._thread = threading.Thread(target=self._live, daemon=True)
        self._thread.start()
        self._wait_for(port)

    def says(self, reply: Reply, key: str, to: Address | None = None) -> None:
        """What the assistant says by itself: to whoever spoke last, unless told otherwise."""
        self.do(self.chat.send(to or self.script.heard[-1].sender, reply, key=key))

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(
            timedelta(seconds=15).seconds
        )

    def stop(self) -> None:
        self.do(self.chat.close())
        self._loop.call_soon_threadsafe(self._server.stop)
        self._thread.join(15)

    def _live(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._server.serve())
        left = asyncio.all_tasks(self._loop)
        for task in left:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()

    def _wait_for(self, port: int) -> None:
        for _ in range(200):
            with socket.socket() as probe:
                probe.settimeout(0.05)
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            self._thread.join(0.05)
        raise TimeoutError("the server did not start")
