from collections.abc import Sequence
from datetime import datetime

import orjson

from bot import clock
from bot.clock import HOME
from bot.messages import Address, Incoming, Reply
from bot.platforms.tencent.receive import TAP, passive
from bot.platforms.tencent.xml import read
from bot.platforms.wecom.render import Message, render, render_all
from bot.webhooks import Request
from tests.platforms import payloads
from tests.platforms.declared import LATITUDE, LONGITUDE, Declared, Outside, Shown
from tests.platforms.stand_in import Answer, Call

ASKED = Incoming(
    id="1",
    sender=Address("wecom", "wang"),
    at=datetime(2026, 11, 27, 8, 26, tzinfo=HOME),
    account="ww1",
)


def in_text(words: str) -> Shown:
    return Shown(text=words, size=len(words.encode()), room=2048, links=words.count("<"))


def on_card(card: Message) -> Shown:
    fields = card.get("horizontal_content_list", [])
    lines = [card.get("main_title", {}).get("title", ""), card.get("sub_title_text", "")]
    lines += [f"{each['keyname']}：{each['value']}" for each in fields]
    buttons = card["button_list"]
    lines += [each["text"] for each in buttons]
    text = "\n".join(lines)
    return Shown(
        text=text,
        taps=[each["key"].removeprefix(TAP) for each in buttons],
        size=len(buttons),
        room=6,
        links=text.count("<"),
    )


def answered(reply: Reply) -> Sequence[Shown]:
    return [in_text(read(passive(ASKED, render(reply)).encode())["Content"])]


def unasked(reply: Reply) -> Sequence[Shown]:
    messages = orjson.loads(orjson.dumps(render_all(reply, "letter")))
    return [
        on_card(each["template_card"])
        if each["msgtype"] == "template_card"
        else in_text(each["text"]["content"])
        for each in messages
    ]


def position() -> Request:
    now = clock.now()
    place = {"Location_X": str(LATITUDE), "Location_Y": str(LONGITUDE), "Label": "广场", "MsgId": 5}
    body = payloads.document("location", user="wang", at=now, **place)
    return payloads.sealed(body, at=now, envelope=payloads.WECOM, path="/webhooks/wecom")


def before(call: Call) -> Answer:
    token = {"errcode": 0, "access_token": "t", "expires_in": 7200}
    return token if call.path == "/cgi-bin/gettoken" else None


DECLARED = Declared(
    user="wang",
    answered=answered,
    unasked=unasked,
    environment={
        "ZHIBU_WECOM_CORP_ID": payloads.CORP_ID,
        "ZHIBU_WECOM_AGENT_ID": "1000005",
        "ZHIBU_WECOM_SECRET": "s3cret",
        "ZHIBU_WECOM_TOKEN": payloads.TOKEN,
        "ZHIBU_WECOM_AES_KEY": payloads.AES_KEY,
    },
    outside=Outside(
        address="ZHIBU_WECOM_API_BASE",
        deadline="bot.platforms.tencent.api.DEADLINE",
        before=before,
    ),
    position=position,
)
