"""Without a connection for a while: nothing is lost, nothing counts twice, nothing is claimed."""

from typing import Any

from playwright.sync_api import Route, expect

from tests.platforms.webchat.conftest import Window


def test_what_is_written_offline_is_kept_and_sent_once(window: Window) -> None:
    window.open()
    window.sees("您好")
    window.context.set_offline(True)
    expect(window.page.locator("#line")).to_have_text("没有网络")
    window.says("签到")
    window.says("谢谢")
    expect(window.page.locator("#notice")).to_contain_text("以送达的时间为准")
    assert "连上网络后发出" in window.mine("签到")
    assert window.served.script.said == []
    window.context.set_offline(False)
    window.sees("不客气")
    expect(window.page.locator("#line")).to_have_text("在线")
    assert window.served.script.said == ["签到", "谢谢"]
    assert "已送达" in window.mine("谢谢")
    expect(window.page.locator(".mine")).to_have_count(2)


def test_a_message_whose_answer_was_lost_is_sent_again_under_the_same_id(window: Window) -> None:
    window.open()
    window.sees("您好")
    ids: list[Any] = []

    def lose_the_first_answer(route: Route) -> None:
        ids.append((route.request.post_data_json or {})["id"])
        if len(ids) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    window.page.route("**/chat/messages", lose_the_first_answer)
    window.says("谢谢")
    window.sees("不客气")
    assert window.served.script.said == ["谢谢"]
    assert len(ids) == 2
    assert len(set(ids)) == 1
    expect(window.page.locator(".theirs")).to_have_count(2)


def test_a_busy_server_is_asked_again(window: Window) -> None:
    window.open()
    window.sees("您好")
    window.page.clock.install()
    window.served.script.busy = 2
    window.says("谢谢")
    expect(window.page.locator(".mine").last).to_contain_text("发送中")
    window.page.clock.run_for(60_000)
    window.sees("不客气")
    assert window.served.script.said == ["谢谢"]


def test_what_waited_unsent_is_sent_after_the_page_is_opened_again(window: Window) -> None:
    window.open()
    window.sees("您好")
    window.context.set_offline(True)
    window.says("谢谢")
    expect(window.page.locator(".mine")).to_contain_text("连上网络后发出")
    window.page.close()
    window.context.set_offline(False)
    again = window.another()
    again.open(persona="")
    again.sees("不客气")
    assert window.served.script.said == ["谢谢"]


def test_what_waited_too_long_is_not_sent_without_asking(window: Window) -> None:
    window.open()
    window.sees("您好")
    window.page.clock.install()
    window.context.set_offline(True)
    window.says("签到")
    expect(window.page.locator(".mine")).to_contain_text("连上网络后发出")
    window.page.clock.fast_forward("11:00")
    window.context.set_offline(False)
    expect(window.page.locator(".mine")).to_contain_text("断网太久，没有自动发出")
    assert window.served.script.said == []
    window.page.get_by_role("button", name="现在发送").click()
    window.sees("您在哪一场")
    assert window.served.script.said == ["签到"]


def test_what_waited_too_long_can_be_dropped(window: Window) -> None:
    window.open()
    window.sees("您好")
    window.page.clock.install()
    window.context.set_offline(True)
    window.says("签到")
    window.page.clock.fast_forward("11:00")
    window.context.set_offline(False)
    window.page.get_by_role("button", name="不发了").click()
    expect(window.page.locator(".mine")).to_have_count(0)
    window.page.reload()
    expect(window.page.locator("#line")).to_have_text("在线")
    expect(window.page.locator(".mine")).to_have_count(0)
    assert window.served.script.said == []


def test_a_message_that_is_refused_says_so(window: Window) -> None:
    window.open()
    window.sees("您好")
    window.page.route("**/chat/messages", lambda route: route.fulfill(status=400, body="{}"))
    window.says("谢谢")
    expect(window.page.locator(".mine")).to_contain_text("没有发出")
    window.page.unroute("**/chat/messages")
    window.page.get_by_role("button", name="现在发送").click()
    window.sees("不客气")
