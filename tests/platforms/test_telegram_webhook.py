"""What Telegram pushes, through the real webhook, to an assistant that repeats what it hears."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import orjson
import pytest

from bot.clock import HOME
from bot.messages import Address, Busy, Button, Incoming, Kind, Reply, SendFailed
from bot.platforms.telegram import text
from bot.platforms.telegram.receive.answering import Answering
from bot.platforms.telegram.receive.webhook import Hearing
from bot.platforms.telegram.receive.wire import Me
from bot.platforms.telegram.render import Payload
from bot.platforms.telegram.send import Api, Refused
from bot.webhooks import Request, Response

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=HOME)
SENT = int(NOW.timestamp()) - 3
SECRET = "s" * 20 + "-and_more"
US = {"id": 4711, "is_bot": True, "first_name": "支部助手", "username": "zhibu_bot"}
WANG = {"id": 7, "is_bot": False, "first_name": "王"}
PRIVATE = {"id": 7, "type": "private"}
GROUP = {"id": -100, "type": "supergroup", "title": "第一支部"}


@dataclass
class Line(Api):
    """An API that notes what is sent by it."""

    sent: list[Payload] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)
    clock_stopped: asyncio.Event = field(default_factory=asyncio.Event)
    asked_for_name: int = 0
    trouble: Exception | None = None

    async def call(self, payload: Payload) -> None:
        if self.trouble:
            raise self.trouble
        self.sent.append(payload)

    async def stop_waiting(self, query: str) -> None:
        self.stopped.append(query)
        self.clock_stopped.set()

    async def who_am_i(self) -> Me:
        if self.trouble:
            raise self.trouble
        self.asked_for_name += 1
        return Me(4711, "zhibu_bot")


@dataclass
class Bot:
    """A webhook with an assistant behind it, and whatever passes between them."""

    reply: Reply | Exception | None = field(default_factory=lambda: Reply(text="好"))
    heard: list[Incoming] = field(default_factory=list)
    api: Line = field(default_factory=Line)

    def __post_init__(self) -> None:
        self.answering = Answering(self.ask, self.api, Me(4711, ""), now=lambda: NOW)
        self.hearing = Hearing(self.answering, SECRET)

    async def ask(self, incoming: Incoming) -> Reply | None:
        self.heard.append(incoming)
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply

    async def visit(
        self, body: bytes, secret: str | None = SECRET, method: str = "POST"
    ) -> Response:
        headers = {} if secret is None else {"x-telegram-bot-api-secret-token": secret}
        response = await self.hearing(Request(method, "/webhooks/telegram", {}, headers, body))
        await self.answering.close()
        return response

    async def push(self, update: object) -> Any:
        """What Telegram is told to do; None: nothing."""
        response = await self.visit(orjson.dumps(update))
        assert response.status == 200
        return orjson.loads(response.body) if response.body else None


def said(words: str, **more: Any) -> dict[str, Any]:
    message = {"message_id": 1, "date": SENT, "chat": PRIVATE, "from": WANG, "text": words}
    return {"update_id": 10, "message": message | more}


def sent(**content: Any) -> dict[str, Any]:
    update = said("")
    del update["message"]["text"]
    return {"update_id": 10, "message": update["message"] | content}


def in_group(words: str, *entities: dict[str, Any], **more: Any) -> dict[str, Any]:
    return said(words, chat=GROUP, entities=list(entities), **more)


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


def pressed(data: str, chat: dict[str, Any] | None = PRIVATE) -> dict[str, Any]:
    query: dict[str, Any] = {"id": "q1", "from": WANG, "chat_instance": "1", "data": data}
    if chat:
        query["message"] = {"message_id": 1, "date": 0, "chat": chat}
    return {"update_id": 11, "callback_query": query}


def standing(status: str, chat: dict[str, Any] = PRIVATE) -> dict[str, Any]:
    return {
        "update_id": 12,
        "my_chat_member": {
            "chat": chat,
            "from": WANG,
            "date": SENT,
            "old_chat_member": {"user": US, "status": "member"},
            "new_chat_member": {"user": US, "status": status},
        },
    }


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


class TestWhatIsHeard:
    async def heard(self, update: object) -> Incoming:
        bot = Bot()
        await bot.push(update)
        (incoming,) = bot.heard
        return incoming

    async def test_words(self) -> None:
        assert await self.heard(said("签到 4826")) == Incoming(
            id="10",
            sender=Address("telegram", "7"),
            at=NOW - timedelta(seconds=3),
            text="签到 4826",
        )

    @pytest.mark.parametrize(
        ("words", "text"),
        [
            ("/help", "help"),
            ("/help@zhibu_bot", "help"),
            ("/check_in 4826", "check in 4826"),
            ("/签到 4826", "签到 4826"),
            ("  签到\n", "签到"),
            ("/", "/"),
            ("1/2", "1/2"),
            ("/start 您好", "start 您好"),
            ("我在/start", "我在/start"),
        ],
    )
    async def test_a_command_is_a_word_like_any_other(self, words: str, text: str) -> None:
        assert (await self.heard(said(words))).text == text

    async def test_start_opens_the_chat(self) -> None:
        incoming = await self.heard(said("/start"))

        assert (incoming.kind, incoming.text, incoming.scene) == (Kind.FOLLOW, "", "")

    @pytest.mark.parametrize("scene", ["a", "A-b_9" * 12 + "wxyz"])
    async def test_a_deep_link_brings_what_it_carries(self, scene: str) -> None:
        incoming = await self.heard(said(f"/start {scene}"))

        assert (incoming.kind, incoming.text, incoming.scene) == (Kind.MESSAGE, "", scene)

    async def test_a_button(self) -> None:
        incoming = await self.heard(pressed("in:1"))

        assert (incoming.tap, incoming.text) == ("in:1", "")
        assert incoming.at == NOW  # the date of the message is when the button was shown

    async def test_a_button_in_a_group_is_pressed_by_who_presses_it(self) -> None:
        incoming = await self.heard(pressed("in:1", GROUP))

        assert (incoming.sender.user, incoming.group) == ("7", "-100")

    async def test_a_button_of_a_message_that_telegram_forgot(self) -> None:
        assert (await self.heard(pressed("in:1", None))).tap == "in:1"

    @pytest.mark.parametrize(
        "content",
        [
            {"voice": {"file_id": "x", "duration": 5}},
            {"photo": [{"file_id": "x"}], "caption": "签到"},
            {"sticker": {"file_id": "x"}},
            {"document": {"file_id": "x", "file_name": "名单.pdf"}},
            {"video_note": {"file_id": "x"}},
            {"contact": {"phone_number": "13800000000", "first_name": "王"}},
            {"dice": {"emoji": "🎲", "value": 4}},
        ],
    )
    async def test_what_we_do_not_read_is_heard_as_that(self, content: dict[str, Any]) -> None:
        incoming = await self.heard(sent(**content))

        assert (incoming.kind, incoming.text) == (Kind.OTHER, "")

    @pytest.mark.parametrize(
        "content",
        [
            {"location": {"latitude": 39.9087, "longitude": 116.3975}},
            {"location": {"latitude": 39.9087, "longitude": 116.3975, "live_period": 900}},
            {
                "location": {"latitude": 39.9087, "longitude": 116.3975},
                "venue": {
                    "title": "广场",
                    "location": {"latitude": 39.9087, "longitude": 116.3975},
                },
            },
        ],
    )
    async def test_a_place_comes_without_where_it_is(self, content: dict[str, Any]) -> None:
        incoming = await self.heard(sent(**content))

        assert (incoming.kind, incoming.text) == (Kind.PLACE, "")
        assert "39.9" not in repr(incoming)

    @pytest.mark.parametrize(
        ("status", "kind"),
        [("kicked", Kind.UNFOLLOW), ("left", Kind.UNFOLLOW), ("member", Kind.FOLLOW)],
    )
    async def test_who_blocks_us_and_who_returns(self, status: str, kind: Kind) -> None:
        bot = Bot()

        assert await bot.push(standing(status)) is None
        assert [each.kind for each in bot.heard] == [kind]

    @pytest.mark.parametrize(
        ("age", "counts"),
        [
            (timedelta(0), True),
            (timedelta(hours=24), True),
            (timedelta(hours=24, seconds=1), False),
            (timedelta(minutes=-2), True),
            (timedelta(minutes=-2, seconds=-1), False),
            (timedelta(days=300_000), False),
        ],
    )
    async def test_the_time_of_a_message_decides(self, age: timedelta, counts: bool) -> None:
        date = int(NOW.timestamp() - age.total_seconds())

        incoming = await self.heard(said("签到", date=date))

        assert incoming.at == (NOW - age if counts else NOW)
        assert incoming.at.tzinfo is HOME


class TestWhatIsIgnored:
    @pytest.mark.parametrize(
        "update",
        [
            {"update_id": 1, "poll_answer": {"poll_id": "1", "user": WANG, "option_ids": [0]}},
            {"update_id": 1, "channel_post": {"message_id": 1, "date": 1, "chat": GROUP}},
            {"update_id": 1, "from_the_future": {}},
            said("签到", **{"from": US}),
            said("签到", chat={"id": -1, "type": "channel"}),
            sent(new_chat_members=[US]),
            sent(migrate_to_chat_id=-1007, chat=GROUP),
            sent(migrate_from_chat_id=-7, chat=GROUP),
            sent(pinned_message={"message_id": 1, "date": 1, "chat": PRIVATE}),
            standing("administrator", GROUP),
            standing("kicked", GROUP),
            standing("dancing"),
            pressed(""),
        ],
    )
    async def test_politely(self, update: dict[str, Any]) -> None:
        bot = Bot()

        assert await bot.push(update) is None
        assert bot.heard == []


class TestEdited:
    def edited(self, **more: Any) -> dict[str, Any]:
        return {"update_id": 20, "edited_message": said("签到 4827")["message"] | more}

    async def test_is_not_handled_again_and_its_sender_is_told_so(self) -> None:
        bot = Bot()

        answer = await bot.push(self.edited())

        assert answer["text"] == text.EDITED
        assert bot.heard == []

    @pytest.mark.parametrize(
        "more",
        [
            {"chat": GROUP},
            {"text": ""},
            {"location": {"latitude": 1.0, "longitude": 1.0}},
        ],
    )
    async def test_in_silence_where_nobody_waits_for_an_answer(self, more: dict[str, Any]) -> None:
        bot = Bot()

        assert await bot.push(self.edited(**more)) is None
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


class TestInAGroup:
    NAMED = entity("mention", 0, 10)

    async def test_we_hear_who_calls_us_by_name(self) -> None:
        bot = Bot()
        await bot.push(in_group("@Zhibu_bot 😀还有谁没签到", self.NAMED))
        await bot.push(in_group("请问 @zhibu_bot 今天几点", entity("mention", 3, 10)))

        assert [(each.text, each.group) for each in bot.heard] == [
            ("😀还有谁没签到", "-100"),
            ("请问  今天几点", "-100"),
        ]
        assert bot.api.asked_for_name == 1

    @pytest.mark.parametrize(
        "update",
        [
            in_group("😀 @zhibu_bot 几点", entity("mention", 3, 10)),
            in_group("支部助手 几点", entity("text_mention", 0, 4, user=US)),
            in_group("/help", entity("bot_command", 0, 5)),
            in_group("/help@zhibu_bot", entity("bot_command", 0, 15)),
            in_group("几点", reply_to_message={"message_id": 1, "from": US}),
        ],
    )
    async def test_or_in_another_way(self, update: dict[str, Any]) -> None:
        bot = Bot()
        await bot.push(update)

        assert [each.group for each in bot.heard] == ["-100"]

    @pytest.mark.parametrize(
        "update",
        [
            in_group("签到"),
            in_group("@other_bot 签到", entity("mention", 0, 10)),
            in_group("@zhibu_bot2 签到", entity("mention", 0, 11)),
            in_group("/help@other_bot", entity("bot_command", 0, 15)),
            in_group("看 /help", entity("bot_command", 2, 5)),
            in_group("几点", reply_to_message={"message_id": 1, "from": WANG}),
            in_group("/start@zhibu_bot abc", entity("bot_command", 0, 16)),
            in_group("签到", entity("mention", 90, 10), entity("mention", 0, 10**12)),
        ],
    )
    async def test_else_we_do_not_listen(self, update: dict[str, Any]) -> None:
        bot = Bot()

        assert await bot.push(update) is None
        assert bot.heard == []

    async def test_our_name_is_asked_for_again_when_it_could_not_be_had(self) -> None:
        bot = Bot(api=Line(trouble=SendFailed("no")))

        assert (
            await bot.visit(orjson.dumps(in_group("@zhibu_bot 几点", self.NAMED)))
        ).status == 503
        assert bot.heard == []

    async def test_a_private_answer_is_given_in_private(self) -> None:
        bot = Bot(Reply(text="赵四、周七", title="还没有记录", fields={"手机": "138"}))

        answer = await bot.push(in_group("@zhibu_bot 还有谁", self.NAMED))

        assert (answer["chat_id"], answer["text"]) == (-100, text.IN_PRIVATE)
        assert [(part["chat_id"], "赵四" in part["text"]) for part in bot.api.sent] == [(7, True)]

    async def test_what_a_group_may_hear_is_said_there(self) -> None:
        bot = Bot(Reply(text="赵四、周七", in_group="应到 24，已到 17。名单已私信您。"))

        answer = await bot.push(in_group("@zhibu_bot 还有谁", self.NAMED))

        assert answer["text"] == "应到 24，已到 17。名单已私信您。"
        assert [part["text"] for part in bot.api.sent] == ["赵四、周七"]

    async def test_what_is_the_same_for_all_is_said_once(self) -> None:
        bot = Bot(Reply(text="15:00，三楼", in_group="15:00，三楼"))

        assert (await bot.push(in_group("@zhibu_bot 几点", self.NAMED)))["text"] == "15:00，三楼"
        assert bot.api.sent == []

    async def test_who_cannot_be_written_to_is_asked_to_begin(self) -> None:
        gone = SendFailed("can't initiate", permanent=True)
        bot = Bot(Reply(text="赵四", in_group="应到 24。"), api=Line(trouble=gone))
        bot.answering.me = Me(4711, "zhibu_bot")

        answer = await bot.push(in_group("@zhibu_bot 还有谁", self.NAMED))

        assert answer["text"] == f"应到 24。\n{text.COULD_NOT_REACH_YOU}"
