"""提醒我…: what is understood, repeated, asked and refused."""

from datetime import datetime
from typing import Any

import pytest

from bot.clock import HOME
from storage import activities
from storage.activities import Status
from storage.members import Role
from tests.handlers.reminders.letters import SET, tick
from tests.world import World, say


@pytest.mark.parametrize(
    ("words", "understood"),
    [
        ("提醒我明天下午三点交材料", "好的，11月24日（周二）15:00 提醒您：交材料。"),
        ("半小时后叫我开会", "好的，11月23日（周一）09:30 提醒您：开会。"),
        ("周五提醒我，下午三点，交材料", "好的，11月27日（周五）15:00 提醒您：交材料。"),
        (
            "每周五下午三点提醒我填台账",
            "好的，每周五 15:00 提醒您：填台账。下一次是 11月27日（周五）15:00。",
        ),
        (
            "每个工作日八点半提醒我签到",
            "好的，每个工作日 08:30 提醒您：签到。下一次是 11月24日（周二）08:30。"
            "2027 年的调休还没公布，先按周一到周五算。",
        ),
        (
            "明天下午三点开会，提前半小时提醒我",
            "好的，11月24日（周二）14:30（提前30分钟）提醒您：开会。",
        ),
        ("明年1月5号上午九点提醒我续费", "好的，2027年1月5日（周二）09:00 提醒您：续费。"),
        (
            "每月15号遇节假日顺延，上午九点提醒我收党费",
            "好的，每月15日 09:00，遇节假日顺延提醒您：收党费。下一次是 12月15日（周二）09:00。"
            "2027 年的调休还没公布，先按周一到周五算。",
        ),
    ],
)
def test_a_reminder_set_in_one_line_is_said_back_in_full(
    world: World, words: str, understood: str
) -> None:
    wang = world.member("王芳")

    assert wang.says(words) == f"{understood}\n{SET}"


def test_what_is_missing_is_asked(world: World) -> None:
    wang = world.member("王芳")

    assert wang.says("每周五下午提醒我填台账") == (
        "每周五 下午几点提醒您？\n［1 14:00］［2 15:00］［3 16:30］"
    )
    assert wang.says("2").startswith(
        "好的，每周五 15:00 提醒您：填台账。下一次是 11月27日（周五）15:00"
    )
    assert wang.says("提醒我周五交材料").startswith("11月27日（周五）几点提醒您？")
    assert wang.says("下午四点半").startswith("好的，11月27日（周五）16:30 提醒您：交材料")
    assert wang.says("提醒我").startswith("提醒您什么事，什么时候？")
    assert wang.says("后天上午十点去医院").startswith("好的，11月25日（周三）10:00 提醒您：去医院")
    assert wang.says("提醒我交表").startswith("什么时候提醒您「交表」？")
    assert wang.says("下周").startswith("「下周」是哪一天、几点？")
    assert wang.says("下周二上午").startswith("12月1日（周二）上午几点提醒您？")
    assert wang.says("九点").startswith("好的，12月1日（周二）09:00 提醒您：交表")
    assert wang.says("明早八点提醒我").startswith("提醒您做什么事？")
    assert wang.says("带伞").startswith("好的，11月24日（周二）08:00 提醒您：带伞")


def test_what_is_ambiguous_is_asked(world: World) -> None:
    wang = world.member("王芳")

    assert wang.says("下午三点提醒我周五交材料") == (
        "「下午三点」，您指的是：\n［1 11月23日（周一）15:00］［2 11月27日（周五）15:00］"
    )
    assert wang.taps("周五").startswith("好的，11月27日（周五）15:00 提醒您：周五交材料")


def test_a_day_that_not_every_month_has(world: World) -> None:
    wang = world.member("王芳")

    assert wang.says("每月31号上午九点提醒我核对名册") == (
        "「每月31号上午九点」，您指的是：\n"
        "［1 每月31日（没有则跳过） 09:00］［2 每月最后一天 09:00］"
    )
    assert wang.taps("最后一天").startswith(
        "好的，每月最后一天 09:00 提醒您：核对名册。下一次是 11月30日（周一）09:00"
    )
    wang.says("每年2月29日上午九点提醒我庆祝")
    assert wang.taps("跳过").endswith("下一次是 2028年2月29日（周二）09:00。\n" + SET)


def test_never_in_the_past_and_never_every_hour(world: World) -> None:
    wang = world.member("王芳")

    assert wang.says("今天早上八点提醒我开会").startswith("这个时间已经过了")
    assert wang.says("明早八点").startswith("好的，11月24日（周二）08:00 提醒您：开会")
    assert wang.says("每小时提醒我喝水").startswith("我一天最多提醒一次")
    assert wang.says("每天上午十点").startswith("好的，每天 10:00 提醒您：喝水")


def test_another_wish_is_heard_while_we_ask(world: World) -> None:
    wang = world.member("王芳")
    wang.says("提醒我周五交材料")

    assert wang.says("谢谢").startswith("不客气")
    wang.says("提醒我周五交材料")
    assert wang.says("算了") == "好的，这件事先不办了。"
    assert wang.says("我的提醒").startswith("您还没有定过提醒")


