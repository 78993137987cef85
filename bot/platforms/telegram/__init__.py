"""Telegram: one bot, by webhook or by polling."""

from bot.messages import Ask
from bot.platforms import Platform
from bot.platforms.telegram.settings import configured


def connect(ask: Ask) -> Platform | None:
    settings = configured()
    if settings is None:
        return None
    # python-telegram-bot takes half a second to load: who does not use Telegram does not wait.
    from bot.platforms.telegram.connected import Telegram

    return Telegram(ask, settings)
