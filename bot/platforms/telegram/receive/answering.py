"""What is said to an update, whichever way it came in."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from bot import clock
from bot.messages import Ask, Reply, SendFailed
from bot.platforms.telegram import text
from bot.platforms.telegram.receive.updates import Edited, Heard, calls_by_name, understand
from bot.platforms.telegram.receive.wire import Update
from bot.platforms.telegram.render import Payload, render
from bot.platforms.telegram.send import Api


@dataclass
class Answering:
    ask: Ask
    api: Api
    now: Callable[[], datetime] = clock.now
    _clocks: set[asyncio.Task[None]] = field(default_factory=set, init=False)

    async def answer(self, update: Update) -> list[Payload]:
        """What is still to be sent, in order, after what it promises is committed.

        Raises `Busy` when the update was not taken and `SendFailed` when a part of the answer
        could not be given: in both cases it should come again.
        """
        me = self.api.me
        if not me.name and update.message and calls_by_name(update.message):
            me = await self.api.who_am_i()
        match understand(update, me, self.now()):
            case Heard() as heard:
                return await self._say(heard)
            case Edited(chat):
                return render(Reply(text=text.EDITED), chat)
            case None:
                return []

    async def close(self) -> None:
        for stopping in self._clocks:
            stopping.cancel()
        await asyncio.gather(*self._clocks, return_exceptions=True)
        await self.api.close()

    async def _say(self, heard: Heard) -> list[Payload]:
        if heard.query:
            self._stop_clock(heard.query)
        reply = await self.ask(heard.incoming)
        if reply is None or heard.silent:
            return []
        if heard.incoming.group:
            return await self._say_in_group(reply, int(heard.incoming.sender.user), heard.chat)
        return render(reply, heard.chat)

    async def _say_in_group(self, reply: Reply, asker: int, group: int) -> list[Payload]:
        """To the asker all of it, in private; to the group what others may hear.

        The private part goes first, so that the group is never told of a message that nobody got.
        """
        openly = reply.in_group or text.IN_PRIVATE
        if reply.text != reply.in_group:
            try:
                for payload in render(reply, asker):
                    await self.api.call(payload)
            except SendFailed as failed:
                if not failed.permanent:
                    raise
                # They never spoke to us in private: Telegram lets no bot begin.
                openly = "\n".join(filter(None, [reply.in_group, text.COULD_NOT_REACH_YOU]))
        return render(Reply(text="", in_group=openly), group)

    def _stop_clock(self, query: str) -> None:
        """Besides the answer, not before it: a member waits for the reply, not for the clock."""
        stopping = asyncio.create_task(self._stop(query))
        self._clocks.add(stopping)
        stopping.add_done_callback(self._clocks.discard)

    async def _stop(self, query: str) -> None:
        with suppress(SendFailed):  # pressed long ago, or at the second delivery: it runs out
            await self.api.stop_waiting(query)
