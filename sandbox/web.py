"""The stand-ins on HTTP: a raw ASGI application.

`/wechat/cgi-bin/…`, `/wecom/cgi-bin/…`, `/telegram/bot…` are the platforms; `/control/…` is for
whoever plays the members. `/wechat/~name/cgi-bin/…` is the same, and the transcript says who
called: a process whose address has its name in it.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, unquote

import httpx
import orjson

from sandbox.control import Control
from sandbox.faults import SLOW, Fault
from sandbox.stage import Stage
from sandbox.values import Answer, Call, Outcome

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

LARGEST = 12_000_000
"""Bytes of a request: a picture fits."""
HUNG = 60.0
"""Seconds that a call without an answer is held; whoever called has long gone."""


class Cut(httpx.ReadError):
    """The connection is gone. In process, this is what the caller sees."""


class Application:
    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.control = Control(stage)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return await live(receive, send)
        call = await read(scope, receive)
        platform, via, call = addressed(call)
        if platform == "control":
            return await say(send, await self.control(call))
        if platform not in self.stage.stands:
            return await say(send, Answer(404, b"no such platform"))
        outcome, fault = await self._ask(platform, call, via)
        return await self._answer(send, outcome.answer, fault)

    async def _ask(self, platform: str, call: Call, via: str) -> tuple[Outcome, Fault | None]:
        """Holds a poller until there is news, or its time is up."""
        outcome, fault = self.stage.call(platform, call, via)
        while outcome.wait_until is not None:
            until, poller = outcome.wait_until, outcome.answer.headers["x-poller"]
            left = until - self.stage.clock.now()
            try:
                async with asyncio.timeout(self.stage.clock.real(min(left, 1.0))):
                    await self.stage.stirred.wait()
            except TimeoutError:
                pass
            held = replace(call, query={**call.query, "_until": str(until), "_poller": poller})
            outcome, fault = self.stage.call(platform, held, via)
        return outcome, fault

    async def _answer(self, send: Send, answer: Answer, fault: Fault | None) -> None:
        match fault:
            case Fault.HANG | Fault.HANG_AFTER:
                await self.stage.clock.sleep(HUNG)
                await say(send, Answer(504, b""))
            case Fault.SLOW_AFTER:
                await self.stage.clock.sleep(SLOW)
                await say(send, answer)
            case Fault.RESET | Fault.RESET_AFTER:
                await begin(send, Answer(200, b'{"'), length=100)
                raise Cut("the connection was cut")
            case Fault.PAGE_AFTER:
                await say(send, Answer(502, b"<html>502 Bad Gateway</html>"))
            case Fault.GARBLED_AFTER:
                await say(send, Answer(200, content_of(answer)[:10]))
            case _:
                await say(send, answer)


def addressed(call: Call) -> tuple[str, str, Call]:
    """Platform, caller and what is left of the path."""
    platform, _, rest = call.path.lstrip("/").partition("/")
    via = ""
    if rest.startswith("~"):
        via, _, rest = rest[1:].partition("/")
    return platform, via, replace(call, path="/" + rest)


async def read(scope: Message, receive: Receive) -> Call:
    body = bytearray()
    while len(body) <= LARGEST:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    return Call(
        method=scope["method"],
        path=unquote(scope["path"]),
        query=dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)),
        headers={n.decode("latin-1").lower(): v.decode("latin-1") for n, v in scope["headers"]},
        body=bytes(body),
    )


def content_of(answer: Answer) -> bytes:
    return answer.body if isinstance(answer.body, bytes) else orjson.dumps(answer.body)


async def begin(send: Send, answer: Answer, length: int) -> None:
    kind = b"application/json" if isinstance(answer.body, dict) else b"text/html; charset=utf-8"
    headers = [(b"content-type", kind), (b"content-length", b"%d" % length)]
    headers += [(name.encode(), value.encode()) for name, value in answer.headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": content_of(answer), "more_body": True})


async def say(send: Send, answer: Answer) -> None:
    await begin(send, answer, len(content_of(answer)))
    await send({"type": "http.response.body", "body": b""})


async def live(receive: Receive, send: Send) -> None:
    while (message := await receive())["type"] != "lifespan.shutdown":
        await send({"type": f"{message['type']}.complete"})
    await send({"type": "lifespan.shutdown.complete"})
