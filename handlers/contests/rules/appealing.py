"""Which question an appeal is about."""

import re

from bot.understanding.slots.numbers import NUMBER, value

NTH = re.compile(rf"第\s*(?P<n>{NUMBER})\s*[道个]?\s*(?:小|赛)?题")


def place(words: str) -> int | None:
    """Counted from 0, as it was put: «第3题答案不对» is 2."""
    found = NTH.search(words)
    number = int(value(found["n"]) or 0) if found else 0
    return number - 1 if number > 0 else None
