"""What names and answers may contain, and what the page keeps to itself."""

import base64
import struct
import zlib
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from bot.messages import Button, Reply
from bot.platforms.webchat import Persona
from tests.platforms.webchat.conftest import Window

MARK = "window.run=1"
PAYLOADS = [
    f"<script>{MARK}</script>",
    f"<img src=x onerror={MARK}>",
    f"<svg onload={MARK}>",
    f"<svg><script>{MARK}</script></svg>",
    f"<iframe srcdoc='<script>parent.{MARK}</script>'>",
    f"<iframe src=javascript:{MARK}>",
    f"<a href=javascript:{MARK}>x</a>",
    f"<details open ontoggle={MARK}>",
    f"<input autofocus onfocus={MARK}>",
    f"<body onload={MARK}>",
    f"<video><source onerror={MARK}></video>",
    f"<math><mtext></mtext><mglyph><style><img src=x onerror={MARK}></style>",
    f"<template><script>{MARK}</script></template>",
    f'"><script>{MARK}</script>',
    f"'><img src=x onerror={MARK}>",
    f"' onmouseover='{MARK}",
    f"</textarea><script>{MARK}</script>",
    f"</title><script>{MARK}</script>",
    f"<!--><script>{MARK}</script>-->",
    f"<![CDATA[<script>{MARK}</script>]]>",
    f"javascript:{MARK}",
    f"data:text/html,<script>{MARK}</script>",
    f"${{{MARK}}}",
    f"{{{{constructor.constructor('{MARK}')()}}}}",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>@import url(https://evil.example/x.css)</style>",
    "<form action=https://evil.example><button>交</button></form>",
    "https://evil.example/?q=1",
    "//evil.example/x.png",
    "__proto__",
    "constructor",
    "&lt;script&gt;",
    "\\u003cscript\\u003e",
    "\u202e签到\u202c",
    "\u2028" + MARK,
    "\u0000<script>",
]


def picture() -> bytes:
    """A grey PNG, 8 by 8."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = b"".join(b"\0" + bytes([200] * 8) for _ in range(8))
    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


PLACES: dict[str, Callable[[str], Reply]] = {
    "text": lambda payload: Reply(text=payload),
    "title": lambda payload: Reply(text="x", title=payload),
    "field": lambda payload: Reply(text="x", fields={"姓名": payload}),
    "name of a field": lambda payload: Reply(text="x", fields={payload: "张一"}),
    "button": lambda payload: Reply(text="x", buttons=[Button(label=payload, tap="x:1")]),
    "tap": lambda payload: Reply(text="x", buttons=[Button(label="按", tap=payload)]),
}


@pytest.mark.parametrize("place", PLACES)
def test_what_an_answer_contains_is_read_and_never_run(window: Window, place: str) -> None:
    window.open()
    window.sees("您好")
    for number, payload in enumerate(PAYLOADS, start=2):
        reply = PLACES[place](payload)
        window.served.script.answer = lambda incoming, reply=reply: reply  # type: ignore[misc]
        window.says(f"第{number}句")
        expect(window.page.locator(".theirs")).to_have_count(number)
    unharmed(window)
    window.page.reload()  # and once more out of what the device has kept
    expect(window.page.locator(".theirs")).to_have_count(len(PAYLOADS) + 1)
    unharmed(window)


def test_what_one_writes_is_read_and_never_run(window: Window) -> None:
    window.open()
    window.sees("您好")
    for payload in PAYLOADS:
        window.says(payload)
    expect(window.page.locator(".theirs")).to_have_count(len(PAYLOADS) + 1, timeout=20_000)
    unharmed(window)


def test_who_one_may_be_is_read_and_never_run(window: Window) -> None:
    people = [Persona(f"X{n}", one, one, one) for n, one in enumerate(PAYLOADS)]
    window.served.chat._people = lambda: people
    window.page.goto(window.served.url + "/chat")
    expect(window.page.locator("#people button")).to_have_count(len(people) + 1)
    unharmed(window)


def unharmed(window: Window) -> None:
    page = window.page
    assert page.evaluate("window.run") is None
    foreign = (
        ":is(script, iframe, form, input, svg, style, link, base, meta, a, [onerror], [onload])"
    )
    assert page.locator(f"#messages {foreign}, #people {foreign}").count() == 0
    assert page.url == window.served.url + "/chat"


def test_only_our_own_addresses_become_links(window: Window) -> None:
    window.open()
    window.sees("您好")
    ours = f"{window.served.url}/console"
    window.served.script.answer = lambda incoming: Reply(
        text=f"看这里 {ours}，不是 https://evil.example/ 也不是 {window.served.url}.evil.example/"
    )
    window.says("链接")
    window.sees("看这里")
    links = window.page.locator("#messages a")
    expect(links).to_have_count(1)
    expect(links).to_have_attribute("href", ours)


def test_a_picture_is_shown(window: Window) -> None:
    window.open()
    window.sees("您好")
    window.served.script.answer = lambda incoming: Reply(text="本月出勤", picture=picture())
    window.says("我的出勤")
    image = window.page.locator(".theirs img")
    expect(image).to_have_attribute(
        "src", "data:image/png;base64," + base64.b64encode(picture()).decode()
    )
    assert image.evaluate("one => one.decode().then(() => one.naturalWidth)") == 8


def test_what_the_device_has_kept_and_somebody_has_broken_does_no_harm(window: Window) -> None:
    window.open()
    window.says("谢谢")
    window.sees("不客气")
    for broken in ("{", "null", '"x"', "[]", "{}"):
        window.page.evaluate(
            """broken => { for (const key of Object.keys(localStorage))
                 if (key.startsWith('zhibu:said:')) localStorage.setItem(key, broken) }""",
            broken,
        )
        window.page.reload()
        expect(window.page.locator("#line")).to_have_text("在线")
        window.says("谢谢")
        window.sees("不客气")


def test_a_device_that_keeps_nothing_still_talks(window: Window) -> None:
    window.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })"
    )
    window.open()
    window.says("谢谢")
    window.sees("不客气")


def test_what_the_device_keeps_has_an_end(window: Window) -> None:
    window.open()
    window.sees("您好")
    window.served.script.answer = lambda incoming: Reply(text="长" * 20_000)
    for number in range(2, 32):
        window.says("再来")
        expect(window.page.locator(".theirs")).to_have_count(number)
    kept = window.page.evaluate(
        "Object.keys(localStorage).reduce((sum, key) => sum + localStorage.getItem(key).length, 0)"
    )
    assert 20_000 < kept < 401_000


# Speaking

EAR = """window.SpeechRecognition = class {
    static available() { return Promise.resolve(%s) }
    start() {
      window.heardLocally = this.processLocally === true;
      setTimeout(() => {
        this.onresult({results: [[{transcript: '签道'}]]});
        this.onend();
      }, 0);
    }
    stop() {}
  };"""


def test_where_the_browser_hears_nothing_there_is_no_microphone(window: Window) -> None:
    window.context.add_init_script(
        "delete window.SpeechRecognition; delete window.webkitSpeechRecognition"
    )
    window.open()
    expect(window.page.locator("#voice")).to_be_hidden()


def test_what_is_spoken_is_shown_before_it_is_sent(window: Window) -> None:
    window.context.add_init_script(EAR % "'available'")
    window.open()
    window.page.get_by_role("button", name="说话").click()
    expect(window.page.locator("#words")).to_have_value("签道")
    assert window.served.script.said == []
    expect(window.page.locator("#send")).to_be_focused()
    window.page.keyboard.press("Enter")
    window.sees("没听明白")
    assert window.page.evaluate("window.heardLocally") is True
    [heard] = [one for one in window.served.script.heard if one.text]
    assert (heard.text, heard.voice) == ("签道", True)


def test_before_a_browser_sends_a_voice_away_it_is_asked_for_once(window: Window) -> None:
    window.context.add_init_script(EAR % "'unavailable'")
    window.open()
    window.page.get_by_role("button", name="说话").click()
    expect(window.page.locator("#sure")).to_contain_text("浏览器厂商的服务器")
    expect(window.page.locator("#words")).to_have_value("")
    window.page.locator("#sure-yes").click()
    expect(window.page.locator("#words")).to_have_value("签道")
    window.page.fill("#words", "")
    window.page.get_by_role("button", name="说话").click()
    expect(window.page.locator("#words")).to_have_value("签道")
