"""What WeChat and WeCom did not say is refused: forged, replayed, broken."""

import logging
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Kind
from bot.platforms.tencent.envelope import Forged
from bot.platforms.tencent.locks import stamp
from bot.platforms.tencent.receive import Door
from bot.platforms.tencent.xml import cdata, read
from bot.webhooks import Request, Response
from tests.platforms import payloads
from tests.platforms.doors import NOW, Listener, wechat_door, wecom_door

REFUSED = Response(403)
WHOLE = NOW.replace(microsecond=0)
BODY = payloads.text("签到", user="o1", at=NOW, number=42)


def doors(listener: Listener) -> dict[str, tuple[Door, Request]]:
    """Each door with a genuine visit."""
    return {
        "plain": (wechat_door(listener, mode="plain"), payloads.plain(BODY, at=NOW)),
        "safe": (wechat_door(listener), payloads.sealed(BODY, at=NOW)),
        "wecom": (
            wecom_door(listener),
            payloads.sealed(BODY, at=NOW, envelope=payloads.WECOM),
        ),
    }


@pytest.fixture(params=["plain", "safe", "wecom"])
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def test_genuine_visits_are_let_in(way: str) -> None:
    listener = Listener()
    door, visit = doors(listener)[way]

    assert ((await door(visit)).status, len(listener.asked)) == (200, 1)


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_an_unsigned_visit(way: str, method: str) -> None:
    listener = Listener()
    door, visit = doors(listener)[way]
    for query in ({}, {"timestamp": "", "nonce": ""}, {**visit.query, "nonce": "1"}):
        assert await door(visit._replace(method=method, query=query)) == REFUSED
    without = {k: v for k, v in visit.query.items() if "signature" not in k}
    assert await door(visit._replace(method=method, query=without)) == REFUSED
    assert listener.asked == []


@pytest.mark.parametrize("way", ["safe", "wecom"], indirect=True)
async def test_a_captured_address_with_another_body(way: str) -> None:
    listener = Listener()
    door, visit = doors(listener)[way]
    _, other = doors(listener)[way]

    assert other.body != visit.body
    for body in (other.body, BODY.encode(), b"", b"<xml></xml>"):
        assert await door(visit._replace(body=body)) == REFUSED
    assert listener.asked == []


async def test_clear_text_beside_the_encrypted_part_is_not_believed() -> None:
    """Compatible mode sends both, and nobody signs the one in clear text."""
    listener = Listener()
    visit = payloads.sealed(BODY, at=NOW)
    beside = b"<FromUserName>o2</FromUserName><MsgType>text</MsgType></xml>"
    await wechat_door(listener)(visit._replace(body=visit.body.replace(b"</xml>", beside)))

    assert [each.sender.user for each in listener.asked] == ["o1"]


async def test_safe_mode_takes_nothing_in_clear_text() -> None:
    listener = Listener()

    assert await wechat_door(listener)(payloads.plain(BODY, at=NOW)) == REFUSED
    assert listener.asked == []


@pytest.mark.parametrize(
    ("late", "status"),
    [(0, 200), (300, 200), (301, 403), (-300, 200), (-301, 403), (86_400, 403)],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_replayed_visit(way: str, method: str, late: int, status: int) -> None:
    listener = Listener()
    now = WHOLE + timedelta(seconds=late)
    door, visit = doors(listener)[way]
    door.now = lambda: now
    if method == "GET":
        visit = confirmation(way)

    assert (await door(visit)).status == status


def confirmation(way: str) -> Request:
    if way != "wecom":
        visit = payloads.plain("", at=NOW)
        return visit._replace(method="GET", query={**visit.query, "echostr": "77"}, body=b"")
    visit = payloads.sealed("77", at=NOW, envelope=payloads.WECOM)
    query = {**visit.query, "echostr": read(visit.body)["Encrypt"]}
    return visit._replace(method="GET", query=query, body=b"")


async def test_a_wrong_clock_is_reported_once_a_minute(
    way: str, caplog: pytest.LogCaptureFixture
) -> None:
    door, visit = doors(Listener())[way]
    with caplog.at_level(logging.WARNING):
        for seconds in (600, 601, 659, 660):
            now = WHOLE + timedelta(seconds=seconds)
            door.now = lambda now=now: now  # type: ignore[misc]
            await door(visit)
        assert len(caplog.records) == 2
        assert "+600 s" in caplog.text
        await door(visit._replace(query={**visit.query, "nonce": "1"}))
    assert len(caplog.records) == 2
    assert payloads.TOKEN not in caplog.text


@pytest.mark.parametrize(
    ("timestamp", "nonce"),
    [
        ("176420319", "01"),
        ("17642031901", "1"),
        ("١٧٦٤٢٠٣١٩٠", "1"),
        ("1764203190", ""),
        ("1764203190", "a-b"),
        ("1764203190", "n" * 65),
        ("1764203190\n", "1"),
        ("1764203190", "1\n"),
        ("+764203190", "1"),
    ],
)
def test_shifted_and_odd_stamps(timestamp: str, nonce: str) -> None:
    with pytest.raises(Forged):
        stamp({"timestamp": timestamp, "nonce": nonce})


BROKEN = [
    "<xml></xml>",
    "<xml><MsgType>text</MsgType></xml>",
    "<xml><FromUserName>o1</FromUserName></xml>",
    BODY.replace("FromUserName", "From"),
    BODY.replace("ToUserName", "To"),
    BODY.replace("CreateTime", "Time"),
    BODY.replace("<CreateTime>", "<CreateTime>-"),
    BODY.replace("<CreateTime>", "<CreateTime>٣"),
    BODY.replace("<CreateTime>", "<CreateTime>1e"),
    BODY[:-3],
    "{}",
]


@pytest.mark.parametrize("body", BROKEN)
async def test_what_is_genuine_but_broken(body: str) -> None:
    listener = Listener()

    assert await wechat_door(listener)(payloads.sealed(body, at=NOW)) == Response(400)
    assert listener.asked == []


SOMETHING = st.dictionaries(
    st.sampled_from(["MsgType", "Event", "EventKey", "FromUserName", "ToUserName", "CreateTime"])
    | st.sampled_from(["Content", "MsgId", "Recognition", "bizmsgmenuid", "InfoType"]),
    st.sampled_from(["text", "event", "voice", "subscribe", "SCAN", "click", "1764203190", ""])
    | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
)


@given(SOMETHING)
async def test_any_fields_are_understood_or_refused(fields: dict[str, str]) -> None:
    body = "".join(f"<{name}>{cdata(value)}</{name}>" for name, value in fields.items())
    for door in (wechat_door, wecom_door):
        listener = Listener()
        envelope = payloads.WECHAT if door is wechat_door else payloads.WECOM
        visit = payloads.sealed(f"<xml>{body}</xml>", at=NOW, envelope=envelope)
        response = await door(listener)(visit)
        assert response.status in (200, 400)
        assert response.status == 200 or not listener.asked
        assert all(each.kind in Kind and each.at.tzinfo for each in listener.asked)
