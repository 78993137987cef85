"""Telegram: one bot, by webhook or by polling."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.messages import Address, Ask, Reply, SendFailed, StaysShown
from bot.platforms.telegram.render import deleted, render, reworded
from bot.platforms.telegram.settings import Settings
from bot.webhooks import Webhook
from storage.lanes import Limits, declare

if TYPE_CHECKING:
    from bot.platforms.telegram.receive.answering import Answering
    from bot.platforms.telegram.receive.polling import Polling

PATH = "/webhooks/telegram"
LIMITS = declare(
    "telegram",
    Limits(
        per_second=30,
        apart=timedelta(seconds=1),
        repeats_buttons=False,
        unsays=timedelta(hours=48),
        rewords=timedelta(hours=48),
    ),
)
"""30 a second overall, and 1 a second to one chat."""


class Telegram:
    """One bot, which is called or else asks: it has a webhook, or something to poll."""

    name = "telegram"

    def __init__(
        self, answering: "Answering", *, webhook: Webhook | None, polling: "Polling | None"
    ) -> None:
        self._answering = answering
        self._webhook = webhook
        self._polling = polling

    def webhooks(self) -> Mapping[str, Webhook]:
        return {PATH: self._webhook} if self._webhook else {}

    async def listen(self) -> None:
        if self._polling:
            await self._polling.listen()

    async def send(self, to: Address, reply: Reply, *, key: str) -> str:
        """The numbers of the messages. Telegram recognises no second sending, so `key` is of no
        use to it. A failure after the first of several parts is uncertain: to send them all again
        would repeat that one."""
        try:
            chat = int(to.user)
        except ValueError:
            raise SendFailed("not a Telegram id", permanent=True) from None
        numbers = []
        for sent, payload in enumerate(render(reply, chat)):
            try:
                numbers.append(await self._answering.api.call(payload))
            except SendFailed as failed:
                if sent and not failed.permanent:
                    raise SendFailed(failed.reason, uncertain=True) from None
                raise
        return ",".join(str(each) for each in numbers) if all(numbers) else ""

    async def unsay(self, users: Sequence[str], receipt: str, instead: Reply | None) -> None:
        """One chat at a time: the numbers of messages are those of a chat."""
        [user] = users
        numbers = [int(each) for each in receipt.split(",")]
        if instead is None:
            for number in numbers:
                await self._answering.api.unsay(deleted(int(user), number))
            return
        payloads = render(instead, int(user))
        if len(payloads) != len(numbers):
            raise StaysShown("another number of messages")
        for payload, number in zip(payloads, numbers, strict=True):
            await self._answering.api.unsay(reworded(payload, number))

    async def close(self) -> None:
        await self._answering.close()
        if self._polling:
            await self._polling.news.close()


def connect(ask: Ask) -> Telegram | None:
    """None when no bot is configured. Raises `Incomplete` when something is missing."""
    settings = Settings()
    if not settings.complete():
        return None
    # Imported here: python-telegram-bot takes half a second to load.
    from bot.platforms.telegram.news import News
    from bot.platforms.telegram.receive.answering import Answering
    from bot.platforms.telegram.receive.polling import Polling
    from bot.platforms.telegram.receive.webhook import Hearing
    from bot.platforms.telegram.send import Api

    token, base = settings.token.get_secret_value(), settings.api_base
    answering = Answering(ask, Api(token, base))
    if settings.mode == "polling":
        return Telegram(answering, webhook=None, polling=Polling(answering, News(token, base)))
    webhook = Hearing(answering, settings.secret.get_secret_value())
    return Telegram(answering, webhook=webhook, polling=None)
