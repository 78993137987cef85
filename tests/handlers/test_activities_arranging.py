"""Arranging in one line or by dialogue, moving, calling off."""

import pytest
from sqlmodel import select

from storage.activities import Activity, Audience, SignUp
from storage.attendance import Attendance
from storage.members import Role
from storage.requests import Request
from tests.world import Talker, World


@pytest.fixture
def li(world: World) -> Talker:
    """The secretary of a branch with one more member; Monday, nine o'clock."""
    world.organisation("B1", name="第一党支部")
    world.member("王芳")
    return world.member("李强", role=Role.SECRETARY)


def wang(world: World) -> Talker:
    return Talker(world, world.stranger("王芳").address, id="王芳")


def held(world: World) -> list[Activity]:
    with world.database.reading() as db:
        return list(db.exec(select(Activity).order_by("id")))


PREVIEW = (
    "安排：支部党员大会（第一党支部），11月24日（周二）15:00–16:00，三楼会议室，"
    "应到 2 人，14:30 开放签到。\n"
    "［1 发布］［2 改时间］［3 不办了］"
)


@pytest.mark.parametrize(
    "words",
    [
        "明天下午三点开支部大会，三楼会议室",
        "安排活动 明天下午三点 支部大会 三楼会议室",
        "安排活动 支部党员大会，三楼会议室，11月24日15:00",
        "明天下午3点在三楼会议室开支部党员大会",
        "安排活动 明天 15:00-16:00 支部大会 地点：三楼会议室",
    ],
)
def test_arranged_in_one_line_nothing_exists_before_it_is_published(
    world: World, li: Talker, words: str
) -> None:
    assert li.says(words) == PREVIEW
    assert held(world) == []  # nothing exists before it is published
    assert wang(world).says("本周活动") == "本周没有您的活动。"
    assert li.says("发布") == (
        "已发布：支部党员大会，11月24日（周二）15:00，三楼会议室。大家发「本周活动」就能看到。"
        "14:30 起发「签到」；要口令到时发「开始签到」。"
    )
    assert "11月24日（周二）15:00 支部党员大会，三楼会议室" in wang(world).says("本周活动")
    [row] = held(world)
    assert (row.kind, row.made_by, row.minutes) == ("general_meeting", "李强", 60)


def test_by_dialogue_with_three_questions(world: World, li: Talker) -> None:
    assert li.says("安排活动") == ("办什么活动？\n［1 支部党员大会］［2 主题党日］［3 党课］")
    assert li.says("2") == "「主题党日」什么时候？比如「周五下午三点」。"
    assert li.says("周五") == "11月27日（周五）几点？比如「下午三点」。"
    assert li.says("下午三点") == "「主题党日」在哪里？\n［1 地点待定］"
    assert li.says("湿地公园").startswith(
        "安排：主题党日（第一党支部），11月27日（周五）15:00–16:30，湿地公园，应到 2 人"
    )
    li.says("发布")
    li.says("安排活动 党课 周四上午十点")  # where they met last is offered
    assert world.last.buttons[0].label == "湿地公园"
    assert "，湿地公园，" in li.says("1")


def test_another_time_before_it_is_published(world: World, li: Talker) -> None:
    li.says("明天下午三点开支部大会，三楼会议室")
    assert li.says("改时间") == "「支部党员大会」什么时候？比如「周五下午三点」。"
    assert li.says("后天上午9点").startswith(
        "安排：支部党员大会（第一党支部），11月25日（周三）09:00–10:00，三楼会议室"
    )
    assert li.says("不办了") == "好的，这场不办了，谁也没有看到。"
    assert held(world) == []


def test_looking_something_up_loses_nothing(world: World, li: Talker) -> None:
    li.says("明天下午三点开支部大会，三楼会议室")
    publish = world.last.buttons[0].tap
    li.says("本周活动")
    assert world.hear(li.address, tap=publish).startswith("已发布：支部党员大会")
    assert world.hear(li.address, tap=publish).startswith("这场活动已经发布过了")
    assert len(held(world)) == 1


def test_a_draft_is_its_makers_alone(world: World, li: Talker) -> None:
    zhao = world.member("赵红", role=Role.DEPUTY_SECRETARY)
    li.says("明天下午三点开支部大会，三楼会议室")
    publish, retime, discard = (each.tap for each in world.last.buttons)
    for tap in (publish, retime, discard):
        assert world.hear(zhao.address, tap=tap).startswith("这份安排已经不在了")
    assert world.hear(wang(world).address, tap=publish).startswith("这件事要由")
    assert held(world) == []


def test_members_cannot_arrange(world: World, li: Talker) -> None:
    assert wang(world).says("明天下午三点开支部大会，三楼会议室").startswith("这件事要由")
    assert wang(world).says("安排活动 明天三点 党课 三楼").startswith("这件事要由")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("安排活动 昨天下午三点 党课 三楼", "这个时间已经过了。"),
        ("安排活动 今天上午8点59分 党课 三楼", "这个时间已经过了。"),
        ("安排活动 明天25点 党课 三楼", "没听懂「明天25点」是什么时候。"),
        ("安排活动 2028年1月5日下午三点 党课 三楼", "这个时间在一年以后，太远了。"),
        ("安排活动 明天三点 三楼", "办什么活动？"),
        ("安排活动 党课 三楼", "「党课」什么时候？"),
        ("安排活动 明天下午三点 党课", "「党课」在哪里？"),
    ],
)
def test_what_is_missing_or_wrong_is_asked(li: Talker, words: str, answer: str) -> None:
    assert li.says(words).startswith(answer)


