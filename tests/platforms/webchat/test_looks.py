"""The page on small and large screens, for the eyes, for a screen reader, by keyboard alone."""

import hashlib
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.messages import Button, Reply
from tests.browser import AXE, hindrances
from tests.platforms.webchat.conftest import MIDDLE, NARROW, WIDE, Window

LONG = Reply(
    title="第四季度支部党员大会暨年度组织生活会准备工作安排",
    text="https://zhibu.example/" + "a" * 120 + "\n" + "很长的一句话" * 30,
    fields={"应到": "24", "一个特别特别特别长的名目": "一个特别特别特别长的值" * 5},
    buttons=[Button(label="很长的按钮" * 4, tap="x:1"), Button(label="请假", tap="x:2")],
)

SMALL_TARGETS = """() => [...document.querySelectorAll('button, input, textarea, label, a')]
    .filter(one => one.offsetParent && !one.closest('.unseen') && !one.matches('.unseen, .skip'))
    .filter(one => getComputedStyle(one).opacity !== '0')
    .map(one => [one.outerHTML.slice(0, 60), one.getBoundingClientRect()])
    .filter(([, box]) => box.width < 44 || box.height < 44)
    .map(([html, box]) => `${html} ${box.width}×${box.height}`)"""

WIDER = "() => document.documentElement.scrollWidth - window.innerWidth"

CUT = """() => [...document.querySelectorAll('.quick button, .head *, .buttons button, .sheet *')]
    .filter(one => one.offsetParent && !one.matches('.unseen') && 
        one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline')
    .map(one => one.outerHTML.slice(0, 80))"""


def fits(page: Page) -> None:
    assert page.evaluate(WIDER) <= 0
    assert page.evaluate(CUT) == []
    assert page.evaluate(SMALL_TARGETS) == []


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
@pytest.mark.parametrize("size", [NARROW, (360, 740), MIDDLE, WIDE], ids=str)
def test_long_words_fit_every_width(window: Window, large: bool) -> None:
    window.served.script.answer = lambda incoming: LONG
    window.page.goto(window.served.url + "/chat")
    expect(window.page.locator("#chooser")).to_be_visible()
    if large:
        window.page.evaluate("document.documentElement.dataset.type = 'large'")
    fits(window.page)
    window.page.locator("#people").get_by_role("button", name="钱五").click()
    window.sees("很长的一句话")
    window.says("字" * 200)
    expect(window.page.locator(".theirs")).to_have_count(2)
    fits(window.page)
    window.page.get_by_role("button", name="更多").click()
    fits(window.page)
    window.page.keyboard.press("Escape")
    for part in ("#words", "#send", ".quick", "#line", "#larger"):
        box = window.page.locator(part).bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= window.page.viewport_size["height"]  # type: ignore[index]


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=str)
def test_there_is_room_to_read_even_in_large_type(window: Window) -> None:
    window.open()
    window.page.click("#larger")
    room = window.page.locator("#log").bounding_box()
    assert room is not None
    assert room["height"] >= 240


def test_of_a_long_answer_the_beginning_is_in_sight(window: Window) -> None:
    window.open()
    window.sees("您好")
    window.served.script.answer = lambda incoming: Reply(text="开头\n" + "一行\n" * 80)
    window.says("帮助")
    window.sees("开头")
    log = window.page.locator("#log").bounding_box()
    said = window.page.locator(".theirs").last.bounding_box()
    assert log is not None
    assert said is not None
    assert 0 <= said["y"] - log["y"] < 40


def test_large_type_and_colours_are_remembered(window: Window) -> None:
    window.open()
    before = window.page.evaluate("getComputedStyle(document.body).fontSize")
    window.page.get_by_role("button", name="大字").click()
    window.page.get_by_role("button", name="更多").click()
    window.page.get_by_text("深色").click()
    dark = window.page.evaluate("getComputedStyle(document.body).color")
    window.page.reload()
    expect(window.page.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "true")
    after = window.page.evaluate("getComputedStyle(document.body).fontSize")
    assert float(after.rstrip("px")) >= 1.25 * float(before.rstrip("px"))
    assert window.page.evaluate("getComputedStyle(document.body).color") == dark


