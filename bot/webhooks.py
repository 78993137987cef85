"""Between an ASGI server and the platforms. No framework: it would cost more than the answer."""

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

Application = Callable[[Message, Receive, Send], Awaitable[None]]

BODY_LIMIT = 64 * 1024
"""Bytes. No platform sends a message larger than this; what is, is answered 413 unread."""


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
    """The ASGI application: one webhook for each path, and whole applications below some."""

    at: Mapping[str, Webhook]
    below: Mapping[str, Application] = field(default_factory=dict)
    """By the first part of the path: what is no webhook is theirs."""
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
            request = await read(scope, receive)
        except ValueError:
            return await say(send, Response(413, b"too large"))
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
        headers={
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        },
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
