"""A contest made by talking: what is said, what is shown back, and that only «发布» makes it."""

from datetime import datetime, timedelta

import pytest

from bot.clock import HOME
from handlers.contests.rules.papers import Cell
from handlers.contests.rules.planning import Known, Wish, wish
from storage import contests
from storage.contests import Heat
from storage.members import Role
from tests.handlers.contests.playing import answer
from tests.handlers.studying import with_bank
from tests.world import Talker, World

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=HOME)
THERE = ("公文与档案", "急救常识", "消防安全", "网络安全")


@pytest.fixture
def boss(world: World) -> Talker:
    return with_bank(world).member("李书记", role=Role.SECRETARY)


def made(world: World) -> list[Heat]:
    with world.database.unit_of_work() as db:
        return list(contests.heats(db).values())


def test_in_one_line_shown_back_and_made(world: World, boss: Talker) -> None:
    said = boss.says("下周一到下周三办一场消防知识竞赛，4道题，每题45秒")
    assert said.startswith(
        "「消防知识竞赛」，11月30日（周一）08:00至12月2日（周三）22:00，个人赛，"
        "4 题（消防安全 4 题），"
        "每题 45 秒，可答 1 次。B1的党员自愿报名，成绩由您核对后公布。\n想改直接说："
    )
    assert said.endswith("［1 发布］［2 改答题时间］［3 不办了］")
    assert made(world) == []
    assert boss.taps("发布").startswith("已办「消防知识竞赛」，11月30日（周一）08:00起可以答题")
    [heat] = made(world)
    assert (heat.contest.made_by, heat.round.seconds_each, heat.round.seconds) == (boss.id, 45, 180)
    assert {len(paper) for paper in heat.round.papers} == {4}


def test_what_is_missing_is_asked_and_anything_can_be_changed(world: World, boss: Talker) -> None:
    assert boss.says("办一场知识竞赛").startswith("「知识竞赛」什么时候答题？")
    assert boss.says("明天下午三点到五点").startswith(
        "「知识竞赛」，11月24日（周二）15:00至11月24日（周二）17:00，个人赛，"
        "10 题（各主题 10 题），每题 30 秒"
    )
    assert "6 题（消防安全 4 题、网络安全 2 题）" in boss.says("消防4题、网络2题")
    assert "团体赛，按各队前 5 名计" in boss.says("团体赛")
    assert boss.says("叫迎新年竞赛").startswith("「迎新年竞赛」")
    assert boss.taps("改答题时间").startswith("「迎新年竞赛」什么时候答题？")
    said = boss.says("周五")
    assert said.startswith("「迎新年竞赛」，11月27日（周五）08:00至11月27日（周五）22:00，团体赛")
    assert "每题 60 秒" in boss.says("每题一分钟")
    boss.says("好的")
    [heat] = made(world)
    assert (heat.contest.name, heat.round.kind, heat.round.seconds_each) == (
        "迎新年竞赛",
        "team",
        60,
    )


@pytest.mark.parametrize("words", ["不办了", "不办", "取消"])
@pytest.mark.parametrize("before", [(), ("明天",)])
def test_a_contest_that_is_given_up_is_not_made(
    world: World, boss: Talker, before: tuple[str, ...], words: str
) -> None:
    for each in ("办竞赛", *before):
        boss.says(each)
    assert boss.says(words).startswith("好的，")
    assert boss.says("发布") != ""
    assert made(world) == []


def test_a_time_that_has_passed_is_asked_again(world: World, boss: Talker) -> None:
    assert boss.says("办一场知识竞赛，今天上午八点到八点半").startswith("这个时间已经过了")
    assert "［1 发布］" in boss.says("今天上午九点到九点零五分")
    world.now += timedelta(minutes=6)
    assert boss.says("发布") == "说好的时间已经过了，没有办。请重新说「办竞赛」。"
    assert made(world) == []


def test_what_the_bank_cannot_give_is_told_before(world: World, boss: Talker) -> None:
    said = boss.says("明天办一场消防知识竞赛，90道题")
    assert "「消防安全」不限难度 要 90 题，题库里能用的只有" in said
    assert "发布］" not in said
    assert "［1 发布］" in boss.says("3题")


