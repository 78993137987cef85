"""The page behind a real server, with an assistant that keeps to a script."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

from bot.messages import Address, Busy, Incoming, Reply
from bot.platforms.webchat import Lines, People, WebChat
from bot.webhooks import Webhooks
from tests.serving import Serving

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


class Served(Serving):
    """A web chat at `url`, until `stop`."""

    def __init__(self, script: Script, people: People | None = None) -> None:
        self.script = script
        self.chat = WebChat(script.ask, people, lines=Lines(hold=10, grace=2, confirm=3))
        super().__init__(Webhooks(self.chat.webhooks()))

    def says(self, reply: Reply, key: str, to: Address | None = None) -> None:
        """What the assistant says by itself: to whoever spoke last, unless told otherwise."""
        self.do(self.chat.send(to or self.script.heard[-1].sender, reply, key=key))

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(
            timedelta(seconds=15).seconds
        )

    def stop(self) -> None:
        self.do(self.chat.close())
        super().stop()
