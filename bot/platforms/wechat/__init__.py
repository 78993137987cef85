"""WeChat official account (微信公众号)."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot import clock
from bot.messages import Address, Ask, Reply
from bot.platforms.wechat.settings import Settings
from bot.platforms.wechat.templates import chosen, consent_to, lasts
from bot.webhooks import Webhook
from storage.lanes import Limits, declare
from storage.tokens import Shelf

if TYPE_CHECKING:
    from bot.platforms.wechat.send import Sender
    from bot.platforms.wechat.templating import ByTemplate


LIMITS = declare("wechat", Limits(per_second=50, deadline=timedelta(seconds=27), windowed=True))
"""A long message is sent in up to three parts, of 8 s each."""
BY_TEMPLATE = "wechat_template"
"""The lane of what may be said while a window is shut: it has quotas of its own."""


class WeChat:
    """One official account."""

    name = "wechat"

    def __init__(self, visit: Webhook, sender: "Sender") -> None:
        self._visit = visit
        self._sender = sender

    def webhooks(self) -> Mapping[str, Webhook]:
        return {"/webhooks/wechat": self._visit}

    async def listen(self) -> None:
        """WeChat comes to us."""

    async def send(self, to: Address, reply: Reply, *, key: str) -> None:
        """WeChat knows no key: after an uncertain failure a second sending may arrive twice."""
        await self._sender.send(to.user, reply)

    def other_ways(self) -> Mapping[str, "ByTemplate"]:
        way = self._sender.by_template
        return {BY_TEMPLATE: way} if way else {}

    def share_tokens(self, shelf: Shelf) -> None:
        self._sender.share_tokens(shelf)

    async def close(self) -> None:
        await self._sender.close()


def connect(ask: Ask, *, now: Callable[[], datetime] = clock.now) -> WeChat | None:
    """None when no account is configured. Raises `Incomplete` when something is missing, and
    ValueError when the AES key cannot be one."""
    settings = Settings()
    if not settings.complete():
        return None
    # Imported here: a platform that is not configured costs nothing.
    from bot.platforms.wechat import receive, send

    if settings.templates:
        declare(
            BY_TEMPLATE,
            Limits(
                per_second=30,
                stands_for="wechat",
                kinds=lambda kind: chosen(settings.templates, kind) is not None,
                consent=lambda kind: consent_to(chosen(settings.templates, kind)),
                for_good=lambda kind: lasts(chosen(settings.templates, kind)),
                alone=True,
                after_doubt=timedelta(seconds=60),
            ),
        )
    return WeChat(receive.door(settings, ask, now), send.Sender(settings))
