"""What a person does in a browser before the console."""

from playwright.sync_api import Page

from handlers.console.actions import entering
from tests import window as windows
from tests.browser import hindrances
from tests.web.served import Served
from tests.world import World


class Window(windows.Window[Served]):
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
