"""Visits of WeCom through the webhook: what is understood, and what is answered."""

import pytest

from bot.messages import Address, Busy, Button, Incoming, Kind, Reply
from bot.platforms.tencent.xml import read
from bot.webhooks import Response
from tests.platforms import payloads
from tests.platforms.doors import NOW, Listener, wecom_door

USER = "WangChaoYi"


async def visit(listener: Listener, body: str) -> Response:
    return await wecom_door(listener)(payloads.sealed(body, at=NOW, envelope=payloads.WECOM))


async def heard(kind: str, /, **said: object) -> Incoming:
    listener = Listener()
    await visit(listener, payloads.document(kind, user=USER, at=NOW, **said))
    [incoming] = listener.asked
    return incoming


async def test_a_typed_message_is_heard() -> None:
    assert await heard("text", Content="签到", MsgId=42, AgentID=1000005) == Incoming(
        id="42",
        sender=Address("wecom", USER),
        at=NOW.replace(microsecond=0),
        account="gh_5f3c1d",
        text="签到",
    )


async def test_a_button_of_a_card_comes_back_as_a_tap() -> None:
    incoming = await heard(
        "event",
        Event="template_card_event",
        EventKey="tap:leave:7",
        TaskId="zhibu-1",
        CardType="button_interaction",
        ResponseCode="r",
        AgentID=1000005,
    )
    assert (incoming.tap, incoming.text) == ("leave:7", "")


async def test_a_menu_speaks_for_the_member() -> None:
    assert (await heard("event", Event="click", EventKey="签到")).text == "签到"
    assert (await heard("event", Event="click", EventKey="tap:leave:7")).tap == "leave:7"


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"Event": "subscribe"}, Kind.FOLLOW),
        ({"Event": "unsubscribe"}, Kind.UNFOLLOW),
        ({"Event": "location_select", "SendLocationInfo": {"Location_X": "23"}}, Kind.PLACE),
    ],
)
async def test_coming_and_going(said: dict[str, object], kind: Kind) -> None:
    assert (await heard("event", **said)).kind is kind


async def test_a_scan_from_the_menu() -> None:
    said: dict[str, object] = {"ScanCodeInfo": {"ScanType": "qrcode", "ScanResult": "93"}}

    assert (await heard("event", Event="scancode_waitmsg", **said)).scene == "93"


async def test_voice_is_not_recognised_by_wecom() -> None:
    incoming = await heard("voice", MediaId="m", Format="amr", MsgId=1)

    assert (incoming.kind, incoming.voice) == (Kind.OTHER, True)


@pytest.mark.parametrize(
    "body",
    [
        payloads.document("event", user=USER, at=NOW, Event="enter_agent", EventKey=""),
        payloads.document("event", user=USER, at=NOW, Event="LOCATION", Latitude="23.1"),
        payloads.document("event", user=USER, at=NOW, Event="view", EventKey="http://x.cn"),
        payloads.document("event", user="sys", at=NOW, Event="change_contact"),
        payloads.document("event", user=USER, at=NOW, Event="template_card_event", EventKey="x"),
        "<xml><SuiteId>s</SuiteId><InfoType>change_contact</InfoType></xml>",
    ],
)
async def test_what_nobody_said_is_politely_ignored(body: str) -> None:
    listener = Listener()

    assert (await visit(listener, body), listener.asked) == (Response(200, b""), [])


async def test_the_answer_is_encrypted_and_numbered() -> None:
    reply = Reply(
        text="现在有两场可以签到，您在哪一场？",
        buttons=[Button(label="主题党日", tap="in:1"), Button(label="消防志愿服务", tap="in:2")],
    )
    response = await visit(Listener(reply=reply), payloads.text("签到", user=USER, at=NOW))
    outside = read(response.body)
    signed = payloads.signed(outside["TimeStamp"], outside["Nonce"], outside["Encrypt"])

    assert outside["MsgSignature"] == signed
    assert read(payloads.WECOM.decrypt(outside["Encrypt"])) == {
        "ToUserName": USER,
        "FromUserName": "gh_5f3c1d",
        "CreateTime": str(int(NOW.timestamp())),
        "MsgType": "text",
        "Content": "现在有两场可以签到，您在哪一场？\n\n1. 主题党日\n2. 消防志愿服务",
    }


async def test_nothing_to_say_and_nothing_taken() -> None:
    body = payloads.text("签到", user=USER, at=NOW)

    assert await visit(Listener(reply=None), body) == Response(200, b"")
    assert await visit(Listener(reply=Reply(text="")), body) == Response(200, b"")
    assert (await visit(Listener(failure=Busy()), body)).status == 503


async def test_our_address_is_confirmed_with_what_was_encrypted() -> None:
    visit = payloads.sealed("1616140317555161061", at=NOW, envelope=payloads.WECOM)
    query = {**visit.query, "echostr": read(visit.body)["Encrypt"]}
    response = await wecom_door(Listener())(visit._replace(method="GET", query=query, body=b""))
    assert response == Response(200, b"1616140317555161061")
