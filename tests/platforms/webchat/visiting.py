"""A browser without a screen: what browsers send, and an assistant to hear it."""

import json
from datetime import datetime
from typing import Any

from bot.clock import HOME
from bot.messages import Incoming, Reply
from bot.platforms.webchat import Persona, WebChat
from bot.webhooks import Request, Response

NOW = datetime(2026, 11, 23, 8, 26, tzinfo=HOME)
ID = "abcdefghijklmnopqrstuv"
PEOPLE = (
    Persona("M001", "张一", "支部书记", "第一党支部"),
    Persona("M005", "钱五", "党员", "第一党支部"),
)


class Browser:
    """One browser at the page: keeps its cookie and says what browsers say of themselves."""

    def __init__(self, chat: WebChat, *, https: bool = False) -> None:
        self.chat = chat
        self.jar: dict[str, str] = {}
        self.headers = {"host": "zhibu.example", "origin": "http://zhibu.example"}
        if https:
            self.headers |= {"x-forwarded-proto": "https", "sec-fetch-site": "same-origin"}

    async def get(self, path: str, **query: str) -> Response:
        return await self._ask("GET", path, query, b"", {})

    async def post(self, path: str, body: Any, **headers: str) -> Response:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self._ask("POST", path, {}, raw, {"content-type": "application/json"} | given)

    async def say(self, **said: Any) -> Response:
        return await self.post("/chat/messages", {"id": ID} | said)

    async def _ask(
        self, method: str, path: str, query: dict[str, str], body: bytes, headers: dict[str, str]
    ) -> Response:
        cookies = "; ".join(f"{name}={value}" for name, value in self.jar.items())
        headers = self.headers | {"cookie": cookies} | headers
        response = await self.chat.webhooks()[path](Request(method, path, query, headers, body))
        for name, value in response.headers:
            if name == b"set-cookie":
                key, _, rest = value.decode().partition("=")
                self.jar[key] = rest.partition(";")[0]
        return response


class Heard(list[Incoming]):
    """An assistant that writes down what it hears and says what it is told to say."""

    def __init__(self, *answers: Reply | None) -> None:
        self.answers = list(answers)

    async def ask(self, incoming: Incoming) -> Reply | None:
        self.append(incoming)
        return self.answers.pop(0) if self.answers else Reply(text="好的")


def told(response: Response) -> Any:
    return json.loads(response.body)


def header(response: Response, name: str) -> str:
    return next((v.decode() for n, v in response.headers if n == name.encode()), "")


async def at_the_page(heard: Heard, *, demo: bool = False, https: bool = False) -> Browser:
    chat = WebChat(heard.ask, (lambda: PEOPLE) if demo else None, now=lambda: NOW)
    browser = Browser(chat, https=https)
    await browser.get("/chat/me")
    return browser
