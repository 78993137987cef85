"""A reply as the text of a WeChat message: its links are the only buttons there are."""

import re

from bot.messages import Button, Reply
from bot.platforms.tencent.receive import TAP
from bot.platforms.tencent.text import UNFINISHED
from bot.platforms.tencent.wording import body, cut, pieces, plain

ROOM = 1800
"""Bytes of UTF-8, 600 characters of Chinese. Officially 2,048; near it some messages get lost."""

MOST = 3
"""Messages for one reply: a member's message allows us five within 48 hours."""

CARRIED = re.compile(r"[A-Za-z0-9:_.~-]+")
"""Taps that a link carries as they are: nobody says whether it is decoded on its way back."""


def render(reply: Reply) -> str:
    """One message: all that the answer to a visit can hold. What does not fit is left out, and
    the text says so."""
    words, buttons = body(reply), choices(reply.buttons)
    head, rest = cut(words, ROOM - _bytes(buttons))
    if rest:
        head = cut(words, ROOM - _bytes(buttons) - _bytes(UNFINISHED))[0] + UNFINISHED
    return head + buttons


def render_all(reply: Reply) -> list[str]:
    """As many messages as the reply needs, at most `MOST`; the last one has the buttons."""
    buttons = choices(reply.buttons)
    found = pieces(body(reply), ROOM - _bytes(buttons), most=MOST)
    return [*found[:-1], found[-1] + buttons] if found else [buttons.strip()]


def choices(buttons: list[Button]) -> str:
    """A link each. Touched, it says its number and carries its tap; where the account's kind
    leaves the tap out, the number does. As plain numbers when links would fill the message."""
    linked = "".join(f"\n{_link(n, button)}" for n, button in enumerate(buttons, start=1))
    if _bytes(linked) > ROOM // 2:
        linked = "".join(f"\n{n}. {plain(b.label)}" for n, b in enumerate(buttons, start=1))
    return f"\n{linked}" if linked else ""


def _link(number: int, button: Button) -> str:
    carried = f"&msgmenuid={TAP}{button.tap}" if CARRIED.fullmatch(button.tap) else ""
    address = f"weixin://bizmsgmenu?msgmenucontent={number}{carried}"
    return f'<a href="{address}">{number}. {plain(button.label)}</a>'


def _bytes(words: str) -> int:
    return len(words.encode())
