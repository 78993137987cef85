"""WeCom self-built app (企业微信自建应用)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot import clock
from bot.messages import Address, Ask, Reply, SendFailed
from bot.platforms.wecom.settings import Settings
from bot.webhooks import Webhook
from storage.lanes import Limits, declare
from storage.tokens import Shelf

if TYPE_CHECKING:
    from bot.platforms.wecom.send import Sender


LIMITS = declare(
    "wecom",
    Limits(
        per_second=20,
        joins=1000,
        per_minute=30,
        per_hour=1000,
        recognises=True,
        drops_equal=True,
        unsays=timedelta(hours=24),
    ),
)
"""What exceeds 30 a minute or 1,000 an hour to one member is dropped in silence."""


class WeCom:
    """One app of one organisation."""

    name = "wecom"

    def __init__(self, visit: Webhook, sender: "Sender") -> None:
        self._visit = visit
        self._sender = sender

    def webhooks(self) -> Mapping[str, Webhook]:
        return {"/webhooks/wecom": self._visit}

    async def listen(self) -> None:
        """WeCom comes to us."""

    async def send(self, to: Address, reply: Reply, *, key: str) -> str:
        """The same reply and key within four hours reach the member once, however often they are
        sent. Equal texts do too, whatever their keys: what is said again has to say it anew."""
        failures, receipt = await self._sender.send_many([to.user], reply, key)
        for failure in failures.values():
            raise failure
        return receipt

    async def send_many(
        self, users: Sequence[str], reply: Reply, *, key: str
    ) -> tuple[dict[str, SendFailed], str]:
        """One call for at most 1,000 members (else ValueError); those who were not reached, and
        why, and what it can be taken back by. Raises `SendFailed` when it is the same for all."""
        return await self._sender.send_many(users, reply, key)

    async def unsay(self, users: Sequence[str], receipt: str, instead: Reply | None) -> None:
        """From all who got it in that call: WeCom takes a message back as a whole, and gives none
        another text."""
        await self._sender.unsay(receipt)

    def share_tokens(self, shelf: Shelf) -> None:
        self._sender.share_tokens(shelf)

    async def close(self) -> None:
        await self._sender.close()


def connect(ask: Ask, *, now: Callable[[], datetime] = clock.now) -> WeCom | None:
    """None when no app is configured. Raises `Incomplete` when something is missing, and
    ValueError when a number or the AES key cannot be one."""
    settings = Settings()
    if not settings.complete():
        return None
    # Imported here: a platform that is not configured costs nothing.
    from bot.platforms.wecom import receive, send

    return WeCom(receive.door(settings, ask, now), send.Sender(settings))
