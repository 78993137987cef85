"""The envelope of a visit, by wechatpy's cryptography: not the assistant's own."""

import base64
import hashlib
from xml.etree.ElementTree import ParseError
from xml.sax.saxutils import escape

from defusedxml.ElementTree import fromstring
from wechatpy.crypto import PrpCrypto
from wechatpy.exceptions import InvalidAppIdException

from sandbox.values import Json


class Broken(ValueError):
    """An answer that the platform could not read."""


def signature(*parts: str) -> str:
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


class Seal:
    """For one account: `receiver` is its AppID or CorpID."""

    def __init__(self, token: str, aes_key: str, receiver: str) -> None:
        self._token, self._receiver = token, receiver
        self._crypto = PrpCrypto(base64.b64decode(aes_key + "="))

    def encrypt(self, words: str) -> str:
        sealed: bytes = self._crypto.encrypt(words, self._receiver)
        return sealed.decode()

    def signed(self, timestamp: str, nonce: str, encrypted: str) -> str:
        return signature(self._token, timestamp, nonce, encrypted)

    def open(self, body: bytes) -> bytes:
        """The document in an encrypted answer. Raises `Broken`."""
        fields = read(body)
        try:
            encrypted, signed = str(fields["Encrypt"]), fields["MsgSignature"]
            if self.signed(str(fields["TimeStamp"]), str(fields["Nonce"]), encrypted) != signed:
                raise Broken("wrong signature")
            inside: bytes = self._crypto.decrypt(encrypted, self._receiver)
        except (KeyError, ValueError, InvalidAppIdException) as trouble:
            raise Broken(f"not sealed for us: {trouble}") from None
        return inside


def read(body: bytes) -> Json:
    """Elements by name; what has children is a mapping again, or a list of those that are equal.

    Raises `Broken`."""
    try:
        root = fromstring(body)
    except (ParseError, ValueError) as trouble:
        raise Broken(f"not XML: {trouble}") from None
    return {child.tag: inside(child) for child in root}


def inside(element: object) -> object:
    children = list(element)  # type: ignore[call-overload]  # an Element of either library
    if not children:
        return (getattr(element, "text", "") or "").strip()
    return {child.tag: inside(child) for child in children}


def write(fields: Json) -> str:
    """As the platforms write it: numbers bare, everything else in CDATA."""
    return f"<xml>{''.join(map(element, fields, fields.values()))}</xml>"


def element(name: str, value: object) -> str:
    if isinstance(value, dict):
        return f"<{name}>{''.join(map(element, value, value.values()))}</{name}>"
    if isinstance(value, int | float):
        return f"<{name}>{value}</{name}>"
    words = str(value)
    held = escape(words) if "]]>" in words else f"<![CDATA[{words}]]>"
    return f"<{name}>{held}</{name}>"
