"""Who is at the page: a cookie in, an address out.

Nothing about a visitor is stored: the cookie holds 256 random bits, and the address is their
hash, so that neither the database nor a log lets anybody into a conversation.
"""

import hashlib
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie

from bot.messages import Address

PLATFORM = "webchat"
LIFETIME = 400 * 24 * 3600
"""Seconds: the longest that browsers keep a cookie. Every visit begins it anew."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_PERSONA = re.compile(r"demo-([A-Za-z0-9_-]{1,32})")


@dataclass(frozen=True)
class Persona:
    """Somebody of the demo organisation whom a visitor may be."""

    id: str
    name: str
    role: str
    """In Chinese, to be read: 「支部书记」."""
    branch: str


People = Callable[[], Sequence[Persona]]
"""Lists whom one may be in demo mode. May ask the database: it is called in a thread."""


@dataclass(frozen=True)
class Visitor:
    """One browser. `secret` is the value of its cookie."""

    secret: str
    persona: str = ""
    """The id of the demo member whom it plays; empty for everyone who is themselves."""

    @property
    def address(self) -> Address:
        if self.persona:
            return Address(PLATFORM, f"demo-{self.persona}")
        # Hexadecimal, so that no hash can ever read "demo-…".
        return Address(PLATFORM, hashlib.sha256(self.secret.encode()).hexdigest())

    @property
    def who(self) -> str:
        """Tells the page whose history to show. Not enough to write to the address."""
        return hashlib.sha256(f"who:{self.address.user}".encode()).hexdigest()[:16]


def newcomer() -> Visitor:
    return Visitor(secrets.token_urlsafe(32))


def playing(persona: str) -> Visitor:
    """ValueError when no member can be called that."""
    secret = f"demo-{persona}"
    if not _PERSONA.fullmatch(secret):
        raise ValueError("not the id of a member")
    return Visitor(secret, persona)


def recognise(headers: Mapping[str, str], *, demo: bool) -> Visitor | None:
    """The visitor whose cookie this is. None when there is none that we could have given."""
    try:
        jar = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return None
    given = jar.get(_name(headers))
    if given is None:
        return None
    if _TOKEN.fullmatch(given.value):
        return Visitor(given.value)
    played = _PERSONA.fullmatch(given.value)
    return Visitor(given.value, played[1]) if played and demo else None


def cookie(headers: Mapping[str, str], visitor: Visitor) -> tuple[bytes, bytes]:
    """The header that makes the browser come back as this visitor."""
    secure = "; Secure" if _over_https(headers) else ""
    value = f"{_name(headers)}={visitor.secret}; Max-Age={LIFETIME}"
    return b"set-cookie", f"{value}; Path=/; HttpOnly; SameSite=Lax{secure}".encode()


def _name(headers: Mapping[str, str]) -> str:
    # Browsers take a __Host- cookie only over https, where no neighbouring host can plant it.
    return "__Host-zhibu" if _over_https(headers) else "zhibu"


def _over_https(headers: Mapping[str, str]) -> bool:
    # Whoever forges this header only decides how their own browser keeps its own cookie.
    return headers.get("x-forwarded-proto", "") == "https"
