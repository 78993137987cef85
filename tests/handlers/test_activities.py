"""What is on, and signing up for it."""

import pytest

from storage.activities import Audience, Status
from storage.members import Role
from tests.world import Talker, World


@pytest.fixture
def wang(world: World) -> Talker:
    """Three meetings ahead, one behind; it is Monday, nine o'clock."""
    world.at("11-20 15:00").activity("党课", kind="party_lecture", starts=world.now)
    world.at("11-24 15:00").activity("支部党员大会", kind="general_meeting", starts=world.now)
    world.at("11-28 9:00").activity(
        "周六文明引导", kind="volunteer_shift", starts=world.now, audience=Audience.SIGNED_UP
    )
    world.at("12-8 15:00").activity("12月主题党日", starts=world.now, venue="二楼")
    world.activity("别人的会", branch="B2")
    world.activity("取消了的会", status=Status.CANCELLED)
    world.at("11-23 9:00")
    return world.member("王芳")


def test_a_member_sees_what_is_on_this_week_and_asks_for_leave_by_number(wang: Talker) -> None:
    assert wang.says("本周活动") == (
        "本周有 2 场：\n"
        "11月24日（周二）15:00 支部党员大会，三楼\n"
        "11月28日（周六）09:00 周六文明引导，三楼（可报名）\n"
        "［1 11月24日 支部党员大会］［2 11月28日 周六文明引导］"
    )
    assert wang.says("1") == (
        "支部党员大会（B1）：11月24日（周二）15:00–16:30，三楼。"
        "14:30 开放签到，到场发「签到」就行。\n［1 请假］"
    )
    assert wang.says("请假").startswith("为您请假：11月24日（周二）支部党员大会。")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("活动", "近一个月有 3 场："),
        (
            "活动 下周",
            "11月30日（周一）到12月6日（周日）没有您的活动。"
            "下一场是 12月8日（周二）15:00的「12月主题党日」。",
        ),
        ("活动 12月", "12月1日（周二）到12月31日（周四）有 1 场："),
        (
            "活动 上周",
            "11月16日（周一）到11月22日（周日）有 1 场：\n"
            "11月20日（周五）15:00 党课，三楼（已结束）",
        ),
        ("活动 明天", "11月24日（周二）有 1 场："),
        ("活动 今天", "今天没有您的活动。"),
        ("活动 主题党日", "12月主题党日（B1）：12月8日（周二）15:00–16:30，二楼。"),
        ("详情 支部大会", "支部党员大会（B1）：11月24日（周二）15:00–16:30，三楼。"),
        ("详情 上周五的党课", "党课（B1）：11月20日（周五）15:00–16:30，三楼。"),
        ("详情 中秋晚会", "没有找到您说的活动。"),
        ("详情 别人的会", "没有找到您说的活动。"),
    ],
)  # fmt: skip
def test_by_period_and_by_name(wang: Talker, words: str, answer: str) -> None:
    assert wang.says(words).startswith(answer)


def test_others_activities_cannot_be_looked_into(world: World, wang: Talker) -> None:
    other = world.activity("保密的会", branch="B2")
    assert world.hear(wang.address, tap=f"activity:{other}").startswith("没有找到这场活动")
    assert world.hear(wang.address, tap=f"sign:{other}:join").startswith("没有找到这场活动")


def test_head_counts_that_were_handed_in_say_so(world: World, wang: Talker) -> None:
    world.at("11-10 9:00").activity(
        "导入的会", starts=world.now, reported_expected=14, reported_present=13, reported_on_leave=1
    )
    world.at("11-23 9:00")
    assert wang.says("详情 11月10日").endswith(
        "应到 14，实到 13，请假 1（上报的人数，没有个人记录）。"
    )


def test_signing_up_and_taking_it_back(wang: Talker) -> None:
    assert wang.says("报名") == (
        "已报名：周六文明引导，11月28日（周六）09:00，三楼。现在共 1 人。去不了了发「取消报名」。\n"
        "［1 取消报名］"
    )
    assert wang.says("报名 周六的文明引导").startswith("您已经报过名了：周六文明引导")
    assert "（已报名）" in wang.says("本周活动")
    assert wang.says("取消报名") == (
        "已取消报名：周六文明引导，11月28日（周六）09:00。改主意了再发「报名」就行。"
    )
    assert wang.says("取消报名") == "您没有报名要开始的活动，不用取消。"


def test_signing_up_where_several_are_offered(world: World, wang: Talker) -> None:
    world.at("11-29 9:00").activity(
        "社区清洁", kind="volunteer", starts=world.now, audience=Audience.SIGNED_UP
    )
    world.at("11-23 9:00")
    assert wang.says("报名") == ("报名哪一场？\n［1 11月28日 周六文明引导］［2 11月29日 社区清洁］")
    assert wang.says("2").startswith("已报名：社区清洁")
    assert wang.says("报名 文明引导").startswith("已报名：周六文明引导")
    assert wang.says("本周活动").startswith("本周有 3 场")
    assert wang.says("取消报名") == (
        "取消哪一场的报名？\n［1 11月28日 周六文明引导］［2 11月29日 社区清洁］"
    )


@pytest.mark.parametrize(
    ("at", "words", "answer"),
    [
        ("11-28 8:59:59", "报名 文明引导", "已报名"),
        ("11-28 9:00:00", "报名 文明引导", "「周六文明引导」已经开始，报名停了。"),
        ("11-23 9:00", "报名 支部大会", "「支部党员大会」不用报名"),
        ("11-23 9:00", "取消报名 支部大会", "「支部党员大会」不是报名的活动。"),
        ("11-23 9:00", "取消报名 文明引导", "您没有报名「周六文明引导」，不用取消。"),
        ("11-23 9:00", "报名 书法小组", "没有找到您说的那场。可以选的有：周六文明引导"),
        ("11-30 9:00", "报名", "现在没有要报名的活动。"),
    ],
)  # fmt: skip
def test_why_one_cannot_sign_up_or_off(
    world: World, wang: Talker, at: str, words: str, answer: str
) -> None:
    world.at(at)
    assert wang.says(words).startswith(answer)


def test_whoever_comes_has_signed_up_by_coming(world: World, wang: Talker) -> None:
    li = world.member("李强")
    wang.says("报名")
    world.at("11-28 9:00")
    assert li.says("签到") == "已签到：周六文明引导，09:00。今天到会 1／2 人。"
    assert wang.says("签到") == "已签到：周六文明引导，09:01。今天到会 2／2 人。".replace(
        "01", "00"
    )
    assert wang.says("取消报名 文明引导").startswith("「周六文明引导」已有您的到会记录")


def test_the_committee_meets_alone(world: World, wang: Talker) -> None:
    world.at("11-25 9:00").activity("支委会", kind="committee_meeting", starts=world.now,
                                    audience=Audience.OFFICERS)  # fmt: skip
    world.at("11-23 9:00")
    li = world.member("李强", role=Role.SECRETARY)
    assert "支委会" in li.says("本周活动")
    assert "支委会" not in wang.says("本周活动")
