"""When a check-in counts, and for which activity. Plain values only."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.understanding.occasions import called

GRACE = timedelta(minutes=5)
"""Until this long after the beginning, nobody is late."""
MAKE_UP_WITHIN = timedelta(days=7)
"""After the end of an activity; from `intents.yaml`, the organiser approves."""
SLOT = 20
"""Seconds that a rotating code is shown."""
SPOKEN = str.maketrans("零〇一幺二两三四五六七八九", "0011223456789")


@dataclass(frozen=True)
class Window:
    """When one may check in; aware moments; `opens` and `closes` are included."""

    opens: datetime
    starts: datetime
    ends: datetime
    closes: datetime


@dataclass(frozen=True)
class Option:
    """An activity as the one who wants to check in sees it."""

    id: int
    title: str
    kind: str
    venue: str
    window: Window
    mine: bool
    """One is expected there, or may at least come."""
    manner: str
    code: str
    secret: str


@dataclass(frozen=True)
class Accepted:
    title: str
    at: datetime
    late: bool
    observing: bool
    came: int
    expected: int
    starts: datetime
    venue: str


@dataclass(frozen=True)
class Already:
    title: str
    at: datetime


@dataclass(frozen=True)
class Annulled:
    title: str


@dataclass(frozen=True)
class TooEarly:
    title: str
    opens: datetime


@dataclass(frozen=True)
class TooLate:
    title: str
    closed: datetime
    make_up_until: datetime


@dataclass(frozen=True)
class CodeWanted:
    title: str
    rotating: bool


@dataclass(frozen=True)
class CodeWrong:
    title: str


@dataclass(frozen=True)
class CodeStale:
    """It was right, but is no longer shown: a photo of it was passed on."""

    title: str


@dataclass(frozen=True)
class NothingOpen:
    """Nothing to check in to now; `next` is what comes."""

    next: Option | None


@dataclass(frozen=True)
class NoSuchCode:
    code: str


@dataclass(frozen=True)
class NotYours:
    """Held for others, and nothing was shown that is known only in the room."""


@dataclass(frozen=True)
class Proxy:
    """Somebody else was to be checked in."""

    name: str
    organiser: bool
    """Whoever said it may call the roll instead."""


@dataclass(frozen=True)
class WhichOne:
    options: tuple[Option, ...]


Objection = Already | Annulled | NotYours | TooEarly | TooLate | CodeWanted | CodeWrong | CodeStale
Choice = Option | NothingOpen | NoSuchCode | WhichOne
Verdict = Accepted | Objection | NothingOpen | NoSuchCode | WhichOne | Proxy


def choose(options: Sequence[Option], now: datetime, *, code: str = "", words: str = "") -> Choice:
    """The activity that is meant: the one whose code was said, that was named, or the only one
    open. Where several are, which one is asked; where none is, the last to close today or the
    next to open stands for «too late» and «too early»."""
    if code:
        return _by_code(options, now, code)
    mine = [each for each in options if each.mine]
    if words:
        mine = named(mine, words) or mine
    if now_open := [each for each in mine if each.window.opens <= now <= each.window.closes]:
        return now_open[0] if len(now_open) == 1 else WhichOne(tuple(now_open))
    over = [each for each in mine if each.window.closes < now]
    soon = [each for each in mine if now < each.window.opens]
    if over and (not soon or now - over[-1].window.closes < soon[0].window.opens - now):
        return over[-1]
    return NothingOpen(soon[0] if soon else None)


def named(options: Sequence[Option], words: str) -> list[Option]:
    return [o for o in options if called(words, o.title, o.kind) or words in o.venue]


def _by_code(options: Sequence[Option], now: datetime, code: str) -> Choice:
    meant = [each for each in options if shows(each, code, now)]
    meant = [each for each in meant if each.mine] or meant
    if not meant and (rotating := [each for each in options if each.mine and each.secret]):
        return rotating[0]  # wrong or stale: `objection` says which
    if not meant and (coded := [each for each in options if each.mine and each.code]):
        return coded[0]
    if not meant:
        return NoSuchCode(code)
    still = [each for each in meant if each.window.opens <= now <= each.window.closes]
    return (still or meant)[0]


def shows(option: Option, code: str, now: datetime) -> bool:
    if option.secret:
        return code in valid_codes(option.secret, now)
    return bool(option.code) and hmac.compare_digest(option.code.encode(), code.encode())


def was_shown(option: Option, code: str, now: datetime) -> bool:
    """Within the last ten minutes, but no longer."""
    return bool(option.secret) and code in _codes(option.secret, now, range(-30, -1))


def objection(
    option: Option, now: datetime, *, code: str = "", earlier: datetime | None, annulled: bool
) -> Objection | None:
    """«Already» beats «too late»: whoever came must not be told that they missed it."""
    window = option.window
    if annulled:
        return Annulled(option.title)
    if earlier is not None:
        return Already(option.title, earlier)
    shown = bool(code) and shows(option, code, now)
    if not (option.mine or shown or was_shown(option, code, now)):
        return NotYours()
    if now < window.opens:
        return TooEarly(option.title, window.opens)
    if now > window.closes:
        return TooLate(option.title, window.closes, window.ends + MAKE_UP_WITHIN)
    if option.manner == "word":
        return None
    if not code:
        return CodeWanted(option.title, rotating=bool(option.secret))
    if shown:
        return None
    if was_shown(option, code, now):
        return CodeStale(option.title)
    return CodeWrong(option.title)


def is_late(window: Window, now: datetime) -> bool:
    return now > window.starts + GRACE


def code_in(words: str) -> str:
    """What may be a code: digits, also spoken ones, and ASCII letters. Empty where it is words."""
    code = words.replace(" ", "").translate(SPOKEN)
    return code if code.isascii() and code.isalnum() else ""


def rotating_code(secret: str, moment: datetime) -> str:
    """The six digits on the screen at `moment`."""
    return _code(secret, int(moment.timestamp()) // SLOT)


def valid_codes(secret: str, now: datetime) -> frozenset[str]:
    """What is shown now, and what was shown just before: one needs time to type."""
    return _codes(secret, now, range(-1, 1))


def _codes(secret: str, now: datetime, slots: range) -> frozenset[str]:
    slot = int(now.timestamp()) // SLOT
    return frozenset(_code(secret, slot + each) for each in slots)


def _code(secret: str, slot: int) -> str:
    digest = hmac.digest(secret.encode(), str(slot).encode(), hashlib.sha256)
    return f"{int.from_bytes(digest[:8]) % 1_000_000:06d}"
