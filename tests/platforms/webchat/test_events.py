"""What is said later: brought to the open pages, and counted as sent when they confirm it."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.messages import Address, Reply, SendFailed
from bot.platforms.webchat import Lines, WebChat
from tests.platforms.webchat.visiting import Browser, Heard, header, told


@pytest.fixture
def lines() -> Lines:
    return Lines(hold=5, grace=0.02, confirm=0.05, most=3, most_each=2)


def start(lines: Lines, user: str = "u", tab: str = "t", *got: str) -> asyncio.Task[Any]:
    return asyncio.create_task(lines.wait(user, tab, got))


async def settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_a_letter_reaches_the_open_page_and_counts_when_confirmed() -> None:
    heard = Heard()
    chat = WebChat(heard.ask, lines=Lines(hold=5))
    browser = Browser(chat)
    await browser.get("/chat/me")
    await browser.say(text="签到")
    waiting = asyncio.create_task(browser.get("/chat/events", tab="t"))
    await settled()
    sending = asyncio.create_task(chat.send(heard[0].sender, Reply(text="请假已批准"), key="L1"))
    [letter] = told(await waiting)["letters"]
    assert (letter["text"], letter["key"]) == ("请假已批准", "L1")
    assert not sending.done()
    again = asyncio.create_task(browser.get("/chat/events", tab="t", got="L1"))
    await sending
    await chat.close()
    assert told(await again)["letters"] == []


async def test_each_question_of_a_page_is_told_on(lines: Lines) -> None:
    asked: list[str] = []
    lines.asked = asked.append
    first = start(lines)
    await settled()
    second = start(lines)
    await first
    lines.close()
    await second
    assert asked == ["u", "u"]


async def test_nobody_there_is_no_delivery(lines: Lines) -> None:
    chat = WebChat(Heard().ask, lines=lines)
    with pytest.raises(SendFailed) as failed:
        await chat.send(Address("webchat", "u"), Reply(text="x"), key="L1")
    assert (failed.value.permanent, failed.value.uncertain) == (False, False)
    assert failed.value.retry_after == timedelta(minutes=1)


async def test_a_letter_that_no_page_confirms_is_not_sent_and_comes_no_more(lines: Lines) -> None:
    waiting = start(lines)
    await settled()
    with pytest.raises(SendFailed):
        await lines.say("u", "L1", {"text": "x"})
    assert len(await waiting) == 1
    later = start(lines)
    await settled()
    assert not later.done()
    lines.close()
    assert await later == []


async def test_a_letter_whose_answer_was_lost_comes_again(lines: Lines) -> None:
    waiting = start(lines)
    await settled()
    sending = asyncio.create_task(lines.say("u", "L1", {"text": "x"}))
    assert await waiting == [{"text": "x"}]
    assert await start(lines) == [{"text": "x"}]  # asked again without naming it
    confirming = start(lines, "u", "t", "L1")
    await sending
    lines.close()
    await confirming


async def test_every_open_page_of_a_person_gets_it_and_one_confirmation_is_enough(
    lines: Lines,
) -> None:
    phone, desk = start(lines, "u", "phone"), start(lines, "u", "desk")
    other = start(lines, "somebody else", "x")
    await settled()
    sending = asyncio.create_task(lines.say("u", "L1", {"text": "x"}))
    assert await phone == await desk == [{"text": "x"}]
    confirming = start(lines, "u", "phone", "L1")
    await sending
    assert not other.done()
    lines.close()
    await asyncio.gather(confirming, other)


async def test_nobody_confirms_a_letter_of_somebody_else(lines: Lines) -> None:
    mine, theirs = start(lines, "u"), start(lines, "v", "t", "L1")
    await settled()
    sending = asyncio.create_task(lines.say("u", "L1", {"text": "x"}))
    await mine
    again = start(lines, "v", "t", "L1")
    await settled()
    assert not sending.done()
    with pytest.raises(SendFailed):
        await sending
    lines.close()
    await asyncio.gather(theirs, again)


async def test_a_newer_question_of_a_page_ends_the_older(lines: Lines) -> None:
    older = start(lines)
    await settled()
    newer = start(lines)
    assert await older == []
    assert not newer.done()
    lines.close()
    await newer


async def test_only_so_many_pages_are_kept_waiting(lines: Lines) -> None:
    chat = WebChat(Heard().ask, lines=lines)
    browser = Browser(chat)
    await browser.get("/chat/me")
    waiting = [asyncio.create_task(browser.get("/chat/events", tab=tab)) for tab in "ab"]
    await settled()
    refused = await browser.get("/chat/events", tab="c")
    assert (refused.status, header(refused, "retry-after")) == (503, "30")
    await chat.close()
    await asyncio.gather(*waiting)


async def test_a_server_about_to_stop_lets_every_page_go(lines: Lines) -> None:
    chat = WebChat(Heard().ask, lines=lines)
    browser = Browser(chat)
    await browser.get("/chat/me")
    waiting = asyncio.create_task(browser.get("/chat/events", tab="a"))
    await settled()
    chat.hush()
    assert told(await waiting) == {"letters": []}
    refused = await browser.get("/chat/events", tab="a")
    assert (refused.status, header(refused, "retry-after")) == (503, "3")


async def test_a_page_that_is_gone_is_forgotten(lines: Lines) -> None:
    lines.hold = lines.grace = 0
    assert await start(lines) == []
    await settled()
    assert lines.open == 0
    with pytest.raises(SendFailed, match="no page is open"):
        await lines.say("u", "L1", {"text": "x"})
