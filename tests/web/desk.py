"""Somebody before the console, without a browser: what is asked and answered, byte for byte."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import httpx

from handlers.console.actions import entering
from tests.world import World
from web.app import Console

HOUSE = "https://desk.test"
OURS = {"sec-fetch-site": "same-origin", "origin": HOUSE}
"""What a browser says of a form on one of our pages."""


class Forms(HTMLParser):
    """The forms of a page: action to hidden and other fields."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, dict[str, str]] = {}
        self._fields: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._fields = self.found[said["action"]] = {}
        elif tag == "input" and "name" in said and said.get("type") != "checkbox":
            self._fields[said["name"]] = said.get("value", "")


@dataclass
class Desk:
    """One browser, with its cookies."""

    console: Console
    peer: str = "203.0.113.5"
    house: str = HOUSE
    cookies: httpx.Cookies = field(default_factory=httpx.Cookies)

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> httpx.Response:
        return self.ask("GET", path, headers=headers)

    def post(
        self, path: str, data: Mapping[str, Any], headers: Mapping[str, str] = OURS, **more: Any
    ) -> httpx.Response:
        return self.ask("POST", path, data=data, headers=headers, **more)

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(self.console, client=(self.peer, 50_000))
            async with httpx.AsyncClient(
                transport=transport, base_url=self.house, cookies=self.cookies
            ) as client:
                answer = await client.request(method, path, **more)
                self.cookies = client.cookies
                return answer

        return asyncio.run(asked())

    def fill(self, page: str, action: str, **fields: str) -> httpx.Response:
        """Send the form that stands on `page` to `action`."""
        given = Forms(self.get(page).text).found[action]
        return self.post(action, {**given, **fields})

    def enter(self, world: World, member_id: str) -> "Desk":
        """By a link, as from the chat."""
        with world.database.unit_of_work() as db:
            who = entering.who(db, member_id, world.now)
            assert who is not None
            token, _ = entering.link(db, who, world.now)
        answer = self.fill("/console/enter", "/console/enter/link", link=token)
        assert answer.status_code == 303, answer.text
        return self

    @property
    def is_in(self) -> bool:
        return self.get("/console").status_code == 200
