"""What `make run` gives: the real assistant with its demo organisation, in a real browser."""

import re

from playwright.sync_api import Browser, expect

from tests.platforms.webchat.first_day import Running, be


def test_a_member_checks_in_and_the_secretary_sees_it(chromium: Browser, running: Running) -> None:
    context = chromium.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(running.url)
    expect(page.locator("#chooser")).to_be_visible()
    be(page, "钱五")
    check_in = page.get_by_role("navigation").get_by_role("button", name="签到")
    check_in.click()
    expect(page.locator(".theirs").last).to_contain_text(
        re.compile(r"已签到：.*今天到会 1／\d+ 人")
    )
    be(page, "张一")
    check_in.click()
    expect(page.locator(".theirs").last).to_contain_text(re.compile(r"今天到会 2／\d+ 人"))
    context.close()
