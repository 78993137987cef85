"""What a patient colleague answers: to what is taken back, picked out of several, asked again."""

from datetime import datetime

import pytest

from bot.clock import HOME
from storage.members import Role
from tests.world import Talker, World


@pytest.fixture
def wang(world: World) -> Talker:
    """Whose branch holds a theme day now, a meeting on Wednesday and a lecture on Friday."""
    world.at("8:40")
    world.activity("11月主题党日")
    world.activity("支部党员大会", starts=at(25, 15), kind="general_meeting", venue="三楼会议室")
    world.activity("廉政党课", starts=at(27, 10), kind="party_lecture", venue="二楼")
    world.member("李书记", role=Role.SECRETARY)
    return world.member("王芳")


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=HOME)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("早，到了，谢谢", "已签到：11月主题党日，08:40。"),
        ("您好，我是王芳，麻烦帮我签个到，谢谢", "已签到：11月主题党日，08:40。"),
        ("明天哦不后天的会我去不了要带老伴看病", "请假申请已提交给李书记审批：11月25日"),
        ("三点半提醒我吃药呃不是四点", "好的，11月23日（周一）16:00 提醒您：吃药。"),
        ("我要请明天的假", "11月24日（周二）没有要您参加的活动，不用请假。"),
        ("帮我爱人请个假", "请假、报名和补签要本人来说。"),
        ("堵车了要迟到十分钟", "知道了，路上别急。"),
        ("今天的党刻在哪儿上", "那天没有，最近的一场是 11月27日（周五）10:00的「廉政党课」。"),
        ("之部大会是几点", "支部党员大会（B1）：11月25日（周三）15:00"),
        ("主题党日", "11月主题党日（B1）：11月23日（周一）09:00"),
        ("字太小", "字的大小由手机来定"),
        ("书记电话多少", "可以直接找李书记（支部书记）"),
        ("王芳", "只看到一个名字。"),
        ("一", "现在没有等您选的编号。"),
        ("再说一遍", "刚才没有要重复的话。"),
    ],
)
def test_at_once(wang: Talker, said: str, answer: str) -> None:
    assert wang.says(said).startswith(answer)


@pytest.mark.parametrize("said", ["主题党日那个", "那就第一个吧", "今天的", "一"])
def test_one_of_several_is_picked_as_one_speaks(wang: Talker, said: str) -> None:
    wang.says("请假")
    assert wang.says(said).startswith("请假申请已提交给李书记审批：11月23日（周一）11月主题党日。")


@pytest.mark.parametrize("said", ["周二那个", "党", "第五个", "上一个"])
def test_what_names_none_of_them_or_several_picks_nothing(wang: Talker, said: str) -> None:
    wang.says("请假")
    assert "已提交" not in wang.says(said)


def test_what_was_said_is_said_again_with_its_buttons(wang: Talker) -> None:
    told = wang.says("请假")
    assert wang.says("没听清") == told
    assert wang.says("2").startswith("请假申请已提交给李书记审批：11月25日")


def test_a_check_in_that_is_denied_is_not_said_to_be_undone(wang: Talker) -> None:
    wang.says("签到")
    assert wang.says("签上没有") == "签上了：「11月主题党日」08:40，不用再签。"
    assert "我这里撤不了" in wang.says("错了 我还没到")
    wang.world.at("8:51")
    assert wang.says("错了") == "好的，什么都没有办。"


def test_to_wait_is_neither_yes_nor_no(wang: Talker) -> None:
    li = wang.world.talker("李书记")
    said = li.says("明天下午三点开支部大会三楼会议室")
    assert said.startswith("安排：支部党员大会（B1），11月24日（周二）15:00–16:00，三楼会议室，")
    assert li.says("等等先别发").startswith("好的。要接着办，回编号就行：1 发布")
    assert li.says("1").startswith("已发布：支部党员大会")


def test_whoever_asks_who_is_missing_and_for_a_push_gets_the_button(wang: Talker) -> None:
    li = wang.world.talker("李书记")
    assert li.says("还有谁没到，催一下").endswith("［1 提醒这 2 位］［2 点名］［3 结束签到］")


@pytest.mark.parametrize("said", ["替李书记报名植树", "李书记请假", "李书记 请假"])
def test_what_is_asked_for_another_is_not_done_for_oneself(wang: Talker, said: str) -> None:
    wang.world.activity("植树", starts=at(28, 9), audience="signed_up")
    answer = wang.says(said)
    assert "已报名" not in answer
    assert "已提交" not in answer


def test_a_correction_without_a_record_puts_nothing_on_record(wang: Talker) -> None:
    assert wang.says("改成3小时").startswith("还没有可以改的记录。")
    wang.says("今天志愿服务两小时")
    assert wang.says("改成3小时").startswith("改好了：11月23日（周一）志愿服务 3 小时。")


def test_a_secretary_in_her_own_words(wang: Talker) -> None:
    li = wang.world.talker("李书记")
    assert li.says("给王芳发个邀请码").startswith("王芳的邀请码：")
    assert li.says("给各支部布置任务：核对党费，12月5日前").startswith("布置：核对党费，12月5日")
    assert li.says("发通知：明天停水").startswith("发给：")
    assert li.says("先别发").startswith("现在没有要撤的。")
    assert "已发出" in li.says("1")
