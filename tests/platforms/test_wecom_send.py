"""What becomes of a message to WeCom, for one member and for many."""

from collections.abc import AsyncIterator, Iterator

import httpx
import orjson
import pytest
import respx

from bot.messages import Address, Button, Reply, SendFailed
from bot.platforms.wecom import WeCom
from bot.platforms.wecom.send import Sender
from tests.platforms.doors import Listener, wecom_door, wecom_settings

pytestmark = pytest.mark.usefixtures("by_httpx")
BASE = "http://127.0.0.1:9"
HELLO = Reply(text="会议改到 15:00。")
OK = {"errcode": 0, "errmsg": "ok", "invaliduser": "", "invalidparty": "", "msgid": "m1"}


@pytest.fixture
def server() -> Iterator[respx.MockRouter]:
    with respx.mock(base_url=BASE, assert_all_called=False) as router:
        yield router


@pytest.fixture
def token(server: respx.MockRouter) -> respx.Route:
    fetched = iter(range(1, 100))
    return server.get("/cgi-bin/gettoken").mock(
        side_effect=lambda _: httpx.Response(
            200, json={"errcode": 0, "access_token": f"T{next(fetched)}", "expires_in": 7200}
        )
    )


@pytest.fixture
def message(server: respx.MockRouter, token: respx.Route) -> respx.Route:
    return server.post("/cgi-bin/message/send").respond(json=OK)


@pytest.fixture
async def wecom() -> AsyncIterator[WeCom]:
    wecom = WeCom(wecom_door(Listener()), Sender(wecom_settings(api_base=BASE)))
    yield wecom
    await wecom.close()


async def refused(wecom: WeCom, user: str = "WangChaoYi") -> SendFailed:
    with pytest.raises(SendFailed) as failed:
        await wecom.send(Address("wecom", user), HELLO, key="k1")
    return failed.value


async def test_a_second_sending_is_equal_to_the_byte(wecom: WeCom, message: respx.Route) -> None:
    for _ in range(2):
        await wecom.send(Address("wecom", "WangChaoYi"), HELLO, key="k1")
    first, second = (call.request.content for call in message.calls)

    assert first == second
    assert orjson.loads(first) == {
        "touser": "WangChaoYi",
        "agentid": 1000005,
        "msgtype": "text",
        "text": {"content": "会议改到 15:00。"},
        "enable_duplicate_check": 1,
        "duplicate_check_interval": 14400,
    }
    assert "会议".encode() in first


async def test_buttons_go_on_a_card(wecom: WeCom, message: respx.Route) -> None:
    reply = Reply(
        title="支部党员大会",
        text="您参加吗？<b>",
        fields={"时间": "11月27日 15:00"},
        buttons=[Button(label="参加", tap="join:12"), Button(label="请假", tap="leave:12")],
    )
    await wecom.send(Address("wecom", "WangChaoYi"), reply, key="k1")
    sent = orjson.loads(message.calls.last.request.content)
    task = sent["template_card"].pop("task_id")

    assert sent["msgtype"] == "template_card"
    assert sent["template_card"] == {
        "card_type": "button_interaction",
        "main_title": {"title": "支部党员大会"},
        "sub_title_text": "您参加吗？＜b＞",
        "horizontal_content_list": [{"keyname": "时间", "value": "11月27日 15:00"}],
        "button_list": [
            {"text": "参加", "key": "tap:join:12"},
            {"text": "请假", "key": "tap:leave:12"},
        ],
    }
    assert len(task) < 128
    assert task.replace("-", "").isalnum()


@pytest.mark.parametrize(
    "reply",
    [
        Reply(text="选一个", buttons=[Button(label=str(n), tap=f"a:{n}") for n in range(7)]),
        Reply(text="选一个", buttons=[Button(label="这一个按钮说得太长了些", tap="a:1")]),
        Reply(text="选" * 161, buttons=[Button(label="好", tap="a:1")]),
        Reply(text="选", fields={"很长的名字": "x" * 31}, buttons=[Button(label="好", tap="a:1")]),
    ],
)
async def test_what_fits_on_no_card_is_numbered(
    wecom: WeCom, message: respx.Route, reply: Reply
) -> None:
    await wecom.send(Address("wecom", "WangChaoYi"), reply, key="k1")
    sent = orjson.loads(message.calls.last.request.content)

    assert sent["msgtype"] == "text"
    assert sent["text"]["content"].endswith(f"{len(reply.buttons)}. {reply.buttons[-1].label}")


