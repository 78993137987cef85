"""Leave, make-up, and deciding on them."""

from datetime import timedelta

import pytest
from sqlmodel import select

from storage.activities import Audience
from storage.attendance import Attendance, State
from storage.audit import AuditRow
from storage.members import Role
from storage.requests import Request
from tests.world import World


def records(world: World) -> dict[str, State]:
    with world.database.reading() as db:
        return {row.member_id: State(row.state) for row in db.exec(select(Attendance))}


def reasons(world: World) -> list[tuple[str, str]]:
    with world.database.reading() as db:
        return [(row.category, row.reason) for row in db.exec(select(Request).order_by("id"))]


def audited(world: World) -> list[str]:
    with world.database.reading() as db:
        return [row.action for row in db.exec(select(AuditRow).order_by("id"))]


def test_leave_by_one_word(world: World) -> None:
    world.at("12-2 15:00").activity("支部党员大会", starts=world.now)
    wang, li = world.member("王芳"), world.member("李强", role=Role.SECRETARY)
    world.at("11-27 9:00")

    assert wang.says("请假") == (
        "为您请假：12月2日（周三）支部党员大会。需要写原因吗？不写也可以。\n"
        "［1 提交］［2 写原因］［3 不请了］"
    )
    assert wang.says("1") == (
        "请假申请已提交给李强审批：12月2日（周三）支部党员大会。发「我的申请」看结果。\n［1 撤回］"
    )
    assert li.says("待我审批") == (
        "王芳请假：12月2日（周三）支部党员大会。\n［1 同意］［2 不同意］"
    )
    assert li.taps("同意") == "已同意王芳的请假：12月2日（周三）支部党员大会。都办完了。"
    assert wang.says("我的申请") == "12月2日（周三）支部党员大会 请假：已同意"
    assert records(world) == {"王芳": State.ON_LEAVE}
    assert audited(world) == ["ask_leave", "read_request", "approved_leave"]


def test_the_reason_is_kept_as_a_category_only(world: World) -> None:
    world.activity()
    wang, li = world.member("王芳"), world.member("李强", role=Role.SECRETARY)
    world.at("8:00")

    wang.says("请假")
    assert wang.says("写原因") == "请写一句原因，审批后只留类别，不留原话。"
    assert wang.says("要去医院复查").startswith("请假申请已提交给李强审批")
    assert reasons(world) == [("sickness", "要去医院复查")]
    assert "要去医院复查" in li.says("待我审批")
    li.taps("同意")
    assert reasons(world) == [("sickness", "")]


def test_everything_in_one_line_asks_nothing(world: World) -> None:
    world.at("11-25 14:00").activity("党课", starts=world.now)
    world.at("11-27 15:00").activity("主题党日", starts=world.now)
    wang = world.member("王芳")
    world.at("11-23 9:00")

    assert wang.says("请假 周五 出差") == (
        "请假申请已提交，等支部审批：11月27日（周五）主题党日。发「我的申请」看结果。\n［1 撤回］"
    )
    assert reasons(world) == [("business", "出差")]


def test_where_several_may_be_meant_only_that_is_asked(world: World) -> None:
    world.at("11-25 14:00").activity("党课", starts=world.now)
    world.at("11-27 15:00").activity("主题党日", starts=world.now)
    wang = world.member("王芳")
    world.at("11-23 9:00")

    assert wang.says("请假 出差") == (
        "请假的是哪一场？\n［1 11月25日 党课］［2 11月27日 主题党日］"
    )
    assert wang.says("2").startswith("请假申请已提交，等支部审批：11月27日（周五）主题党日。")
    assert reasons(world) == [("business", "")]


def test_leave_for_days(world: World) -> None:
    for day in (24, 25, 26):
        world.at(f"11-{day} 9:00").activity(f"第{day}日学习", starts=world.now)
    wang = world.member("王芳")
    world.at("11-23 9:00")

    assert wang.says("请假 明天起两天") == (
        "请假的是哪一场？\n［1 这 2 场都请］［2 11月24日 第24日学习］［3 11月25日 第25日学习］"
    )
    assert wang.says("1") == (
        "请假申请已提交，等支部审批：11月24日（周二）第24日学习、11月25日（周三）第25日学习。"
        "发「我的申请」看结果。"
    )


def test_coming_after_all_replaces_the_leave(world: World) -> None:
    world.activity()
    wang, li = world.member("王芳"), world.member("李强", role=Role.SECRETARY)
    world.at("8:00")
    wang.says("请假 感冒")
    li.says("待我审批")
    li.taps("同意")

    world.at("8:50")
    assert wang.says("签到") == "已签到：主题党日，08:50。今天到会 1／2 人。"
    assert records(world) == {"王芳": State.PRESENT}


def test_whoever_came_meanwhile_needs_no_decision(world: World) -> None:
    world.activity()
    wang, li = world.member("王芳"), world.member("李强", role=Role.SECRETARY)
    world.at("8:00")
    wang.says("请假 感冒")
    li.says("待我审批")
    approve = world.last.buttons[0].tap
    world.at("8:50")
    wang.says("签到")

    assert (
        world.hear(li.address, tap=approve) == "王芳已于 08:50 到会：主题党日，这份申请不用再批。"
    )
    assert li.says("待我审批") == "没有等您审批的申请。"
    assert records(world) == {"王芳": State.PRESENT}


