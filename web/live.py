"""What moves by itself: counts and codes, as server-sent events."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from bot.messages import Refusal
from handlers.checkin.actions import showing
from handlers.checkin.actions.showing import Numbers
from handlers.console.actions import entering
from storage import console
from storage.members import Speaker
from web import text
from web.answering import problem
from web.asking import Asked, posted
from web.screen import codes
from web.visit import Missing, number

if TYPE_CHECKING:
    from web.app import Console

LOOK = 0.5
"""Seconds between two looks at the count: whoever comes is on the screen within one."""
ANEW = 10
"""Seconds between two looks at the visitor's posts, and at the codes."""
MOST = 200
"""Pages that watch at once; the next is asked to come back."""


@dataclass
class Watched:
    """The count of one activity, looked at once for all who watch it."""

    at: float = float("-inf")
    numbers: Numbers | None = None
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Live:
    def __init__(self, house: "Console") -> None:
        self._house = house
        self._watched: dict[int, Watched] = {}
        self._streams = 0
        self.hushed = False

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/console/activities/{id}/live", partial(self.answer, codes_too=False)),
            Route("/screen/{id}/live", partial(self.answer, codes_too=True)),
        ]

    async def answer(self, request: Request, *, codes_too: bool) -> Response:
        asked = await posted(request, self._house.proxies)
        try:
            activity_id = number(asked.place["id"])
        except Missing:
            return problem(404, text.NOT_FOUND)
        if self._streams >= MOST or self.hushed:
            return Response(status_code=503, headers={"retry-after": "5"})
        look = partial(self._look, asked, activity_id, codes_too)
        first = await self._house.in_thread(look)
        if first is None:
            return Response(event("gone", {}), media_type="text/event-stream")
        events = self._events(activity_id, first, look)
        return StreamingResponse(
            events,
            media_type="text/event-stream",
            headers={"cache-control": "no-store", "x-accel-buffering": "no"},
        )

    async def _events(
        self,
        activity_id: int,
        first: dict[str, Any],
        look: Callable[[], dict[str, Any] | None],
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
                numbers = await self._numbers(activity_id)
                if numbers != said and numbers is not None:
                    said = numbers
                    yield event("count", asdict(numbers))
                await asyncio.sleep(LOOK)
        finally:
            self._streams -= 1

    async def _numbers(self, activity_id: int) -> Numbers | None:
        watched = self._watched.setdefault(activity_id, Watched())
        async with watched.lock:
            now = asyncio.get_running_loop().time()
            if now - watched.at >= LOOK * 0.8:
                watched.numbers = await self._house.in_thread(partial(self._count, activity_id))
                watched.at = now
        if len(self._watched) > MOST:
            self._watched.clear()
        return watched.numbers

    def _count(self, activity_id: int) -> Numbers | None:
        with self._house.database.reading() as db:
            return showing.numbers(db, activity_id)

    def _look(self, asked: Asked, activity_id: int, codes_too: bool) -> dict[str, Any] | None:
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
                return self._told(db, who, now, activity_id, codes_too)
        except Refusal:
            return None

    def _told(
        self, db: Any, who: Speaker, now: datetime, activity_id: int, codes_too: bool
    ) -> dict[str, Any]:
        if codes_too:
            shown = showing.screen(db, who, now, activity_id)
            return codes(shown, now, self._house.scene)
        held = showing.watched(db, who, now, activity_id)
        return {"now": now.timestamp(), "open": held.opens <= now <= held.closes}


def event(name: str, told: dict[str, Any]) -> bytes:
    return f"event: {name}\ndata: {json.dumps(told, ensure_ascii=False)}\n\n".encode()
