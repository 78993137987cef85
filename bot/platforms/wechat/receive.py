"""What a WeChat official account pushes: messages, and events about its followers."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Literal

from bot.messages import Agreed, Ask, Ended, Kind
from bot.platforms.tencent.envelope import Envelope
from bot.platforms.tencent.locks import Lock, Safe, Signed
from bot.platforms.tencent.receive import Door, Fields, Heard, hear_event, hear_message, tapped
from bot.platforms.wechat.render import render
from bot.platforms.wechat.settings import Settings

SILENCE = b"success"

ANSWER = "SubscribeStatusString"
HOW: Mapping[str, Literal["reached", "blocked"]] = {
    "success": "reached",
    "failed:userblock": "blocked",
}
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
        case "TEMPLATESENDJOBFINISH":
            return news([ended(fields.get("MsgID", ""), fields.get("Status", ""))])
        case "subscribe_msg_sent_event":
            listed = items(fields, "SubscribeMsgSentEvent")
            return news(
                [ended(each.get("MsgID", ""), each.get("ErrorStatus", "")) for each in listed]
            )
        case "subscribe_msg_popup_event":
            listed = items(fields, "SubscribeMsgPopupEvent")
            said = [(each.get("TemplateId", ""), each.get(ANSWER)) for each in listed]
            return news([Agreed(id, True) for id, answer in said if id and answer == "accept"])
        case "subscribe_msg_change_event":  # in the documents' example by the popup's name
            listed = items(fields, "SubscribeMsgChangeEvent") or items(
                fields, "SubscribeMsgPopupEvent"
            )
            said = [(each.get("TemplateId", ""), each.get(ANSWER)) for each in listed]
            return news([Agreed(id, False) for id, answer in said if id and answer == "reject"])
        case _:
            return hear_event(fields)


def news(told: Sequence[Ended | Agreed | None]) -> Heard | None:
    """None for what tells us nothing."""
    known = tuple(each for each in told if each is not None)
    return Heard(kind=Kind.NEWS, news=known) if known else None


def ended(receipt: str, status: str) -> Ended | None:
    """«success», «failed:user block», «failed: system failed», «failed:freq limit»."""
    said = status.replace(" ", "").lower()
    if not receipt or not said:
        return None
    return Ended(receipt, HOW.get(said, "failed"))


def items(fields: Fields, event: str) -> list[dict[str, str]]:
    """What an event lists: one or several, each with fields of its own."""
    found: dict[str, dict[str, str]] = {}
    for name, said in fields.items():
        match name.split("/"):
            case [of, "List", number, field] if of == event:
                found.setdefault(number, {})[field] = said
    return list(found.values())
