"""Calls of Telegram's Bot API, by python-telegram-bot; its errors become `SendFailed`."""

import logging
import os
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar, cast

import httpx
import orjson
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)
from telegram.request import BaseRequest, RequestData

from bot.messages import SendFailed, StaysShown
from bot.platforms.http import JSON, Lost, NotReached, Server, server_at
from bot.platforms.telegram.receive.wire import Me
from bot.platforms.telegram.render import PICTURE_NAME, Payload, without_picture

os.environ.setdefault("PTB_TIMEDELTA", "1")
"""The library's waits are time spans, as they will be by default; else it warns at each one."""

log = logging.getLogger(__name__)
T = TypeVar("T")

DEADLINE = 8.0
"""Seconds for one call in all; the limits of an HTTP client count from one read to the next."""

GONE = (
    "bot was blocked by the user",
    "user is deactivated",
    "bot was kicked from",
    "bot is not a member of",
    "bot can't initiate conversation",
    "bot can't send messages to bots",
    "group chat was deleted",
    "chat not found",
    "peer_id_invalid",
)
"""What Telegram says of chats that can never be written to, as things are. A refusal that says
none of it may be the mistake of a moment, or ours."""


DONE_BEFORE = ("message to delete not found", "message is not modified")


class Refused(SendFailed):
    """Telegram understood this message and will not have it; its address is not to blame."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, poison=True)


@dataclass(frozen=True)
class Words:
    """A call that is JSON already."""

    body: bytes


class Transport(BaseRequest):
    """python-telegram-bot's own way to the server, over connections of ours.

    What Telegram answers is never written to a log. And a message that was sent is not made into
    an object again: nobody here looks at it, and what the library does not know in it would look
    like a failure.
    """

    def __init__(self, base: str, server: Server) -> None:
        self._base, self._server = base, server

    @property
    def read_timeout(self) -> float:
        return DEADLINE

    async def initialize(self) -> None:
        """Nothing is opened before the first call."""

    async def shutdown(self) -> None:
        await self._server.close()

    async def say(self, url: str, payload: Payload) -> object:
        """What was answered. The library makes its errors of it, and hands the rest through."""
        words = Words(orjson.dumps({name: payload[name] for name in payload if name != "method"}))
        return await self.post(url, cast("RequestData", words))

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *_: object,
        **__: object,
    ) -> tuple[int, bytes]:
        body, kind = written(request_data)
        target = url.removeprefix(self._base)
        answer = await self._server.call(method, target, body, type=kind, within=DEADLINE)
        return answer.status, answer.body

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        return told(payload, lambda result: result.get("message_id", True))


class ForTheLibrary(Transport):
    """For calls of its own `Bot`, which would make a message again of anything but True."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        return told(payload, lambda result: result if "is_bot" in result else True)


