"""Long polling, against a server that keeps updates as Telegram does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from bot.messages import Ask, Busy, Incoming, Reply, SendFailed
from bot.platforms.telegram.news import News, NoNews, updates_in
from bot.platforms.telegram.receive.answering import Answering
from bot.platforms.telegram.receive.polling import Polling, growing
from tests.platforms.stand_in import Answer, Call, Fault, refusing, standing_in
from tests.platforms.telegram_pushes import NOW, Line, said


@dataclass
class Waiting:
    """Telegram's side: what was not confirmed is told again."""

    updates: list[dict[str, Any]]
    trouble: list[Answer] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    drained: asyncio.Event = field(default_factory=asyncio.Event)

    def answer(self, call: Call) -> Answer:
        assert call.path == "/bot4711:t/getUpdates"
        offset = int(call.form["offset"])
        self.offsets.append(offset)
        if self.trouble:
            return self.trouble.pop(0)
        left = [each for each in self.updates if each["update_id"] >= offset]
        if not left:
            self.drained.set()
            return Fault.HANG
        return {"ok": True, "result": left[:3]}


@dataclass
class Pauses:
    taken: list[float] = field(default_factory=list)

    async def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)


@asynccontextmanager
async def polling(there: Waiting, ask: Ask, api: Line, pause: Pauses) -> AsyncIterator[None]:
    """Runs until everything was confirmed, then is cancelled."""
    async with standing_in(there.answer) as server:
        news = News("4711:t", server.url)
        answering = Answering(ask, api, now=lambda: NOW)
        listening = asyncio.create_task(Polling(answering, news, pause).listen())
        async with asyncio.timeout(10):
            drained = asyncio.create_task(there.drained.wait())
            await asyncio.wait([listening, drained], return_when=asyncio.FIRST_COMPLETED)
            assert drained.done(), "stopped listening"
        yield
        listening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await listening
        await answering.close()
        await news.close()


def message(number: int, person: int, words: str = "签到") -> dict[str, Any]:
    return {**said(words, **{"from": {"id": person}}), "update_id": number}


async def test_everything_is_answered_and_then_confirmed() -> None:
    there = Waiting([message(n, person=n % 2, words=str(n)) for n in range(1, 8)])
    api, heard = Line(), []

    async def ask(incoming: Incoming) -> Reply:
        assert there.offsets[-1] <= int(incoming.id), "confirmed before it was answered"
        heard.append(incoming)
        return Reply(text=incoming.text)

    async with polling(there, ask, api, Pauses()):
        assert sorted(each.text for each in heard) == [str(n) for n in range(1, 8)]
        assert sorted(each["text"] for each in api.sent) == [str(n) for n in range(1, 8)]
        assert [each.text for each in heard if each.sender.user == "1"] == ["1", "3", "5", "7"]
        assert there.offsets == [0, 4, 7, 8]


async def test_what_was_not_taken_is_asked_again_and_never_skipped() -> None:
    api, pauses, tries = Line(), Pauses(), []

    async def ask(incoming: Incoming) -> Reply:
        tries.append(incoming.id)
        if len(tries) < 4:
            raise Busy
        return Reply(text="已签到")

    async with polling(Waiting([message(1, 7)]), ask, api, pauses):
        assert tries == ["1"] * 4
        assert pauses.taken == [1, 2, 4]
        assert len(api.sent) == 1


async def test_an_error_with_one_message_stops_nobody_else(
    caplog: pytest.LogCaptureFixture,
) -> None:
    api = Line()

    async def ask(incoming: Incoming) -> Reply:
        if incoming.sender.user == "1":
            raise ZeroDivisionError
        return Reply(text="好")

    unreadable = {"update_id": 3, "message": "?"}
    async with polling(Waiting([message(1, 1), message(2, 2), unreadable]), ask, api, Pauses()):
        assert len(api.sent) == 1
    assert "update 1 failed" in caplog.text
    assert "签到" not in caplog.text


@pytest.mark.parametrize(
    ("trouble", "tries", "waits"),
    [
        (SendFailed("no", retry_after=timedelta(seconds=30)), 2, [30]),
        (SendFailed("cut", uncertain=True), 2, [1]),
        (SendFailed("blocked", permanent=True), 1, []),
    ],
)
async def test_a_reply_is_said_once_more_where_that_helps(
    trouble: SendFailed, tries: int, waits: list[float]
) -> None:
    pauses, asked = Pauses(), []

    async def ask(incoming: Incoming) -> Reply:
        asked.append(incoming)
        return Reply(text="好")

    async with polling(Waiting([message(1, 7)]), ask, Line(trouble=trouble), pauses):
        assert (len(asked), pauses.taken) == (tries, waits)


def no(code: int, words: str, **more: Any) -> dict[str, Any]:
    return {"ok": False, "error_code": code, "description": words, **more}


async def silence(_: Incoming) -> None:
    return None


async def test_trouble_is_told_once_and_waited_out(caplog: pytest.LogCaptureFixture) -> None:
    conflict = no(409, "Conflict: can't use getUpdates method while webhook is active")
    there = Waiting(
        [], trouble=[conflict, conflict, Fault.RESET, no(429, "", parameters={"retry_after": 9})]
    )
    pauses = Pauses()

    async with polling(there, silence, Line(), pauses):
        assert pauses.taken == [1, 2, 4, 9]
    assert caplog.text.count("deleteWebhook") == 1
    assert "4711:t" not in caplog.text


@pytest.mark.parametrize(
    ("answer", "advice"),
    [
        (no(401, "Unauthorized"), "ZHIBU_TELEGRAM_TOKEN"),
        (no(404, "Not Found"), "ZHIBU_TELEGRAM_TOKEN"),
        (no(409, "Conflict: terminated by other getUpdates request"), "only one process"),
        (no(500, "Internal Server Error"), "500"),
        ([], "none"),
        ({"ok": True, "result": {}}, "none"),
    ],
)
def test_what_a_person_must_do_is_said(answer: Any, advice: str) -> None:
    status = answer.get("error_code", 200) if isinstance(answer, dict) else 200
    with pytest.raises(NoNews, match=advice):
        updates_in(status, answer)


async def test_an_address_where_nobody_is() -> None:
    news = News("4711:t", await refusing())
    with pytest.raises(NoNews, match="ConnectError"):
        await news.after(0)
    await news.close()


def test_pauses_grow_to_a_minute() -> None:
    waits = growing()

    assert [next(waits) for _ in range(8)] == [1, 2, 4, 8, 16, 32, 60, 60]
