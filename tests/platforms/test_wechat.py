"""Visits of WeChat through the webhook: what is understood, and what is answered."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from bot.messages import Address, Busy, Button, Incoming, Kind, Reply
from bot.platforms.tencent.xml import read
from bot.webhooks import Request, Response
from tests.platforms import payloads
from tests.platforms.doors import NOW, Listener, wechat_door

USER = "oPKu7jgOibOA-De4u8J2RuNKpZRw"


async def visit(
    listener: Listener, body: str, *, mode: str = "safe", now: datetime = NOW
) -> Response:
    wrap = payloads.sealed if mode == "safe" else payloads.plain
    return await wechat_door(listener, mode=mode, now=now)(wrap(body, at=now))


async def heard(kind: str, /, **said: object) -> Incoming:
    return await heard_at(NOW, kind, **said)


async def heard_at(at: datetime, kind: str, /, **said: object) -> Incoming:
    listener = Listener()
    await visit(listener, payloads.document(kind, user=USER, at=at, **said))
    [incoming] = listener.asked
    return incoming


def opened(response: Response) -> Mapping[str, str]:
    """What WeChat reads in an encrypted answer."""
    outside = read(response.body)
    assert outside["MsgSignature"] == payloads.signed(
        outside["TimeStamp"], outside["Nonce"], outside["Encrypt"]
    )
    return read(payloads.WECHAT.decrypt(outside["Encrypt"]))


async def test_a_typed_message_is_heard() -> None:
    assert await heard("text", Content=" 签到 4826 ", MsgId=42) == Incoming(
        id="42",
        sender=Address("wechat", USER),
        at=NOW.replace(microsecond=0),
        account="gh_5f3c1d",
        text="签到 4826",
    )


@pytest.mark.parametrize("mode", ["safe", "plain"])
async def test_the_answer_comes_within_the_visit(mode: str) -> None:
    body = payloads.text("签到", user=USER, at=NOW)
    response = await visit(Listener(), body, mode=mode)

    assert (response.status, response.content_type) == (200, b"text/xml; charset=utf-8")
    assert (opened(response) if mode == "safe" else read(response.body)) == {
        "ToUserName": USER,
        "FromUserName": "gh_5f3c1d",
        "CreateTime": str(int(NOW.timestamp())),
        "MsgType": "text",
        "Content": "已签到。",
    }


async def test_a_repeated_visit_gets_the_same_bytes() -> None:
    request = payloads.sealed(payloads.text("签到", user=USER, at=NOW), at=NOW)
    first = await wechat_door(Listener())(request)
    later = await wechat_door(Listener(), now=NOW + timedelta(seconds=10))(request)

    assert first == later


async def test_what_was_spoken_is_heard_as_words() -> None:
    incoming = await heard("voice", MediaId="m", Format="amr", Recognition="签到。", MsgId=1)

    assert (incoming.kind, incoming.text, incoming.voice) == (Kind.MESSAGE, "签到。", True)


async def test_what_was_spoken_and_not_recognised_is_not_taken_for_silence() -> None:
    incoming = await heard("voice", MediaId="m", Format="amr", MsgId=1)

    assert (incoming.kind, incoming.text, incoming.voice) == (Kind.OTHER, "", True)


@pytest.mark.parametrize("kind", ["image", "video", "shortvideo", "link", "file"])
async def test_what_we_do_not_read_is_still_noticed(kind: str) -> None:
    assert (await heard(kind, MsgId=1)).kind is Kind.OTHER


async def test_a_place_is_dropped_where_it_arrives() -> None:
    by_hand = await heard("location", Location_X=23.134521, Location_Y=113.3588, MsgId=1)
    by_menu = await heard(
        "event", Event="location_select", EventKey="6", SendLocationInfo={"Location_X": "23.134521"}
    )

    assert by_hand.kind is by_menu.kind is Kind.PLACE
    assert "23.1345" not in f"{by_hand}{by_menu}"


@pytest.mark.parametrize(
    ("said", "kind", "scene"),
    [
        ({"Event": "subscribe"}, Kind.FOLLOW, ""),
        ({"Event": "subscribe", "EventKey": ""}, Kind.FOLLOW, ""),
        ({"Event": "subscribe", "EventKey": "qrscene_b7", "Ticket": "T"}, Kind.FOLLOW, "b7"),
        ({"Event": "subscribe", "EventKey": "last_trade_no_4008"}, Kind.FOLLOW, ""),
        ({"Event": "SCAN", "EventKey": "b7", "Ticket": "T"}, Kind.MESSAGE, "b7"),
        ({"Event": "unsubscribe", "EventKey": ""}, Kind.UNFOLLOW, ""),
        (
            {"Event": "scancode_waitmsg", "ScanCodeInfo": {"ScanResult": "https://z.cn/c/93"}},
            Kind.MESSAGE,
            "https://z.cn/c/93",
        ),
        ({"Event": "scancode_push", "ScanCodeInfo": {"ScanResult": "93"}}, Kind.MESSAGE, "93"),
    ],
)
async def test_following_and_scanning(said: dict[str, object], kind: Kind, scene: str) -> None:
    incoming = await heard("event", **said)

    assert (incoming.kind, incoming.scene, incoming.text) == (kind, scene, "")


@pytest.mark.parametrize(
    ("said", "tap", "text"),
    [
        ({"MsgType": "text", "Content": "2", "bizmsgmenuid": "tap:leave:7"}, "leave:7", ""),
        ({"MsgType": "text", "Content": "2", "bizmsgmenuid": "101"}, "", "2"),
        ({"MsgType": "text", "Content": "2"}, "", "2"),
        ({"MsgType": "event", "Event": "CLICK", "EventKey": "tap:leave:7"}, "leave:7", ""),
        ({"MsgType": "event", "Event": "CLICK", "EventKey": "签到"}, "", "签到"),
    ],
)
async def test_buttons_come_back_as_taps(said: dict[str, object], tap: str, text: str) -> None:
    incoming = await heard(str(said.pop("MsgType")), **said)

    assert (incoming.tap, incoming.text) == (tap, text)


async def test_an_event_is_known_by_who_when_and_what() -> None:
    first = await heard("event", Event="CLICK", EventKey="签到")
    again = await heard("event", Event="CLICK", EventKey="签到")
    other = await heard("event", Event="CLICK", EventKey="请假")

    assert first.id == again.id != other.id
    assert first.id == f"{USER}:{int(NOW.timestamp())}:CLICK:签到"


@pytest.mark.parametrize(
    ("offset", "believed"),
    [
        (timedelta(), True),
        (timedelta(seconds=120), True),
        (timedelta(seconds=121), False),
        (timedelta(days=-1), True),
        (timedelta(days=-1, seconds=-1), False),
        (timedelta(days=300_000), False),
    ],
)
async def test_the_time_of_the_message_decides(offset: timedelta, believed: bool) -> None:
    now = NOW.replace(microsecond=0)
    incoming = await heard_at(now + offset, "text", Content="签到", MsgId=1)

    assert incoming.at == (now + offset if believed else NOW)
    assert incoming.at.tzinfo is NOW.tzinfo


@pytest.mark.parametrize(
    "event",
    ["VIEW", "LOCATION", "TEMPLATESENDJOBFINISH", "pic_sysphoto", "user_get_card", "unheard_of"],
)
async def test_what_nobody_said_is_politely_ignored(event: str) -> None:
    listener = Listener()
    response = await visit(listener, payloads.document("event", user=USER, at=NOW, Event=event))

    assert (response.status, response.body, listener.asked) == (200, b"success", [])


async def test_who_leaves_hears_nothing_more() -> None:
    body = payloads.document("event", user=USER, at=NOW, Event="unsubscribe")

    assert (await visit(Listener(), body)).body == b"success"


async def test_nothing_to_say() -> None:
    body = payloads.text("签到", user=USER, at=NOW)

    assert (await visit(Listener(reply=None), body)).body == b"success"


async def test_what_was_not_taken_is_not_acknowledged() -> None:
    body = payloads.text("签到", user=USER, at=NOW)

    assert (await visit(Listener(failure=Busy()), body)).status == 503


async def test_a_reply_with_everything_in_it() -> None:
    reply = Reply(
        title="支部党员大会",
        text="您参加吗？<a href='http://x.cn'>点我</a>",
        fields={"时间": "11月27日（周五）15:00", "地点": "三楼]]>会议室\u202e"},
        buttons=[
            Button(label="参加", tap="join:12"),
            Button(label="请假<b>", tap='leave:"12"'),
        ],
    )
    response = await visit(Listener(reply=reply), payloads.text("安排", user=USER, at=NOW))

    assert opened(response)["Content"] == (
        "【支部党员大会】\n"
        "您参加吗？＜a href='http://x.cn'＞点我＜/a＞\n"
        "时间：11月27日（周五）15:00\n"
        "地点：三楼]]＞会议室\n\n"
        '<a href="weixin://bizmsgmenu?msgmenucontent=1&msgmenuid=tap:join:12">1. 参加</a>\n'
        '<a href="weixin://bizmsgmenu?msgmenucontent=2">2. 请假＜b＞</a>'
    )


@pytest.mark.parametrize("mode", ["safe", "plain"])
async def test_our_address_is_confirmed(mode: str) -> None:
    request = payloads.plain("", at=NOW)
    query = {**request.query, "echostr": "5937883253190"}
    response = await wechat_door(Listener(), mode=mode)(
        Request("GET", request.path, query, {}, b"")
    )

    assert response == Response(200, b"5937883253190")
