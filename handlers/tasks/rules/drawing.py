"""Drawing units at random in a way that can be proven: whoever has the seed comes to the same.

Units are put in the order of SHA-256 of «seed:unit», in hexadecimal; the first ones are drawn.
"""

import re
from collections.abc import Sequence
from hashlib import sha256

MOST = 20
"""Units in one draw."""
COUNT = re.compile(r"(\d{1,2})|([一二两三四五六七八九十])")
SAID = {"两": 2, **{word: at for at, word in enumerate("一二三四五六七八九十", start=1)}}
METHODS = (
    ("inspect", re.compile(r"巡|暗访|抽查")),
    ("help", re.compile(r"帮")),
    ("lead", re.compile(r"带|观摩")),
    ("assess", re.compile(r"考|测评|验收")),
)
"""Anything else is supervised."""


def drawn(seed: str, pool: Sequence[str], count: int) -> list[str]:
    return sorted(pool, key=lambda unit: sha256(f"{seed}:{unit}".encode()).hexdigest())[:count]


def count_in(words: str, usual: int = 3) -> int:
    """How many are to be drawn; 1 to `MOST`."""
    found = COUNT.search(words)
    if not found:
        return usual
    number = int(found[1]) if found[1] else SAID[found[2]]
    return max(1, min(number, MOST))


def method_in(words: str) -> str:
    return next((name for name, pattern in METHODS if pattern.search(words)), "supervise")
