"""Deliveries to the assistant, in virtual time: how often, how late, and what a phone shows."""

from collections.abc import Callable, Coroutine
from typing import Any

import httpx
import orjson
import pytest

from sandbox import text, virtual
from sandbox.faults import Faults, Mishap
from sandbox.ids import openid, telegram_id, userid
from sandbox.people import settle
from sandbox.stage import Stage
from sandbox.telegram import Settings as Bot
from sandbox.telegram import Telegram
from sandbox.tencent.seal import Seal, read, write
from sandbox.values import Answer, StandIn
from sandbox.wechat import Settings, WeChat
from sandbox.wecom import WeCom
from tests.sandbox.playing import NOON, Phone, lines, stage_of

ONE = openid(0)
PLAIN = Settings(mode="plain")


def play(main: Callable[[], Coroutine[Any, Any, None]]) -> None:
    virtual.run(main())


def shown_to(stage: Stage, user: str) -> list[str]:
    return [line["words"] for line in lines(stage, "shown") if line["user"] == user]


def reply(to: str, account: str, words: str) -> Answer:
    fields = {"ToUserName": to, "FromUserName": account, "CreateTime": 1, "MsgType": "text"}
    return Answer(200, write(fields | {"Content": words}).encode())


@pytest.mark.parametrize(
    ("answers", "deliveries", "phone"),
    [
        ([Answer(200, b"")], 1, []),
        ([Answer(200, b"success")], 1, []),
        ([reply(ONE, PLAIN.account, "好")], 1, ["好"]),
        ([None, Answer(200, b"")], 2, []),
        ([None, None, reply(ONE, PLAIN.account, "好")], 3, ["好"]),
        ([None], 3, [text.WECHAT_OUTAGE]),
        ([Answer(500, b"")], 3, [text.WECHAT_OUTAGE]),
        ([Answer(200, b"<xml>")], 1, [text.WECHAT_OUTAGE]),
        ([reply("osomebody", PLAIN.account, "好")], 1, [text.WECHAT_OUTAGE]),
    ],
)
def test_wechat_delivers_three_times_and_then_complains(
    answers: list[Answer | None], deliveries: int, phone: list[str]
) -> None:
    async def main() -> None:
        oa, there = WeChat(PLAIN), Phone(*answers)
        settle([oa], 1)
        stage = stage_of(oa, to=there)
        stage.act("wechat", ONE, {"do": "say", "words": "签到"})
        await stage.settle()
        assert len(there.visits) == deliveries
        assert shown_to(stage, ONE) == phone
        assert len({each.url.params["signature"] for each in there.visits}) == deliveries
        assert len({each.content for each in there.visits}) == 1

    play(main)


def test_wechat_waits_five_seconds_each_time() -> None:
    async def main() -> None:
        oa = WeChat(PLAIN)
        settle([oa], 1)
        stage = stage_of(oa, to=Phone(None))
        stage.act("wechat", ONE, {"do": "say", "words": "签到"})
        await stage.settle()
        assert [line["at"] - NOON for line in lines(stage, "visit")] == [5, 10, 15]

    play(main)


def test_safe_mode_seals_both_ways_and_takes_no_plain_answer() -> None:
    async def main() -> None:
        oa = WeChat()
        settle([oa], 1)
        there = Phone(reply(ONE, oa.settings.account, "好"))
        stage = stage_of(oa, to=there)
        stage.act("wechat", ONE, {"do": "say", "words": "签到"})
        await stage.settle()
        [visit] = there.visits
        outside, query = read(visit.content), visit.url.params
        seal = Seal(oa.settings.token, oa.settings.aes_key, oa.settings.app_id)
        envelope = {
            "Encrypt": outside["Encrypt"],
            "MsgSignature": query["msg_signature"],
            "TimeStamp": query["timestamp"],
            "Nonce": query["nonce"],
        }
        assert read(seal.open(write(envelope).encode()))["Content"] == "签到"
        assert "Content" not in outside
        assert shown_to(stage, ONE) == [text.WECHAT_OUTAGE]

    play(main)


