"""HTTP as the platforms need it: an ASGI application that knows paths and nothing else. No
framework: it would cost more than the answer.

A message's path begins here: `Webhooks` finds the platform's `Webhook` by the path.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

Application = Callable[[Message, Receive, Send], Awaitable[None]]

BODY_LIMIT = 64 * 1024
"""Bytes. No platform sends a larger message; what is larger is answered 413, and not parsed."""

SLOWEST = 10.0
"""Seconds that a body may take to arrive, then 408. Platforms need a hundredth; without a limit,
clients that send a byte at a time could hold all connections."""
CLOSE = ((b"connection", b"close"),)


class Headers(Mapping[str, str]):
    """Names in lower case. Decoded at the first look: few webhooks take one."""

    def __init__(self, raw: Sequence[tuple[bytes, bytes]]) -> None:
        self._raw = raw

    def __getitem__(self, name: str) -> str:
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read)

    def __len__(self) -> int:
        return len(self._read)

    @cached_property
    def _read(self) -> dict[str, str]:
        return {name.decode("latin-1"): value.decode("latin-1") for name, value in self._raw}


class Request(NamedTuple):
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes


class Response(NamedTuple):
    status: int = 200
    body: bytes = b""
    content_type: bytes = b"text/plain; charset=utf-8"
    headers: tuple[tuple[bytes, bytes], ...] = ()


Webhook = Callable[[Request], Awaitable[Response]]


async def nothing() -> None:
    """A start or a stop at which there is nothing to do."""


@dataclass(frozen=True)
class Webhooks:
    """The ASGI application of a process."""

    at: Mapping[str, Webhook]
    """The whole path to the webhook that answers there."""
    below: Mapping[str, Application] = field(default_factory=dict)
    """The first part of a path to the application that answers everything below it."""
    start: Callable[[], Awaitable[None]] = field(default=nothing)
    stop: Callable[[], Awaitable[None]] = field(default=nothing)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._answer(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._live(receive, send)

    async def _answer(self, scope: Message, receive: Receive, send: Send) -> None:
        webhook = self.at.get(scope["path"])
        if webhook is None:
            application = self.below.get(scope["path"].split("/", 2)[1])
            if application:
                return await application(scope, receive, send)
            return await say(send, Response(404, b"not found"))
        try:
            async with asyncio.timeout(SLOWEST):
                request = await read(scope, receive)
        except ValueError:
            return await say(send, Response(413, b"too large"))
        except TimeoutError:
            return await say(send, Response(408, b"too slow", headers=CLOSE))
        return await say(send, await webhook(request))

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self.start()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await self.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return


async def read(scope: Message, receive: Receive) -> Request:
    """ValueError when the body is larger than `BODY_LIMIT`."""
    message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body") and len(body) <= BODY_LIMIT:
        message = await receive()
        body += message.get("body", b"")
    if len(body) > BODY_LIMIT:
        raise ValueError("body too large")
    return Request(
        method=scope["method"],
        path=scope["path"],
        query=dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)),
        headers=Headers(scope["headers"]),
        body=body,
    )


async def say(send: Send, response: Response) -> None:
    headers = [
        (b"content-type", response.content_type),
        (b"content-length", b"%d" % len(response.body)),
        *response.headers,
    ]
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": response.body})
