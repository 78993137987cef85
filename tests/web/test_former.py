"""Whoever was dismissed has no way left at their next step; and one link lets in one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from handlers.console.actions import entering
from handlers.console.rules import Entered, LinkOver
from tests.handlers.test_console import dismiss, token
from tests.handlers.test_console import running as running
from tests.web.belongings import OWNER, settle, ways
from tests.web.desk import Desk
from tests.web.test_every_route import send
from tests.web.test_roles import everything
from tests.world import World
from web.app import Console

Desks = Callable[..., Desk]
TRACES = {"audit", "audit_head", "heard", "dialog", "credit", "console_link", "console_session"}
"""What anybody leaves who only says something and is refused."""


OPEN = ("/console/enter", "/console/leave", "/console/static", "/calendar")
"""Open to everybody."""


def test_no_way_is_left(world: World, desk: Desks, console: Console, tmp_path: Path) -> None:
    """Twelve and more: an open console, each page and each deed of it, a link that was not used, a
    password, a table that was asked for, the buttons of yesterday."""
    settle(world, tmp_path)
    browser = desk().enter(world, OWNER)
    owner = world.talker(OWNER)
    link = token(owner.says("控制台"))
    owner.says("通报清单")
    shown = world.last.buttons
    dismiss(world, OWNER)
    before = everything(world)

    for way in ways(console):
        if way.template.startswith(OPEN):
            continue
        answer = send(browser, way)
        if way.template.endswith("/live"):
            assert "event: gone" in answer.text
        else:
            door = answer.headers.get("location") == "/console/enter"
            assert door or answer.status_code == 401, way
    assert changed(world, before) == set()

    answer = desk().fill("/console/enter", "/console/enter/link", link=link)
    assert answer.status_code == 403
    assert "控制台" not in owner.says("控制台")[:3]
    for each in shown:
        world.hear(owner.address, tap=each.tap)
    assert changed(world, before) == set()


def changed(world: World, before: dict[str, list[str]]) -> set[str]:
    after = everything(world)
    return {name for name in after if after[name] != before[name]} - TRACES


def test_one_link_pressed_on_two_devices_at_once(world: World, desk: Desks, tmp_path: Path) -> None:
    settle(world, tmp_path)
    link = token(world.talker(OWNER).says("控制台"))
    start = Barrier(4)

    def press(_: int) -> Entered | LinkOver | object:
        start.wait()
        with world.database.unit_of_work() as db:
            return entering.by_link(db, link, world.now)

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(press, range(4)))
    assert sorted(type(each).__name__ for each in found) == ["Entered"] + ["LinkOver"] * 3


@pytest.mark.parametrize("who", ["钱委员", "王一", "stranger"])
def test_nobody_presses_anothers_buttons(world: World, tmp_path: Path, who: str) -> None:
    """T13: what a button says is looked at again, for whoever presses it."""
    settle(world, tmp_path)
    owner = world.talker(OWNER)
    buttons = []
    for words in ("通报清单", "签到情况", "请假审批", "任务清单", "事项", "点名"):
        owner.says(words)
        buttons += world.last.buttons
    assert len(buttons) >= 5
    before = everything(world)

    for each in buttons:
        world.hear(world.talker(who).address, tap=each.tap)
    assert changed(world, before) <= {"opendialog"}  # what they are asked themselves
