"""为什么是这个数, of the number that somebody was told last: rule, records and times."""

from datetime import date

import pytest

from storage.duties import RulesInForce
from storage.members import Role
from tests.web.test_roles import owed
from tests.world import Talker, World

WHY = "为什么是这个数"


@pytest.fixture
def zhang(world: World) -> Talker:
    """A secretary; one of two has come, and something is overdue."""
    zhang = world.member("张一", role=Role.SECRETARY)
    world.activity("主题党日")
    world.member("钱五").says("签到")
    world.add(RulesInForce(hash="x", version="1", since=world.now))
    world.add(owed("B1", date(2026, 11, 20), "11", "OL06"))
    return zhang


def test_nothing_was_told(zhang: Talker) -> None:
    assert zhang.says(WHY).startswith("刚才没有看过数。")


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("签到情况", "「主题党日」应到 2 ＝ 已到 1 ＋ 请假 0 ＋ 还没有记录 1。"),
        ("逾期", "逾期 1 件。"),
        ("任务情况", "办结 0／0 件，逾期 0 件。"),
        ("我的出勤", "您已到 0 场，应到 0 场。"),
    ],
)
def test_rule_records_and_times(zhang: Talker, asked: str, number: str) -> None:
    zhang.says(asked)
    said = zhang.says(WHY)
    assert said.startswith(number)
    assert "\n口径：" in said
    assert "\n记录：" in said
    assert "时间：11月23日（周一）09:00的记录" in said


def test_whoever_is_out_of_reach(world: World, zhang: Talker) -> None:
    from storage import accounts
    from storage.personal import whose

    world.member("周七")
    with world.database.unit_of_work() as db:
        for address in whose(db, "周七").addresses:
            accounts.unbind(db, address)
    zhang.says("联系不上")
    assert zhang.says(WHY).startswith("3 人里有 1 人收不到消息。")


def test_the_last_one_counts_and_everybody_has_their_own(world: World, zhang: Talker) -> None:
    zhang.says("签到情况")
    zhang.says("逾期")
    assert zhang.says(WHY).startswith("逾期 1 件。")
    assert world.member("周七").says(WHY).startswith("刚才没有看过数。")
