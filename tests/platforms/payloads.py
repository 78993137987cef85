"""Visits as WeChat and WeCom make them, for tests and measurements."""

import itertools
import struct
from datetime import datetime
from hashlib import sha1
from urllib.parse import urlencode

from bot.platforms.tencent.envelope import Envelope
from bot.webhooks import Request

TOKEN = "lantern7"
AES_KEY = "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR"
APP_ID = "wx0a1b2c3d4e5f6a7b"
CORP_ID = "ww9f8e7d6c5b4a3f2e"
WECHAT = Envelope(token=TOKEN, aes_key=AES_KEY, receiver=APP_ID)
WECOM = Envelope(token=TOKEN, aes_key=AES_KEY, receiver=CORP_ID)

NUMBERS = itertools.count(23_000_000_000_000_000)


def document(kind: str, /, *, user: str, at: datetime, **said: object) -> str:
    """One push in clear text: `document("text", user="o1", at=now, Content="签到", MsgId=7)`."""
    fields = {
        "ToUserName": "gh_5f3c1d",
        "FromUserName": user,
        "CreateTime": int(at.timestamp()),
        "MsgType": kind,
        **said,
    }
    return f"<xml>{''.join(_element(name, value) for name, value in fields.items())}</xml>"


def text(words: str, *, user: str, at: datetime, number: int | None = None) -> str:
    """A typed message, with a number of its own unless one is given."""
    number = next(NUMBERS) if number is None else number
    return document("text", user=user, at=at, Content=words, MsgId=number)


def plain(body: str, *, at: datetime, path: str = "/webhooks/wechat") -> Request:
    """Signed as in WeChat's plain mode."""
    query = _stamp(at)
    query["signature"] = signed(query["timestamp"], query["nonce"])
    return Request("POST", path, query, {}, body.encode())


def sealed(
    body: str, *, at: datetime, envelope: Envelope = WECHAT, path: str = "/webhooks/wechat"
) -> Request:
    """Signed and encrypted, as WeChat's safe mode and WeCom do."""
    query = _stamp(at)
    encrypted = envelope.encrypt(body.encode(), struct.pack(">QQ", 0, next(NUMBERS)))
    query["signature"] = signed(query["timestamp"], query["nonce"])
    query["msg_signature"] = signed(query["timestamp"], query["nonce"], encrypted)
    query["encrypt_type"] = "aes"
    outside = f"<xml><ToUserName><![CDATA[gh_5f3c1d]]></ToUserName>{_element('Encrypt', encrypted)}"
    return Request("POST", path, query, {}, f"{outside}</xml>".encode())


def target(request: Request) -> str:
    """Path and query, as the request line has them."""
    return f"{request.path}?{urlencode(request.query)}"


def signed(*parts: str) -> str:
    """Written apart from the program's own, so that both have to be right."""
    return sha1("".join(sorted([TOKEN, *parts])).encode()).hexdigest()


def _stamp(at: datetime) -> dict[str, str]:
    return {"timestamp": str(int(at.timestamp())), "nonce": str(next(NUMBERS))}


def _element(name: str, value: object) -> str:
    if isinstance(value, dict):
        return f"<{name}>{''.join(_element(*inner) for inner in value.items())}</{name}>"
    return f"<{name}>{value}</{name}>" if isinstance(value, int) else _words(name, str(value))


def _words(name: str, words: str) -> str:
    return f"<{name}><![CDATA[{words}]]></{name}>"
