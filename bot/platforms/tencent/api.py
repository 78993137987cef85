"""Calls to the servers of WeChat and WeCom, each of which ends: taken, refused, or not known."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol
from urllib.parse import urlencode

import orjson

from bot.messages import SendFailed
from bot.platforms import http
from bot.platforms.http import Lost, NotReached, server_at

DEADLINE = http.DEADLINE
STALE_TOKEN = frozenset({40001, 40014, 42001})
RENEWALS_APART = 600.0
"""Seconds. A token that is refused again so soon will not be cured by another one."""

Answer = dict[str, Any]  # JSON of the platform: whoever reads a field checks it


@dataclass(frozen=True)
class Refused:
    """What an error code means for the message that was refused."""

    reason: str
    permanent: bool = False
    retry_after: timedelta | None = None
    poison: bool = False
    """It is this message that is refused; another may be taken."""


Refusals = Mapping[int, Refused]


class Rejected(SendFailed):
    """The platform has said no."""

    def __init__(self, code: int, meanings: Refusals) -> None:
        meaning = meanings.get(code) or Refused(called(code), poison=True)
        super().__init__(
            f"{meaning.reason} ({code})",
            permanent=meaning.permanent,
            retry_after=meaning.retry_after,
            poison=meaning.poison,
        )
        self.code = code


def called(code: int) -> str:
    """What the documents call an error that we give no meaning of our own."""
    from wechatpy.constants import WeChatErrorCode  # nine megabytes, for an error nobody expects

    try:
        name: str = WeChatErrorCode(code).name
    except ValueError:
        return "refused"
    return name.replace("_", " ").lower()


class Calls:
    """HTTP with one server. Never says a token: neither to a log nor in an error."""

    def __init__(self, base: str) -> None:
        self._server = server_at(base)

    async def get(self, path: str, **query: str) -> Answer:
        return await self._exchange("GET", path, query, b"")

    async def post(self, path: str, payload: object, **query: str) -> Answer:
        return await self._exchange("POST", path, query, orjson.dumps(payload))

    async def close(self) -> None:
        await self._server.close()

    async def _exchange(
        self, method: str, path: str, query: Mapping[str, str], content: bytes
    ) -> Answer:
        """A JSON object, whose errcode is a number if it has one. Raises `SendFailed`."""
        target = f"{path}?{urlencode(query)}" if query else path
        try:
            response = await self._server.call(method, target, content, within=DEADLINE)
        except NotReached:
            raise SendFailed("the platform cannot be reached") from None
        except Lost as lost:
            raise SendFailed(f"the connection was lost: {lost}", uncertain=True) from None
        answer = _object(response.body)
        if answer is None or (response.status >= 500 and not answer.get("errcode")):
            raise _unanswered(response)
        return answer


def _object(body: bytes) -> Answer | None:
    try:
        answer = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    if isinstance(answer, dict) and type(answer.get("errcode", 0)) is int:
        return answer
    return None


def _unanswered(response: http.Answer) -> SendFailed:
    """Something on the way answered instead of the platform, or the platform only in part."""
    status = response.status
    if not 400 <= status < 500:
        return SendFailed(f"no usable answer (HTTP {status})", uncertain=True)
    wait = response.headers.get("retry-after", "")
    after = timedelta(seconds=int(wait)) if wait.isdecimal() and len(wait) < 6 else None
    return SendFailed(f"refused (HTTP {status})", retry_after=after)


class GivesTokens(Protocol):
    async def current(self) -> str: ...

    async def instead_of(self, refused: str) -> str: ...


@dataclass
class Tokens:
    """The access token of one account: fetched when needed, and once for all who need it.

    `fetch` gets the refused token, or "", and returns a token and the seconds that it lasts.
    """

    fetch: Callable[[str], Awaitable[tuple[str, float]]]
    monotonic: Callable[[], float] = time.monotonic
    _token: str = field(default="", init=False, repr=False)
    _until: float = field(default=0.0, init=False)
    _renewed: float = field(default=float("-inf"), init=False)
    _one: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    async def current(self) -> str:
        async with self._one:
            if not self._token or self.monotonic() >= self._until:
                await self._get("")
            return self._token

    async def instead_of(self, refused: str) -> str:
        """Another token, because the platform refused this one. Raises `SendFailed` when the
        last renewal was less than `RENEWALS_APART` ago."""
        async with self._one:
            if self._token == refused:
                wait = self._renewed + RENEWALS_APART - self.monotonic()
                if wait > 0:
                    raise SendFailed("token refused again", retry_after=timedelta(seconds=wait))
                self._renewed = self.monotonic()
                await self._get(refused)
            return self._token

    async def _get(self, refused: str) -> None:
        try:
            self._token, lasts = await self.fetch(refused)
        except SendFailed as failure:  # certain: the message itself has not left
            reason = f"no token: {failure.reason}"
            raise SendFailed(reason, retry_after=failure.retry_after) from None
        self._until = self.monotonic() + max(lasts - 300, lasts / 2)


def token_in(answer: Answer, meanings: Refusals) -> tuple[str, float]:
    """Raises `SendFailed` when there is none."""
    if code := answer.get("errcode", 0):
        raise Rejected(code, meanings)
    token, lasts = answer.get("access_token"), answer.get("expires_in")
    if not (isinstance(token, str) and token and isinstance(lasts, int)):
        raise SendFailed("an answer without a token")
    return token, float(lasts)


@dataclass(frozen=True)
class Api:
    """Authorised calls for one account."""

    calls: Calls
    tokens: GivesTokens
    refusals: Refusals

    async def post(self, path: str, payload: object) -> Answer:
        """What the platform answered; its errcode is 0.

        Takes at most `DEADLINE`, and renews a refused token at most once. Raises `SendFailed`.
        """
        left = False
        try:
            async with asyncio.timeout(DEADLINE):
                token = await self.tokens.current()
                left = True
                answer = await self.calls.post(path, payload, access_token=token)
                if answer.get("errcode") in STALE_TOKEN:
                    left = False
                    token = await self.tokens.instead_of(token)
                    left = True
                    answer = await self.calls.post(path, payload, access_token=token)
        except TimeoutError:
            raise SendFailed(f"no answer within {DEADLINE:.0f} s", uncertain=left) from None
        return self._taken(answer)

    def _taken(self, answer: Answer) -> Answer:
        code = answer.get("errcode")
        if code is None:
            raise SendFailed("an answer without errcode", uncertain=True)
        if code != 0:
            raise Rejected(code, self.refusals)
        return answer
