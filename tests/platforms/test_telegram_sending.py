"""Telegram's errors, as they arrive over a real connection."""

import json
import socket
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.messages import SendFailed
from bot.platforms.telegram import send
from bot.platforms.telegram.render import Payload
from bot.platforms.telegram.send import Api, Refused
from tests.platforms.stand_in import Answer, Call, Fault, Page, StandIn, refusing, standing_in

TOKEN = "4711:canary-of-the-token"
HELLO: Payload = {"method": "sendMessage", "chat_id": 7, "text": "您好"}
SENT = {
    "ok": True,
    "result": {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}, "text": "您好"},
}
FIXTURES = Path(__file__).parents[3] / "shared/platforms/fixtures/telegram"


def no(code: int, words: str, **parameters: int) -> dict[str, Any]:
    told = {"ok": False, "error_code": code, "description": words}
    return told | ({"parameters": parameters} if parameters else {})


async def call(answer: Answer, payload: Payload = HELLO) -> StandIn:
    async with standing_in(lambda _: answer) as there:
        api = Api(TOKEN, there.url)
        try:
            await api.call(payload)
        finally:
            await api.close()
    return there


async def failed(answer: Answer, payload: Payload = HELLO) -> SendFailed:
    with pytest.raises(SendFailed) as failure:
        await call(answer, payload)
    assert "canary" not in str(failure.value)
    return failure.value


async def test_a_message_is_sent_with_all_that_belongs_to_it() -> None:
    keyboard = {"inline_keyboard": [[{"text": "签到", "callback_data": "in:1"}]]}
    bold = [{"type": "bold", "offset": 0, "length": 2}]

    there = await call(SENT, HELLO | {"entities": bold, "reply_markup": keyboard})

    (sent,) = there.calls
    assert sent.path == f"/bot{TOKEN}/sendMessage"
    assert sent.json == {
        "chat_id": 7,
        "text": "您好",
        "entities": bold,
        "reply_markup": keyboard,
    }


async def test_a_picture_is_uploaded_with_its_caption() -> None:
    photo = {"method": "sendPhoto", "chat_id": 7, "photo": b"\x89PNG", "caption": "二维码"}

    (sent,) = (await call(SENT, photo)).calls

    assert sent.path.endswith("/sendPhoto")
    assert sent.type.startswith("multipart/form-data")
    assert b"\x89PNG" in sent.body
    assert "二维码".encode() in sent.body


@pytest.mark.parametrize("result", [True, {}, {"message_id": 1}, [], "sent", 7])
async def test_what_was_taken_is_sent_whatever_it_looks_like(result: object) -> None:
    await call({"ok": True, "result": result})


@pytest.mark.parametrize(
    "words",
    [
        "Forbidden: bot was blocked by the user",
        "Forbidden: user is deactivated",
        "Forbidden: bot was kicked from the group chat",
        "Forbidden: bot was kicked from the supergroup chat",
        "Forbidden: bot is not a member of the channel chat",
        "Forbidden: bot can't initiate conversation with a user",
    ],
)
async def test_who_has_gone_is_not_written_to_again(words: str) -> None:
    failure = await failed(no(403, words))

    assert (failure.permanent, failure.uncertain) == (True, False)


async def test_a_chat_that_is_not_there_is_gone_too() -> None:
    assert (await failed(no(400, "Bad Request: chat not found"))).permanent


async def test_an_unknown_403_shuts_nobody_out() -> None:
    failure = await failed(no(403, "Forbidden: the moon is in the way"))

    assert (failure.permanent, failure.uncertain) == (False, False)