def test_wecom_delivers_three_times_and_says_nothing() -> None:
    async def main() -> None:
        app, there = WeCom(), Phone(None)
        settle([app], 1)
        stage = stage_of(app, to=there)
        stage.act("wecom", userid(0), {"do": "say", "words": "签到"})
        await stage.settle()
        assert (len(there.visits), shown_to(stage, userid(0))) == (3, [])

    play(main)


def telegram_stage(*answers: Answer | None, faults: Faults | None = None) -> tuple[Stage, Phone]:
    bot, there = Telegram(Bot(webhook="http://assistant/", secret="s3cret")), Phone(*answers)
    settle([bot], 2)
    return stage_of(bot, to=there, faults=faults), there


def test_telegram_comes_again_at_once_then_ever_more_slowly_for_a_day() -> None:
    async def main() -> None:
        stage, there = telegram_stage(Answer(500, b""))
        stage.act("telegram", str(telegram_id(0)), {"do": "say", "words": "签到"})
        await stage.settle()
        at = [line["at"] - NOON for line in lines(stage, "visit")]
        assert at[:6] == [0, 0, 2, 6, 14, 30]
        assert 86_400 - 120 < at[-1] < 86_400
        secrets = {each.headers["x-telegram-bot-api-secret-token"] for each in there.visits}
        assert secrets == {"s3cret"}
        assert len({each.content for each in there.visits}) == 1

    play(main)


def test_telegram_obeys_the_wait_that_the_bot_asks_for() -> None:
    async def main() -> None:
        stage, _ = telegram_stage(Answer(503, b"", {"retry-after": "30"}), Answer(200, b""))
        stage.act("telegram", str(telegram_id(0)), {"do": "say", "words": "签到"})
        await stage.settle()
        assert [line["at"] - NOON for line in lines(stage, "visit")] == [0, 30]

    play(main)


def test_telegram_keeps_the_order_of_a_chat_and_not_of_two() -> None:
    async def main() -> None:
        stage, there = telegram_stage(Answer(500, b""), Answer(500, b""), Answer(200, b""))
        for user, words in [(0, "一"), (0, "二"), (1, "三")]:
            stage.act("telegram", str(telegram_id(user)), {"do": "say", "words": words})
        await stage.settle()
        said = [orjson.loads(each.content)["message"]["text"] for each in there.visits]
        assert said.index("三") < said.index("二")
        assert [words for words in said if words != "三"][-1] == "二"

    play(main)


def test_a_method_in_the_answer_is_done_and_a_question_is_not() -> None:
    async def main() -> None:
        one = telegram_id(0)
        method = {"method": "sendMessage", "chat_id": one, "text": "已签到"}
        stage, _ = telegram_stage(Answer(200, method), Answer(200, {"method": "setWebhook"}))
        for _ in range(2):
            stage.act("telegram", str(one), {"do": "say", "words": "签到"})
        await stage.settle()
        assert shown_to(stage, str(one)) == ["已签到"]
        bot = stage.stands["telegram"]
        assert isinstance(bot, Telegram)
        assert bot.queue.url

    play(main)


@pytest.mark.parametrize(("mishap", "visits"), [(Mishap.LOST, 0), (Mishap.TWICE, 2)])
def test_mishaps_on_the_way(mishap: Mishap, visits: int) -> None:
    async def main() -> None:
        oa, there = WeChat(PLAIN), Phone(Answer(200, b""))
        settle([oa], 1)
        stage = stage_of(oa, to=there, faults=Faults(visits={mishap: 1.0}))
        stage.act("wechat", ONE, {"do": "say", "words": "签到"})
        await stage.settle()
        assert len(there.visits) == visits

    play(main)


def test_an_account_that_nobody_can_reach_is_no_crash() -> None:
    class Gone(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            raise httpx.ConnectError("refused")

    async def main() -> None:
        stands: list[StandIn] = [WeChat(PLAIN), WeCom()]
        settle(stands, 1)
        stage = stage_of(*stands, to=Gone())
        stage.act("wechat", ONE, {"do": "say", "words": "签到"})
        await stage.settle()
        assert shown_to(stage, ONE) == [text.WECHAT_OUTAGE]

    play(main)