def test_two_of_one_name_are_told_apart(world: World, boss: Talker) -> None:
    names = []
    for _ in range(3):
        boss.says("明天办一场知识竞赛，3题")
        boss.says("发布")
        names = [heat.contest.name for heat in made(world)]
    assert names == ["知识竞赛", "B1知识竞赛", "B1知识竞赛（11月24日）"]
    boss.says("明天办一场知识竞赛，3题")
    assert "同名" in boss.says("发布")
    assert len(made(world)) == 3


def test_another_wish_is_no_change(world: World, boss: Talker) -> None:
    boss.says("明天办一场知识竞赛")
    assert boss.says("七上八下").startswith("没听懂要改什么。")
    assert "知识竞赛" not in boss.says("帮助").partition("\n")[0]


def test_a_member_cannot(world: World, boss: Talker) -> None:
    wang = world.member("王芳")
    assert wang.says("办一场知识竞赛").startswith("这件事要由")
    assert wang.says("我要参加知识竞赛") == "现在没有可以参加的竞赛。有了由组织方通知，报不报由您。"


def test_it_is_played_like_any_other(world: World, boss: Talker) -> None:
    boss.says("办一场知识竞赛，今天上午9点到10点，2题")
    boss.says("发布")
    wang = world.member("王芳")
    wang.says("参赛")
    assert wang.says("开始答题").startswith("第 1／2 题，30 秒：")
    answer(world, wang)
    assert answer(world, wang).startswith("2 题都答完了")
    assert boss.says("撤销竞赛 1").startswith("已经有人开始答题")


def test_practice_is_about_what_will_be_asked(world: World, boss: Talker) -> None:
    boss.says("明天办一场消防知识竞赛，3题")
    boss.says("发布")
    wang = world.member("王芳")
    wang.says("参赛")
    assert wang.taps("先练一练").startswith("【消防安全】")


def test_taken_back_before_anybody_has_begun(world: World, boss: Talker) -> None:
    boss.says("办一场知识竞赛，明天，2题")
    boss.says("发布")
    world.member("王芳").says("参赛")
    assert boss.says("撤销竞赛 9") == "没有这个轮次。发「竞赛管理」看编号。"
    assert boss.says("撤销竞赛 1") == "已撤销「知识竞赛」，就当没有办过。"
    assert made(world) == []


@pytest.mark.parametrize(
    ("words", "cells"),
    [
        ("消防5题、网络安全五题", (Cell("消防安全", 0, 5), Cell("网络安全", 0, 5))),
        ("消防和急救各三题", (Cell("急救常识", 0, 3), Cell("消防安全", 0, 3))),
        ("只考消防和急救，7道题", (Cell("急救常识", 0, 4), Cell("消防安全", 0, 3))),
        ("十五道题", (Cell("", 0, 15),)),
        ("全部主题", (Cell("", 0, 10),)),
        ("共20题，其中消防5题", (Cell("消防安全", 0, 5), Cell("", 0, 15))),
        ("", (Cell("", 0, 10),)),
    ],
)
def test_how_many_of_what(words: str, cells: tuple[Cell, ...]) -> None:
    assert Known().learn(wish(words, THERE, NOW)).cells == cells


@pytest.mark.parametrize(
    ("words", "opens", "closes"),
    [
        ("明天下午", "11-24 14:00", "11-24 18:00"), ("今天", "11-23 09:00", "11-23 22:00"),
        ("明天9点，30分钟", "11-24 09:00", "11-24 09:30"),
        ("明天9点", "11-24 09:00", "11-24 10:00"),
        ("周五前", "11-23 09:00", "11-27 22:00"),
        ("12月1日8点到12月3日22点", "12-01 08:00", "12-03 22:00"),
    ],
)  # fmt: skip
def test_when_a_contest_opens_and_closes(words: str, opens: str, closes: str) -> None:
    found = wish(words, THERE, NOW)
    assert found.opens
    assert found.closes
    assert (f"{found.opens:%m-%d %H:%M}", f"{found.closes:%m-%d %H:%M}") == (opens, closes)


@pytest.mark.parametrize("words", ["你好", "谢谢", "第3题", "", "怎么办"])
def test_nothing_is_heard_where_nothing_was_said(words: str) -> None:
    assert wish(words, THERE, NOW) == Wish()
