"""One window of a browser before a server of ours, in which nothing may go wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from playwright.sync_api import Browser, BrowserContext, Page

from tests.serving import Serving

Server = TypeVar("Server", bound=Serving)


@dataclass
class Window(Generic[Server]):
    page: Page
    served: Server
    wrong: list[str] = field(default_factory=list)
    """Whatever the browser complained of, and every request to anybody but our server."""

    def watch(self) -> None:
        self.page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        self.page.on("dialog", lambda dialog: self.wrong.append(f"dialog: {dialog.message}"))
        self.page.on("console", lambda said: self._complained(said.type, said.text))
        self.page.on("request", lambda request: self._asked(request.url))

    def _complained(self, kind: str, text: str) -> None:
        # What is cut off or refused on purpose is logged by the browser, and is no complaint.
        if kind in ("error", "warning") and "Failed to load resource" not in text:
            self.wrong.append(f"{kind}: {text}")

    def _asked(self, url: str) -> None:
        if not url.startswith((self.served.url + "/", "data:image/")):
            self.wrong.append(f"request: {url}")


@contextmanager
def browsing(chromium: Browser, size: tuple[int, int]) -> Iterator[BrowserContext]:
    """A browser of its own at home, so wide and so high; whoever waits in it has ten seconds."""
    context = chromium.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    context.set_default_timeout(10_000)
    yield context
    context.close()
