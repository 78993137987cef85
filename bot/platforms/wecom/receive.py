"""What a WeCom app receives: messages of members, and events about them."""

from collections.abc import Callable
from datetime import datetime

from bot.messages import Ask
from bot.platforms.tencent.envelope import Envelope
from bot.platforms.tencent.locks import Sealed
from bot.platforms.tencent.receive import Door, Fields, Heard, hear_event, hear_message, tapped
from bot.platforms.wecom.render import render
from bot.platforms.wecom.settings import Settings

SILENCE = b""


def door(settings: Settings, ask: Ask, now: Callable[[], datetime]) -> Door:
    """ValueError when the AES key cannot be one."""
    envelope = Envelope(
        token=settings.token.get_secret_value(),
        aes_key=settings.aes_key.get_secret_value(),
        receiver=settings.corp_id,
    )
    return Door("wecom", Sealed(envelope), hear, render, SILENCE, ask, now)


def hear(fields: Fields) -> Heard | None:
    """None for what nobody has said to us. `enter_agent` is among it: it comes whenever someone
    opens the chat, and nobody wants to be greeted each time; `subscribe` comes once."""
    if fields.get("MsgType") != "event":
        return hear_message(fields)
    if fields.get("Event") == "template_card_event":
        return tapped(fields.get("EventKey", ""))
    return hear_event(fields)
