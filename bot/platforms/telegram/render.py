"""A reply as Telegram's payloads. Pure.

Text is sent as it is, without a parse mode: there is no markup that a member's words could open.
The title is made bold by naming its place.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from bot.messages import Button, Reply

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
"""Both in UTF-16 units, as Telegram counts."""
TAP_LIMIT = 64
"""Bytes."""
BUTTON_LIMIT = 100
WIDTH_OF_A_ROW = 24
"""In half-width characters: what a small phone shows at a large type size."""
PICTURE_NAME = "picture.png"

Payload = dict[str, Any]
"""The JSON of one call of the Bot API, with its `method`; a picture is still `bytes` in it."""

UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
"""Control characters, broken ones, and those that turn the direction of what follows."""
LINE_BREAK = re.compile("\r\n|[\r\x85\u2028\u2029]")
SENTENCE = re.compile(r".*?(?:[。！？；!?\n]+[」』”）)]*|\.\s|\Z)", re.DOTALL)


def render(reply: Reply, chat: int) -> list[Payload]:
    """What to send, in order. Empty when there is nothing that may be said there.

    A negative `chat` is a group. There only `in_group` is ever said, and nothing can be pressed:
    no private word can reach a group, whoever calls this.
    """
    if chat < 0:
        words = clean(reply.in_group).strip()
        return [say(chat, part) for part in cut(words, TEXT_LIMIT)]
    return with_picture(reply, chat) if reply.picture else in_words(reply, chat)


def in_words(reply: Reply, chat: int) -> list[Payload]:
    """The reply without its picture."""
    title, keyboard = clean(reply.title).strip(), keyboard_of(reply.buttons)
    payloads = [say(chat, part) for part in cut(worded(reply, title, keyboard), TEXT_LIMIT)]
    if payloads and title:
        payloads[0]["entities"] = bold(title)
    return with_keyboard(payloads, keyboard)


def with_picture(reply: Reply, chat: int) -> list[Payload]:
    title, keyboard = clean(reply.title).strip(), keyboard_of(reply.buttons)
    caption = worded(reply, title, keyboard)
    photo: Payload = {"method": "sendPhoto", "chat_id": chat, "photo": reply.picture}
    if units(caption) > CAPTION_LIMIT:
        return [photo, *in_words(reply, chat)]
    if caption:
        photo["caption"] = caption
    if title:
        photo["caption_entities"] = bold(title)
    return with_keyboard([photo], keyboard)


def bold(title: str) -> list[dict[str, str | int]]:
    """The place of a title that begins a message."""
    return [{"type": "bold", "offset": 0, "length": min(units(title), TEXT_LIMIT)}]


def say(chat: int, words: str) -> Payload:
    return {
        "method": "sendMessage",
        "chat_id": chat,
        "text": words,
        "link_preview_options": {"is_disabled": True},
    }


def deleted(chat: int, number: int) -> Payload:
    return {"method": "deleteMessage", "chat_id": chat, "message_id": number}


def reworded(payload: Payload, number: int) -> Payload:
    """The words of `payload` in a message that was sent before."""
    return payload | {"method": "editMessageText", "message_id": number}


def with_keyboard(payloads: list[Payload], keyboard: list[list[dict[str, str]]]) -> list[Payload]:
    if payloads and keyboard:
        payloads[-1]["reply_markup"] = {"inline_keyboard": keyboard}
    return payloads


def worded(reply: Reply, title: str, keyboard: list[list[dict[str, str]]]) -> str:
    """Title, text, fields; buttons too, numbered, where they cannot be shown as buttons."""
    lines = [title, clean(reply.text).strip()]
    lines += [f"{clean(name)}：{clean(value)}" for name, value in reply.fields.items()]
    if not keyboard:
        lines += [f"{n}. {clean(each.label)}" for n, each in enumerate(reply.buttons, start=1)]
    return "\n".join(line for line in lines if line)


def keyboard_of(buttons: Sequence[Button]) -> list[list[dict[str, str]]]:
    """As many to a row as a narrow screen shows. Empty when one of them cannot be a button."""
    shown = [{"text": clean(each.label).strip(), "callback_data": each.tap} for each in buttons]
    if len(shown) > BUTTON_LIMIT or not all(map(can_be_pressed, shown)):
        return []
    rows: list[list[dict[str, str]]] = []
    for each in shown:
        if not rows or width(*rows[-1], each) > WIDTH_OF_A_ROW:
            rows.append([])
        rows[-1].append(each)
    return rows


def can_be_pressed(button: dict[str, str]) -> bool:
    return bool(button["text"]) and 0 < len(button["callback_data"].encode()) <= TAP_LIMIT


def width(*buttons: dict[str, str]) -> int:
    """Of a row; each button has a margin of two on either side."""
    letters = "".join(each["text"] for each in buttons)
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in letters)
    return len(letters) + wide + 4 * len(buttons)


def clean(words: str) -> str:
    """Without what can hide, turn or break a text."""
    return UNSAFE.sub("", LINE_BREAK.sub("\n", words).replace("\t", " "))


def cut(words: str, limit: int) -> Iterator[str]:
    """Pieces of at most `limit` UTF-16 units, cut between sentences where there are any."""
    piece = ""
    for sentence in SENTENCE.findall(words):
        if units(piece) + units(sentence) > limit:
            yield from filter(None, [piece.strip()])
            piece = ""
        while units(sentence) > limit:  # a sentence longer than a message
            head = first(sentence, limit)
            yield head
            sentence = sentence[len(head) :]
        piece += sentence
    yield from filter(None, [piece.strip()])


def first(words: str, limit: int) -> str:
    """As much of the beginning as fits; never half a character."""
    return words.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", "ignore")


def units(words: str) -> int:
    return len(words.encode("utf-16-le")) // 2


def without_picture(payload: Payload) -> Payload | None:
    """The same in words; empty when the words follow anyway, None when there was no picture."""
    if payload["method"] != "sendPhoto":
        return None
    if "caption" not in payload:
        return {}
    words = say(payload["chat_id"], payload["caption"])
    kept = {
        "entities": payload.get("caption_entities"),
        "reply_markup": payload.get("reply_markup"),
    }
    return words | {name: value for name, value in kept.items() if value}
