"""Telegram calls us."""

import hmac
import logging
from dataclasses import dataclass
from math import ceil

import orjson

from bot.messages import Busy, SendFailed
from bot.platforms.telegram.receive.answering import Answering
from bot.platforms.telegram.receive.wire import Unreadable, Update, read
from bot.platforms.telegram.render import Payload
from bot.platforms.telegram.send import Refused
from bot.webhooks import Request, Response

log = logging.getLogger(__name__)

SIGNATURE = "x-telegram-bot-api-secret-token"
LONGEST_WAIT = 3600
"""Seconds that Telegram heeds in Retry-After."""


@dataclass(frozen=True)
class Hearing:
    """The webhook.

    An answer other than 2xx makes Telegram bring the update again, at once and then ever more
    slowly for 24 hours, and holds up what else is said in that chat. So it is given only where
    coming again helps; by then the inbox has the answer.

    The reply itself is Telegram's method in our answer: no second connection, and said exactly
    when Telegram knows that we have handled the update. That holds for a pressed button too: its
    reply must not get lost, while its little clock may, so the clock is stopped by a call of its
    own. What one answer cannot hold (a long text's first parts, a picture, the private part of
    what was asked in a group) is sent before it.
    """

    answering: Answering
    secret: str

    async def __call__(self, request: Request) -> Response:
        if not genuine(request, self.secret):
            return Response(403)
        if request.method != "POST":
            return Response(405, headers=((b"allow", b"POST"),))
        try:
            update = read(orjson.loads(request.body))
        except orjson.JSONDecodeError:
            return Response(400, b"not JSON")
        except Unreadable as unreadable:
            log.warning("telegram: %s", unreadable)
            return Response()
        return await self._answer(update)

    async def _answer(self, update: Update) -> Response:
        try:
            payloads = await self.answering.answer(update)
            last = payloads.pop() if payloads and fits(payloads[-1]) else None
            for payload in payloads:
                await self.answering.api.call(payload)
        except Busy:
            return Response(503)
        except SendFailed as failed:
            log.warning("telegram: reply to update %s: %s", update.update_id, failed.reason)
            return Response() if in_vain(failed) else again(failed)
        if last is None:
            return Response()
        return Response(200, orjson.dumps(last), b"application/json")


def genuine(request: Request, secret: str) -> bool:
    """Compared before anything is read, and in the same time wherever they differ."""
    shown = request.headers.get(SIGNATURE, "")
    return bool(secret) and hmac.compare_digest(shown.encode(), secret.encode())


def fits(payload: Payload) -> bool:
    """Into our answer; a picture is uploaded, and so has a call of its own."""
    return "photo" not in payload


def in_vain(failed: SendFailed) -> bool:
    return failed.permanent or isinstance(failed, Refused)


def again(failed: SendFailed) -> Response:
    if failed.retry_after is None:
        return Response(503)
    seconds = min(ceil(failed.retry_after.total_seconds()), LONGEST_WAIT)
    return Response(503, headers=((b"retry-after", b"%d" % seconds),))
