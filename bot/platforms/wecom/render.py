"""A reply as WeCom shows it: text with numbers within a visit, a card with buttons by API."""

import hashlib
from collections.abc import Sequence
from typing import Any

from bot.messages import Button, Reply
from bot.platforms.tencent.receive import TAP
from bot.platforms.tencent.wording import messages, numbered, one_message, plain

ROOM = 2048
"""Bytes of UTF-8."""
MOST = 3
"""Messages for one reply."""

# What a card shows without cutting it off, in characters.
TITLE, TEXT, NAME, VALUE, LABEL = 36, 160, 5, 30, 10
BUTTONS = FIELDS = 6

Message = dict[str, Any]  # JSON, as WeCom wants it


def render(reply: Reply) -> str:
    """All that the answer to a visit can hold."""
    return one_message(reply, choices(reply.buttons), ROOM)


def render_all(reply: Reply, key: str) -> list[Message]:
    """What is sent unasked: a card where there are buttons and everything fits on one, else text.
    `key` names the letter."""
    if reply.buttons and _fits_a_card(reply):
        return [{"msgtype": "template_card", "template_card": card(reply, key)}]
    texts = messages(reply, choices(reply.buttons), ROOM, most=MOST)
    return [{"msgtype": "text", "text": {"content": words}} for words in texts]


def choices(buttons: Sequence[Button]) -> str:
    lines = numbered(buttons)
    return f"\n{lines}" if lines else ""


def card(reply: Reply, key: str) -> Message:
    found: Message = {"card_type": "button_interaction", "task_id": task_id(key)}
    if reply.title:
        found["main_title"] = {"title": plain(reply.title)}
    if reply.text:
        found["sub_title_text"] = plain(reply.text)
    if reply.fields:
        found["horizontal_content_list"] = [
            {"keyname": plain(name), "value": plain(value)} for name, value in reply.fields.items()
        ]
    found["button_list"] = [
        {"text": plain(button.label), "key": TAP + button.tap} for button in reply.buttons
    ]
    return found


def task_id(key: str) -> str:
    """Names one card within the app for ever; WeCom allows fewer characters than our keys have."""
    return "zhibu-" + hashlib.sha256(key.encode()).hexdigest()[:40]


def _fits_a_card(reply: Reply) -> bool:
    return (
        bool(reply.title or reply.text)
        and len(reply.title) <= TITLE
        and len(reply.text) <= TEXT
        and len(reply.buttons) <= BUTTONS
        and len(reply.fields) <= FIELDS
        and all(len(button.label) <= LABEL for button in reply.buttons)
        and all(len(n) <= NAME and len(v) <= VALUE for n, v in reply.fields.items())
    )
