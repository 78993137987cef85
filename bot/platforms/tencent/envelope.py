"""The envelope around what WeChat and WeCom say: its signature and its encryption.

AES-256-CBC with the vector fixed by the protocol, so nothing is decrypted before its signature
was found right, and whatever is wrong with an envelope has one answer: `Forged`.
"""

import base64
import binascii
import hashlib
import hmac
import re
import struct
from typing import TYPE_CHECKING

from bot.platforms.tencent.xml import cdata

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.modes import CBC

AES_KEY = re.compile(r"[A-Za-z0-9+/]{43}")
BLOCK = 32
"""Bytes that the protocol fills up to: twice AES's own."""


class Forged(Exception):
    """Not sealed by the platform for us. Says no more: an attacker reads what we answer."""


def signature(*parts: str) -> str:
    """The parts are joined without separators, as the platform does: their form has to be checked
    before one of them is believed."""
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def same(expected: str, given: str) -> bool:
    """Whether they are equal, in a time that tells nothing about `expected`."""
    return hmac.compare_digest(expected.encode(), given.encode(errors="replace"))


class Envelope:
    """Opens and seals for one account. `receiver` is its AppID or CorpID, `aes_key` the 43
    characters of EncodingAESKey."""

    def __init__(self, *, token: str, aes_key: str, receiver: str) -> None:
        if not AES_KEY.fullmatch(aes_key):
            raise ValueError("EncodingAESKey has 43 letters and digits")
        self._token = token
        self._receiver = receiver.encode()
        self._key = base64.b64decode(aes_key + "=")  # lenient: some keys end in unused bits
        self._cipher = cipher(self._key)

    def open(self, encrypted: str, *, signed: str, timestamp: str, nonce: str) -> bytes:
        """Raises `Forged`."""
        if not same(signature(self._token, timestamp, nonce, encrypted), signed):
            raise Forged
        return self.decrypt(encrypted)

    def seal(self, message: bytes, *, timestamp: str, nonce: str) -> bytes:
        """The document that is answered. One message, timestamp and nonce always give the same
        bytes, so that a repeated visit is answered as the first was."""
        salt = hmac.digest(self._key, nonce.encode() + message, "sha256")[:16]
        encrypted = self.encrypt(message, salt)
        signed = signature(self._token, timestamp, nonce, encrypted)
        return (
            f"<xml><Encrypt>{cdata(encrypted)}</Encrypt>"
            f"<MsgSignature>{cdata(signed)}</MsgSignature>"
            f"<TimeStamp>{timestamp}</TimeStamp><Nonce>{cdata(nonce)}</Nonce></xml>"
        ).encode()

    def encrypt(self, message: bytes, salt: bytes) -> str:
        """`salt` is 16 bytes which nobody can foretell."""
        frame = salt + struct.pack(">I", len(message)) + message + self._receiver
        pad = BLOCK - len(frame) % BLOCK
        seal = self._cipher.encryptor()
        sealed = seal.update(frame + bytes([pad]) * pad) + seal.finalize()
        return base64.b64encode(sealed).decode()

    def decrypt(self, encrypted: str) -> bytes:
        """Raises `Forged`. Only for what is signed: see the module."""
        try:
            opener = self._cipher.decryptor()
            sealed = binascii.a2b_base64(encrypted, strict_mode=True)
            frame = opener.update(sealed) + opener.finalize()
        except ValueError:  # not base64, not ASCII, or not whole blocks
            raise Forged from None
        return self._inside(_unpadded(frame))

    def _inside(self, frame: bytes) -> bytes:
        if len(frame) < 20:
            raise Forged
        end = 20 + int.from_bytes(frame[16:20], "big")
        if not hmac.compare_digest(frame[end:], self._receiver):
            raise Forged
        return frame[20:end]


def cipher(key: bytes) -> "Cipher[CBC]":
    """The protocol takes its vector from the key."""
    # not above: six megabytes, which the plain mode can do without
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.algorithms import AES
    from cryptography.hazmat.primitives.ciphers.modes import CBC

    return Cipher(AES(key), CBC(key[:16]))


def _unpadded(frame: bytes) -> bytes:
    pad = frame[-1] if frame else 0
    if not 1 <= pad <= BLOCK or frame[-pad:] != bytes([pad]) * pad:
        raise Forged
    return frame[:-pad]
