"""A typed line as what was said."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from bot.messages import Address, Button, Incoming


def typed(line: str, sender: Address, offered: Sequence[Button], now: datetime) -> Incoming:
    """A number means the button that carries it on the screen, of those that were offered last."""
    number = int(line) if line.isdecimal() and len(line) == 1 else 0
    tap = offered[number - 1].tap if 1 <= number <= len(offered) else ""
    text = "" if tap else line
    return Incoming(id=secrets.token_urlsafe(16), sender=sender, at=now, text=text, tap=tap)
