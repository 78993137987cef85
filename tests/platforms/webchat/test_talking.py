"""A conversation in a real browser."""

import re

import pytest
from playwright.sync_api import Browser, expect

from bot.messages import Address, Button, Reply, SendFailed
from tests.platforms.webchat.conftest import Window


def test_a_member_checks_in(window: Window) -> None:
    window.open()
    window.sees("您好，我是支部助手")
    window.page.get_by_role("navigation", name="常用").get_by_role("button", name="签到").click()
    window.sees("现在有两场可以签到")
    window.taps("主题党日")
    window.sees("已签到：11月主题党日，08:26")
    assert "已送达" in window.mine("主题党日 三楼")
    assert window.served.script.said == ["签到", "in:1"]
    assert window.served.script.heard[-1].sender == Address("webchat", "demo-M005")


@pytest.mark.parametrize("number", ["2", "２"])
def test_a_number_means_the_button_that_carries_it(window: Window, number: str) -> None:
    window.open()
    window.says("签到")
    window.sees("您在哪一场")
    window.says(number)
    window.sees("已签到：消防志愿服务")
    assert "消防志愿服务 南门广场" in window.mine("消防")
    assert window.served.script.said == ["签到", "in:2"]


def test_a_number_without_a_button_is_a_word(window: Window) -> None:
    window.open()
    window.says("谢谢")
    window.sees("不客气")
    window.says("1")
    window.sees("没听明白")
    assert window.served.script.said == ["谢谢", "1"]


def test_what_a_letter_shows_as_number_one_is_what_one_means(window: Window) -> None:
    window.open()
    window.sees("您好")
    letter = Reply(text="钱五想请假", buttons=[Button(label="批准", tap="ok:1")])
    window.served.says(letter, "L1")
    window.sees("钱五想请假")
    window.says("1")
    window.sees("没听明白")
    assert window.served.script.said == ["ok:1"]


def test_enter_sends_and_shift_enter_does_not(window: Window) -> None:
    window.open()
    words = window.page.locator("#words")
    words.fill("第一行")
    words.press("Shift+Enter")
    words.type("第二行")
    words.press("Enter")
    expect(words).to_have_value("")
    window.sees("没听明白")
    assert window.served.script.said == ["第一行\n第二行"]


def test_a_scanned_code_is_said_and_leaves_no_trace_in_the_address(window: Window) -> None:
    window.open("/chat#s=bind-K7QW2M9X4T", persona="")
    expect(window.page.locator(".theirs")).not_to_have_count(0)
    assert [one.scene for one in window.served.script.heard] == ["bind-K7QW2M9X4T"]
    assert window.page.url == window.served.url + "/chat"


# What is said later


def test_a_letter_appears_by_itself_and_once(window: Window) -> None:
    window.open()
    window.sees("您好")
    window.served.says(Reply(text="您的请假已批准。"), "L1")
    window.sees("您的请假已批准。")
    window.served.says(Reply(text="您的请假已批准。"), "L1")
    expect(window.page.locator(".theirs").filter(has_text="已批准")).to_have_count(1)
    window.page.reload()
    window.sees("您的请假已批准。")


def test_a_letter_finds_nobody_when_the_page_is_closed(chromium: Browser, window: Window) -> None:
    window.open()
    window.sees("您好")
    window.page.goto("about:blank")
    window.wrong.clear()
    with pytest.raises(SendFailed) as failed:
        window.served.says(Reply(text="您的请假已批准。"), "L1")
    assert not failed.value.permanent


def test_an_answer_that_follows_later_follows(window: Window) -> None:
    window.served.script.answer = lambda incoming: None
    window.open()
    window.says("签到")
    expect(window.page.locator(".mine")).to_contain_text("已送达")
    window.served.says(Reply(text="已签到。"), "L1")
    window.sees("已签到。")


def test_an_answer_that_took_long_is_asked_for_again(window: Window) -> None:
    window.open()
    window.sees("您好")
    window.page.clock.install()
    window.served.script.slow = 2
    window.says("谢谢")
    expect(window.page.locator(".mine")).to_contain_text("已送达")
    with window.page.expect_response("**/chat/messages") as still_nothing:
        window.page.clock.run_for(5_000)
    still_nothing.value.finished()
    window.page.evaluate("Promise.resolve()")
    expect(window.page.locator(".theirs")).to_have_count(1)
    window.page.clock.run_for(20_000)
    window.sees("不客气")
    window.page.clock.run_for(60_000)
    expect(window.page.locator(".theirs")).to_have_count(2)
    assert window.served.script.said == ["谢谢"]


