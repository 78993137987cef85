"""What Telegram has to tell, where we ask for it."""

import asyncio
from typing import Any

import httpx
import orjson

POLL = 50
"""Seconds, the most that Telegram allows: how long it may hold a question for news."""
WANTED = ["message", "edited_message", "callback_query", "my_chat_member"]


class NoNews(Exception):
    """Telegram told nothing; the text says what to do where a person must."""

    def __init__(self, reason: str, retry_after: float = 0.0) -> None:
        super().__init__(reason)
        self.retry_after = retry_after
        """Seconds that Telegram asked for."""


class News:
    """Long polling.

    By httpx alone: python-telegram-bot makes objects of all that people wrote, fails at the whole
    of it when one update is newer than the library, and then writes it to the log.
    """

    def __init__(self, token: str, base: str) -> None:
        self._address = f"{base}/bot{token}/getUpdates"
        self._client = httpx.AsyncClient(timeout=httpx.Timeout(10, read=POLL + 10))

    async def after(self, offset: int) -> list[dict[str, Any]]:
        """The updates from number `offset` on, which confirms all before. Raises `NoNews`."""
        asked = {
            "offset": offset,
            "timeout": POLL,
            "allowed_updates": orjson.dumps(WANTED).decode(),
        }
        try:
            async with asyncio.timeout(POLL + 20):
                answer = await self._client.post(self._address, data=asked)
            return updates_in(answer.status_code, orjson.loads(answer.content))
        except (httpx.HTTPError, TimeoutError, ValueError) as trouble:
            raise NoNews(f"no news, will ask again: {type(trouble).__name__}") from None

    async def close(self) -> None:
        await self._client.aclose()


def updates_in(status: int, answer: object) -> list[dict[str, Any]]:
    """Raises `NoNews`."""
    match answer:
        case {"ok": True, "result": [*updates]}:
            return [each for each in updates if isinstance(each, dict) and "update_id" in each]
        case {"error_code": 401 | 404}:
            raise NoNews("the token was refused: correct ZHIBU_TELEGRAM_TOKEN and start again")
        case {"error_code": 409, "description": str(words)} if "webhook" in words:
            raise NoNews(
                "the bot has a webhook, so it cannot be polled: delete it by deleteWebhook, "
                "or set ZHIBU_TELEGRAM_MODE=webhook"
            )
        case {"error_code": 409}:
            raise NoNews("somebody else polls this bot: let only one process run with its token")
        case {"error_code": 429, "parameters": {"retry_after": int(wait)}}:
            raise NoNews("asked too often", retry_after=wait)
        case _:
            raise NoNews(f"an answer that is none, status {status}")
