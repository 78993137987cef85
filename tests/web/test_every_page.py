"""Every page there is, for everybody who may see it, at every width: found in the routes of the
application itself, so that a new page is looked at without anybody thinking of it."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page as Tab
from starlette.routing import Route

from handlers.contests.actions import running
from storage.members import Role
from storage.organisation import OrgKind
from tests.handlers.contests.playing import FINAL, plan
from tests.handlers.test_circulars import circulars
from tests.web.test_browser import lived
from tests.web.window import Window
from tests.world import World
from web.app import Console

WIDTHS = (1440, 768, 360)
ROLES = {
    "张一": Role.SECRETARY,
    "组长": Role.GROUP_LEADER,
    "主任": Role.COMMITTEE_OFFICE,
}
THERE: Mapping[str, str] = {
    "/console/activities/{id}": "/console/activities/1",
    "/console/tasks/items/{id}": "/console/tasks/items/1",
    "/console/reports/{id}": "/console/reports/1",
    "/console/reports/{id}/of/{figure}": "/console/reports/1/of/attendance",
    "/console/people/in/{org}": "/console/people/in/B1",
    "/console/people/of/{member}": "/console/people/of/钱五",
    "/console/bank/of/{question}": "/console/bank/of/Q001",
    "/console/settings/rules/{what}": "/console/settings/rules/OL06?look=1&escalation=branch",
    "/screen/{id}": "/screen/1",
    "/screen/final/{id}": "/screen/final/1",
}
"""Of pages with something in their path, one that is there."""
NONE = {
    "/console/activities/{id}/sheet", "/console/reports/{id}/as/{form}", "/console/files/{id}",
    "/calendar/{secret}.ics", "/console/people/import/{key}",
    "/console/activities/{id}/live", "/screen/{id}/live", "/screen/final/{id}/live",
    "/console/static/{name}",
}  # fmt: skip
"""No pages: files, streams, and what needs an upload first (test_pages.py)."""


@pytest.fixture
def database_url(blank_file: Path, tmp_path: Path) -> str:
    """What a browser shows is the same on both kinds."""
    shutil.copyfile(blank_file, tmp_path / "test.db")
    return f"sqlite:///{tmp_path}/test.db"


@pytest.fixture
def city(world: World, tmp_path: Path) -> World:
    """Something of everything, with names as long as they are in life."""
    lived(world, ("钱五", "孙六", "周七", "吴八"), "主题党日")
    world.organisation("B1", under="WC", kind=OrgKind.BRANCH)
    world.place("B1", "WC")
    for name, role in ROLES.items():
        if name != "张一":
            world.member(name, branch="WC" if name == "主任" else "B1", role=role)
    with world.database.unit_of_work() as db:
        running.make(db, plan(world, tmp_path, FINAL), "张一", world.now)
    world.member("委员", branch="WC", role=Role.COMMITTEE_OFFICE).says("生成第三季度通报")
    assert circulars(world)
    return world


def pages(console: Console) -> Iterator[str]:
    """An address of every GET route of the console."""
    for route in console._routes():
        assert isinstance(route, Route)
        if "GET" not in (route.methods or ()) or route.path in NONE:
            continue
        if "{" in route.path:
            assert route.path in THERE, f"name an example of {route.path} in THERE"
        yield THERE.get(route.path, route.path)


@pytest.mark.parametrize("who", ROLES)
def test_every_page_fits_every_width_and_is_reached_by_keyboard(
    city: World, console: Console, window: Window, who: str
) -> None:
    window.enter(city, who)
    seen = 0
    for path in pages(console):
        page = window.open(path)
        if page.locator("h1").inner_text() in ("没有办成", "没有找到"):
            continue
        seen += 1
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert not too_wide(page), (path, width)
        assert window.faults() == [], path
        page.set_viewport_size({"width": 1440, "height": 900})
        assert unreachable(page) == [], path
    assert seen >= 8


def too_wide(page: Tab) -> list[str]:
    """What sticks out to the right, unless it scrolls in a box of its own."""
    found: list[str] = page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          return [...document.querySelectorAll("body *")]
            .filter(e => e.getBoundingClientRect().right > width + 1)
            .map(e => e.outerHTML.slice(0, 80));
        }"""
    )
    return found


def unreachable(page: Tab) -> list[str]:
    """What can be pressed but not reached by Tab."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
          .filter(e => e.type !== "hidden" && !e.disabled && e.checkVisibility() && e.tabIndex < 0)
          .map(e => e.outerHTML.slice(0, 80))"""
    )
    return found


@pytest.mark.parametrize("path", ["/console", "/console/activities/1", "/console/requests"])
def test_every_stop_of_the_keyboard_is_seen(city: World, window: Window, path: str) -> None:
    page = window.enter(city, "张一").open(path)
    stops = page.locator("a[href]:visible, button:visible, input:visible, summary:visible").count()
    seen = set()
    for _ in range(stops):
        page.keyboard.press("Tab")
        focus = page.evaluate(
            """() => {
              const e = document.activeElement, s = getComputedStyle(e);
              return [e.outerHTML.slice(0, 120), s.outlineStyle, parseFloat(s.outlineWidth)];
            }"""
        )
        assert (focus[1], focus[2] > 1) == ("solid", True), focus
        seen.add(focus[0])
    assert len(seen) >= stops * 0.8


def test_nothing_moves_for_whoever_asks_for_that(city: World, window: Window) -> None:
    page = window.enter(city, "张一").page
    page.emulate_media(reduced_motion="reduce")
    for path in ("/console", "/screen/1", "/screen/final/1"):
        window.open(path)
        moving = page.evaluate(
            """() => [...document.querySelectorAll("*")].filter(e => {
              const s = getComputedStyle(e);
              return s.animationName !== "none" || parseFloat(s.transitionDuration) > 0;
            }).length"""
        )
        assert moving == 0, path


@pytest.mark.parametrize(
    "path",
    ["/console/activities/1?show=came", "/console/duties", "/console/people/in/B1",
     "/console/tasks/items/1", "/console/reports/1", "/console/audit"],
)  # fmt: skip
def test_lists_are_printed_black_on_white_without_controls(
    city: World, window: Window, path: str
) -> None:
    """Lists and ledgers: black on white, without what only a screen can do."""
    page = window.enter(city, "主任").open(path)
    page.emulate_media(media="print")
    assert not page.locator(".side, .taps, .skip, button, nav.tabs").locator("visible=true").count()
    assert page.locator("h1").is_visible()
    page.set_viewport_size({"width": 1000, "height": 700})
    assert not too_wide(page), "nothing is cut off"
    assert not page.evaluate(
        "[...document.querySelectorAll('.scroll')].some(e => e.scrollWidth > e.clientWidth)"
    )
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
