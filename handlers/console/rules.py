"""How long one may stay, and how often one may try. Plain values only."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

LINK_LASTS = timedelta(minutes=5)
IDLE = timedelta(hours=2)
"""A computer that was left alone is nobody's after this."""
LONGEST = timedelta(hours=12)
"""A working day; the next begins by entering anew."""
TRIES, WITHIN = 5, timedelta(minutes=15)
"""Of one account, and from one address."""
SHORTEST, LONGEST_WORD = 10, 128
"""Characters of a password; what it is made of is nobody's business."""
HALF_MINUTE = 30
"""Seconds that a code is shown."""


@dataclass(frozen=True)
class Entered:
    member_id: str
    token: str
    """Shown to the browser once; we keep its digest."""


@dataclass(frozen=True)
class LinkOver:
    """Used, too old, or never given: nobody is told which."""


@dataclass(frozen=True)
class Wrong:
    """Account, password or code: nobody is told which."""


@dataclass(frozen=True)
class TooMany:
    until: datetime


@dataclass(frozen=True)
class NoPost:
    """Whoever it is has nothing to do here any more."""


def digest(secret: str) -> str:
    """Of a token of 256 random bits, which needs no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


def key(kind: str, value: str) -> str:
    """What a try is counted under: neither names nor addresses are kept."""
    return digest(f"{kind}:{value}")[:32]


def posts_in_words(posts: Iterable[tuple[str, str]]) -> str:
    """Roles and their organisations, the same however they were listed."""
    return ",".join(sorted(f"{role}@{org}" for role, org in posts))


def is_over(since: datetime, seen: datetime, now: datetime) -> bool:
    return now - since >= LONGEST or now - seen >= IDLE


def plain(password: str) -> str:
    """However a keyboard composed it."""
    return unicodedata.normalize("NFC", password)


SECRET = re.compile(r"[A-Z2-7]{32}")
"""How a secret of codes is written."""


def too_weak(password: str, member_id: str, name: str) -> bool:
    """Short, endless, of one character, or made of who one is."""
    word = plain(password)
    if not SHORTEST <= len(word) <= LONGEST_WORD or len(set(word)) < 5:
        return True
    return word.casefold().strip("0123456789") in {member_id.casefold(), name.casefold(), "zhibu"}


OPENS = (
    r"(请|帮我|我要|我想|想)?(打开|进入?|登录|登陆|去|用|给我|发我)?一?下?(控制台|管理后台|后台|管理页面|工作台)"
    r"的?(链接|地址|网址|入口|在哪里?|怎么进|怎么登录|发我|打开)?[吗呢吧一下。？?]*"
)
"""How the console is asked for in a sentence."""