def told(payload: bytes, needed: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    """The answer, with what is `needed` of its result."""
    try:
        answer = orjson.loads(payload)
        if answer["ok"] is True:
            result = answer["result"]
            answer["result"] = needed(result) if isinstance(result, dict) else True
    except (ValueError, LookupError, TypeError) as broken:
        raise TelegramError("not an answer of the Bot API") from broken
    return dict(answer)


def written(request: RequestData | Words | None) -> tuple[bytes, str]:
    """The body of a call, and its type."""
    match request:
        case None:
            return b"", JSON
        case Words(body):
            return body, JSON
        case RequestData(contains_files=True):
            files: Any = request.multipart_data
            form = httpx.Request("POST", NOWHERE, data=request.json_parameters, files=files)
            return form.read(), form.headers["content-type"]
        case RequestData():
            return orjson.dumps(request.parameters), JSON


NOWHERE = "http://platform.invalid"
"""For a form that is only written, not sent."""


class Api:
    """One bot's connections. Nothing is opened before the first call."""

    def __init__(self, token: str, base: str) -> None:
        number, _, _ = token.partition(":")  # a token begins with the bot's id
        self.me = Me(id=int(number) if number.isdecimal() else 0, name="")
        server = server_at(base)
        self._transport, library = Transport(base, server), ForTheLibrary(base, server)
        self._address = f"{base}/bot{token}"
        self._bot = Bot(
            token,
            base_url=f"{base}/bot",
            request=library,
            get_updates_request=library,
        )

    async def close(self) -> None:
        # Not `Bot.shutdown`, which closes only what its `initialize` opened by a call of getMe.
        await self._transport.shutdown()

    async def call(self, payload: Payload) -> int:
        """One payload of `render`; the number of the message, or 0. Raises `SendFailed`.

        A group that became a supergroup has moved house: what was refused at the old number is
        said once at the new one. A picture that Telegram will not have is told in words.
        """
        try:
            return await in_time(self._call(payload))
        except ChatMigrated as moved:
            log.warning("telegram: group %s is now %s", payload["chat_id"], moved.new_chat_id)
            try:
                await in_time(self._call(payload | {"chat_id": moved.new_chat_id}))
                return 0
            except ChatMigrated:
                raise Refused("the group moves on and on") from None
        except Refused:
            words = without_picture(payload)
            if words is None:
                raise
            log.warning("telegram: a picture was refused")
            return await in_time(self._call(words)) if words else 0

    async def unsay(self, payload: Payload) -> None:
        """Done twice it is done once. Raises `SendFailed`, and `StaysShown` where Telegram will
        not any more."""
        try:
            await in_time(self._call(payload))
        except ChatMigrated:
            raise StaysShown("the group has moved") from None
        except Refused as refused:
            if not any(words in refused.reason.lower() for words in DONE_BEFORE):
                raise StaysShown(refused.reason) from None

    async def stop_waiting(self, query: str) -> None:
        """Ends the little clock on a button that was pressed. Raises `SendFailed`."""
        await in_time(self._bot.answer_callback_query(query))

    async def who_am_i(self) -> Me:
        """Asks for the bot's name, and keeps it. Raises `SendFailed`."""
        try:
            user = await in_time(self._bot.get_me())
        except (AttributeError, TypeError):
            raise SendFailed("getMe was answered by something else") from None
        self.me = Me(user.id, user.username or "")
        return self.me

    async def _call(self, payload: Payload) -> int:
        match payload:
            case {"method": "sendMessage" | "deleteMessage" | "editMessageText" as method}:
                # not by `Bot.send_message`: it makes a letter dearer than all the rest of its way
                said = await self._transport.say(f"{self._address}/{method}", payload)
                if not isinstance(said, int):
                    raise TelegramError("not an answer of the Bot API") from Lost()
                return 0 if said is True else said
            case {"method": "sendPhoto", "chat_id": chat, "photo": photo, **rest}:
                rest.pop("method", None)
                await self._bot.send_photo(chat, photo, filename=PICTURE_NAME, api_kwargs=rest)
                return 0
            case _:
                raise ValueError(f"no such call: {payload.get('method')}")


async def in_time(call: Coroutine[Any, Any, T]) -> T:
    """What the call gives. Raises `SendFailed`, or `ChatMigrated`."""
    try:
        return await call
    except ChatMigrated:
        raise
    except TelegramError as error:
        raise failure(error) from None  # the library's own texts may quote what was sent


def failure(error: TelegramError) -> SendFailed:
    """What an error of the library means for whoever wants to send."""
    reason = error.message if error.__cause__ is None else type(error.__cause__).__name__
    match error:
        case RetryAfter():
            return SendFailed(reason, retry_after=as_timedelta(error.retry_after))
        case Forbidden() | BadRequest() if any(word in reason.lower() for word in GONE):
            return SendFailed(reason, permanent=True)
        case Forbidden():
            return SendFailed(reason, poison=True)
        case BadRequest():
            return Refused(reason)
        case InvalidToken():
            return SendFailed("the token was refused, or Telegram does not know this method")
        case _:
            return SendFailed(reason, uncertain=may_have_arrived(error))


def may_have_arrived(error: TelegramError) -> bool:
    """A clean no has no cause: Telegram itself said it, in JSON. A 5xx page or a cut connection
    has one, and only `NotReached` proves that nothing left."""
    return error.__cause__ is not None and not isinstance(error.__cause__, NotReached)


def as_timedelta(wait: int | timedelta) -> timedelta:
    """Seconds where somebody has set PTB_TIMEDELTA=0."""
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
