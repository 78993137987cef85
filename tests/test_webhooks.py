"""Bodies that come slowly, in pieces, too large or not at all."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from bot import webhooks
from bot.webhooks import BODY_LIMIT, Message, Request, Response, Webhooks


async def echo(request: Request) -> Response:
    return Response(body=request.body + request.headers.get("x-also", "").encode())


class Visit:
    """One request, whose pieces come when the test lets them."""

    def __init__(self, *pieces: bytes, ends: bool = True) -> None:
        self.pieces: Iterator[bytes] = iter(pieces)
        self.left, self.ends = len(pieces), ends
        self.said: list[Message] = []

    async def receive(self) -> Message:
        if not self.left:
            await asyncio.Event().wait()  # nothing comes any more
        self.left -= 1
        more = bool(self.left) or not self.ends
        return {"type": "http.request", "body": next(self.pieces), "more_body": more}

    async def send(self, message: Message) -> None:
        self.said.append(message)

    async def to(self, path: str) -> tuple[int, bytes]:
        scope: dict[str, Any] = {
            "type": "http",
            "method": "POST",
            "path": path,
            "query_string": b"",
            "headers": [(b"x-also", b"!")],
        }
        await Webhooks(at={"/echo": echo})(scope, self.receive, self.send)
        return self.said[0]["status"], self.said[1]["body"]


async def test_a_body_in_pieces() -> None:
    assert await Visit(b"one ", b"two").to("/echo") == (200, b"one two!")


async def test_a_body_that_never_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhooks, "SLOWEST", 0)
    visit = Visit(b"one ", ends=False)

    status, _ = await visit.to("/echo")

    assert status == 408
    assert (b"connection", b"close") in visit.said[0]["headers"]


@pytest.mark.parametrize(("size", "status"), [(BODY_LIMIT, 200), (BODY_LIMIT + 1, 413)])
async def test_a_large_body(size: int, status: int) -> None:
    assert (await Visit(b"x" * size).to("/echo"))[0] == status


async def test_a_path_that_nobody_listens_at() -> None:
    assert (await Visit(b"").to("/elsewhere"))[0] == 404