# Who is there


def test_each_person_has_their_own_conversation(window: Window) -> None:
    window.open()
    window.says("谢谢")
    window.sees("不客气")
    window.page.get_by_role("button", name=re.compile("换一个人")).click()
    window.page.fill("#seek", "书记")
    window.page.get_by_role("button", name="张一").click()
    expect(window.page.locator(".mine")).to_have_count(0)
    window.says("还有谁没签到")
    window.sees("还没有记录的 5 位")
    assert window.served.script.heard[-1].sender == Address("webchat", "demo-M001")
    window.page.get_by_role("button", name=re.compile("换一个人")).click()
    window.page.get_by_role("button", name="钱五").click()
    window.sees("不客气")
    expect(window.page.locator(".theirs").filter(has_text="还没有记录")).to_have_count(0)


def test_a_window_does_not_speak_for_whom_another_has_chosen(window: Window) -> None:
    window.open()
    window.sees("您好")
    other = window.another()
    other.open(persona="")
    other.page.get_by_role("button", name=re.compile("换一个人")).click()
    window.context.route("**/chat/events*", lambda route: None)  # nothing tells the first window
    other.page.get_by_role("button", name="张一").click()
    expect(other.page.locator("#me-name")).to_have_text("张一")
    window.says("签到")
    expect(window.page.locator("#notice")).to_contain_text("现在的身份是张一")
    expect(window.page.locator("#words")).to_have_value("签到")
    assert window.served.script.said == []


def test_a_window_notices_whom_another_has_chosen(window: Window) -> None:
    window.open()
    window.sees("您好")
    other = window.another()
    other.open(persona="")
    other.page.get_by_role("button", name=re.compile("换一个人")).click()
    other.page.get_by_role("button", name="张一").click()
    expect(window.page.locator("#me-name")).to_have_text("张一", timeout=15_000)


def test_two_windows_show_one_conversation(window: Window) -> None:
    window.open()
    window.sees("您好")
    other = window.another()
    other.open(persona="")
    window.says("谢谢")
    window.sees("不客气")
    other.sees("不客气")


def test_leaving_forgets_the_conversation_and_who_it_was(window: Window) -> None:
    window.open(persona="我是新来的")
    window.says("谢谢")
    window.sees("不客气")
    window.page.get_by_role("button", name="更多").click()
    window.page.get_by_role("button", name="退出").click()
    window.page.locator("#sure-yes").click()
    expect(window.page.locator("#chooser")).to_be_visible()
    window.page.locator("#people").get_by_role("button", name="我是新来的").click()
    expect(window.page.locator("#chooser")).to_be_hidden()  # until then one is still the one before
    expect(window.page.locator(".mine")).to_have_count(0)
    window.says("签到")
    window.sees("您在哪一场")
    before, after = (one.sender for one in window.served.script.heard if one.text)
    assert before != after
    assert "谢谢" not in window.page.evaluate("JSON.stringify(localStorage)")


def test_clearing_forgets_what_was_said_and_stays_who_one_is(window: Window) -> None:
    window.open()
    window.says("谢谢")
    window.sees("不客气")
    window.page.get_by_role("button", name="更多").click()
    window.page.get_by_role("button", name="清空聊天记录").click()
    window.page.locator("#sure").get_by_role("button", name="先不").click()
    window.sees("不客气")
    window.page.get_by_role("button", name="更多").click()
    window.page.get_by_role("button", name="清空聊天记录").click()
    window.page.locator("#sure-yes").click()
    expect(window.page.locator(".said")).to_have_count(0)
    assert "谢谢" not in window.page.evaluate("JSON.stringify(localStorage)")
    window.page.reload()
    expect(window.page.locator("#line")).to_have_text("在线")
    expect(window.page.locator("#me-name")).to_have_text("钱五")
    expect(window.page.locator(".said")).to_have_count(0)