@pytest.mark.parametrize(
    ("code", "permanent", "later"),
    [
        (-1, False, False),
        (81013, True, False),
        (60111, True, False),
        (60011, True, False),
        (50002, True, False),
        (46004, True, False),
        (40003, True, False),
        (60020, False, False),
        (50003, False, False),
        (45009, False, True),
        (45033, False, False),
        (42014, False, False),
    ],
)
async def test_what_each_refusal_means_for_the_letter(
    wecom: WeCom, message: respx.Route, code: int, permanent: bool, later: bool
) -> None:
    message.respond(json={"errcode": code, "errmsg": "no"})
    failure = await refused(wecom)

    assert (failure.permanent, failure.retry_after is not None) == (permanent, later)
    assert not failure.uncertain


@pytest.mark.parametrize("field", ["invaliduser", "unlicenseduser"])
async def test_a_success_that_left_the_member_out(
    wecom: WeCom, message: respx.Route, field: str
) -> None:
    message.respond(json={**OK, field: "wangchaoyi"})

    assert (await refused(wecom)).permanent


async def test_a_thousand_in_one_call(wecom: WeCom, message: respx.Route) -> None:
    users = [f"M{n:03}" for n in range(1000)]
    message.respond(json={**OK, "invaliduser": "m007|m008", "unlicenseduser": "m999"})
    failures, _ = await wecom.send_many(users, HELLO, key="k1")

    assert message.call_count == 1
    assert sorted(failures) == ["M007", "M008", "M999"]
    assert all(failure.permanent for failure in failures.values())
    with pytest.raises(ValueError, match="1001"):
        await wecom.send_many([*users, "M1000"], HELLO, key="k1")


async def test_all_of_many_are_unknown(wecom: WeCom, message: respx.Route) -> None:
    message.respond(json={"errcode": 81013})

    assert sorted((await wecom.send_many(["a", "b"], HELLO, key="k1"))[0]) == ["a", "b"]


async def test_one_of_many_is_unknown_but_nobody_says_which(
    wecom: WeCom, message: respx.Route
) -> None:
    message.respond(json={"errcode": 60111})
    with pytest.raises(SendFailed) as failed:
        await wecom.send_many(["a", "b"], HELLO, key="k1")

    assert not failed.value.permanent


@pytest.mark.parametrize("user", ["@all", "a|b", "", "a b", "@", "x" * 65])
async def test_a_letter_for_one_cannot_reach_others(
    wecom: WeCom, message: respx.Route, user: str
) -> None:
    assert (await refused(wecom, user)).permanent
    assert (await wecom.send_many(["M001", user], HELLO, key="k1"))[0] != {}
    assert [orjson.loads(call.request.content)["touser"] for call in message.calls] == ["M001"]


async def test_a_token_that_has_run_out_is_replaced_once(
    wecom: WeCom, message: respx.Route, token: respx.Route
) -> None:
    message.side_effect = lambda request: httpx.Response(
        200, json=OK if request.url.params["access_token"] == "T2" else {"errcode": 42001}
    )
    await wecom.send(Address("wecom", "WangChaoYi"), HELLO, key="k1")

    assert (message.call_count, token.call_count) == (2, 2)
    assert dict(token.calls.last.request.url.params) == {
        "corpid": "ww9f8e7d6c5b4a3f2e",
        "corpsecret": "s3cret",
    }


async def test_the_secret_is_wrong(wecom: WeCom, message: respx.Route, token: respx.Route) -> None:
    token.side_effect = None
    token.respond(json={"errcode": 40001, "errmsg": "invalid credential s3cret"})
    failure = await refused(wecom)

    assert (failure.permanent, failure.uncertain) == (False, False)
    assert "s3cret" not in failure.reason


@pytest.mark.parametrize("error", [httpx.ReadTimeout, httpx.RemoteProtocolError])
async def test_a_connection_that_breaks(
    wecom: WeCom, message: respx.Route, error: type[Exception]
) -> None:
    message.side_effect = error

    assert (await refused(wecom)).uncertain
