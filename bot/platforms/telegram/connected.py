"""The bot, connected."""

from collections.abc import Mapping

from bot.messages import Address, Ask, Reply, SendFailed
from bot.platforms.telegram.receive.answering import Answering
from bot.platforms.telegram.receive.polling import Polling
from bot.platforms.telegram.receive.updates import NAME
from bot.platforms.telegram.receive.webhook import PATH, Hearing
from bot.platforms.telegram.receive.wire import Me
from bot.platforms.telegram.render import render
from bot.platforms.telegram.send import Api, News
from bot.platforms.telegram.settings import Settings
from bot.webhooks import Webhook


class Telegram:
    name = NAME

    def __init__(self, ask: Ask, settings: Settings) -> None:
        self._settings = settings
        token, base = settings.token.get_secret_value(), settings.api_base
        self._api = Api(token, base)
        self._answering = Answering(ask, self._api, me_by(token))
        self._news = News(token, base) if settings.mode == "polling" else None

    def webhooks(self) -> Mapping[str, Webhook]:
        if self._news is not None:
            return {}
        return {PATH: Hearing(self._answering, self._settings.secret.get_secret_value())}

    async def listen(self) -> None:
        if self._news is not None:
            await Polling(self._answering, self._news).listen()

    async def send(self, to: Address, reply: Reply, *, key: str) -> None:
        """Telegram recognises no second sending, so `key` is of no use to it."""
        try:
            chat = int(to.user)
        except ValueError:
            raise SendFailed("not a Telegram id", permanent=True) from None
        for payload in render(reply, chat):
            await self._api.call(payload)

    async def close(self) -> None:
        await self._answering.close()
        await self._api.close()
        if self._news is not None:
            await self._news.close()


def me_by(token: str) -> Me:
    """A bot's token begins with its id; its name must be asked for."""
    number, _, _ = token.partition(":")
    return Me(id=int(number) if number.isdecimal() else 0, name="")