@pytest.mark.parametrize(
    "words",
    [
        "Bad Request: message text is empty",
        "Bad Request: BUTTON_DATA_INVALID",
        "Bad Request: can't parse entities: …",
        "Bad Request: message is not modified",
    ],
)
async def test_a_message_that_is_refused_is_not_its_readers_fault(words: str) -> None:
    failure = await failed(no(400, words))

    assert isinstance(failure, Refused)
    assert (failure.permanent, failure.uncertain, failure.retry_after) == (False, False, None)


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
@pytest.mark.parametrize("spans", ["0", "1"])
async def test_the_wait_that_telegram_asks_for(spans: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", spans)

    failure = await failed(no(429, "Too Many Requests: retry after 30", retry_after=30))

    assert failure.retry_after == timedelta(seconds=30)
    assert not failure.uncertain


@pytest.mark.parametrize("code", [401, 404])
async def test_a_refused_token_is_nobodys_fault_but_ours(code: int) -> None:
    failure = await failed(no(code, "Unauthorized"))

    assert (failure.permanent, failure.uncertain) == (False, False)
    assert "token" in failure.reason


async def test_a_500_in_words_is_a_clean_no() -> None:
    failure = await failed(no(500, "Internal Server Error: restart"))

    assert (failure.permanent, failure.uncertain) == (False, False)


@pytest.mark.parametrize(
    "answer",
    [
        Page(b"<html>Bad Gateway</html>", 502),
        Page(b"", 504),
        Page(b"", 302),
        Page(b"<html>", 200),
        Page(b'{"ok": tr', 200),
        Page(b'{"ok": true}', 200),
        Page(b"[]", 500),
        Page(b"7", 200),
        Fault.RESET,
        Fault.CUT,
    ],
)
async def test_what_may_have_been_taken_is_uncertain(answer: Answer) -> None:
    failure = await failed(answer)

    assert (failure.permanent, failure.uncertain) == (False, True)


async def test_no_answer_in_time_is_uncertain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(send, "DEADLINE", 0.2)

    assert (await failed(Fault.HANG)).uncertain


async def test_a_refused_connection_is_a_clean_failure() -> None:
    api = Api(TOKEN, await refusing())
    with pytest.raises(SendFailed) as failure:
        await api.call(HELLO)
    await api.close()

    assert (failure.value.permanent, failure.value.uncertain) == (False, False)


async def test_an_unknown_name_is_a_clean_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*_: object, **__: object) -> None:
        raise socket.gaierror("unknown")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    api = Api(TOKEN, "http://telegram.invalid")
    with pytest.raises(SendFailed) as failure:
        await api.call(HELLO)
    await api.close()

    assert not failure.value.uncertain


async def test_a_group_that_moved_house_is_followed() -> None:
    moved = no(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1007)

    def answer(call: Call) -> Answer:
        return moved if call.json["chat_id"] == -7 else SENT

    async with standing_in(answer) as there:
        api = Api(TOKEN, there.url)
        await api.call(HELLO | {"chat_id": -7})
        await api.close()

    assert [call.json["chat_id"] for call in there.calls] == [-7, -1007]


async def test_a_picture_that_is_refused_is_told_in_words() -> None:
    def answer(call: Call) -> Answer:
        return no(400, "Bad Request: PHOTO_INVALID") if "Photo" in call.path else SENT

    async with standing_in(answer) as there:
        api = Api(TOKEN, there.url)
        photo = {"method": "sendPhoto", "chat_id": 7, "photo": b"?", "caption": "签到码 4826"}
        await api.call(photo)
        await api.close()

    assert there.calls[-1].json["text"] == "签到码 4826"


async def test_nothing_that_telegram_answers_reaches_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO", "telegram")
    await failed(Page("王小明 的消息".encode(), 500))

    assert "王小明" not in caplog.text


RECORDED = {path.stem: json.loads(path.read_text()) for path in FIXTURES.rglob("*-response-*.json")}


@pytest.mark.skipif(not RECORDED, reason="the shared fixtures are not beside this project")
@pytest.mark.parametrize("name", sorted(RECORDED))
async def test_recorded_answers_are_taken_or_become_a_failure(name: str) -> None:
    recorded = RECORDED[name]
    if recorded["ok"]:
        await call(recorded)
    else:
        failure = await failed(recorded)
        assert (failure.permanent, failure.uncertain) == (False, False)
