"""Our own chat page: at `/chat`, for everyone who has a browser and no messenger.

The page posts what is said to `/chat/messages` and gets the answer; what is said to it later it
fetches from `/chat/events`. Who is there, `/chat/me` tells and changes.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot import clock
from bot.messages import Address, Ask, Busy, Reply
from bot.platforms.webchat.page import load, to_the_page
from bot.platforms.webchat.receive import Chosen, Posted, asked_by_our_page, opened
from bot.platforms.webchat.render import No, as_json, card, politely
from bot.platforms.webchat.send import Lines, NotNow
from bot.platforms.webchat.visitors import (
    PLATFORM,
    People,
    Persona,
    Visitor,
    cookie,
    newcomer,
    playing,
    recognise,
)
from bot.webhooks import Request, Response, Webhook
from storage.lanes import Limits, declare

__all__ = ["Lines", "People", "Persona", "WebChat", "connect"]


LIMITS = declare(PLATFORM, Limits(per_second=200, at_home=True, recognises=True))


def connect(ask: Ask, people: People | None = None) -> "WebChat":
    """Needs no configuration. With `people` it is a demonstration: one may be any of them."""
    return WebChat(ask, people)


class WebChat:
    name = PLATFORM

    def __init__(
        self,
        ask: Ask,
        people: People | None = None,
        *,
        now: Callable[[], datetime] = clock.now,
        lines: Lines | None = None,
    ) -> None:
        self._ask = ask
        self._people = people
        self._now = now
        self._lines = lines or Lines()
        self._page = load()

    def webhooks(self) -> Mapping[str, Webhook]:
        return {
            "/": to_the_page,
            "/chat": self._page.html.answer,
            "/chat/me": politely(self._me),
            "/chat/messages": politely(self._messages),
            "/chat/events": politely(self._events),
            **{path: file.answer for path, file in self._page.files.items()},
        }

    async def listen(self) -> None:
        return

    async def send(self, to: Address, reply: Reply, *, key: str) -> None:
        """To the pages that are open; without one, `SendFailed` until there is."""
        await self._lines.say(to.user, key, card(reply, key))

    def tell_of_pages(self, asked: Callable[[str], None]) -> None:
        """`asked` is told whose page waits here, so that what was left for them can come."""
        self._lines.asked = asked

    def hush(self) -> None:
        """Lets the pages go that only wait, so that a server that stops need not wait for them."""
        self._lines.close()

    async def close(self) -> None:
        self.hush()

    async def _messages(self, request: Request) -> Response:
        posted = opened(request, Posted)
        visitor = self._visitor(request, posted.who)
        try:
            reply = await self._ask(posted.incoming(visitor, self._now()))
        except Busy:
            raise No(503, "busy", retry_after=2) from None
        return as_json({}, 202) if reply is None else as_json(card(reply))

    async def _events(self, request: Request) -> Response:
        asked_by_our_page(request)
        user = self._visitor(request, request.query.get("who", "")).address.user
        tab, got = request.query.get("tab", "")[:32], request.query.get("got", "").split(",")
        try:
            letters = await self._lines.wait(user, tab, got)
        except NotNow as not_now:
            raise No(503, "not now", retry_after=not_now.seconds) from None
        return as_json({"letters": letters})

    async def _me(self, request: Request) -> Response:
        people = await self._whom_one_may_be()
        if request.method == "GET":
            asked_by_our_page(request)
            known = recognise(request.headers, demo=self._people is not None)
            return _introduced(request, known or newcomer(), people)
        be = opened(request, Chosen).be
        if not be:
            return _introduced(request, newcomer(), people)
        if be not in {person.id for person in people}:
            raise No(403, "nobody whom one may be")
        return _introduced(request, playing(be), people)

    def _visitor(self, request: Request, who: str) -> Visitor:
        """Whose cookie it is. `who` is as whom the page believes to be there: another window may
        since have become somebody else."""
        visitor = recognise(request.headers, demo=self._people is not None)
        if visitor is None:
            raise No(401, "no cookie of ours")
        if who not in ("", visitor.who):
            raise No(409, "somebody else is here now")
        return visitor

    async def _whom_one_may_be(self) -> Sequence[Persona]:
        return [] if self._people is None else await asyncio.to_thread(self._people)


def _introduced(request: Request, visitor: Visitor, people: Sequence[Persona]) -> Response:
    """Tells the page who it is, and gives the cookie, anew at each visit so that it lasts."""
    played = next((person for person in people if person.id == visitor.persona), None)
    told = {"who": visitor.who, "persona": played, "people": people}
    return as_json(told, headers=(cookie(request.headers, visitor),))