def test_who_wants_no_motion_sees_none(window: Window) -> None:
    window.page.emulate_media(reduced_motion="reduce")
    window.open()
    window.sees("您好")
    moving = "getComputedStyle(document.querySelector('.said')).animationName"
    assert window.page.evaluate(moving) == "none"


# Without eyes, without a mouse


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("size", [(390, 844), WIDE], ids=str)
def test_axe_finds_nothing_in_the_way(window: Window, colours: str) -> None:
    window.page.emulate_media(
        color_scheme="dark" if colours == "dark" else "light", reduced_motion="reduce"
    )
    window.page.goto(window.served.url + "/chat")
    expect(window.page.locator("#chooser")).to_be_visible()
    assert hindrances(window.page) == []
    window.page.locator("#people").get_by_role("button", name="钱五").click()
    window.sees("您好")
    window.says("下周三那个会去不了要请假")
    window.sees("为您请假")
    window.page.fill("#words", "谢")
    assert hindrances(window.page) == []
    window.page.get_by_role("button", name="更多").click()
    assert hindrances(window.page) == []
    window.page.get_by_role("button", name="清空聊天记录").click()
    assert hindrances(window.page) == []
    window.page.keyboard.press("Escape")
    window.context.set_offline(True)
    window.says("签到")
    expect(window.page.locator("#notice")).to_be_visible()
    assert hindrances(window.page) == []


def test_axe_would_find_something(window: Window) -> None:
    window.open()
    window.page.evaluate("document.getElementById('send').textContent = ''")
    assert any("button-name" in found for found in hindrances(window.page))


def test_axe_is_the_one_we_vouch_for() -> None:
    vouched = Path(AXE.parent, "README.md").read_text("utf-8")
    assert hashlib.sha256(AXE.read_bytes()).hexdigest() in vouched


def test_what_is_said_is_announced_and_the_past_is_not(window: Window) -> None:
    window.open()
    log = window.page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    window.says("谢谢")
    window.sees("不客气")
    expect(window.page.locator(".mine").last).to_have_attribute("aria-live", "off")
    # While old messages are put in, the log is not live: a script that runs first watches it.
    window.context.add_init_script(
        """new MutationObserver(() => {
             const log = document.getElementById('messages');
             const said = document.querySelectorAll('.said').length;
             if (said && !window.firstSaid) window.firstSaid = log.getAttribute('aria-live');
           }).observe(document, {childList: true, subtree: true})"""
    )
    window.page.reload()
    window.sees("不客气")
    assert window.page.evaluate("window.firstSaid") == "off"
    expect(log).to_have_attribute("aria-live", "polite")


@pytest.mark.parametrize("size", [WIDE], ids=str)
def test_by_keyboard_alone(window: Window) -> None:
    page = window.page
    page.goto(window.served.url + "/chat")
    expect(page.locator("#seek")).to_be_focused()
    page.keyboard.type("钱五")
    page.keyboard.press("Enter")
    expect(page.locator("#words")).to_be_focused()
    window.sees("您好")
    page.keyboard.type("签到")
    page.keyboard.press("Enter")
    window.sees("您在哪一场")
    expect(page.locator("#words")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".last .buttons button").last).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    window.sees("已签到：11月主题党日")
    assert window.served.script.said == ["签到", "in:1"]


@pytest.mark.parametrize("size", [WIDE], ids=str)
def test_the_order_of_focus_follows_the_eye(window: Window) -> None:
    window.open()
    window.sees("您好")
    window.page.evaluate("document.activeElement.blur()")
    passed = []
    for _ in range(20):
        window.page.keyboard.press("Tab")
        passed.append(
            window.page.evaluate(
                "document.activeElement.id || document.activeElement.innerText.trim()"
            )
        )
    start = passed.index("直接写消息")
    assert [one.replace("\n", " ") for one in passed[start:]][:12] == [
        "直接写消息", "me", "larger", "more",
        "签到", "本周活动", "我的出勤", "帮助",
        "log", "1 本周活动", "2 会记录我的什么", "words",
    ]  # fmt: skip


def test_a_dialog_gives_the_focus_back(window: Window) -> None:
    window.open()
    window.page.locator("#more").focus()
    window.page.keyboard.press("Enter")
    expect(window.page.locator("#menu")).to_be_visible()
    window.page.keyboard.press("Escape")
    expect(window.page.locator("#menu")).to_be_hidden()
    expect(window.page.locator("#more")).to_be_focused()
