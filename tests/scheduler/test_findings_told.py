"""Findings of a supervision: who is told of them, and when nobody is."""

from storage.database import Database
from tests.scheduler.strikes import (
    NOVEMBER,
    demo,
    letters,
    mornings,
    reads,
    speaking,
    strike,
)
from tests.world import World


def test_a_finding_is_told_to_whoever_puts_it_right(database: Database) -> None:
    """Its organ has but one branch. While it waits for its re-check nobody is told; then again."""
    world = demo(World(database), tasks=True)
    world.now = NOVEMBER.replace(hour=8, minute=40)
    strike(world)
    hotline = speaking(world, "M089")
    assert "（F05）还没有记录，过了 3 天" in reads(world, hotline)
    assert hotline.says("逾期任务").startswith("您手上有 1 件过了日子还没有记录：\n1. 换届请示")
    reads(world, hotline)
    assert hotline.taps("第 1 件完成").startswith("已报完成：换届请示")
    mornings(world, "11-24")
    assert "F05" not in letters(world)["M089"].text + letters(world)["M002"].text
    assert speaking(world, "M002").says("F05").endswith("［1 通过］［2 退回］［3 经过］")
    world.talker("M002").taps("退回")
    assert "已退回" in world.talker("M002").says("请附上请示")
    mornings(world, "11-25")
    assert "（F05）还没有记录，过了 5 天" in letters(world)["M089"].text