def test_a_request_that_waits_can_be_withdrawn(world: World) -> None:
    world.activity()
    wang, li = world.member("王芳"), world.member("李强", role=Role.SECRETARY)
    world.at("8:00")
    wang.says("请假 感冒")
    assert wang.says("请假") == (
        "11月23日（周一）主题党日的请假已经提交过，正在等审批，不用再发。\n［1 撤回］"
    )
    assert wang.says("1") == "已撤回请假申请：11月23日（周一）主题党日。"
    assert wang.says("撤回").startswith("没有等审批的申请，不用撤回。")
    assert li.says("待我审批") == "没有等您审批的申请。"


def test_make_up_within_seven_days_to_the_second(world: World) -> None:
    world.activity()  # ends at 10:30
    wang, li = world.member("王芳"), world.member("李强", role=Role.SECRETARY)

    world.at("10:30:00")
    assert wang.says("补签") == "「主题党日」还在签到，不用补，直接发「签到」就行。"
    world.at("11-30 10:30:01")
    assert wang.says("补签 上周一的主题党日") == (
        "11月23日（周一）主题党日的补签到 11月30日（周一）为止，已经过了。"
        "确实到了会的，请组织者用「点名」补记。"
    )
    assert wang.says("补签").startswith("最近七天没有需要补签的活动。")
    world.at("11-30 10:30:00")
    assert wang.says("补签 手机没电了") == (
        "补签申请已提交给李强审批：11月23日（周一）主题党日。发「我的申请」看结果。\n［1 撤回］"
    )
    assert li.says("待我审批").startswith("王芳补签：11月23日（周一）主题党日，手机没电了。")
    li.taps("同意")
    with world.database.reading() as db:
        row = db.exec(select(Attendance)).one()
    assert (row.state, row.source, row.by) == (State.MADE_UP, "make_up", "李强")
    assert row.at < row.entered_at  # afterwards, and it stays visible


def test_approved_twice_is_approved_once(world: World) -> None:
    world.activity()
    wang, li = world.member("王芳"), world.member("李强", role=Role.SECRETARY)
    zhao = world.member("赵红", role=Role.DEPUTY_SECRETARY)
    world.at("8:00")
    wang.says("请假 感冒")
    li.says("待我审批")
    approve = world.last.buttons[0].tap
    zhao.says("待我审批")
    decline = world.last.buttons[1].tap

    world.hear(li.address, tap=approve)
    assert world.hear(zhao.address, tap=decline) == (
        "王芳的申请「主题党日」已同意（李强），不用再办。"
    )
    assert records(world) == {"王芳": State.ON_LEAVE}


def test_nobody_decides_on_their_own(world: World) -> None:
    world.activity()
    li = world.member("李强", role=Role.SECRETARY)
    zhao = world.member("赵红", role=Role.DEPUTY_SECRETARY)
    world.at("8:00")
    assert "提交给赵红审批" in li.says("请假 出差")
    zhao.says("待我审批")
    approve = world.last.buttons[0].tap

    assert li.says("待我审批") == "没有等您审批的申请。"
    assert world.hear(li.address, tap=approve).startswith("自己的申请要由别人来批")
    assert records(world) == {}


def test_a_secretary_decides_for_their_own_branch_only(world: World) -> None:
    world.activity()
    wang, li = world.member("王芳"), world.member("李强", role=Role.SECRETARY)
    other = world.member("周洁", branch="B2", role=Role.SECRETARY)
    world.at("8:00")
    wang.says("请假 感冒")
    li.says("待我审批")
    approve = world.last.buttons[0].tap

    assert other.says("待我审批") == "没有等您审批的申请。"
    assert world.hear(other.address, tap=approve).startswith("没有找到这份申请")
    assert world.hear(wang.address, tap=approve).startswith("这件事要由")
    assert records(world) == {}


def test_requests_of_others_cannot_be_withdrawn(world: World) -> None:
    world.activity()
    wang, chen = world.member("王芳"), world.member("陈静")
    world.at("8:00")
    wang.says("请假 感冒")
    assert world.hear(chen.address, tap=world.last.buttons[0].tap).startswith("这不是您的申请")


@pytest.mark.parametrize(
    ("at", "words", "answer"),
    [
        ("10:30:00", "请假", "为您请假：11月23日（周一）主题党日。"),
        ("10:30:01", "请假 今天的主题党日", "11月23日（周一）主题党日已经结束，不能再请假。"),
        ("10:31", "请假", "接下来两个月没有要您参加的活动，不用请假。"),
        ("8:00", "请假 周五", "11月27日（周五）没有要您参加的活动，不用请假。"),
        ("8:00", "请假 党课", "没有找到您说的那场。可以请假的有：11月23日（周一）主题党日。"),
        ("8:00", "补签 主题党日", "11月23日（周一）主题党日还没开始，到时发「签到」。"),
    ],
)
def test_when_leave_can_be_asked_for_to_the_second(
    world: World, at: str, words: str, answer: str
) -> None:
    world.activity()
    wang = world.member("王芳")
    world.at(at)
    assert wang.says(words).startswith(answer)


def test_what_one_has_not_signed_up_for_needs_no_leave(world: World) -> None:
    shift = world.activity("文明引导", audience=Audience.SIGNED_UP)
    wang = world.member("王芳")
    world.at("8:00")
    assert wang.says("请假").startswith("接下来两个月没有要您参加的活动")
    assert world.hear(wang.address, tap=f"ask:leave:{shift}:").startswith("这场活动的名单里没有您")


def test_where_one_belonged_on_the_day_decides(world: World) -> None:
    wang = world.member("王芳")
    world.activity(starts=world.now - timedelta(days=2))
    world.transfer(wang, to="B2", on=world.now.date())
    assert wang.says("补签").startswith("补签申请已提交")
