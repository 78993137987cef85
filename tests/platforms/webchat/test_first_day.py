"""What `make run` gives: the real assistant with its demo organisation, in a real browser."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=1) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@pytest.fixture
def running(tmp_path: Path) -> Iterator[str]:
    """Its address. Stopped as an operator stops it, and expected to end well."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    mine = {k: v for k, v in os.environ.items() if not k.startswith("ZHIBU_")}
    mine |= {"ZHIBU_DATABASE_URL": f"sqlite:///{tmp_path}/zhibu.db"}
    command = [sys.executable, "-m", "bot", "run", "--port", str(port)]
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(command, env=mine, stdout=log, stderr=subprocess.STDOUT)
    for _ in range(240):
        if ready(url) or process.poll() is not None:
            break
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.25)
    assert process.poll() is None, (tmp_path / "log").read_text()
    yield url
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0, (tmp_path / "log").read_text()


def be(page: Page, name: str) -> None:
    if page.locator("#chooser").is_hidden():
        page.get_by_role("button", name=re.compile("换一个人")).click()
    page.fill("#seek", name)
    page.locator("#people").get_by_role("button", name=name).first.click()
    expect(page.locator("#chooser")).to_be_hidden()
    expect(page.locator("#me-name")).to_have_text(name)


def test_a_member_checks_in_and_the_secretary_sees_it(chromium: Browser, running: str) -> None:
    context = chromium.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(running)
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
