"""Whoever has no record is reminded, some hundreds at a time where they are many."""

import pytest
from sqlmodel import col, select

from handlers.checkin.actions import urging
from storage.members import Role
from storage.outbox import Letter
from storage.reminders import MissingReminder
from tests.world import Talker, World

NAMES = ("王芳", "赵四", "周七", "吴八")


@pytest.fixture
def li(world: World, monkeypatch: pytest.MonkeyPatch) -> Talker:
    """The secretary of a unit that is too large to be written to at once."""
    monkeypatch.setattr(urging, "FEW", 2)
    monkeypatch.setattr(urging, "AT_ONCE", 2)
    world.activity("主题党日")
    for name in NAMES:
        world.member(name)
    world.at("8:40")
    li = world.member("李强", role=Role.SECRETARY)
    li.says("签到")
    li.says("还有谁没签到")
    assert li.taps("提醒这 4 位").startswith("好的，这就提醒「主题党日」还没有记录的 4 位")
    return li


def reminded(world: World) -> list[str]:
    with world.database.reading() as db:
        rows = db.exec(select(Letter).where(Letter.kind == "missing").order_by(col(Letter.to)))
        return [each.to for each in rows]


def parts(world: World, most: int = 99) -> int:
    """As the clock does it, each in a unit of work of its own; stopped after `most`."""
    with world.database.reading() as db:
        found = list(urging.post_in_parts(db, world.now))[:most]
    for part in found:
        with world.database.unit_of_work() as db:
            part(db)
    return len(found)


def test_many_are_left_to_the_clock_which_goes_on_where_it_was_stopped(
    world: World, li: Talker
) -> None:
    assert reminded(world) == []
    parts(world, most=1)
    assert len(reminded(world)) == 2
    assert parts(world) == 3
    assert reminded(world) == sorted(NAMES)
    assert parts(world) == 0


def test_who_has_come_meanwhile_is_left_out(world: World, li: Talker) -> None:
    world.talker("王芳").says("签到")
    with world.database.reading() as db:
        found = list(urging.post_in_parts(db, world.now))
    world.talker("赵四").says("签到")
    for part in found:
        with world.database.unit_of_work() as db:
            part(db)
    assert reminded(world) == sorted(set(NAMES) - {"王芳", "赵四"})


def test_after_the_end_nobody_is_reminded_any_more(world: World, li: Talker) -> None:
    world.at("12:00")
    parts(world)
    assert reminded(world) == []
    with world.database.reading() as db:
        [row] = db.exec(select(MissingReminder))
        assert row.sent_at
