"""How a visit proves that it comes from the platform, and how we answer it in kind.

Everything raises `Forged` for what the platform has not sent.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from bot.platforms.tencent.envelope import Envelope, Forged, same, signature
from bot.platforms.tencent.xml import Unreadable, read

TIMESTAMP = re.compile(r"[0-9]{10}")
NONCE = re.compile(r"[A-Za-z0-9]{1,64}")
"""Signatures join their parts without separators: unless the parts have one form, others verify
under the same signature."""


class Stamp(NamedTuple):
    """What the address of a visit says about it."""

    timestamp: str
    nonce: str
    signature: str
    """Of the two above: all that plain mode has."""
    msg_signature: str
    """Of the encrypted text too."""

    def age(self, now: datetime) -> float:
        """In seconds; negative when it is ahead of our clock."""
        return now.timestamp() - int(self.timestamp)


def stamp(query: Mapping[str, str]) -> Stamp:
    found = Stamp(
        query.get("timestamp", ""),
        query.get("nonce", ""),
        query.get("signature", ""),
        query.get("msg_signature", ""),
    )
    if not (TIMESTAMP.fullmatch(found.timestamp) and NONCE.fullmatch(found.nonce)):
        raise Forged
    return found


class Lock(Protocol):
    def echo(self, stamp: Stamp, echostr: str) -> bytes:
        """The answer that confirms our address."""

    def open(self, stamp: Stamp, body: bytes) -> bytes:
        """The document that was sent."""

    def close(self, stamp: Stamp, answer: bytes) -> bytes:
        """The document that is answered."""


@dataclass(frozen=True)
class Signed:
    """WeChat's plain mode. The signature does not cover the body: whoever has seen one address
    can say anything in anyone's name for five minutes. Only for trying things out."""

    token: str

    def echo(self, stamp: Stamp, echostr: str) -> bytes:
        self._check(stamp)
        return echostr.encode()

    def open(self, stamp: Stamp, body: bytes) -> bytes:
        self._check(stamp)
        return body

    def close(self, stamp: Stamp, answer: bytes) -> bytes:
        return answer

    def _check(self, stamp: Stamp) -> None:
        if not same(signature(self.token, stamp.timestamp, stamp.nonce), stamp.signature):
            raise Forged


@dataclass(frozen=True)
class Sealed:
    """Encrypted both ways: WeCom always, WeChat in safe mode."""

    envelope: Envelope

    def echo(self, stamp: Stamp, echostr: str) -> bytes:
        return self._unsealed(stamp, echostr)

    def open(self, stamp: Stamp, body: bytes) -> bytes:
        """Uses the encrypted part alone: a body may say the same in clear text beside it, and
        nobody has signed that."""
        try:
            encrypted = read(body)["Encrypt"]
        except (Unreadable, KeyError):
            raise Forged from None
        return self._unsealed(stamp, encrypted)

    def close(self, stamp: Stamp, answer: bytes) -> bytes:
        return self.envelope.seal(answer, timestamp=stamp.timestamp, nonce=stamp.nonce)

    def _unsealed(self, stamp: Stamp, encrypted: str) -> bytes:
        return self.envelope.open(
            encrypted, signed=stamp.msg_signature, timestamp=stamp.timestamp, nonce=stamp.nonce
        )


@dataclass(frozen=True)
class Safe(Sealed):
    """WeChat's safe mode. Our address is confirmed as in plain mode, without encryption."""

    token: str

    def echo(self, stamp: Stamp, echostr: str) -> bytes:
        return Signed(self.token).echo(stamp, echostr)
