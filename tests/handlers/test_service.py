"""Voluntary service: one sentence, said back; put right, taken back, added up."""

from datetime import date, timedelta

import pytest

from storage.members import Role
from storage.service import ServiceRecord
from tests.world import World


def test_one_sentence_is_enough(world: World) -> None:
    wang = world.member("王芳")

    assert wang.says("今天志愿服务两小时") == (
        "记下了：11月23日（周一）志愿服务 2 小时。2026年累计 1 次、2 小时。"
        "时长不对就说「改成3小时」。\n［1 删掉这条］"
    )
    assert wang.says("昨天在北岸社区做清洁，1.5小时").startswith(
        "记下了：11月22日（周日）北岸社区，清洁 1.5 小时。2026年累计 2 次、3.5 小时。"
    )
    assert "交通劝导 40 分钟" in wang.says("交通劝导40分钟")


def test_put_right_by_another_sentence(world: World) -> None:
    wang = world.member("王芳")
    wang.says("登记志愿服务2小时，北岸社区清洁")

    assert wang.says("刚才填错了，服务是3小时不是2小时").startswith(
        "改好了：11月23日（周一）北岸社区，清洁 3 小时。2026年累计 1 次、3 小时。"
    )
    assert wang.taps("删掉这条") == "已删掉：11月23日（周一）北岸社区，清洁 3 小时。"
    assert "还没有您的服务记录" in wang.says("我的服务")


def test_how_long_is_asked_once(world: World) -> None:
    wang = world.member("王芳")

    assert wang.says("登记志愿服务") == "服务了多久？例如「两小时」「40 分钟」。"
    assert wang.says("挺久的吧").startswith("没听出是多久")
    assert wang.says("一个半小时").startswith("记下了：11月23日（周一）志愿服务 1.5 小时。")


def test_the_same_twice_is_asked_about(world: World) -> None:
    wang = world.member("王芳")
    wang.says("今天志愿服务两小时")

    assert wang.says("今天志愿服务两小时").startswith("这一天已经记过一条")
    assert wang.taps("不用了") == "好的，没有多记。"
    wang.says("今天志愿服务两小时")
    assert "累计 2 次、4 小时" in wang.taps("再记一次")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("登记志愿服务20小时", "一天最多记 16 小时"),
        ("登记志愿服务16小时1分钟", "一天最多记 16 小时"),
        ("登记志愿服务16小时", "记下了"),
    ],
)
def test_no_more_than_sixteen_hours_a_day(world: World, said: str, why: str) -> None:
    assert world.member("王芳").says(said).startswith(why)


def test_own_records_and_nobody_elses(world: World) -> None:
    wang, li = world.member("王芳"), world.member("李明", role=Role.SECRETARY)
    wang.says("今天志愿服务两小时")
    tap = world.last.buttons[0].tap

    assert wang.says("我今年服务了多少小时") == (
        "您2026年服务 1 次，共 2 小时。\n· 11月23日（周一）志愿服务 2 小时\n［1 删掉最近一条］"
    )
    assert "还没有您的服务记录" in li.says("我的服务时长")
    assert world.hear(li.address, tap=tap) == "这条已经不在了，没有改动。"


def test_a_branch_is_added_up_without_persons_and_from_five_people_on(world: World) -> None:
    people = [world.member(f"党员{n}") for n in range(5)]
    secretary = world.member("李书记", role=Role.SECRETARY)
    for each in people[:4]:
        each.says("今天志愿服务两小时")
    few = "2026年在这里登记服务的还不到 5 位，先不汇总。自愿登记，不作考核。"
    assert secretary.says("我们支部服务了多少小时") == few

    people[4].says("今天志愿服务半小时")
    said = secretary.says("我们支部服务了多少小时")
    assert said == "2026年：5 位同志服务 5 次，共 8.5 小时。\n自愿登记，不作考核。"
    assert people[0].says("我们支部服务了多少小时") == said


def test_a_year_ago_is_another_years_sum(world: World) -> None:
    wang = world.member("王芳")
    for days in (0, 330):
        row = ServiceRecord(
            member_id="王芳", org_id="B1", minutes=60, made_at=world.now,
            served_on=date(2026, 11, 23) - timedelta(days),
        )  # fmt: skip
        world.add(row)
    assert wang.says("我今年服务了多少小时").startswith("您2026年服务 1 次，共 1 小时。")
    assert wang.says("去年我服务了多少小时").startswith("您2025年服务 1 次，共 1 小时。")
