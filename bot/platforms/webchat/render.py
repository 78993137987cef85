"""A `Reply` as the JSON that the page shows. The page makes text of it, never markup."""

import re
from base64 import b64encode
from typing import Any

import orjson

from bot.messages import Reply
from bot.platforms.webchat.page import PRIVATE
from bot.webhooks import Request, Response, Webhook

_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Control characters, what turns the direction of a line, and halves of characters."""

Headers = tuple[tuple[bytes, bytes], ...]


class No(Exception):
    """The page asked for what it cannot have; `why` is for developers, members never see it."""

    def __init__(self, status: int, why: str, *, retry_after: int = 0) -> None:
        super().__init__(why)
        self.status = status
        self.why = why
        self.retry_after = retry_after
        """Seconds; 0: trying again will not help."""


def card(reply: Reply, key: str = "") -> dict[str, Any]:
    """`key` names a letter, so that a second sending of it is recognised."""
    shown: dict[str, Any] = {
        "text": _visible(reply.text),
        "title": _visible(reply.title),
        "fields": {_visible(name): _visible(value) for name, value in reply.fields.items()},
        "buttons": [{"label": _visible(one.label), "tap": one.tap} for one in reply.buttons],
    }
    if reply.picture:
        shown["picture"] = b64encode(reply.picture).decode()
    if key:
        shown["key"] = key
    return shown


def as_json(value: object, status: int = 200, headers: Headers = ()) -> Response:
    return Response(status, orjson.dumps(value), b"application/json", (*PRIVATE, *headers))


def politely(webhook: Webhook) -> Webhook:
    """Turns a `No` into an answer."""

    async def answer(request: Request) -> Response:
        try:
            return await webhook(request)
        except No as no:
            wait = (b"retry-after", b"%d" % no.retry_after)
            return as_json({"why": no.why}, no.status, (wait,) if no.retry_after else ())

    return answer


def _visible(text: str) -> str:
    return _INVISIBLE.sub("", text)
