"""What is understood of an update, and what is politely ignored."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.clock import HOME
from bot.messages import Address, Incoming, Kind
from bot.platforms.telegram import text
from tests.platforms.telegram_pushes import (
    GROUP,
    NOW,
    PRIVATE,
    US,
    WANG,
    Bot,
    pressed,
    said,
    sent,
    standing,
)


class TestWhatIsHeard:
    async def heard(self, update: object) -> Incoming:
        bot = Bot()
        await bot.push(update)
        (incoming,) = bot.heard
        return incoming

    async def test_words_are_heard_as_they_were_typed(self) -> None:
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

    async def test_a_button_is_its_tap_at_our_time(self) -> None:
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
    async def test_what_nobody_said_to_us_is_ignored(self, update: dict[str, Any]) -> None:
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


FIXTURES = Path(__file__).parents[3] / "shared/platforms/fixtures/telegram"
RECORDED = {path.stem: json.loads(path.read_text()) for path in FIXTURES.rglob("*.json")}


def recorded_updates() -> dict[str, Any]:
    """Updates, also those in recorded answers to getUpdates."""
    found: dict[str, Any] = {}
    for name, content in RECORDED.items():
        several = content.get("result")
        for number, each in enumerate(several if isinstance(several, list) else [content]):
            if isinstance(each, dict) and "update_id" in each:
                found[f"{name}-{number}"] = each
    return found


@pytest.mark.skipif(not RECORDED, reason="the shared fixtures are not beside this project")
class TestRecorded:
    @pytest.mark.parametrize("name", sorted(recorded_updates()))
    async def test_update_is_understood_or_ignored(self, name: str) -> None:
        bot = Bot()
        await bot.push(recorded_updates()[name])

        assert [each.id for each in bot.heard] in ([], [str(recorded_updates()[name]["update_id"])])

    async def test_something_is_understood_of_them(self) -> None:
        bot = Bot()
        for update in recorded_updates().values():
            await bot.push(update)

        assert {each.kind for each in bot.heard} >= {Kind.MESSAGE, Kind.FOLLOW, Kind.OTHER}
        assert any(each.tap for each in bot.heard)