@pytest.mark.parametrize(
    "words",
    [
        "明天下午三点开支部大会吗",
        "周五下午三点的党课我去不了，请假",
        "明天三点开会通知大家",
        "支部大会几点开",
    ],
)
def test_what_is_no_arrangement(world: World, li: Talker, words: str) -> None:
    assert not li.says(words).startswith("安排：")


def test_kinds_decide_who_is_expected(world: World, li: Talker) -> None:
    assert "应到 1 人" in li.says("安排活动 周四上午9点 支委会 三楼")
    li.says("发布")
    assert "要来的人发「报名」" in li.says("安排活动 周六上午9点 文明引导 市民广场路口")
    li.says("发布")
    assert [row.audience for row in held(world)] == [Audience.OFFICERS, Audience.SIGNED_UP]
    assert wang(world).says("报名").startswith("已报名：文明引导")
    with world.database.reading() as db:
        assert len(db.exec(select(SignUp)).all()) == 1


def test_a_clash_is_mentioned(world: World, li: Talker) -> None:
    world.activity("党课")
    assert "同一时间已有「党课」。" in li.says("安排活动 今天上午十点 支部大会 二楼")


def test_a_group_leader_arranges_for_the_group(world: World) -> None:
    world.organisation("B1", name="第一党支部")
    world.organisation("G1", under="B1", kind="party_group", name="第二党小组")  # type: ignore[arg-type]
    leader = world.member("孙立", role=Role.GROUP_LEADER, group="G1")
    assert leader.says("明天下午四点开党小组会，二楼").startswith("安排：党小组会（第二党小组）")


def test_whoever_stands_above_names_the_branch(world: World) -> None:
    world.organisation("PC", kind="organ_committee", name="机关党委")  # type: ignore[arg-type]
    for number in "一二":
        world.organisation(f"B{number}", under="PC", name=f"数字中心第{number}党支部")
    chen = world.member("陈总", branch="PC", role=Role.ORGAN_COMMITTEE)
    assert "（数字中心第二党支部）" in chen.says("安排活动 明天下午三点 二支部 党课 三楼")
    assert "（机关党委）" in chen.says("安排活动 明天下午三点 党课 三楼")


def test_an_activity_is_moved_once_confirmed_and_never_after_somebody_came(
    world: World, li: Talker
) -> None:
    world.at("11-24 15:00").activity("党课", starts=world.now)
    world.at("11-23 9:00")
    assert li.says("改期 周四下午三点") == (
        "「党课」从 11月24日（周二）15:00 改到 11月26日（周四）15:00？\n［1 改期］［2 不改了］"
    )
    assert li.says("2") == "好的，照原来的安排。"
    assert li.says("改期") == "「党课」现在定在 11月24日（周二）15:00，改到什么时候？"
    li.says("周四下午三点")
    assert li.says("1") == ("已改期：党课，11月26日（周四）15:00，14:30 开放签到。请转告大家。")
    world.at("11-26 14:30")
    assert wang(world).says("签到").startswith("已签到：党课")
    assert li.says("改期 明天下午三点").startswith("「党课」已有 1 人签到，不能再改期或取消。")


def test_calling_off_settles_its_requests(world: World, li: Talker) -> None:
    world.at("11-24 15:00").activity("党课", starts=world.now)
    world.at("11-23 9:00")
    wang(world).says("请假 出差")
    assert li.says("取消活动") == (
        "取消「党课」，11月24日（周二）15:00，三楼？取消后大家就看不到了。\n"
        "［1 取消这场］［2 不取消］"
    )
    li.says("不取消")
    assert "党课" in wang(world).says("本周活动")
    li.says("取消活动")
    assert li.says("取消这场") == (
        "已取消：党课，11月24日（周二）15:00。相关的请假也一并了结，请转告大家。"
    )
    assert wang(world).says("本周活动") == "本周没有您的活动。"
    assert li.says("待我审批") == "没有等您审批的申请。"
    with world.database.reading() as db:
        assert [(r.state, r.reason) for r in db.exec(select(Request))] == [("withdrawn", "")]
        assert db.exec(select(Attendance)).all() == []


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("改期 昨天下午三点", "新的时间已经过了"),
        ("改期 今天上午九点半", "「党课」本来就定在 11月23日（周一）09:30，没有改动。"),
        ("改期 2028年1月5日下午三点", "新的时间在一年以后"),
        ("改期 书法小组 周五下午三点", "没有您能改的、还没开的活动。"),
        ("取消活动 书法小组", "没有您能改的、还没开的活动。"),
    ],
)
def test_what_cannot_be_changed(world: World, li: Talker, words: str, answer: str) -> None:
    world.activity("党课", kind="party_lecture", starts=world.now.replace(minute=30))
    assert li.says(words).startswith(answer)


def test_others_activities_cannot_be_changed(world: World, li: Talker) -> None:
    other = world.activity("别的支部的会", branch="B2")
    for tap in (
        f"to_move:{other}",
        f"move:{other}:29900000",
        f"cancel:{other}",
        f"to_cancel:{other}",
    ):
        assert world.hear(li.address, tap=tap).startswith("没有您能改的")
    assert [row.status for row in held(world)] == ["planned"]
