"""A reply as plain text, for chats that know nothing but text and links."""

import re
from collections.abc import Sequence

from bot.messages import Button, Reply
from bot.platforms.tencent.text import UNFINISHED

HARMFUL = re.compile(
    "[<>\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
    "\ud800-\udfff]"
)
"""Markup, control characters, marks that turn the direction of writing, and halves of characters.
Names and notes are typed by people: a link or a hidden turn in them must not reach others."""

INSTEAD = {"<": "＜", ">": "＞", "\u2028": "\n", "\u2029": "\n"}

ENDS = (re.compile(r"[。！？；…\n]|[.!?;](?=\s)"), re.compile(r"[，、,\s]"))
"""Where a text may be cut: better after a sentence, else after a part of one."""


def plain(words: str) -> str:
    """`words` without anything that is not shown as itself."""
    if HARMFUL.search(words) is None:
        return words
    return HARMFUL.sub(lambda found: INSTEAD.get(found[0], ""), words)


def body(reply: Reply) -> str:
    """All but the buttons, a line each."""
    lines = [f"【{reply.title}】"] if reply.title else []
    lines.append(reply.text)
    lines += [f"{name}：{value}" for name, value in reply.fields.items()]
    return plain("\n".join(lines)).strip()


def cut(words: str, room: int) -> tuple[str, str]:
    """The beginning that fits into `room` bytes of UTF-8, and the rest."""
    encoded = words.encode()
    if len(encoded) <= room:
        return words, ""
    head = encoded[: max(room, 0)].decode(errors="ignore")
    end = _last_end(head) or len(head)
    return words[:end].rstrip(), words[end:].lstrip()


def _last_end(head: str) -> int:
    """After the last sentence, unless that would leave half of the room empty."""
    for kind in ENDS:
        last = max((found.end() for found in kind.finditer(head)), default=0)
        if last > len(head) // 2:
            return last
    return 0


def one_message(reply: Reply, buttons: str, room: int) -> str:
    [message] = messages(reply, buttons, room, most=1)
    return message


def messages(reply: Reply, buttons: str, room: int, *, most: int) -> list[str]:
    """The reply in at most `most` messages of `room` bytes; the last one has the buttons. What
    does not fit is left out, and the text says so."""
    left = room - size(buttons)
    found: list[str] = []
    rest = body(reply)
    while size(rest) > left and len(found) < most - 1:
        head, rest = cut(rest, left)
        found.append(head)
    if size(rest) > left:
        rest = cut(rest, left - size(UNFINISHED))[0] + UNFINISHED
    return [*found, (rest + buttons).strip()]


def numbered(buttons: Sequence[Button]) -> str:
    """Buttons as lines, to be answered with a number."""
    return "".join(f"\n{n}. {plain(button.label)}" for n, button in enumerate(buttons, start=1))


def size(words: str) -> int:
    """In bytes of UTF-8."""
    return len(words.encode())
