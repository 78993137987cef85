"""One visit of WeChat or WeCom: check, understand, ask, answer."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from bot.clock import HOME
from bot.messages import Address, Agreed, Ask, Busy, Ended, Incoming, Kind, Reply
from bot.platforms.tencent.envelope import Forged
from bot.platforms.tencent.locks import Lock, Stamp, stamp
from bot.platforms.tencent.xml import Unreadable, cdata, read
from bot.webhooks import Request, Response

log = logging.getLogger(__name__)

TOLERANCE = 300
"""Seconds that a visit may be old, or ahead of our clock. Within them the inbox knows repeats."""

TAP = "tap:"
"""What our button ids begin with, so that nobody else's are taken for ours."""

XML = b"text/xml; charset=utf-8"

SAY_NOTHING = frozenset({Kind.UNFOLLOW, Kind.NEWS})

Fields = Mapping[str, str]


class Heard(NamedTuple):
    """What is in a message or an event, apart from who and when."""

    kind: Kind = Kind.MESSAGE
    text: str = ""
    tap: str = ""
    scene: str = ""
    voice: bool = False
    news: tuple[Ended | Agreed, ...] = ()


Hear = Callable[[Fields], Heard | None]


@dataclass
class Door:
    """The webhook of one account.

    Answers 403 to whatever is not from the platform, and always the same 403; 503 to what could
    not be taken, so that it comes again.
    """

    platform: str
    lock: Lock
    hear: Hear
    word: Callable[[Reply], str]
    silence: bytes
    """The answer that shows nothing and asks for no repetition."""
    ask: Ask
    now: Callable[[], datetime]
    _warned: float = field(default=float("-inf"), init=False)

    async def __call__(self, request: Request) -> Response:
        now = self.now()
        try:
            seen = stamp(request.query)
            if request.method == "GET":  # someone saves our address in the platform's settings
                echo = self.lock.echo(seen, request.query.get("echostr", ""))
                self._check_age(seen, now)
                return Response(body=echo)
            document = self.lock.open(seen, request.body)
            self._check_age(seen, now)
            incoming = understand(read(document), now, self.platform, self.hear)
        except Forged:
            return Response(403)
        except Unreadable:
            return Response(400)
        return await self._answer(incoming, seen)

    async def _answer(self, incoming: Incoming | None, seen: Stamp) -> Response:
        if incoming is None:
            return Response(body=self.silence)
        try:
            reply = await self.ask(incoming)
        except Busy:
            return Response(503)
        words = self.word(reply) if reply and incoming.kind not in SAY_NOTHING else ""
        if not words:
            return Response(body=self.silence)
        answer = passive(incoming, words).encode()
        return Response(body=self.lock.close(seen, answer), content_type=XML)

    def _check_age(self, seen: Stamp, now: datetime) -> None:
        """After the signature: our clock matters only for what is genuine. Warns at most once a
        minute, because with a wrong clock every message comes here."""
        age = seen.age(now)
        if abs(age) <= TOLERANCE:
            return
        if now.timestamp() - self._warned >= 60:
            self._warned = now.timestamp()
            log.warning(
                "%s: a genuine visit %+.0f s old was refused: a replay, or our clock is wrong",
                self.platform,
                age,
            )
        raise Forged


def understand(fields: Fields, now: datetime, platform: str, hear: Hear) -> Incoming | None:
    """None for what nobody has said to us. Raises `Unreadable` when something is missing."""
    heard = hear(fields)
    if heard is None:
        return None
    try:
        user, account = fields["FromUserName"], fields["ToUserName"]
        at = spoken_at(fields["CreateTime"], now)
    except KeyError as missing:
        raise Unreadable(f"no {missing}") from None
    return Incoming(
        id=fields.get("MsgId") or event_id(fields, heard),
        sender=Address(platform, user),
        at=at,
        account=account,
        kind=heard.kind,
        text=heard.text,
        tap=heard.tap,
        scene=heard.scene,
        voice=heard.voice,
        news=heard.news,
    )


def event_id(fields: Fields, heard: Heard) -> str:
    """Events have no number. The key is in it because one second is enough for two clicks, and
    what they are about because it is enough for two messages to end."""
    names = ("FromUserName", "CreateTime", "Event", "EventKey")
    return ":".join([fields.get(name, "") for name in names] + [each[0] for each in heard.news])


def spoken_at(created: str, now: datetime) -> datetime:
    """The platform's time, in seconds since 1970, where it can be believed; else `now`."""
    if not (created.isascii() and created.isdigit() and len(created) <= 12):
        raise Unreadable("CreateTime is no time")
    seconds = int(created)
    if -86_400 <= seconds - now.timestamp() <= 120:
        return datetime.fromtimestamp(seconds, HOME)
    return now


def tapped(key: str) -> Heard | None:
    """What one of our own buttons means; None for anyone else's id."""
    return Heard(tap=key.removeprefix(TAP)) if key.startswith(TAP) else None


def hear_message(fields: Fields) -> Heard | None:
    """What both platforms send alike. None for kinds that we do not know."""
    match fields.get("MsgType"):
        case "text":
            return Heard(text=fields.get("Content", ""))
        case "voice":
            words = fields.get("Recognition", "")
            return Heard(kind=Kind.MESSAGE if words else Kind.OTHER, text=words, voice=True)
        case "location":
            return Heard(kind=Kind.PLACE)
        case "image" | "video" | "shortvideo" | "link" | "file":
            return Heard(kind=Kind.OTHER)
        case None if "InfoType" not in fields:
            raise Unreadable("no MsgType")
        case _:
            return None


def hear_event(fields: Fields) -> Heard | None:
    """None for the many events that nobody means for us; among them the position that a phone
    reports by itself, every five seconds."""
    key = fields.get("EventKey", "")
    match fields.get("Event", "").lower():
        case "click":
            return tapped(key) or Heard(text=key)
        case "scancode_push" | "scancode_waitmsg":
            return Heard(scene=fields.get("ScanCodeInfo/ScanResult", ""))
        case "location_select":
            return Heard(kind=Kind.PLACE)
        case "subscribe":
            return Heard(kind=Kind.FOLLOW)
        case "unsubscribe":
            return Heard(kind=Kind.UNFOLLOW)
        case _:
            return None


def passive(to: Incoming, words: str) -> str:
    """The answer within a visit. Takes its time from what it answers, so that a repeated visit
    gets the same bytes."""
    return (
        f"<xml><ToUserName>{cdata(to.sender.user)}</ToUserName>"
        f"<FromUserName>{cdata(to.account)}</FromUserName>"
        f"<CreateTime>{to.at.timestamp():.0f}</CreateTime>"
        f"<MsgType><![CDATA[text]]></MsgType><Content>{cdata(words)}</Content></xml>"
    )
