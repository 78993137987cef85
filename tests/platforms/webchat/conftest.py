"""A page in a real browser, before a real server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests import window as windows
from tests.platforms.webchat.demonstration import PEOPLE, answer
from tests.platforms.webchat.first_day import Running, started
from tests.platforms.webchat.serving import Script, Served
from tests.window import browsing

NARROW, MIDDLE, WIDE = (320, 640), (768, 1024), (1440, 900)


class Window(windows.Window[Served]):
    """One window of one browser, with what a person does in it."""

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

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    def another(self) -> "Window":
        """A second window of the same browser."""
        return Window(self.context.new_page(), self.served)


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
    with browsing(chromium, size) as context:
        window = Window(context.new_page(), served)
        window.watch()
        yield window
    assert not window.wrong
