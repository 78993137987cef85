"""What the registers lack, told to those who answer for them."""

import pytest

from handlers.registry.rules.completeness import BranchState, Gap, Lack, gaps
from storage import roster
from storage.audit import AuditRow
from storage.members import Account, Role
from storage.organisation import OrgKind
from tests.world import Talker, World


def unreachable(world: World, *names: str) -> None:
    for name in names:
        world.member(name)
    with world.database.unit_of_work() as db:
        for name in names:
            db.delete(db.get_one(Account, ("fake", name)))


def test_a_secretary_sees_what_the_branch_lacks(world: World) -> None:
    world.organisation("B1", name="第一支部")
    zhang = world.member("张一", role=Role.SECRETARY)
    for number in range(6):
        world.member(f"党员{number}")
    unreachable(world, "赵四", "钱五")

    assert zhang.says("名册检查") == (
        "第一支部：9 人。\n· 空缺组织委员、宣传委员、纪检委员\n· 2 人还没有绑定账号\n"
        "［1 看还没绑定的人］"
    )
    assert zhang.says("1") == "还没有绑定账号：赵四、钱五。"


def test_that_somebody_looked_is_on_record(world: World) -> None:
    zhang = world.member("张一", role=Role.SECRETARY)
    unreachable(world, "赵四", "钱五")
    zhang.says("名册检查")
    zhang.taps("看还没绑定的人")

    with world.database.reading() as db:
        rows = [
            (each.actor, each.action, each.object, each.detail)
            for each in roster.every(db, AuditRow)
        ]
    assert ("张一", "see_unbound", "branch:B1", "2 names") in rows


def test_a_complete_register(world: World) -> None:
    zhang = world.member("张一", role=Role.SECRETARY)
    for number in range(3):
        world.member(f"党员{number}")
    assert zhang.says("名册检查") == "名册齐全，没有要补的。"


@pytest.fixture
def officer(world: World) -> Talker:
    """Of the office above three branches."""
    world.organisation("W", kind=OrgKind.WORK_COMMITTEE)
    for id, name in (("B1", "一支部"), ("B2", "二支部"), ("B3", "三支部")):
        world.organisation(id, under="W", name=name)
    world.member("张一", "B1", Role.SECRETARY)
    world.member("李二", "B2")
    for number in range(51):
        world.member(f"党员{number}", "B3")
    return world.member("办公室", "W", Role.COMMITTEE_OFFICE)


def test_the_office_sees_its_branches_by_what_they_lack(world: World, officer: Talker) -> None:
    assert officer.says("名册检查") == (
        "看了 3 个支部的名册，有 6 处要补。\n"
        "· 没有书记的：2 个支部\n· 人数不合适的：3 个支部\n· 职务空缺的：1 个支部\n"
        "［1 没有书记的］［2 人数不合适的］［3 职务空缺的］"
    )
    assert officer.taps("人数") == (
        "人数不合适的支部：\n"
        "· 一支部：正式党员 1 人，不足 3 人，可考虑联合支部\n"
        "· 二支部：正式党员 1 人，不足 3 人，可考虑联合支部\n"
        "· 三支部：51 人，超过 50 人，可考虑分设"
    )


def test_in_a_group_only_counts(world: World, officer: Talker) -> None:
    assert officer.says("名册检查", group="g1") == "看了 3 个支部的名册，有 6 处要补。"


def test_a_secretary_sees_no_other_branch(world: World, officer: Talker) -> None:
    zhang = world.talker("张一")
    unreachable(world, "赵四")

    assert zhang.says("名册检查").startswith("一支部：2 人。")
    world.hear(zhang.address, tap="noacc:B2")
    assert world.last.text == "这个支部不在您负责的范围里。发「名册检查」看看您负责的支部。"


def test_a_member_sees_none(world: World) -> None:
    li = world.member("李二")
    said = li.says("名册检查")
    assert said.startswith("这件事要由")


@pytest.mark.parametrize(
    ("members", "full", "posts", "has_committee", "lacks"),
    [
        (3, 3, {"secretary"}, False, []),
        (3, 2, {"secretary"}, False, [Lack.MEMBERS]),
        (50, 50, {"secretary", "org_commissioner", "publicity_commissioner"}, False, [Lack.POSTS]),
        (51, 3, {"secretary"}, False, [Lack.MEMBERS]),
        (6, 6, {"secretary"}, False, []),
        (7, 7, {"secretary"}, False, [Lack.POSTS]),
        (8, 6, {"secretary"}, False, []),
        (6, 6, {"secretary"}, True, [Lack.POSTS]),
        (0, 0, set(), False, [Lack.SECRETARY, Lack.MEMBERS]),
    ],
)
def test_what_a_branch_of_each_size_lacks(
    members: int, full: int, posts: set[str], has_committee: bool, lacks: list[Lack]
) -> None:
    branch = BranchState("B1", "一支部", members, full, 0, frozenset(posts), has_committee)
    assert [gap.lack for gap in gaps(branch)] == lacks
    assert all(isinstance(gap, Gap) for gap in gaps(branch))
