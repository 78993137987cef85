"""Calls to the server of a platform: kept open, used again, and exact about what has left.

Thin on purpose: a general client spends several times on a call what everything else spends on
its letter (docs/decisions/0016). A call ends within its deadline in exactly one way: with an
answer, `NotReached` (nothing has left) or `Lost` (it may have arrived).
"""

import asyncio
import os
import re
import ssl
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple, Protocol
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import certifi
from httptools import HttpParserError, HttpResponseParser

if TYPE_CHECKING:
    import httpx

DEADLINE = 8.0
"""Seconds for a call with everything in it."""
CONNECTING = 3.0
"""Seconds of these for a connection."""
LARGEST = 1_000_000
"""Bytes that we read of an answer."""
IDLE = 5.0
"""Seconds for which a connection is kept; much later the server may be about to close it."""
MOST = 256
"""Connections to one server."""
JSON = "application/json"
TARGET = re.compile("/(?!/)[!-~]*")


class NotReached(Exception):
    """Nothing has left: safe to try again."""


class Lost(Exception):
    """The request has left, or a part of it; whether it was heeded nobody knows."""


class Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes
    """As it came; we ask for nothing that is packed: it could unpack to gigabytes."""


class Server(Protocol):
    async def call(
        self, method: str, target: str, body: bytes = b"", *, type: str = JSON, within: float
    ) -> Answer:
        """`target`: path and query, below the address of the server. Redirections are answers
        like any other. Raises `NotReached` or `Lost`; neither ever says what was called."""

    async def close(self) -> None: ...


def server_at(base: str) -> Server:
    """Nothing is opened before the first call."""
    return ByProxy(base) if behind_a_proxy(base) else Direct(base)


def behind_a_proxy(base: str) -> bool:
    """By HTTPS_PROXY, NO_PROXY and the like."""
    where = urlsplit(base)
    known = getproxies()
    return bool(known.get(where.scheme) or known.get("all")) and not proxy_bypass(
        where.hostname or ""
    )


class Direct:
    """Several calls at once, each on a connection of its own meanwhile."""

    def __init__(self, base: str) -> None:
        where = urlsplit(base)
        self._host = where.hostname or ""
        self._secure = where.scheme == "https"
        self._port = where.port or (443 if self._secure else 80)
        self._path = where.path.rstrip("/")
        host = where.netloc.rpartition("@")[2]  # without a name and a password before it
        self._head = (
            f" HTTP/1.1\r\nHost: {host}\r\nAccept: */*\r\n"
            "Accept-Encoding: identity\r\nUser-Agent: zhibu\r\n"
        )
        self._idle: list[tuple[Connection, float]] = []
        self._busy = 0
        self._trust: ssl.SSLContext | None = None

    async def call(
        self, method: str, target: str, body: bytes = b"", *, type: str = JSON, within: float
    ) -> Answer:
        request = self._request(method, target, body, type)
        left = False
        self._busy += 1
        try:
            async with asyncio.timeout(within):
                connection = self._kept() or await self._opened()
                left = True
                answer = await connection.exchange(request)
        except TimeoutError:
            raise (Lost if left else NotReached)("no answer in time") from None
        finally:
            self._busy -= 1
        if not connection.closed:
            self._idle.append((connection, asyncio.get_running_loop().time()))
        return answer

    async def close(self) -> None:
        for connection, _ in self._idle:
            connection.close()
        self._idle = []

    def _request(self, method: str, target: str, body: bytes, type: str) -> bytes:
        line = f"{method} {below(self._path, target)}"
        kind = f"Content-Type: {type}\r\nContent-Length: {len(body)}\r\n" if body else ""
        if not body and method == "POST":
            kind = "Content-Length: 0\r\n"
        return f"{line}{self._head}{kind}\r\n".encode() + body

    def _kept(self) -> "Connection | None":
        """The one that was used last: the others may go."""
        fresh = asyncio.get_running_loop().time() - IDLE
        while self._idle:
            connection, since = self._idle.pop()
            if since >= fresh and not connection.closed:
                return connection
            connection.close()
        return None

    async def _opened(self) -> "Connection":
        if self._busy > MOST:
            raise NotReached("too many calls at once")
        if self._secure and self._trust is None:
            self._trust = trust()
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(CONNECTING):
                _, connection = await loop.create_connection(
                    Connection, self._host, self._port, ssl=self._trust
                )
        except (OSError, UnicodeError) as error:  # also a name that no name can be
            raise NotReached(f"cannot be reached: {type(error).__name__}") from None
        return connection


