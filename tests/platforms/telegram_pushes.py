"""Telegram as it pushes, and a bot with a webhook but without a network."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from bot.clock import HOME
from bot.messages import Incoming, Reply
from bot.platforms.telegram.receive.answering import Answering
from bot.platforms.telegram.receive.webhook import Hearing
from bot.platforms.telegram.receive.wire import Me
from bot.platforms.telegram.render import Payload
from bot.platforms.telegram.send import Api
from bot.webhooks import Request, Response

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=HOME)
SENT = int(NOW.timestamp()) - 3
SECRET = "s" * 20 + "-and_more"
US = {"id": 4711, "is_bot": True, "first_name": "支部助手", "username": "zhibu_bot"}
WANG = {"id": 7, "is_bot": False, "first_name": "王"}
PRIVATE = {"id": 7, "type": "private"}
GROUP = {"id": -100, "type": "supergroup", "title": "第一支部"}


@dataclass
class Line(Api):
    """An API that notes what is sent by it."""

    me: Me = field(default_factory=lambda: Me(4711, ""))
    sent: list[Payload] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)
    clock_stopped: asyncio.Event = field(default_factory=asyncio.Event)
    asked_for_name: int = 0
    trouble: Exception | None = None

    async def call(self, payload: Payload) -> int:
        if self.trouble:
            raise self.trouble
        self.sent.append(payload)
        return len(self.sent)

    async def stop_waiting(self, query: str) -> None:
        self.stopped.append(query)
        self.clock_stopped.set()

    async def who_am_i(self) -> Me:
        if self.trouble:
            raise self.trouble
        self.asked_for_name += 1
        self.me = Me(4711, "zhibu_bot")
        return self.me

    async def close(self) -> None:
        pass


@dataclass
class Bot:
    """A webhook with an assistant behind it, and whatever passes between them."""

    reply: Reply | Exception | None = field(default_factory=lambda: Reply(text="好"))
    heard: list[Incoming] = field(default_factory=list)
    api: Line = field(default_factory=Line)

    def __post_init__(self) -> None:
        self.answering = Answering(self.ask, self.api, now=lambda: NOW)
        self.hearing = Hearing(self.answering, SECRET)

    async def ask(self, incoming: Incoming) -> Reply | None:
        self.heard.append(incoming)
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply

    async def visit(
        self, body: bytes, secret: str | None = SECRET, method: str = "POST"
    ) -> Response:
        headers = {} if secret is None else {"x-telegram-bot-api-secret-token": secret}
        response = await self.hearing(Request(method, "/webhooks/telegram", {}, headers, body))
        await self.answering.close()
        return response

    async def push(self, update: object) -> Any:
        """What Telegram is told to do; None: nothing."""
        response = await self.visit(orjson.dumps(update))
        assert response.status == 200
        return orjson.loads(response.body) if response.body else None


def said(words: str, **more: Any) -> dict[str, Any]:
    message = {"message_id": 1, "date": SENT, "chat": PRIVATE, "from": WANG, "text": words}
    return {"update_id": 10, "message": message | more}


def sent(**content: Any) -> dict[str, Any]:
    update = said("")
    del update["message"]["text"]
    return {"update_id": 10, "message": update["message"] | content}


def in_group(words: str, *entities: dict[str, Any], **more: Any) -> dict[str, Any]:
    return said(words, chat=GROUP, entities=list(entities), **more)


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


def pressed(data: str, chat: dict[str, Any] | None = PRIVATE) -> dict[str, Any]:
    query: dict[str, Any] = {"id": "q1", "from": WANG, "chat_instance": "1", "data": data}
    if chat:
        query["message"] = {"message_id": 1, "date": 0, "chat": chat}
    return {"update_id": 11, "callback_query": query}


def standing(status: str, chat: dict[str, Any] = PRIVATE) -> dict[str, Any]:
    return {
        "update_id": 12,
        "my_chat_member": {
            "chat": chat,
            "from": WANG,
            "date": SENT,
            "old_chat_member": {"user": US, "status": "member"},
            "new_chat_member": {"user": US, "status": status},
        },
    }
