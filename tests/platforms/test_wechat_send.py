"""What becomes of a message to WeChat: taken, refused, or not known; and of the token."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta

import httpx
import orjson
import pytest
import respx

from bot.messages import Button, Reply, SendFailed
from bot.platforms.tencent import api
from bot.platforms.tencent.api import Tokens
from bot.platforms.wechat.send import REFUSALS, Sender
from tests.platforms.doors import wechat_settings
from tests.platforms.wechat_answers import ANSWERS, BASE, OK

pytestmark = pytest.mark.usefixtures("by_httpx")
HELLO = Reply(text="会议改到 15:00。")


@pytest.fixture
def server() -> Iterator[respx.MockRouter]:
    with respx.mock(base_url=BASE, assert_all_called=False) as router:
        yield router


@pytest.fixture
def token(server: respx.MockRouter) -> respx.Route:
    fetched = iter(range(1, 100))
    return server.post("/cgi-bin/stable_token").mock(
        side_effect=lambda _: httpx.Response(
            200, json={"access_token": f"T{next(fetched)}", "expires_in": 7200}
        )
    )


@pytest.fixture
def custom(server: respx.MockRouter, token: respx.Route) -> respx.Route:
    return server.post("/cgi-bin/message/custom/send").respond(json=OK)


@pytest.fixture
async def sender() -> AsyncIterator[Sender]:
    sender = Sender(wechat_settings(api_base=BASE))
    yield sender
    await sender.close()


async def refused(sender: Sender, reply: Reply = HELLO) -> SendFailed:
    with pytest.raises(SendFailed) as failed:
        await sender.send("o1", reply)
    return failed.value


def kind(failure: SendFailed) -> str:
    if failure.uncertain:
        assert not failure.permanent
        return "uncertain"
    if failure.permanent:
        return "permanent"
    return "later" if failure.retry_after else "again"


async def test_it_is_sent_as_it_is_read(sender: Sender, custom: respx.Route) -> None:
    await sender.send("o1", HELLO)
    request = custom.calls.last.request

    assert request.url.params["access_token"] == "T1"
    assert request.content.decode() == (
        '{"touser":"o1","msgtype":"text","text":{"content":"会议改到 15:00。"}}'
    )


async def test_one_token_for_all(sender: Sender, custom: respx.Route, token: respx.Route) -> None:
    await asyncio.gather(*(sender.send(f"o{n}", HELLO) for n in range(20)))

    assert (custom.call_count, token.call_count) == (20, 1)
    assert orjson.loads(token.calls.last.request.content) == {
        "grant_type": "client_credential",
        "appid": "wx0a1b2c3d4e5f6a7b",
        "secret": "s3cret",
        "force_refresh": False,
    }


MEANINGS = {
    code: expected
    for expected, codes in {
        "permanent": (40003, 40031, 43004, 43019, 50005, 46004, 48002, 45015, 45047),
        "later": (45009, 45011, 45072),
        "again": (
            *(-1, 40013, 40125, 40164, 41001, 45002, 48001, 48004, 48008, 50002),
            99999,  # none of theirs
        ),
    }.items()
    for code in codes
}


@pytest.mark.parametrize(("code", "expected"), MEANINGS.items())
async def test_what_each_refusal_means_for_the_letter(
    sender: Sender, custom: respx.Route, code: int, expected: str
) -> None:
    custom.respond(json={"errcode": code, "errmsg": "access_token=T1"})
    failure = await refused(sender)

    assert (kind(failure), custom.call_count) == (expected, 1)
    assert str(code) in failure.reason
    assert "T1" not in failure.reason


def test_every_refusal_has_its_row() -> None:
    assert set(REFUSALS) - {40001} <= set(MEANINGS)


@pytest.mark.parametrize("code", [40001, 40014, 42001])
async def test_a_token_that_has_run_out_is_replaced_once(
    sender: Sender, custom: respx.Route, token: respx.Route, code: int
) -> None:
    custom.side_effect = only("T2", otherwise=code)
    await asyncio.gather(*(sender.send(f"o{n}", HELLO) for n in range(10)))

    assert token.call_count == 2
    assert custom.call_count <= 20


async def test_a_token_refused_for_good(
    sender: Sender, custom: respx.Route, token: respx.Route
) -> None:
    custom.respond(json={"errcode": 40001})
    first, *others = [await refused(sender) for _ in range(20)]

    assert (kind(first), {kind(each) for each in others}) == ("again", {"later"})
    assert token.call_count == 2
    assert custom.call_count == 2 + 19


async def test_a_stable_token_refused_before_its_time_is_replaced_by_force(
    sender: Sender, custom: respx.Route, token: respx.Route
) -> None:
    def fetched(request: httpx.Request) -> httpx.Response:
        forced = orjson.loads(request.content)["force_refresh"]
        return httpx.Response(200, json={"access_token": "NF"[forced], "expires_in": 7200})

    token.side_effect = fetched
    custom.side_effect = only("F", otherwise=40001)
    await sender.send("o1", HELLO)

    assert token.call_count == 3


async def test_a_token_is_renewed_before_it_ends() -> None:
    clock, fetched = [0.0], [0]

    async def fetch(refused: str) -> tuple[str, float]:
        fetched[0] += 1
        return f"T{fetched[0]}", 7200

    tokens = Tokens(fetch, lambda: clock[0])
    assert await tokens.current() == "T1"
    clock[0] = 6899
    assert await tokens.current() == "T1"
    clock[0] = 6900
    assert await asyncio.gather(*(tokens.current() for _ in range(4))) == ["T2"] * 4


def only(token: str, *, otherwise: int) -> Callable[[httpx.Request], httpx.Response]:
    def answer(request: httpx.Request) -> httpx.Response:
        good = request.url.params["access_token"] == token
        return httpx.Response(200, json=OK if good else {"errcode": otherwise})

    return answer


@pytest.mark.parametrize("name", ANSWERS)
async def test_an_answer_that_is_not_theirs(sender: Sender, custom: respx.Route, name: str) -> None:
    answer, expected = ANSWERS[name]
    custom.return_value = answer
    failure = await refused(sender)

    assert (kind(failure), custom.call_count) == (expected, 1)
    if name == "429":
        assert failure.retry_after == timedelta(seconds=30)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (httpx.ConnectError, "again"),
        (httpx.ConnectTimeout, "again"),
        (httpx.PoolTimeout, "again"),
        (httpx.ProxyError, "again"),
        (httpx.ReadTimeout, "uncertain"),
        (httpx.WriteTimeout, "uncertain"),
        (httpx.ReadError, "uncertain"),
        (httpx.WriteError, "uncertain"),
        (httpx.RemoteProtocolError, "uncertain"),
    ],
)
async def test_a_connection_that_breaks(
    sender: Sender, custom: respx.Route, token: respx.Route, error: type[Exception], expected: str
) -> None:
    custom.side_effect = error
    assert kind(await refused(sender)) == expected
    assert custom.call_count == 1


@pytest.mark.parametrize("error", [httpx.ReadTimeout, httpx.ConnectError])
async def test_without_a_token_nothing_has_left(
    sender: Sender, custom: respx.Route, token: respx.Route, error: type[Exception]
) -> None:
    token.side_effect = error
    assert kind(await refused(sender)) == "again"
    assert custom.call_count == 0


@pytest.mark.parametrize(
    "answer",
    [
        {"errcode": 40164, "errmsg": "s3cret"},
        {"errcode": 40125},
        {},
        {"access_token": "", "expires_in": 7200},
        {"access_token": "T1", "expires_in": "7200"},
    ],
)
async def test_no_token_for_us(
    sender: Sender, custom: respx.Route, token: respx.Route, answer: dict[str, object]
) -> None:
    token.side_effect = None
    token.respond(json=answer)
    failure = await refused(sender)

    assert kind(failure) == "again"
    assert "s3cret" not in failure.reason
    assert custom.call_count == 0


async def never(request: httpx.Request) -> httpx.Response:
    await asyncio.Event().wait()
    raise AssertionError


async def test_a_call_ends_at_its_deadline(
    sender: Sender, custom: respx.Route, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sender.send("o1", HELLO)
    custom.side_effect = never
    monkeypatch.setattr(api, "DEADLINE", 0.01)

    assert kind(await refused(sender)) == "uncertain"


async def test_waiting_for_a_token_ends_at_the_deadline_too(
    sender: Sender, token: respx.Route, monkeypatch: pytest.MonkeyPatch
) -> None:
    token.side_effect = never
    monkeypatch.setattr(api, "DEADLINE", 0.01)

    assert kind(await refused(sender)) == "again"


async def test_a_long_reply_takes_three_messages_and_its_buttons_come_last(
    sender: Sender, custom: respx.Route
) -> None:
    reply = Reply(text="今天开会。" * 2000, buttons=[Button(label="知道了", tap="seen:1")])
    await sender.send("o1", reply)
    texts = [orjson.loads(call.request.content)["text"]["content"] for call in custom.calls]

    assert len(texts) == 3
    assert all(len(text.encode()) <= 1800 for text in texts)
    assert [("tap:seen:1" in text) for text in texts] == [False, False, True]
    assert [text.startswith("今天开会。") for text in texts] == [True, True, True]


async def test_half_a_reply_is_not_a_refusal(sender: Sender, custom: respx.Route) -> None:
    custom.side_effect = [
        httpx.Response(200, json=OK),
        httpx.Response(200, json={"errcode": 45047}),
    ]
    assert kind(await refused(sender, Reply(text="今天开会。" * 200))) == "uncertain"


async def test_tokens_are_not_logged(
    sender: Sender, custom: respx.Route, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("httpx").setLevel(logging.WARNING)  # as the application does
        await sender.send("o1", HELLO)
        custom.respond(500)
        failure = await refused(sender)

    assert "T1" not in caplog.text + repr(failure)
    assert "s3cret" not in caplog.text + repr(sender) + repr(vars(sender))
