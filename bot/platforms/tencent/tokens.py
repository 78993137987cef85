"""The access token of one account, shared by all processes."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

from bot.messages import SendFailed
from bot.platforms.tencent.api import RENEWALS_APART
from storage.tokens import Kept, Shelf

LOOK_AGAIN = 0.2
"""Seconds between two looks at what another process fetches."""
PATIENCE = 40
"""Looks. A call ends at its own deadline before that."""


@dataclass
class SharedTokens:
    """Like `Tokens`, with the one token on the shelf of the database. `fetch` gets the refused
    token, or "", and returns a token and the seconds that it lasts."""

    app: str
    shelf: Shelf
    fetch: Callable[[str], Awaitable[tuple[str, float]]]
    _here: Kept | None = field(default=None, init=False, repr=False)
    _until: float = field(default=0.0, init=False)
    _one: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    async def current(self) -> str:
        """Read once for as long as it lasts."""
        async with self._one:
            if self._here is None or asyncio.get_running_loop().time() >= self._until:
                return await self._other_than("", lambda kept: kept.lasts)
            return self._here.value

    async def instead_of(self, refused: str) -> str:
        """Another token, because the platform refused this one: the one that another process has
        fetched since, or a new one. Raises `SendFailed` when a token was refused less than
        `RENEWALS_APART` ago: it will not be cured by another."""
        async with self._one:
            if self._here is not None and self._here.value != refused:
                return self._here.value
            return await self._other_than(refused, lambda k: k.lasts and k.value != refused)

    async def _other_than(self, refused: str, good: Callable[[Kept], bool]) -> str:
        for _ in range(PATIENCE):
            seen = await self.shelf.read(self.app)
            if good(seen):
                return self._keep(seen)
            wait = seen.refused_at + timedelta(seconds=RENEWALS_APART) - seen.now
            if refused and wait > timedelta(0):
                raise SendFailed("token refused again", retry_after=wait)
            if await self.shelf.begin(self.app, seen):
                await self._renew(seen, refused)
            else:
                await asyncio.sleep(LOOK_AGAIN)
        raise SendFailed("no token: another process did not get one either")

    async def _renew(self, seen: Kept, refused: str) -> None:
        try:
            value, lasts = await self.fetch(refused)
        except BaseException as failure:  # also when we are cancelled: the next one may try
            await asyncio.shield(self.shelf.give_up(self.app, seen, refused=False))
            if isinstance(failure, SendFailed):  # certain: the message itself has not left
                reason = f"no token: {failure.reason}"
                raise SendFailed(reason, retry_after=failure.retry_after) from None
            raise
        usable = timedelta(seconds=max(lasts - 300, lasts / 2))
        await self.shelf.put(self.app, seen, value, usable, refused=bool(refused))

    def _keep(self, kept: Kept) -> str:
        left = (kept.until - kept.now).total_seconds()
        self._here, self._until = kept, asyncio.get_running_loop().time() + left
        return kept.value
