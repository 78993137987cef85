import re
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import unquote

from bot import clock
from bot.clock import HOME
from bot.messages import Address, Incoming, Reply
from bot.platforms.tencent.receive import TAP, passive
from bot.platforms.tencent.xml import read
from bot.platforms.wechat.render import render, render_all
from bot.webhooks import Request
from tests.platforms import payloads
from tests.platforms.declared import LATITUDE, LONGITUDE, Declared, Outside, Shown
from tests.platforms.stand_in import Answer, Call

LINK = re.compile(r'<a href="weixin://bizmsgmenu\?msgmenucontent=(\d+)([^"<>]*)">([^<>]*)</a>')
ASKED = Incoming(
    id="1",
    sender=Address("wechat", "o1"),
    at=datetime(2026, 11, 27, 8, 26, tzinfo=HOME),
    account="gh_1",
)


def seen(words: str) -> Shown:
    taps = [
        unquote(carried).removeprefix(f"&msgmenuid={TAP}")
        for _, carried, _ in LINK.findall(words)
        if carried
    ]
    text = LINK.sub(lambda link: link[3], words)
    return Shown(text=text, taps=taps, size=len(words.encode()), room=2048, links=text.count("<"))


def answered(reply: Reply) -> Sequence[Shown]:
    return [seen(read(passive(ASKED, render(reply)).encode())["Content"])]


def unasked(reply: Reply) -> Sequence[Shown]:
    return [seen(words) for words in render_all(reply)]


def position() -> Request:
    now = clock.now()
    place = {"Location_X": str(LATITUDE), "Location_Y": str(LONGITUDE), "Label": "广场", "MsgId": 5}
    return payloads.sealed(payloads.document("location", user="o1", at=now, **place), at=now)


def before(call: Call) -> Answer:
    token = {"access_token": "t", "expires_in": 7200}
    return token if call.path == "/cgi-bin/stable_token" else None


DECLARED = Declared(
    user="o1",
    answered=answered,
    unasked=unasked,
    environment={
        "ZHIBU_WECHAT_APP_ID": payloads.APP_ID,
        "ZHIBU_WECHAT_APP_SECRET": "s3cret",
        "ZHIBU_WECHAT_TOKEN": payloads.TOKEN,
        "ZHIBU_WECHAT_AES_KEY": payloads.AES_KEY,
    },
    outside=Outside(
        address="ZHIBU_WECHAT_API_BASE",
        deadline="bot.platforms.tencent.api.DEADLINE",
        before=before,
    ),
    position=position,
)
