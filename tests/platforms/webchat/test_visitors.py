"""Who is at the page: cookies, and in a demonstration the person one plays."""

import re

import pytest

from bot.messages import Address
from bot.platforms.webchat import WebChat
from tests.platforms.webchat.visiting import Browser, Heard, at_the_page, header, told


async def test_the_address_is_not_the_cookie_and_lasts() -> None:
    heard = Heard()
    browser = await at_the_page(heard)
    secret = browser.jar["zhibu"]
    assert len(secret) == 43  # 256 bits
    await browser.say(text="签到")
    await browser.get("/chat/me")
    await browser.say(text="签到")
    assert browser.jar["zhibu"] == secret
    assert {one.sender.user for one in heard} == {heard[0].sender.user}
    assert secret not in heard[0].sender.user
    assert re.fullmatch("[0-9a-f]{64}", heard[0].sender.user)


async def test_the_cookie_is_hidden_from_scripts_and_other_sites() -> None:
    chat = WebChat(Heard().ask)
    given = header(await Browser(chat).get("/chat/me"), "set-cookie")
    assert given.startswith("zhibu=")
    assert given.endswith("; Path=/; HttpOnly; SameSite=Lax")
    given = header(await Browser(chat, https=True).get("/chat/me"), "set-cookie")
    assert given.startswith("__Host-zhibu=")
    assert given.endswith("; Path=/; HttpOnly; SameSite=Lax; Secure")


async def test_over_https_a_cookie_that_http_could_have_planted_is_nothing() -> None:
    browser = await at_the_page(Heard(), https=True)
    browser.jar["zhibu"] = browser.jar.pop("__Host-zhibu")
    assert (await browser.say(text="签到")).status == 401


@pytest.mark.parametrize("value", ["", "x", "demo-", "demo-M001", "a" * 42, "a" * 44, '"', "é=;"])
async def test_without_a_cookie_of_ours_nobody_is_heard(value: str) -> None:
    heard = Heard()
    browser = await at_the_page(heard)
    browser.jar = {"zhibu": value}
    assert (await browser.say(text="签到")).status == 401
    assert (await browser.get("/chat/events", tab="t")).status == 401
    assert not heard


async def test_leaving_makes_a_newcomer() -> None:
    heard = Heard()
    browser = await at_the_page(heard)
    await browser.say(text="签到")
    await browser.post("/chat/me", {"be": ""})
    await browser.say(text="签到")
    assert heard[0].sender != heard[1].sender


async def test_in_a_demonstration_one_may_be_any_member() -> None:
    heard = Heard()
    browser = await at_the_page(heard, demo=True)
    listed = told(await browser.get("/chat/me"))
    assert [person["name"] for person in listed["people"]] == ["张一", "钱五"]
    assert listed["persona"] is None
    chosen = told(await browser.post("/chat/me", {"be": "M005"}))
    assert chosen["persona"]["name"] == "钱五"
    assert told(await browser.get("/chat/me"))["persona"]["id"] == "M005"
    await browser.say(text="签到")
    assert heard[0].sender == Address("webchat", "demo-M005")


async def test_nobody_but_the_listed_can_be_chosen() -> None:
    browser = await at_the_page(Heard(), demo=True)
    for name in ("M999", "demo-M001", "x" * 32, "../M001"):
        assert (await browser.post("/chat/me", {"be": name})).status == 403


async def test_without_demonstration_nobody_can_be_chosen() -> None:
    browser = await at_the_page(Heard())
    assert told(await browser.get("/chat/me"))["people"] == []
    assert (await browser.post("/chat/me", {"be": "M001"})).status == 403


async def test_what_was_written_as_one_person_is_not_said_as_another() -> None:
    heard = Heard()
    browser = await at_the_page(heard, demo=True)
    as_secretary = told(await browser.post("/chat/me", {"be": "M001"}))["who"]
    as_member = told(await browser.post("/chat/me", {"be": "M005"}))["who"]
    assert (await browser.say(text="签到", who=as_secretary)).status == 409
    assert (await browser.say(text="签到", who=as_member)).status == 200
    assert len(heard) == 1
    assert (await browser.get("/chat/events", tab="t", who=as_secretary)).status == 409
