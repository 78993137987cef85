"""我的出勤: honest sums of one's own record."""

from datetime import timedelta

from storage.activities import Audience
from storage.attendance import Attendance, State
from storage.members import Role
from tests.world import Talker, World


def put(world: World, who: Talker, activity: int, state: State) -> None:
    world.add(
        Attendance(
            activity_id=activity,
            member_id=who.id,
            state=state,
            at=world.now,
            source="word",
            by=who.id,
            entered_at=world.now,
        )
    )


def test_a_years_sums_count_only_records_of_persons(world: World) -> None:
    wang = world.member("王芳")
    for month, state in ((1, State.PRESENT), (2, State.LATE), (3, State.ON_LEAVE), (4, None)):
        world.at(f"{month}-15 9:00")
        held = world.activity(f"{month}月主题党日", starts=world.now)
        if state:
            put(world, wang, held, state)
    world.at("5-15 9:00").activity("支委会", starts=world.now, audience=Audience.OFFICERS)
    world.activity("导入的会", starts=world.now, reported_expected=9, reported_present=8)
    put(world, wang, world.activity("别家的会", branch="B2"), State.OBSERVING)
    world.at("11-23 9:00").activity("还没开完的会")

    assert wang.says("我的出勤") == (
        "今年到今天应到 4 次：到会 2（其中迟到 1），请假 1，还没有记录 1。\n"
        "另列席 1 次。另有 1 场只有上报人数，没有个人记录，不计在内。\n"
        "最近没有记录的：4月15日（周三）4月主题党日。"
    )
    assert wang.says("我的出勤 一季度").startswith(
        "1月1日（周四）到3月31日（周二）应到 3 次：到会 2（其中迟到 1），请假 1，还没有记录 0。"
    )
    assert wang.says("我的出勤 昨天") == "11月22日（周日）还没有要您到会的记录。"


def test_what_can_still_be_made_up_is_offered(world: World) -> None:
    wang = world.member("王芳")
    world.activity(starts=world.now - timedelta(days=2))
    assert wang.says("我的出勤").endswith("［1 补签］")
    assert wang.says("1").startswith("补签申请已提交")


def test_a_later_transfer_changes_nothing(world: World) -> None:
    """Where one belonged on the day decides, for either branch."""
    wang = world.member("王芳")
    world.at("6-10 9:00")
    put(world, wang, world.activity("旧支部的会", starts=world.now), State.PRESENT)
    world.at("9-10 9:00").activity("旧支部后来的会", starts=world.now)
    world.activity("新支部的会", branch="B2", starts=world.now)
    world.at("11-23 9:00")
    before = wang.says("我的出勤 6月")
    world.transfer(wang, to="B2", on=world.now.date().replace(month=9, day=1))

    assert wang.says("我的出勤 6月") == before
    assert "到会 1" in before
    assert wang.says("我的出勤") == (
        "今年到今天应到 2 次：到会 1，请假 0，还没有记录 1。\n"
        "最近没有记录的：9月10日（周四）新支部的会。"
    )


def test_the_exempt_are_not_missed(world: World) -> None:
    wang = world.member("王芳", chase_exempt="aged_or_infirm")
    world.member("李强", role=Role.SECRETARY)
    world.at("6-10 9:00")
    put(world, wang, world.activity("来了的会", starts=world.now), State.PRESENT)
    world.activity("没来的会", starts=world.now)
    world.at("11-23 9:00")
    assert wang.says("我的出勤") == (
        "今年到今天应到 1 次：到会 1，请假 0，还没有记录 0。\n免到 1 次，不计在内。"
    )


def test_the_count_at_check_in_is_the_same_honest_count(world: World) -> None:
    world.activity()
    wang, old = world.member("王芳"), world.member("老陈", chase_exempt="aged_or_infirm")
    assert wang.says("签到").endswith("今天到会 1／1 人。")
    assert old.says("签到").endswith("今天到会 2／2 人。")