def test_a_wish_of_its_own_is_no_answer(world: World) -> None:
    wang = world.member("王芳")
    assert wang.says("提醒我后天").startswith("11月25日（周三）几点提醒您？")
    assert wang.says("上午十点") == "提醒您做什么事？"
    assert wang.says("每天早上7点提醒我吃药").startswith("好的，每天 07:00 提醒您：吃药。")
    wang.says("提醒我后天上午十点")
    assert wang.says("提醒我交表").startswith("好的，11月25日（周三）10:00 提醒您：交表。")
    assert wang.says("提醒我11月31号交表").startswith("「11月31号」是哪一天")
    assert "提醒您：开例会" in wang.says("每两周周三10点提醒我开例会")


def test_the_same_twice_is_one(world: World) -> None:
    wang = world.member("王芳")
    first = wang.says("提醒我明天下午三点交材料")

    assert wang.says("提醒我明天下午三点交材料") == first
    assert wang.says("我的提醒").count("交材料") == 1


def test_ahead_of_what_was_just_set(world: World) -> None:
    wang = world.member("王芳")
    wang.says("提醒我12月5号下午三点体检")

    assert wang.says("提前一天提醒").startswith(
        "改好了，12月4日（周五）15:00（提前1天）提醒您：体检"
    )
    assert wang.says("提前两小时提醒我").startswith(
        "改好了，12月5日（周六）13:00（提前2小时）提醒您：体检"
    )
    assert (
        wang.says("提前二十天提醒")
        == "那是 11月15日（周日）15:00，已经过了，还按原来的时间提醒您。"
    )


def test_ahead_of_an_activity(world: World) -> None:
    wang = world.member("王芳")
    world.activity("主题党日", starts=datetime(2026, 11, 27, 15, 0, tzinfo=HOME))
    world.activity("党课", starts=datetime(2026, 11, 30, 9, 0, tzinfo=HOME))

    assert wang.says("提前一天提醒") == (
        "提前1天提醒您，是哪一场？\n"
        "［1 11月27日（周五）15:00 主题党日］［2 11月30日（周一）09:00 党课］"
    )
    assert wang.says("1").startswith(
        "好的，11月26日（周四）15:00（提前1天）提醒您：11月27日（周五）15:00 主题党日。"
    )
    assert wang.says("提前一小时提醒我党课").startswith("好的，11月30日（周一）08:00")


def test_ahead_of_an_activity_only_while_that_lies_ahead(world: World) -> None:
    wang = world.member("王芳")
    world.activity("主题党日", starts=datetime(2026, 11, 23, 11, 0, tzinfo=HOME))
    near = "「主题党日」11月23日（周一）11:00 就开始，提前1天来不及了。可以改成："
    still = "［1 提前1小时］［2 提前30分钟］［3 提前10分钟］"

    assert wang.says("提前一天提醒") == f"{near}\n{still}"
    assert wang.says("提前一天提醒我主题党日") == f"{near}\n{still}"
    assert wang.says("1").startswith("好的，11月23日（周一）10:00（提前1小时）提醒您：11月23日")

    world.activity("党课", starts=datetime(2026, 11, 30, 9, 0, tzinfo=HOME))
    zhao = world.member("赵四")
    assert zhao.says("提前一天提醒") == (
        "提前1天提醒您，是哪一场？另有 1 场不到1天就开始，来不及了。\n"
        "［1 11月30日（周一）09:00 党课］"
    )
    world.at("11-30 8:00")
    assert zhao.taps("党课") == (
        "「党课」11月30日（周一）09:00 就开始，提前1天来不及了。可以改成：\n"
        "［1 提前30分钟］［2 提前10分钟］"
    )
    world.at("11-30 8:55")
    assert zhao.says("提前半小时提醒我党课").endswith("提前30分钟来不及了，马上就到时间了。")


def test_an_activity_that_is_moved_takes_its_reminders_along(world: World) -> None:
    wang = world.member("王芳")
    number = world.activity("主题党日", starts=datetime(2026, 11, 27, 15, 0, tzinfo=HOME))
    wang.says("提前一小时提醒我主题党日")

    def moved(**values: Any) -> None:
        with world.database.unit_of_work() as db:
            activities.amend(db, number, **values)

    moved(starts=datetime(2026, 11, 27, 16, 0, tzinfo=HOME))
    tick(world, "11-27 14:00")
    assert world.letters() == []
    tick(world, "11-27 15:00")
    assert [say(each).text for each in world.letters()] == [
        "提醒您：11月27日（周五）16:00 主题党日。"
    ]


def test_an_activity_that_is_called_off_reminds_nobody(world: World) -> None:
    wang = world.member("王芳")
    number = world.activity("主题党日", starts=datetime(2026, 11, 27, 15, 0, tzinfo=HOME))
    wang.says("提前一小时提醒我主题党日")
    with world.database.unit_of_work() as db:
        activities.amend(db, number, status=Status.CANCELLED)

    tick(world, "11-27 14:00")
    assert world.letters() == []
    assert wang.says("我的提醒").startswith("您还没有定过提醒")


def test_ahead_of_a_day(world: World) -> None:
    wang = world.member("王芳")

    assert wang.says("提醒我12月5号体检，提前一天提醒我").startswith("12月4日（周五）几点提醒您？")
    assert wang.says("8:30").startswith("好的，12月4日（周五）08:30（提前1天）提醒您：体检")
    tick(world, "12-4 8:30")
    assert say(world.letters()[0]).text == "提醒您：体检（12月5日（周六））。"


def test_for_others_is_a_notice(world: World) -> None:
    wang, li = world.member("王芳"), world.member("李二", role=Role.SECRETARY)

    assert wang.says("提醒大家周五带笔记本").startswith("提醒别人，要由书记发通知")
    assert li.says("提醒大家周五带笔记本").endswith("［1 发通知］")
