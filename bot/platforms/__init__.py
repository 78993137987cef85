"""Everything the rest of the program may know about WeChat, Telegram and the like.

A platform is one folder: `__init__.py` (the `Platform` and `connect`), `receive.py` (what comes
in, checked and understood), `render.py` (a `Reply` as its payload, pure), `send.py` (its HTTP
calls, whose errors become `SendFailed`) and `settings.py` (its own environment variables).

Each folder offers `connect(ask: Ask) -> Platform | None`: None when nothing of it is configured,
`Incomplete` when something is missing.
"""

from collections.abc import Mapping
from typing import Any, Protocol, runtime_checkable

from bot.messages import Address, Reply
from bot.webhooks import Webhook
from storage.tokens import Shelf


class Incomplete(Exception):
    """A platform is half configured; `missing` are the environment variables to set."""

    def __init__(self, *missing: str) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


@runtime_checkable
class SharesTokens(Protocol):
    """A platform whose calls need a token that is fetched."""

    def share_tokens(self, shelf: Shelf) -> None:
        """Take it from there, where other processes find it too."""


@runtime_checkable
class HasOtherWays(Protocol):
    """A platform that can be spoken by in more than one way, each with a lane of its own."""

    def other_ways(self) -> Mapping[str, Any]:
        """The name of a lane to what speaks there, as delivery needs it."""


class Platform(Protocol):
    """One account on one platform, connected."""

    name: str

    def webhooks(self) -> Mapping[str, Webhook]:
        """Path to webhook, where the platform calls us."""

    async def listen(self) -> None:
        """Where we ask the platform (long polling): until cancelled. Else returns at once."""

    async def send(self, to: Address, reply: Reply, *, key: str) -> str | None:
        """Deliver, or raise `SendFailed`. `key` names the letter, for platforms that can use it
        to recognise a second sending. How the platform calls it, where it can be taken back."""

    async def close(self) -> None:
        """Let go of connections."""
