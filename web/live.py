"""What moves by itself, as server-sent events: `web/channels.py` says what."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from bot.messages import Refusal
from handlers.console.actions import entering
from storage import console
from web import text
from web.answering import problem
from web.asking import Asked, posted
from web.channels import CHANNELS, Channel, Told
from web.visit import Missing, number

if TYPE_CHECKING:
    from web.app import Console

LOOK = 0.5
"""Seconds between two looks at what is new: whoever comes is on the screen within one."""
ANEW = 10
"""Seconds between two looks at the visitor's posts, and at the codes."""
MOST = 200
"""Pages that watch at once; the next is asked to come back."""


@dataclass
class Watched:
    """The news of one thing, looked for once for all who watch it."""

    at: float = float("-inf")
    news: Told | None = None
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Live:
    def __init__(self, house: "Console") -> None:
        self._house = house
        self._watched: dict[tuple[str, int], Watched] = {}
        self._streams = 0
        self.hushed = False

    def routes(self) -> list[BaseRoute]:
        return [Route(each.path, partial(self.answer, channel=each)) for each in CHANNELS]

    async def answer(self, request: Request, *, channel: Channel) -> Response:
        asked = await posted(request, self._house.proxies)
        try:
            id = number(asked.place["id"])
        except Missing:
            return problem(404, text.NOT_FOUND)
        if self._streams >= MOST or self.hushed:
            return Response(status_code=503, headers={"retry-after": "5"})
        look = partial(self._look, asked, channel, id)
        first = await self._house.in_thread(look)
        if first is None:
            return Response(event("gone", {}), media_type="text/event-stream")
        events = self._events(channel, id, first, look)
        return StreamingResponse(
            events,
            media_type="text/event-stream",
            headers={"cache-control": "no-store", "x-accel-buffering": "no"},
        )

    async def _events(
        self, channel: Channel, id: int, first: Told, look: Callable[[], Told | None]
    ) -> AsyncIterator[bytes]:
        clock = asyncio.get_running_loop().time
        self._streams += 1
        try:
            yield event("screen", first)
            looked, said = clock(), None
            while not self.hushed:
                if clock() - looked >= ANEW:
                    looked = clock()
                    again = await self._house.in_thread(look)
                    if again is None:
                        yield event("gone", {})
                        return
                    yield event("screen", again)
                news = await self._news(channel, id)
                if news != said and news is not None:
                    said = news
                    yield event(channel.event, news)
                await asyncio.sleep(LOOK)
        finally:
            self._streams -= 1

    async def _news(self, channel: Channel, id: int) -> Told | None:
        # The count of an activity is the same on the screen and on the page.
        watched = self._watched.setdefault((channel.event, id), Watched())
        async with watched.lock:
            now = asyncio.get_running_loop().time()
            if now - watched.at >= LOOK * 0.8:
                watched.news = await self._house.in_thread(partial(self._read, channel, id))
                watched.at = now
        if len(self._watched) > MOST:
            self._watched.clear()
        return watched.news

    def _read(self, channel: Channel, id: int) -> Told | None:
        with self._house.database.reading() as db:
            return channel.news(db, self._house.now(), id)

    def _look(self, asked: Asked, channel: Channel, id: int) -> Told | None:
        """None once whoever watches may not any more."""
        now = self._house.now()
        try:
            with self._house.database.looking() as db:
                known = entering.visitor(db, asked.token, now) if asked.token else None
                if known is None:
                    return None
                who, inside = known
                if (now - inside.seen).total_seconds() > 60:
                    console.touch(db, inside.digest, now)
                return channel.look(db, who, now, id, self._house.scene)
        except Refusal:
            return None


def event(name: str, told: Told) -> bytes:
    return f"event: {name}\ndata: {json.dumps(told, ensure_ascii=False)}\n\n".encode()
