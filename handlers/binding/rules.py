"""What an invite code is, who may try how often, and which account may undo which."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Nothing that is taken for something else: no 0 and O, no 1, I and L."""
LENGTH = 10
INVITE_LASTS = timedelta(days=7)
WINDOW = timedelta(hours=1)
TRIES = 5
"""Wrong codes that one account may try in a `WINDOW`, and all accounts together: see T7."""
TRIES_OF_ALL = 200
UNDO_WITHIN = timedelta(days=7)
CONSENT = "1"
"""The version of the consent text. Raise it when the text changes in substance."""
CONSENT_SHOWN = f"told {CONSENT}"
"""For accounts that an import bound: they have seen it and went on."""
ABROAD = frozenset({"telegram"})
"""Platforms whose messages leave the country, which the consent text must say."""
YES = frozenset({"同意", "我同意", "同意绑定", "同意并绑定"})
"""Consent is a word of its own: «好？» or «嗯» is none."""
NO = frozenset({"先不绑", "不绑", "不同意", "不", "不了", "不要", "否"})
AT_ONCE = 8
"""People who are offered for choice on one screen."""

_GAP = r"[\s\-_\u2010-\u2015\u00b7.]*"
CODE_ALONE = (
    rf"(?=(?:[A-Za-z]{_GAP}){{0,4}}\d)(?:[0-9A-Za-z]{_GAP}){{5}}"
    rf"(?=(?:\d{_GAP}){{0,4}}[A-Za-z])(?:[0-9A-Za-z]{_GAP}){{5}}"
)
"""A message that is a code and nothing else; see `well_formed`."""
_RUN = re.compile(rf"[0-9A-Za-z](?:{_GAP}[0-9A-Za-z])*")
_NOT_A_SYMBOL = re.compile(r"[^0-9A-Z]")


@dataclass(frozen=True)
class Misread:
    """It is meant as a code, but cannot be one."""

    length: int
    lookalikes: bool


def well_formed(code: str) -> bool:
    """A digit among the first five and a letter among the last five, so that a code alone in a
    message is never taken for a word with a number («daka 482653»), nor the other way round."""
    return (
        len(code) == LENGTH
        and not set(code) - set(ALPHABET)
        and any(each.isdigit() for each in code[:5])
        and any(each.isalpha() for each in code[5:])
    )


def code_in(words: str) -> str | Misread | None:
    """The code in a message, in any case and width, with spaces or dashes; None: there is none."""
    runs: list[str] = _RUN.findall(unicodedata.normalize("NFKC", words))
    tried = [squeezed(run) for run in runs] + [p.upper() for run in runs for p in run.split()]
    for each in tried:
        if well_formed(each):
            return each
    meant = [each for each in tried if len(each) >= 6 and any(c.isdigit() for c in each)]
    if not meant:
        return None
    return Misread(len(meant[0]), lookalikes=bool(set(meant[0]) - set(ALPHABET)))


def squeezed(code: str) -> str:
    return _NOT_A_SYMBOL.sub("", code.upper())


def spaced(code: str) -> str:
    """As it is read aloud and copied by hand."""
    return f"{code[:5]} {code[5:]}"


def digest(code: str) -> str:
    """What is stored of a code. Slow on purpose (5 ms): whoever steals the table must spend as
    long on each of 6 × 10¹⁴ codes, and they end after seven days."""
    return hashlib.scrypt(code.encode(), salt=b"zhibu invite", n=2**11, r=8, p=1).hex()


def token_digest(token: str) -> str:
    """For what carries 256 random bits already."""
    return hashlib.sha256(token.encode()).hexdigest()


def mark(platform: str, user: str) -> str:
    """A short name for an account, for buttons."""
    return hashlib.sha256(f"{platform}\n{user}".encode()).hexdigest()[:12]


@dataclass(frozen=True)
class TooMany:
    """No more codes are looked at until then."""

    until: datetime
    everybody: bool
    """Not only this account: too many codes are being tried."""


def too_many(
    mine: int, all: int, mine_since: datetime | None, all_since: datetime | None
) -> TooMany | None:
    if mine >= TRIES and mine_since:
        return TooMany(mine_since + WINDOW, everybody=False)
    if all >= TRIES_OF_ALL and all_since:
        return TooMany(all_since + WINDOW, everybody=True)
    return None


def plain(name: str) -> str:
    """A name as it is compared: 阿卜杜·买买提 has as many dots as there are keyboards."""
    return re.sub(r"[\s·•・‧∙⋅.]", "", unicodedata.normalize("NFKC", name)).casefold()


@dataclass(frozen=True)
class Bound:
    """An account of the member who asks."""

    platform: str
    user: str
    at: datetime
    via: str
    here: bool
    """It is the one that speaks."""

    @property
    def mark(self) -> str:
        return mark(self.platform, self.user)


def may_unbind(mine: Sequence[Bound], other: Bound, now: datetime) -> bool:
    """A newcomer cannot lock out the older ones: within the days of undoing, an account may part
    only itself and what came after it."""
    here = next((each for each in mine if each.here), None)
    if here is None:
        return False
    return other.here or other.at >= here.at or here.at + UNDO_WITHIN < now


def undoable(mine: Sequence[Bound], now: datetime) -> list[Bound]:
    """What the one who speaks may call not theirs: bound after it, and lately."""
    here = next((each for each in mine if each.here), None)
    if here is None:
        return []
    return [
        each
        for each in mine
        if not each.here and each.at > here.at and now <= each.at + UNDO_WITHIN
    ]


@dataclass(frozen=True)
class Person:
    id: str
    name: str
    branch: str


@dataclass(frozen=True)
class Handed:
    """A new invite code, to be shown once."""

    name: str
    code: str
    expires: datetime


@dataclass(frozen=True)
class WhoOf:
    """Several may be meant, or nobody was named: these could be invited, of so many."""

    people: tuple[Person, ...]
    total: int


@dataclass(frozen=True)
class Nobody:
    """None of the asker's own members is called so."""


@dataclass(frozen=True)
class ShowConsent:
    """The code is right: what it would mean is shown before anything is tied to anybody."""

    invite: int = 0
    joining: int = 0


@dataclass(frozen=True)
class Unknown:
    left: int
    """Tries that are left for this hour."""


@dataclass(frozen=True)
class Over:
    """The code was right once: used, expired, or withdrawn."""


@dataclass(frozen=True)
class Welcome:
    member_id: str
    name: str
    branch: str


@dataclass(frozen=True)
class AskedThere:
    """The older account has to confirm; nothing is bound yet."""

    platform: str


LookUp = ShowConsent | Misread | Unknown | TooMany | Over
Agreed = Welcome | AskedThere | Over

FOR_SOMEBODY = (
    r"(?:请|麻烦)?(?:给|帮|为)(?P<name>[\u4e00-\u9fff]{2,4}?)(?:同志)?"
    r"(?:发|生成|要|来|开|做|弄|出)(?:一?[个张])?邀请码(?:吧|呗|啊)?"
)
"""给张三发个邀请码."""
