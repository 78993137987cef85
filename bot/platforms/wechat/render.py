"""A reply as the text of a WeChat message: its links are the only buttons there are."""

import re
from collections.abc import Sequence

from bot.messages import Button, Reply
from bot.platforms.tencent.receive import TAP
from bot.platforms.tencent.wording import messages, numbered, one_message, plain, size

ROOM = 1800
"""Bytes of UTF-8, 600 characters of Chinese. Officially 2,048; near it some messages get lost."""

MOST = 3
"""Messages for one reply: a member's message allows us five within 48 hours."""

CARRIED = re.compile(r"[A-Za-z0-9:_.~-]+")
"""Taps that a link carries as they are: nobody says whether it is decoded on its way back."""


def render(reply: Reply) -> str:
    """All that the answer to a visit can hold."""
    return one_message(reply, choices(reply.buttons), ROOM)


def render_all(reply: Reply) -> list[str]:
    """What is sent unasked."""
    return messages(reply, choices(reply.buttons), ROOM, most=MOST)


def choices(buttons: Sequence[Button]) -> str:
    """A link each. Touched, it says its number and carries its tap; where the account's kind
    leaves the tap out, the number does. Plain numbers when links would fill the message."""
    linked = "".join(f"\n{_link(n, button)}" for n, button in enumerate(buttons, start=1))
    lines = linked if size(linked) <= ROOM // 2 else numbered(buttons)
    return f"\n{lines}" if lines else ""


def _link(number: int, button: Button) -> str:
    carried = f"&msgmenuid={TAP}{button.tap}" if CARRIED.fullmatch(button.tap) else ""
    address = f"weixin://bizmsgmenu?msgmenucontent={number}{carried}"
    return f'<a href="{address}">{number}. {plain(button.label)}</a>'
