"""What a WeChat official account pushes: messages, and events about its followers."""

from collections.abc import Callable
from datetime import datetime

from bot.messages import Ask, Kind
from bot.platforms.tencent.envelope import Envelope
from bot.platforms.tencent.locks import Lock, Safe, Signed
from bot.platforms.tencent.receive import Door, Fields, Heard, hear_event, hear_message, tapped
from bot.platforms.wechat.render import render
from bot.platforms.wechat.settings import Settings

SILENCE = b"success"

QR_SCENE = "qrscene_"
"""Before the scene of someone who follows us by a QR code. Other keys tell how else they came."""


def door(settings: Settings, ask: Ask, now: Callable[[], datetime]) -> Door:
    """ValueError when the AES key cannot be one."""
    return Door("wechat", lock(settings), hear, render, SILENCE, ask, now)


def lock(settings: Settings) -> Lock:
    token, aes_key = settings.token.get_secret_value(), settings.aes_key.get_secret_value()
    if settings.mode == "plain":
        return Signed(token)
    return Safe(Envelope(token=token, aes_key=aes_key, receiver=settings.app_id), token)


def hear(fields: Fields) -> Heard | None:
    """None for what nobody has said to us."""
    match fields.get("MsgType"):
        case "event":
            return _hear_event(fields)
        case "text":  # typed, or a link among our buttons was touched
            return tapped(fields.get("bizmsgmenuid", "")) or hear_message(fields)
        case _:
            return hear_message(fields)


def _hear_event(fields: Fields) -> Heard | None:
    key = fields.get("EventKey", "")
    match fields.get("Event"):
        case "subscribe" if key.startswith(QR_SCENE):
            return Heard(kind=Kind.FOLLOW, scene=key.removeprefix(QR_SCENE))
        case "SCAN":  # by someone who follows us already
            return Heard(scene=key)
        case _:
            return hear_event(fields)
