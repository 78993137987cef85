from collections.abc import Sequence

import orjson

from bot import clock
from bot.messages import Reply
from bot.platforms.telegram.render import Payload, render
from bot.webhooks import Request
from tests.platforms.declared import LATITUDE, LONGITUDE, Declared, Outside, Shown
from tests.platforms.telegram_pushes import SECRET, sent


def seen(payload: Payload) -> Shown:
    if "photo" in payload:
        payload = payload | {"photo": ""}
    read = orjson.loads(orjson.dumps(payload))  # what does not survive this cannot be sent
    text = read.get("text", read.get("caption", ""))
    rows = read.get("reply_markup", {}).get("inline_keyboard", [])
    buttons = [each for row in rows for each in row]
    return Shown(
        text="\n".join([text, *(each["text"] for each in buttons)]),
        taps=[each["callback_data"] for each in buttons],
        size=len(text.encode("utf-16-le")) // 2,
        room=4096 if "text" in read else 1024,
        links=sum(each["type"] == "text_link" for each in read.get("entities", []))
        + text.count("<a") * ("parse_mode" in read),
    )


def shown(reply: Reply) -> Sequence[Shown]:
    return [seen(payload) for payload in render(reply, 7)]


def position() -> Request:
    place = {"latitude": LATITUDE, "longitude": LONGITUDE}
    push = sent(location=place, date=int(clock.now().timestamp()))
    signed = {"x-telegram-bot-api-secret-token": SECRET}
    return Request("POST", "/webhooks/telegram", {}, signed, orjson.dumps(push))


DECLARED = Declared(
    user="7",
    answered=shown,
    unasked=shown,
    environment={"ZHIBU_TELEGRAM_TOKEN": "4711:t", "ZHIBU_TELEGRAM_SECRET": SECRET},
    outside=Outside(
        address="ZHIBU_TELEGRAM_API_BASE", deadline="bot.platforms.telegram.send.DEADLINE"
    ),
    position=position,
)
