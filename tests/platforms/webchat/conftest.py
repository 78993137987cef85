"""A page in a real browser, before a real server."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.platforms.webchat.demonstration import PEOPLE, answer
from tests.platforms.webchat.first_day import Running, started
from tests.platforms.webchat.serving import Script, Served

NARROW, MIDDLE, WIDE = (320, 640), (768, 1024), (1440, 900)


@dataclass
class Window:
    """One window of one browser, with what a person does in it."""

    page: Page
    context: BrowserContext
    served: Served
    wrong: list[str] = field(default_factory=list)
    """Whatever the browser complained of, and every request to anybody but our server."""

    def watch(self) -> None:
        self.page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        self.page.on("dialog", lambda dialog: self.wrong.append(f"dialog: {dialog.message}"))
        self.page.on("console", lambda said: self._complained(said.type, said.text))
        self.page.on("request", lambda request: self._asked(request.url))

    def _complained(self, kind: str, text: str) -> None:
        # What is cut off on purpose is logged by the browser, and is no complaint.
        if kind in ("error", "warning") and "Failed to load resource" not in text:
            self.wrong.append(f"{kind}: {text}")

    def _asked(self, url: str) -> None:
        if not url.startswith((self.served.url + "/", "data:image/png")):
            self.wrong.append(f"request: {url}")

    def open(self, path: str = "/chat", persona: str = "钱五") -> "Window":
        self.page.goto(self.served.url + path)
        if persona:
            self.page.locator("#people").get_by_role("button", name=persona).click()
        expect(self.page.locator("#chooser")).to_be_hidden()
        expect(self.page.locator("#line")).to_have_text("在线")
        return self

    def says(self, text: str) -> None:
        self.page.fill("#words", text)
        self.page.press("#words", "Enter")

    def sees(self, text: str) -> None:
        expect(self.page.locator(".theirs").filter(has_text=text).last).to_be_visible()

    def taps(self, label: str) -> None:
        self.page.locator(".last").get_by_role("button", name=label).click()

    def mine(self, text: str) -> str:
        """How the page says it stands with a message of mine."""
        return self.page.locator(".mine").filter(has_text=text).last.inner_text()

    def another(self) -> "Window":
        """A second window of the same browser."""
        return Window(self.context.new_page(), self.context, self.served)


@pytest.fixture
def served() -> Iterator[Served]:
    """In demonstration; its assistant keeps to the script of `demonstration`."""
    served = Served(Script(answer), lambda: PEOPLE)
    yield served
    served.stop()


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    with started(tmp_path) as running:
        yield running


@pytest.fixture
def size() -> tuple[int, int]:
    return 390, 844


@pytest.fixture
def window(chromium: Browser, served: Served, size: tuple[int, int]) -> Iterator[Window]:
    """Nothing may go wrong in it, and nothing leave it, in any test."""
    context = chromium.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
    )
    context.set_default_timeout(10_000)
    window = Window(context.new_page(), context, served)
    window.watch()
    yield window
    context.close()
    assert not window.wrong
