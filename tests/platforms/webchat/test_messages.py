"""What the page may post, from where, and what it is answered."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Busy, Button, Incoming, Kind, Reply
from bot.platforms.webchat import WebChat
from bot.platforms.webchat.render import card
from tests.platforms.webchat.visiting import ID, NOW, Browser, Heard, at_the_page, header, told


async def test_a_word_gets_its_answer() -> None:
    heard = Heard(
        Reply(
            text="现在有两场可以签到，您在哪一场？",
            title="签到",
            fields={"时间": "11月23日（周一）08:30"},
            buttons=[Button(label="主题党日", tap="c:1")],
        )
    )
    browser = await at_the_page(heard)
    response = await browser.say(text=" 签到 ", voice=True)
    assert response.status == 200
    assert told(response) == {
        "text": "现在有两场可以签到，您在哪一场？",
        "title": "签到",
        "fields": {"时间": "11月23日（周一）08:30"},
        "buttons": [{"label": "主题党日", "tap": "c:1"}],
    }
    [incoming] = heard
    assert (incoming.text, incoming.voice, incoming.at) == ("签到", True, NOW)
    assert incoming.sender.platform == "webchat"


async def test_a_button_a_scene_and_a_hello_arrive_as_what_they_are() -> None:
    heard = Heard()
    browser = await at_the_page(heard)
    await browser.say(tap="c:1")
    await browser.say(scene="bind-K7QW2M9X4T")
    await browser.say(hello=True)
    assert [(one.tap, one.scene, one.kind) for one in heard] == [
        ("c:1", "", Kind.MESSAGE),
        ("", "bind-K7QW2M9X4T", Kind.MESSAGE),
        ("", "", Kind.FOLLOW),
    ]


async def test_an_answer_that_follows_later_is_accepted_for_now() -> None:
    browser = await at_the_page(Heard(None))
    assert (await browser.say(text="签到")).status == 202


async def test_a_message_that_was_not_taken_is_to_be_sent_again() -> None:
    async def busy(incoming: Incoming) -> Reply | None:
        raise Busy

    browser = Browser(WebChat(busy))
    await browser.get("/chat/me")
    response = await browser.say(text="签到")
    assert (response.status, header(response, "retry-after")) == (503, "2")


async def test_a_message_sent_twice_has_one_id_and_nobody_else_can_have_it() -> None:
    heard = Heard()
    first, second = await at_the_page(heard), await at_the_page(heard)
    await first.say(text="签到")
    await first.say(text="签到")
    await second.say(text="签到")
    assert heard[0].key == heard[1].key
    assert heard[0].key != heard[2].key


ELSEWHERE: list[dict[str, str]] = [
    {"origin": "http://evil.example"},
    {"origin": "null"},
    {"origin": ""},
    {"origin": "http://zhibu.example.evil.example"},
    {"sec_fetch_site": "cross-site"},
    {"sec_fetch_site": "same-site"},
    {"sec_fetch_site": "none"},
    {"sec_fetch_site": ""},
    {"content_type": "text/plain"},
    {"content_type": "application/x-www-form-urlencoded"},
    {"content_type": "multipart/form-data; boundary=application/json"},
    {"content_type": ""},
]


@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
@pytest.mark.parametrize("path", ["/chat/messages", "/chat/me"])
async def test_another_site_cannot_speak_for_the_visitor(
    path: str, headers: dict[str, str]
) -> None:
    heard = Heard()
    browser = await at_the_page(heard, demo=True)
    before = dict(browser.jar)
    body = {"id": ID, "text": "签到"} if path == "/chat/messages" else {"be": "M001"}
    response = await browser.post(path, body, **headers)
    assert response.status in (403, 415)
    assert (browser.jar, list(heard)) == (before, [])


@pytest.mark.parametrize("path", ["/chat/me", "/chat/events"])
async def test_a_link_elsewhere_reads_nothing(path: str) -> None:
    browser = await at_the_page(Heard())
    browser.headers["sec-fetch-site"] = "cross-site"
    assert (await browser.get(path, tab="t")).status == 403


@pytest.mark.parametrize(
    ("path", "method"),
    [("/chat", "POST"), ("/chat/me", "PUT"), ("/chat/messages", "GET"), ("/chat/events", "POST")],
)
async def test_other_methods_are_refused(path: str, method: str) -> None:
    browser = await at_the_page(Heard())
    assert (await browser._ask(method, path, {}, b"", {})).status == 405


BROKEN: list[Any] = [
    b"",
    b"{",
    b"[]",
    b"null",
    b"\xff\xfe",
    b'{"id": "abcdefghijklmnopqrstuv", "text": "\\ud800"}',
    {"text": "签到", "id": None},
    {"text": "签到", "id": "short"},
    {"text": "签到", "id": "x" * 65},
    {"text": "签到", "id": "abcdefghijklmnopqrstu\n"},
    {"text": "签到", "id": "abcdefghijklmnopqrst:v"},
    {"id": ID},
    {"id": ID, "text": "   "},
    {"id": ID, "text": "签" * 2001},
    {"id": ID, "text": 4826},
    {"id": ID, "text": "签到", "tap": "c:1"},
    {"id": ID, "tap": "c" * 65},
    {"id": ID, "text": "签到", "role": "secretary"},
    {"id": ID, "text": "签到", "sender": "demo-M001"},
    {"id": ID, "hello": "true"},
]


@pytest.mark.parametrize("body", BROKEN, ids=lambda body: str(body)[:40])
async def test_what_cannot_be_understood_is_refused(body: Any) -> None:
    heard = Heard()
    browser = await at_the_page(heard)
    assert (await browser.post("/chat/messages", body)).status == 400
    assert not heard


@given(body=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
async def test_whatever_is_posted_nothing_breaks(body: bytes) -> None:
    browser = await at_the_page(Heard())
    assert (await browser.post("/chat/messages", body)).status in (200, 400)


async def test_what_no_keyboard_types_is_left_out() -> None:
    heard = Heard()
    browser = await at_the_page(heard)
    await browser.say(text="签\x00到\x1b[31m\r\n第二行")
    assert heard[0].text == "签到[31m\n第二行"


def test_a_reply_is_shown_without_what_cannot_be_seen() -> None:
    shown = card(
        Reply(text="a\x00b\u202ec\ud800d\n", title="\x1b[31m", fields={"\u2066x": "y\x9f"})
    )
    assert shown == {"text": "abcd\n", "title": "[31m", "fields": {"x": "y"}, "buttons": []}


def test_a_picture_travels_with_the_answer() -> None:
    assert card(Reply(text="图", picture=b"\x89PNG"))["picture"] == "iVBORw=="
