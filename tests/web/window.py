"""One window of a browser, with what a person does in it."""

from dataclasses import dataclass, field

from playwright.sync_api import Page

from handlers.console.actions import entering
from tests.browser import hindrances
from tests.web.served import Served
from tests.world import World


@dataclass
class Window:
    page: Page
    served: Served
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
        if not url.startswith((self.served.url + "/", "data:image/svg+xml")):
            self.wrong.append(f"request: {url}")

    def link(self, world: World, member_id: str) -> str:
        with world.database.unit_of_work() as db:
            who = entering.who(db, member_id, world.now)
            assert who is not None
            token, _ = entering.link(db, who, world.now)
        return f"{self.served.url}/console/enter#{token}"

    def enter(self, world: World, member_id: str) -> "Window":
        self.page.goto(self.link(world, member_id))
        self.page.get_by_role("button", name="进入").first.click()
        self.page.wait_for_url("**/console")
        return self

    def open(self, path: str) -> Page:
        self.page.goto(self.served.url + path)
        return self.page

    def faults(self) -> list[str]:
        """What hinders anybody on this page, and whether it is wider than the window."""
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
        return hindrances(self.page) + (["wider than the window"] if wide else [])