class Connection(asyncio.Protocol):
    """One call at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport
        self._parser: HttpResponseParser
        self._answer: asyncio.Future[Answer] | None = None
        self.closed = False

    async def exchange(self, request: bytes) -> Answer:
        self._answer = asyncio.get_running_loop().create_future()
        self._parser = HttpResponseParser(self)
        self._size, self._open_ended = 0, False
        self._headers: dict[str, str] = {}
        self._body: list[bytes] = []
        self._transport.write(request)
        try:
            return await self._answer
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self.closed = True
        self._transport.abort()

    # what the loop tells us

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport) or hasattr(transport, "write")
        self._transport = transport  # type: ignore[assignment]  # uvloop's is one without saying so

    def data_received(self, data: bytes) -> None:
        self._size += len(data)
        if self._answer is None or self._answer.done():
            return self.close()  # nobody has asked
        try:
            self._parser.feed_data(data)
        except HttpParserError:
            return self._lost("no answer in HTTP")
        if self._size > LARGEST and not self._answer.done():
            return self._lost("an answer without end")
        return None

    def connection_lost(self, exc: Exception | None) -> None:
        self.closed = True
        if exc is None and self._answer and self._open_ended:
            self.on_message_complete()
        self._lost("the connection was cut")

    def _lost(self, why: str) -> None:
        if self._answer and not self._answer.done():
            self._answer.set_exception(Lost(why))

    # what the parser tells us

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        told = {"content-length", "transfer-encoding"} & self._headers.keys()
        self._open_ended = not told  # then it ends with the connection

    def on_body(self, body: bytes) -> None:
        self._body.append(body)

    def on_message_complete(self) -> None:
        status = self._parser.get_status_code()
        if status < 200:  # «go on», and the answer is still to come
            self._headers, self._open_ended = {}, False
            return
        if not self._parser.should_keep_alive():
            self.close()
        if self._answer and not self._answer.done():
            self._answer.set_result(Answer(status, self._headers, b"".join(self._body)))


def below(base: str, target: str) -> str:
    """`ValueError` for what would lead elsewhere, or say more than an address."""
    if not TARGET.fullmatch(target):
        raise ValueError("not an address")  # nor said: it may hold a token
    return base + target


def trust() -> ssl.SSLContext:
    """The authorities that everybody trusts, or those that the machine's owner names."""
    own = "SSL_CERT_FILE" in os.environ or "SSL_CERT_DIR" in os.environ
    return ssl.create_default_context(cafile=None if own else certifi.where())


class ByProxy:
    """Where a proxy stands in between: by httpx, which knows its way through them."""

    def __init__(self, base: str) -> None:
        self._base = base.rstrip("/")
        self._made: httpx.AsyncClient | None = None

    async def call(
        self, method: str, target: str, body: bytes = b"", *, type: str = JSON, within: float
    ) -> Answer:
        import httpx  # six megabytes that most do without

        never_left = (
            httpx.ConnectError,
            httpx.ConnectTimeout,
            httpx.InvalidURL,
            httpx.PoolTimeout,
            httpx.ProxyError,
            httpx.UnsupportedProtocol,
        )
        headers = {"content-type": type} if body else {}
        address = below(self._base, target)
        try:
            async with (
                asyncio.timeout(within),
                self._client.stream(method, address, content=body, headers=headers) as response,
            ):
                told = await whole(response)
        except never_left as error:
            raise NotReached(f"cannot be reached: {error.__class__.__name__}") from None
        except (httpx.RequestError, TimeoutError) as error:
            raise Lost(error.__class__.__name__) from None
        return Answer(response.status_code, response.headers, told)

    async def close(self) -> None:
        if self._made:
            await self._made.aclose()

    @property
    def _client(self) -> "httpx.AsyncClient":
        import httpx

        if self._made is None:
            self._made = httpx.AsyncClient(
                follow_redirects=False,
                timeout=httpx.Timeout(DEADLINE, connect=CONNECTING, pool=CONNECTING),
                headers={"accept-encoding": "identity"},
            )
        return self._made


async def whole(response: "httpx.Response") -> bytes:
    body = b""
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > LARGEST:
            raise Lost("an answer without end")
    return body
