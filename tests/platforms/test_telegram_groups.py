"""In a group: who is heard, and what is said where others listen."""

from typing import Any

import orjson
import pytest

from bot.messages import Reply, SendFailed
from bot.platforms.telegram import text
from bot.platforms.telegram.receive.wire import Me
from tests.platforms.telegram_pushes import (
    US,
    WANG,
    Bot,
    Line,
    entity,
    in_group,
)


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
        bot.api.me = Me(4711, "zhibu_bot")

        answer = await bot.push(in_group("@zhibu_bot 还有谁", self.NAMED))

        assert answer["text"] == f"应到 24。\n{text.COULD_NOT_REACH_YOU}"
