"""What Telegram pushes, through the real webhook, to an assistant that repeats what it hears."""

import asyncio
from datetime import timedelta

import orjson
import pytest

from bot.messages import Busy, Button, Reply, SendFailed
from bot.platforms.telegram.receive.webhook import Hearing
from bot.platforms.telegram.send import Refused
from bot.webhooks import Request, Response
from tests.platforms.telegram_pushes import (
    SECRET,
    Bot,
    Line,
    pressed,
    said,
)


class TestWhoMayCome:
    @pytest.mark.parametrize(
        "secret",
        [None, "", SECRET[:-1], SECRET + "x", SECRET[1:], SECRET.upper(), "é" * 5, "\x00"],
    )
    @pytest.mark.parametrize("body", [orjson.dumps(said("签到")), b"{", b"\xff" * 9])
    async def test_others_are_refused_unread(self, secret: str | None, body: bytes) -> None:
        bot = Bot()

        assert (await bot.visit(body, secret)).status == 403
        assert bot.heard == []

    async def test_an_empty_secret_of_ours_lets_nobody_in(self) -> None:
        hearing = Hearing(Bot().answering, "")
        request = Request("POST", "/", {}, {"x-telegram-bot-api-secret-token": ""}, b"{}")

        assert (await hearing(request)).status == 403

    async def test_a_browser_is_told_that_this_is_no_page(self) -> None:
        assert (await Bot().visit(b"", method="GET")).status == 405

    @pytest.mark.parametrize("body", [b"", b"{", b"\xff", b'{"update_id": NaN}', b"<xml/>"])
    async def test_what_is_not_json_is_refused(self, body: bytes) -> None:
        assert (await Bot().visit(body)).status == 400

    @pytest.mark.parametrize(
        "body",
        [b"[]", b"null", b"7", b"{}", b'{"update_id": "7"}', b'{"update_id":1,"message":[]}'],
    )
    async def test_what_is_not_an_update_is_not_asked_for_again(self, body: bytes) -> None:
        bot = Bot()

        assert await bot.visit(body) == Response()
        assert bot.heard == []


class TestTheAnswer:
    async def test_is_given_in_the_same_visit(self) -> None:
        answer = await Bot(Reply(text="已签到")).push(said("签到"))

        assert (answer["method"], answer["chat_id"], answer["text"]) == ("sendMessage", 7, "已签到")

    async def test_is_empty_when_it_follows_later(self) -> None:
        assert await Bot(None).push(said("签到")) is None

    async def test_is_a_refusal_when_the_message_was_not_taken(self) -> None:
        assert (await Bot(Busy()).visit(orjson.dumps(said("签到")))).status == 503

    async def test_to_a_button_is_the_reply_and_its_clock_is_stopped_besides(self) -> None:
        bot = Bot()
        response = await bot.hearing(
            Request(
                "POST",
                "/webhooks/telegram",
                {},
                {"x-telegram-bot-api-secret-token": SECRET},
                orjson.dumps(pressed("in:1")),
            )
        )
        async with asyncio.timeout(5):
            await bot.api.clock_stopped.wait()

        assert orjson.loads(response.body)["method"] == "sendMessage"
        assert (bot.api.stopped, bot.api.sent) == (["q1"], [])

    async def test_of_many_parts_keeps_their_order(self) -> None:
        bot = Bot(Reply(text="一句话。" * 2_000, buttons=[Button(label="好", tap="ok:1")]))

        last = await bot.push(said("我的数据"))

        parts = [*bot.api.sent, last]
        assert "".join(part["text"] for part in parts) == "一句话。" * 2_000
        assert [("reply_markup" in part) for part in parts] == [False, True]

    async def test_with_a_picture_is_sent_by_a_call(self) -> None:
        bot = Bot(Reply(text="请扫码", picture=b"PNG"))

        assert await bot.push(said("二维码")) is None
        assert [payload["caption"] for payload in bot.api.sent] == ["请扫码"]

    @pytest.mark.parametrize(
        ("trouble", "status", "wait"),
        [
            (SendFailed("no", uncertain=True), 503, None),
            (SendFailed("no"), 503, None),
            (SendFailed("no", retry_after=timedelta(seconds=3.2)), 503, b"4"),
            (SendFailed("no", retry_after=timedelta(days=1)), 503, b"3600"),
            (SendFailed("blocked", permanent=True), 200, None),
            (Refused("empty"), 200, None),
        ],
    )
    async def test_comes_again_where_that_helps(
        self, trouble: SendFailed, status: int, wait: bytes | None
    ) -> None:
        bot = Bot(Reply(text="请扫码", picture=b"PNG"), api=Line(trouble=trouble))

        response = await bot.visit(orjson.dumps(said("二维码")))

        assert (response.status, dict(response.headers).get(b"retry-after")) == (status, wait)
