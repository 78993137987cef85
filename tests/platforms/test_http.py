"""What becomes of a call: an answer, nothing has left, or nobody knows."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress

import pytest

from bot.platforms import http
from bot.platforms.http import ByProxy, Direct, Lost, NotReached, Server, server_at
from tests.platforms.stand_in import Answer, Fault, Page, refusing, standing_in

OK = Page(b'{"ok":true}', type="application/json")


@pytest.fixture(params=[Direct, ByProxy])
def server_of(request: pytest.FixtureRequest) -> Callable[[str], Server]:
    made: Callable[[str], Server] = request.param
    return made


@asynccontextmanager
async def calling(server: Server) -> AsyncIterator[Server]:
    yield server
    await server.close()


Visited = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def serving(visited: Visited) -> AsyncIterator[str]:
    """The address of a server that treats each connection like this, and closes it."""
    visits: list[asyncio.Task[None]] = []

    async def whole(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(ConnectionError):
                await visited(reader, writer)
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visits.append(asyncio.ensure_future(whole(reader, writer)))

    server = await asyncio.start_server(begin, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    server.close()
    await asyncio.gather(*visits)
    await server.wait_closed()


def saying(*parts: bytes) -> AbstractAsyncContextManager[str]:
    """Just these bytes, one after the other, to whatever it hears."""

    async def visited(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(65_536)
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(0)

    return serving(visited)


async def post(server: Server, within: float = 5.0) -> http.Answer:
    return await server.call("POST", "/send?token=T", b'{"a":1}', within=within)


async def test_what_was_asked_and_what_was_answered(server_of: Callable[[str], Server]) -> None:
    async with standing_in(lambda _: OK) as there, calling(server_of(f"{there.url}/api")) as server:
        answer = await post(server)

    (call,) = there.calls
    assert (call.path, call.query, call.type) == ("/api/send", {"token": "T"}, http.JSON)
    assert call.json == {"a": 1}
    assert (answer.status, answer.body) == (200, OK.body)
    assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize("answer", [Fault.RESET, Fault.CUT, Fault.HANG])
async def test_what_has_left_and_was_not_answered_is_lost(
    server_of: Callable[[str], Server], answer: Answer
) -> None:
    async with standing_in(lambda _: answer) as there, calling(server_of(there.url)) as server:
        with pytest.raises(Lost) as lost:
            await post(server, within=0.3)

    assert "token" not in str(lost.value)
    assert len(there.calls) == 1  # and not said again by itself


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_nobody_is_followed_elsewhere(
    server_of: Callable[[str], Server], status: int
) -> None:
    """T24: where an answer points to is an answer like any other."""
    moved = Page(b"", status, more="Location: /elsewhere\r\n")
    async with standing_in(lambda _: moved) as there, calling(server_of(there.url)) as server:
        assert (await post(server)).status == status
    assert len(there.calls) == 1


async def test_where_nobody_listens_nothing_has_left(server_of: Callable[[str], Server]) -> None:
    async with calling(server_of(await refusing())) as server:
        with pytest.raises(NotReached):
            await post(server)


@pytest.mark.parametrize("base", ["http://.invalid", f"http://{'a' * 70}.invalid"])
async def test_a_name_that_is_none(base: str) -> None:
    async with calling(Direct(base)) as server:
        with pytest.raises(NotReached):
            await post(server)


async def test_a_connection_that_does_not_come_about_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def never(*_: object, **__: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(asyncio.get_running_loop(), "create_connection", never)
    async with calling(Direct("http://127.0.0.1:9")) as server:
        with pytest.raises(NotReached):
            await post(server, within=0.05)


@pytest.mark.parametrize(
    ("parts", "body"),
    [
        ([b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", b"o", b"k"], b"ok"),
        (
            [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n1\r\nk\r\n0\r\n\r\n"],
            b"ok",
        ),
        ([b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"], b"ok"),
        ([b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", b"o", b"k"], b"ok"),
        ([b"HTTP/1.0 200 OK\r\n\r\nok"], b"ok"),
        ([b"HTTP/1.1 204 No Content\r\n\r\n"], b""),
    ],
)
async def test_every_way_of_ending_an_answer(parts: Sequence[bytes], body: bytes) -> None:
    async with saying(*parts) as url, calling(Direct(url)) as server:
        assert (await post(server)).body == body


@pytest.mark.parametrize(
    "parts",
    [
        [b""],
        [b"what is this\r\n\r\n"],
        [b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nok"],
        [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nok"],
        [b"HTTP/1.1 200 OK\r\nContent-Le"],
        [b"HTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n\r\n", *[b" " * 100_000] * 30],
        [b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 300_000],
    ],
)
async def test_half_an_answer_is_none(parts: Sequence[bytes]) -> None:
    async with saying(*parts) as url, calling(Direct(url)) as server:
        with pytest.raises(Lost):
            await post(server)


async def test_one_connection_for_calls_that_follow_each_other() -> None:
    visits = []

    async def visited(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visits.append(writer)
        while await reader.read(65_536):
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    async with serving(visited) as url, calling(Direct(url)) as server:
        for _ in range(5):
            await post(server)
        assert len(visits) == 1
        await asyncio.gather(*(post(server) for _ in range(3)))
        assert len(visits) == 3


async def test_a_kept_connection_that_the_server_has_closed_is_not_used() -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
    async with saying(answer) as url, calling(Direct(url)) as server:
        for _ in range(3):
            assert (await post(server)).body == b"ok"
            await asyncio.sleep(0.02)  # its end is on its way


async def test_a_kept_connection_grows_old(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "IDLE", -1.0)
    async with standing_in(lambda _: OK) as there, calling(Direct(there.url)) as server:
        assert (await post(server)).body == (await post(server)).body == OK.body


async def test_whoever_gives_up_leaves_no_answer_for_the_next() -> None:
    answers: list[Answer] = [Fault.HANG, OK]

    async with (
        standing_in(lambda _: answers.pop(0)) as there,
        calling(Direct(there.url)) as server,
    ):
        asked = asyncio.ensure_future(post(server))
        await there.called.wait()
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)
        assert (await post(server)).body == OK.body


async def test_there_is_an_end_to_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "MOST", 2)
    async with standing_in(lambda _: OK) as there, calling(Direct(there.url)) as server:
        told = await asyncio.gather(*(post(server) for _ in range(5)), return_exceptions=True)

    assert sum(isinstance(each, NotReached) for each in told) == 3


@pytest.mark.parametrize(
    "target",
    ["/a b", "/a\r\nHost: other", "/通知", "/a\x00", "//other/a", "@other/a", "http://other/a"],
)
async def test_nothing_can_be_smuggled_into_a_call(
    server_of: Callable[[str], Server], target: str
) -> None:
    """T24: not another host either."""
    async with standing_in(lambda _: OK) as there, calling(server_of(there.url)) as server:
        with pytest.raises(ValueError, match="not an address"):
            await server.call("GET", target, within=1.0)

    assert not there.calls


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, Direct),
        ({"HTTPS_PROXY": "http://127.0.0.1:1"}, ByProxy),
        ({"ALL_PROXY": "http://127.0.0.1:1"}, ByProxy),
        ({"HTTP_PROXY": "http://127.0.0.1:1"}, Direct),
        ({"HTTPS_PROXY": "http://127.0.0.1:1", "NO_PROXY": "telegram.org"}, Direct),
    ],
)
def test_who_needs_a_proxy_gets_one(
    variables: dict[str, str], expected: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert isinstance(server_at("https://api.telegram.org"), expected)


async def test_a_stranger_is_not_trusted() -> None:
    """Over TLS, whoever answers must show who it is."""
    async with (
        standing_in(lambda _: OK) as there,
        calling(Direct(there.url.replace("http://", "https://"))) as server,
    ):
        with pytest.raises(NotReached):
            await post(server)
