"""We ask Telegram: for where no address of ours can be reached from outside."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.messages import Busy, SendFailed
from bot.platforms.telegram.news import News, NoNews
from bot.platforms.telegram.receive.answering import Answering
from bot.platforms.telegram.receive.webhook import in_vain
from bot.platforms.telegram.receive.wire import Unreadable, Update, read

log = logging.getLogger(__name__)

TRIES = 2
"""A reply that did not arrive is said once more; it may have arrived after all."""


@dataclass(frozen=True)
class Polling:
    """Updates are confirmed by asking for later ones, and so only when all are answered."""

    answering: Answering
    news: News
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def listen(self) -> None:
        """Until cancelled. What was not confirmed by then, Telegram brings again."""
        offset, complaint, waits = 0, "", growing()
        while True:
            try:
                updates = await self.news.after(offset)
            except NoNews as trouble:
                if str(trouble) != complaint:  # told once, not at every try
                    complaint = str(trouble)
                    log.error("telegram: %s", complaint)
                await self.pause(max(next(waits), trouble.retry_after))
                continue
            complaint, waits = "", growing()
            await self._answer_all(updates)
            offset = max([offset, *(each["update_id"] + 1 for each in updates)])

    async def _answer_all(self, updates: list[dict[str, Any]]) -> None:
        """One person's in their order, different people's side by side."""
        lines: dict[int, list[Update]] = defaultdict(list)
        for each in updates:
            try:
                update = read(each)
            except Unreadable as unreadable:
                log.warning("telegram: %s", unreadable)
            else:
                lines[update.speaker].append(update)
        async with asyncio.TaskGroup() as people:
            for line in lines.values():
                people.create_task(self._answer_in_order(line))

    async def _answer_in_order(self, line: list[Update]) -> None:
        for update in line:
            try:
                await self._answer(update)
            except Exception:  # one message's trouble is nobody else's
                log.exception("telegram: update %s failed", update.update_id)

    async def _answer(self, update: Update) -> None:
        waits, tries = growing(), 0
        while True:
            try:
                for payload in await self.answering.answer(update):
                    await self.answering.api.call(payload)
                return
            except Busy:
                wait = next(waits)
            except SendFailed as failed:
                tries += 1
                if tries == TRIES or in_vain(failed):
                    log.warning("telegram: reply to %s: %s", update.update_id, failed.reason)
                    return
                wait = max(next(waits), (failed.retry_after or timedelta()).total_seconds())
            await self.pause(wait)


def growing() -> Iterator[float]:
    """1, 2, 4 … seconds, a minute at most."""
    wait = 1.0
    while True:
        yield wait
        wait = min(2 * wait, 60.0)
