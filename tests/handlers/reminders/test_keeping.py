"""Own reminders: listed, moved, called off; posted once, never early."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from bot.clock import HOME
from handlers.reminders.actions import posting
from scheduler import runs
from scheduler.timetable import TIMETABLE
from storage.members import Role
from storage.outbox import Rank
from storage.own_reminders import OwnReminder
from tests.handlers.reminders.letters import tick
from tests.world import World, say


def test_listed_cancelled_restored(world: World) -> None:
    wang = world.member("王芳")
    wang.says("每周五下午三点提醒我填台账")
    wang.says("提醒我明天下午三点交材料")

    assert wang.says("我有哪些提醒") == (
        "1. 11月24日（周二）15:00：交材料\n"
        "2. 每周五 15:00：填台账（下一次 11月27日（周五）15:00）\n"
        "不要哪条，说「取消第 1 个提醒」。\n［1 改时间］［2 取消一条］"
    )
    assert wang.taps("改时间").startswith("改哪一条的时间？")
    assert wang.says("把交材料那个提醒取消") == (
        "已取消：11月24日（周二）15:00：交材料。\n［1 撤销］"
    )
    assert wang.taps("撤销").startswith("好的，11月24日（周二）15:00 提醒您：交材料")
    assert wang.says("取消第二个提醒").startswith("已取消：每周五 15:00：填台账")
    assert wang.says("取消第九个提醒").startswith("没有找到这条提醒。您现在有 1 条")
    wang.says("提醒我明天下午四点交材料")
    assert wang.says("取消提醒").startswith("取消哪一条？\n［1 11月24日（周二）15:00：交材料］")
    assert wang.says("2").startswith("已取消：11月24日（周二）16:00")
    wang.says("提醒我后天上午八点开会")
    assert wang.says("取消明天的提醒").startswith("已取消：11月24日（周二）15:00：交材料")
    assert wang.says("取消所有提醒").startswith("您有 1 条提醒，全部取消？")
    assert wang.says("1") == "已取消全部 1 条提醒。"
    assert wang.says("我的提醒").startswith("您还没有定过提醒")


def test_a_reminder_is_moved_by_tap_or_sentence(world: World) -> None:
    wang = world.member("王芳")
    wang.says("提醒我周五下午三点交材料")

    assert wang.taps("改时间").startswith("改到什么时候？")
    assert wang.says("下午四点").startswith("改好了，11月27日（周五）16:00 提醒您：交材料")
    assert wang.says("把交材料的提醒改到后天上午十点").startswith(
        "改好了，11月25日（周三）10:00 提醒您：交材料"
    )
    assert wang.says("提醒改到下午").startswith("11月25日（周三）下午几点提醒您？")
    assert wang.says("两点").startswith("改好了，11月25日（周三）14:00 提醒您：交材料")
    assert wang.says("我的提醒").count("交材料") == 1
    wang.says("每周一上午九点提醒我看任务")
    assert wang.says("把看任务的提醒改到十点").startswith("改好了，每周一 10:00 提醒您：看任务")


def test_nobody_else_sees_or_touches_it(world: World) -> None:
    wang, zhao = world.member("王芳"), world.member("赵四", role=Role.SECRETARY)
    wang.says("提醒我明天下午三点看医生")
    taps_of_wang = [each.tap for each in world.last.buttons]

    assert zhao.says("我的提醒").startswith("您还没有定过提醒")
    for tap in taps_of_wang:
        assert world.hear(zhao.address, tap=tap).startswith("这条提醒已经不在了")
    tick(world, "11-24 15:00")
    [letter] = world.letters()
    assert letter.to == "王芳"
    assert zhao.presses(letter, "明天再说").startswith("这条提醒已经不在了")
    assert wang.says("我的提醒", group="G") == "已私信您。"
    assert "看医生" in wang.says("我的数据 您定的提醒")


def test_posted_once_never_early(world: World) -> None:
    world.member("王芳").says("提醒我明天下午三点交材料")

    assert tick(world, "11-24 14:59:59") == 0
    assert tick(world, "11-24 15:00:00") == 1
    assert tick(world) == 0
    [letter] = world.letters()
    assert (letter.to, letter.rank, letter.kind) == ("王芳", Rank.OWN, "own")
    assert letter.due == world.now
    assert letter.until == world.now + timedelta(hours=24)
    assert say(letter).text == "提醒您：交材料。"


def test_three_missed_days_are_one_message(world: World) -> None:
    world.member("王芳").says("每天上午十点提醒我喝水")

    assert tick(world, "11-26 10:30") == 1
    [letter] = world.letters()
    assert letter.due == datetime(2026, 11, 26, 10, 0, tzinfo=HOME)
    assert say(letter).text == "提醒您：喝水。之前有 3 次没能按时提醒，抱歉。"
    assert tick(world, "11-27 9:59:59") == 0
    assert tick(world, "11-27 10:00") == 1
    assert say(world.letters()[1]).text == "提醒您：喝水。"


def test_a_reminder_is_put_off_and_comes_once(world: World) -> None:
    wang = world.member("王芳")
    wang.says("提醒我明天下午三点交材料")
    tick(world, "11-24 15:00")
    [letter] = world.letters()

    world.at("15:02")
    assert wang.presses(letter, "30 分钟") == "好的，11月24日（周二）15:32 再提醒您：交材料。"
    assert wang.presses(letter, "30 分钟") == "好的，11月24日（周二）15:32 再提醒您：交材料。"
    assert wang.presses(letter, "明天") == "好的，11月25日（周三）15:00 再提醒您：交材料。"
    assert tick(world, "11-24 15:32") == 0
    assert tick(world, "11-25 15:00") == 1
    assert len(world.letters()) == 2
    assert "明天再说" in [each.label for each in say(world.letters()[1]).buttons]


def test_put_off_in_words(world: World) -> None:
    """What is to come once more is what was said last."""
    wang = world.member("王芳")
    wang.says("提醒我9点半给李四打电话")
    assert tick(world, "9:30") == 1
    assert wang.says("过一个小时再提醒我") == (
        "好的，11月23日（周一）10:30 提醒您：给李四打电话。\n［1 改时间］［2 取消这条］"
    )


def test_a_cancelled_one_is_called_back_from_the_outbox(world: World) -> None:
    wang = world.member("王芳")
    wang.says("每天上午十点提醒我喝水")
    tick(world, "10:00")
    wang.says("取消喝水的提醒")

    [letter] = world.letters()
    assert (letter.state, letter.reason) == ("cancelled", "cancelled")
    assert tick(world, "11-24 10:00") == 0


def test_the_outbox_key_guards_against_a_second_clock(world: World) -> None:
    wang = world.member("王芳")
    wang.says("提醒我明天下午三点交材料")
    tick(world, "11-24 15:00")
    with world.database.unit_of_work() as db:  # as if the first had not yet been seen
        row = db.execute(select(OwnReminder)).scalar_one()
        row.next_at, row.ended = world.now, ""
    tick(world)

    assert len(world.letters()) == 1


def test_more_than_one_part(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the clock itself."""
    monkeypatch.setattr(posting, "AT_ONCE", 2)
    for name in ("王芳", "李二", "赵四", "周七", "吴八"):
        world.member(name).says("提醒我明天上午九点交材料")
    jobs = [job for job in TIMETABLE if job.name == "reminders.post"]

    runs.strike(world.database, jobs, world.at("11-24 9:00:02").now, "test")

    assert {letter.to for letter in world.letters()} == {"王芳", "李二", "赵四", "周七", "吴八"}


def test_nobody_keeps_more_than_fifty_reminders(world: World) -> None:
    wang = world.member("王芳")
    for minute in range(50):
        wang.says(f"提醒我明天下午三点{minute}分交材料" if minute else "提醒我明天下午三点交材料")

    assert wang.says("提醒我后天下午三点交材料").startswith("您已经有 50 条提醒了")
