"""A server on loopback that stands in for a platform, also for one that misbehaves."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit


class Fault(Enum):
    HANG = "takes the request, and never answers"
    RESET = "takes the request, and cuts the connection"
    CUT = "cuts the connection in the middle of its answer"


class Call(NamedTuple):
    path: str
    query: dict[str, str]
    type: str
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Page(NamedTuple):
    """An answer that is not JSON, or not 200."""

    body: bytes
    status: int = 200
    type: str = "text/html"
    more: str = ""
    """Headers, each with its end of line."""


Answer = Page | Fault | dict[str, Any] | None
"""A dictionary is sent as JSON, with its own `error_code` as the status where it has one."""


@dataclass
class StandIn:
    url: str
    answer: Callable[[Call], Answer]
    calls: list[Call] = field(default_factory=list)
    called: asyncio.Event = field(default_factory=asyncio.Event)


@asynccontextmanager
async def standing_in(answer: Callable[[Call], Answer]) -> AsyncIterator[StandIn]:
    """Each request, whole, is given to `answer`; None is answered 200 with an empty object."""
    there = StandIn("", answer)
    visits: set[asyncio.Task[None]] = set()

    def visited(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visits.add(asyncio.ensure_future(serve(there, reader, writer)))

    server = await asyncio.start_server(visited, "127.0.0.1", 0)
    there.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield there
    finally:
        server.close()
        for visit in visits:
            visit.cancel()
        await asyncio.gather(*visits, return_exceptions=True)
        await server.wait_closed()


async def serve(there: StandIn, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                call = await heard(reader)
                there.calls.append(call)
                there.called.set()
                if not await answered(writer, there.answer(call)):
                    return
    finally:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


async def heard(reader: asyncio.StreamReader) -> Call:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    _, target, _ = head[0].split(" ")
    headers = {
        name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])
    }
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    where = urlsplit(target)
    return Call(where.path, dict(parse_qsl(where.query)), headers.get("content-type", ""), body)


async def answered(writer: asyncio.StreamWriter, answer: Answer) -> bool:
    """Whether the connection may be used again."""
    match answer:
        case Fault.HANG:
            await asyncio.Event().wait()
        case Fault.RESET:
            writer.transport.abort()
        case Fault.CUT:
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
            await writer.drain()
        case Page() as page:
            await say(writer, page)
            return True
        case _:
            told = answer or {}
            body = json.dumps(told).encode()
            await say(writer, Page(body, int(told.get("error_code", 200)), "application/json"))
            return True
    return False


async def say(writer: asyncio.StreamWriter, page: Page) -> None:
    head = (
        f"HTTP/1.1 {page.status} X\r\nContent-Type: {page.type}\r\n"
        f"Content-Length: {len(page.body)}\r\n{page.more}\r\n"
    )
    writer.write(head.encode() + page.body)
    await writer.drain()


async def refusing() -> str:
    """An address of this machine where nobody listens."""
    server = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    return f"http://127.0.0.1:{port}"
