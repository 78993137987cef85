"""Terms, dues, anniversaries and steps of development, asked for."""

from datetime import date
from pathlib import Path

import pytest

from bot.files.reading import read
from handlers.registry.actions import Faulty, Plan, Subject, plan
from handlers.registry.actions.importing import carry_out
from storage.database import Database
from storage.members import Role
from tests.scheduler.strikes import demo, mornings, speaking, strike
from tests.world import World


@pytest.fixture
def world(database: Database) -> World:
    world = demo(World(database))
    strike(world)
    return world


def test_terms_and_dues(world: World) -> None:
    qian, hotline = speaking(world, "M005"), speaking(world, "M089")
    assert hotline.says("我们支部什么时候换届") == (
        "青禾市便民热线办党支部（示例）：2026年11月30日届满，还有 7 天。"
    )
    assert (
        speaking(world, "M002")
        .says("哪些支部快换届了")
        .startswith(
            "最早届满的在前：\n1. 青禾市便民热线办党支部（示例）：2026年11月30日届满，还有 7 天\n"
        )
    )
    assert qian.says("党费交了没") == (
        "12月党费还没有记录，12月10日前交。只记交没交，不记金额。\n［1 已交］"
    )
    assert qian.taps("已交").startswith("已记：按月交纳党费")
    assert qian.says("我的党费") == "12月党费已记：11月23日。只记交没交，不记金额。"
    assert qian.says("发展对象进展").startswith("发展进度只有支部书记")


def test_nobody_is_reminded_of_an_anniversary_unasked(world: World) -> None:
    """One word turns it on, one off; of others only those who like it, and only for their own."""
    new = world.member("冯一", branch="BR-D1", accepted_on=date(2010, 12, 8))
    assert new.says("我的政治生日") == (
        "您 2010年12月8日入党，2026年12月8日满 16 年，还有 15 天。到时不提醒。\n［1 到时提醒我］"
    )
    keeper = world.member("陈二", branch="BR-D1", role=Role.ORG_COMMISSIONER)
    assert "冯一" not in keeper.says("这个月谁过政治生日")
    assert new.says("政治生日提醒我").startswith("好的，您的政治生日到时提醒您")
    assert "冯一 12月8日（16 年）" in keeper.says("这个月谁过政治生日")
    assert new.says("这个月谁过政治生日").startswith("别人的政治生日只有")
    assert new.says("我的党龄").endswith("［1 不用提醒］")
    assert new.taps("不用提醒").startswith("好的，不提醒了")


def test_how_far_candidates_are_comes_from_a_file(world: World, tmp_path: Path) -> None:
    """Days by number and branch; what is wrong is named, and then nothing is taken."""
    file = tmp_path / "candidates.csv"
    head = "发展编号,支部,姓名,申请日期,谈话日期\n"
    file.write_text(
        head + "K9,BR-D1,某某,2026-11-20,\nK10,NIX,,2026-11-20,\nK11,BR-D1,,,2026-13-01\n"
    )
    with world.database.unit_of_work() as db:
        found = plan(db, Subject.CANDIDATES, read(file), now=world.now, as_of=world.now.date())
        assert isinstance(found, Faulty)
        assert [(fault.row, fault.column, fault.what) for fault in found.faults] == [
            (3, "branch_id", "no_such_organisation"),
            (4, "applied_on", "empty"),
            (4, "talked_on", "not_a_day"),
        ]
        file.write_text(head + "K9,BR-D1,某某,2026-11-20,\n")
        taken = plan(db, Subject.CANDIDATES, read(file), now=world.now, as_of=world.now.date())
        assert isinstance(taken, Plan)
        carry_out(db, taken, actor="operator")
    mornings(world, "11-24")
    hotline = speaking(world, "M089")
    assert hotline.says("发展对象进展") == (
        "发展中的 1 位，下一步：\nK9：党组织派人谈话，12月20日（周日），还有 26 天"
    )
