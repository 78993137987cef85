"""Pictures for the chat, with Chinese type that is brought along: a fresh machine has none."""

from bot.pictures.bars import Bar, bars

__all__ = ["Bar", "bars"]
