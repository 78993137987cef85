"""Opening and closing, who is there, roll-call from paper, corrections, and what a group hears."""

from datetime import timedelta

import pytest
from sqlmodel import select

from storage import members
from storage.activities import Manner
from storage.attendance import Attendance, State
from storage.audit import AuditRow
from storage.members import Member, Membership, Role
from storage.reminders import MissingReminder
from tests.world import Talker, World

NAMES = ("王芳", "赵四", "周七", "吴八")


@pytest.fixture
def li(world: World) -> Talker:
    """The secretary of four, at 8:40 of a meeting day."""
    world.activity("主题党日")
    for name in NAMES:
        world.member(name)
    world.at("8:40")
    return world.member("李强", role=Role.SECRETARY)


def rows(world: World) -> dict[str, Attendance]:
    with world.database.reading() as db:
        return {row.member_id: row for row in db.exec(select(Attendance))}


def audited(world: World) -> list[tuple[str, str]]:
    with world.database.reading() as db:
        return [(row.action, row.object) for row in db.exec(select(AuditRow).order_by("id"))]


def test_who_is_missing(world: World, li: Talker) -> None:
    world.talker("王芳").says("签到")
    assert li.says("还有谁没签到") == (
        "11月23日（周一）主题党日：应到 5，已到 1，请假 0，还没有记录 4。\n"
        "还没有记录的：吴八、周七、李强、赵四。\n"
        "［1 提醒这 4 位］［2 点名］［3 结束签到］"
    )
    assert audited(world) == [("read_attendance", "activity:1")]


def test_a_group_hears_counts_and_whoever_asked_the_names(world: World, li: Talker) -> None:
    for words in ("还有谁没签到", "签到情况", "谁还没来"):
        openly = li.says(words, group="支部群")
        assert openly == "11月23日（周一）主题党日：应到 5，已到 0，请假 0。名单已私信您。"
        assert "王芳" in world.last.text


def test_checking_in_where_others_listen(world: World, li: Talker) -> None:
    wang = world.talker("王芳")
    world.at("9:30")
    assert wang.says("签到", group="支部群") == "收到，已签到。今天到会 1／5 人。"
    assert world.last.text.startswith("已签到（迟到）：主题党日，09:30。")
    assert rows(world)["王芳"].state == State.LATE


@pytest.mark.parametrize(
    "words", ["点名 赵四", "请假 出差", "更正 王芳 记错", "待我审批", "我的出勤", "开始签到"]
)
def test_a_group_hears_nothing_about_anybody(world: World, li: Talker, words: str) -> None:
    world.talker("王芳").says("签到")
    assert li.says(words, group="支部群") == "已私信您。"


def test_opening_with_a_code(world: World, li: Talker) -> None:
    world.at("8:00")
    wang = world.talker("王芳")
    assert wang.says("签到").startswith("现在没有可以签到的活动")
    assert li.says("开始签到") == (
        "11月23日（周一）主题党日，怎么签到？\n［1 一个词就行］［2 要口令］［3 动态二维码］"
    )
    said = li.says("2")
    code = said.partition("口令 ")[2][:4]
    assert said.startswith(
        f"已开放签到：主题党日。口令 {code}，请写在会场，大家发「签到 {code}」。到 10:30 结束。"
    )
    assert wang.says("签到").startswith("「主题党日」要口令")
    assert wang.says(f"签到 {code}").startswith("已签到")
    assert li.says("现场口令") == f"主题党日的口令：{code}。"


def test_a_code_by_voice(world: World, li: Talker) -> None:
    world.activity("党课", manner=Manner.CODE, code="4826")
    assert world.talker("王芳").says("签到 四八二六").startswith("已签到：党课")


def test_the_turning_code(world: World, li: Talker) -> None:
    wang, zhao, zhou = (world.talker(name) for name in NAMES[:3])
    li.says("开始签到")
    world.at("8:40:05")
    code = li.says("3").partition("口令是 ")[2][:6]
    assert li.says("现场口令").startswith(f"主题党日的口令：{code}，15 秒后更换")
    assert wang.says(f"签到 {code}").startswith("已签到")
    world.at("8:40:39")  # shown until :19, and good for one slot more
    assert zhao.says(f"签到 {code}").startswith("已签到")
    world.at("8:40:40")
    assert zhou.says(f"签到 {code}").startswith("这个码已失效，「主题党日」的屏幕每 20 秒更新一次")
    assert code not in li.says("现场口令")
    assert li.taps("看最新").startswith("主题党日的口令：")


def test_closing_by_hand(world: World, li: Talker) -> None:
    world.at("9:20")
    assert li.says("结束签到").startswith(
        "已结束签到：主题党日。\n11月23日（周一）主题党日：应到 5，已到 0"
    )
    world.at("9:20:01")
    assert world.talker("王芳").says("签到") == (
        "「主题党日」的签到 09:20 已经结束。人到了请发「补签」，11月30日前由组织者确认。"
    )
    assert li.says("结束签到") == (
        "「主题党日」的签到 11月23日（周一）09:20 已经结束。再开放请发「开始签到」。"
    )
    li.says("开始签到")
    li.says("1")
    assert world.talker("王芳").says("签到").startswith("已签到（迟到）")


def test_roll_call_by_numbers(world: World, li: Talker) -> None:
    assert li.says("点名") == (
        "「主题党日」还没有记录的：1 吴八　2 周七　3 李强　4 王芳　5 赵四\n"
        "到了的请发编号或姓名，几位一起发也行。"
    )
    world.talker("吴八").says("签到")  # whoever comes meanwhile changes no number
    assert li.says("2、5") == "已点名 2 位：周七、赵四。「主题党日」到会 3／5 人。"
    assert li.says("1 3") == "已点名 1 位：李强。「主题党日」到会 4／5 人。早有记录：吴八。"
    assert li.says("点名 4") == "已点名 1 位：王芳。「主题党日」到会 5／5 人。"
    assert li.says("点名") == "「主题党日」应到的人都有记录了，不用点名。"


def test_roll_call_by_names_also_as_they_sound(world: World, li: Talker) -> None:
    assert li.says("点名 赵司周七、小王 吴巴") == (
        "已点名 3 位：赵四、周七、吴八。「主题党日」到会 3／5 人。"
        "没认出「小王」，请看看是不是全名。"
    )


def test_numbers_need_a_list(world: World, li: Talker) -> None:
    assert li.says("点名 3").startswith("编号要对着名单用，请看：\n「主题党日」还没有记录的：")
    assert rows(world) == {}
    assert li.says("3").startswith("已点名 1 位：李强。")


def test_two_of_one_name_are_told_apart_by_number(world: World, li: Talker) -> None:
    world.add(Member(id="另一位", name="王芳"))
    world.add(Membership(member_id="另一位", branch_id="B1", since=world.now.date()))
    with world.database.unit_of_work() as db:
        members.changed(db)
    assert li.says("点名 王芳") == "不止一位叫「王芳」，请发编号。"
    assert rows(world) == {}


def test_a_paper_entry_is_a_check_in_that_says_who_made_it(world: World, li: Talker) -> None:
    world.talker("王芳").says("签到")
    world.at("9:30")
    li.says("点名 赵四")
    own, paper = rows(world)["王芳"], rows(world)["赵四"]
    assert own.state == paper.state == State.PRESENT
    assert (own.by, own.entered_at) == ("王芳", own.at)
    assert (paper.by, paper.source) == ("李强", "roll_call")
    assert paper.at == world.now.replace(hour=9, minute=0)  # was there when it began
    assert paper.entered_at == world.now  # and was entered later, which stays visible
    assert ("call_roll", "member:赵四") in audited(world)
    assert world.talker("赵四").says("签到").startswith("您已于 09:00 签到：主题党日")
    assert world.talker("赵四").says("我的出勤").startswith("今年到今天应到 1 次：到会 1，")


def test_observers_and_exempt(world: World, li: Talker) -> None:
    world.member("贵客", branch="B1")
    world.transfer(world.talker("贵客"), to="B1", on=world.now.date() + timedelta(days=1))
    assert li.says("免到 王芳") == "已记免到 1 位：王芳。「主题党日」到会 0／5 人。"
    assert world.talker("王芳").says("签到") == "已签到：主题党日，08:40。今天到会 1／6 人。"
    assert li.says("列席").startswith("请把姓名写在后面")


def test_an_observer_from_the_same_organ(world: World) -> None:
    world.organisation("PC", kind="organ_committee")  # type: ignore[arg-type]
    world.organisation("B1", under="PC")
    world.organisation("B2", under="PC")
    world.activity("主题党日")
    li, _ = world.member("李强", role=Role.SECRETARY), world.member("周洁", branch="B2")
    world.at("8:40")
    assert li.says("列席 周洁") == "已登记列席 1 位：周洁。「主题党日」到会 0／1 人。"
    assert "另：列席 1。" in li.says("签到情况")


def test_a_record_is_annulled_with_a_reason_and_can_be_called_again(
    world: World, li: Talker
) -> None:
    wang = world.talker("王芳")
    wang.says("签到")
    assert li.says("更正 王芳").startswith("为什么更正？")
    assert li.says("签错了场次") == (
        "已更正：王芳在「主题党日」的记录撤销，原因「签错了场次」。"
        "确实到了的，发「点名 王芳」补回。"
    )
    assert rows(world)["王芳"].reason == "签错了场次"
    assert wang.says("签到").startswith("「主题党日」的签到已由组织者更正。")
    assert li.says("更正 王芳 记错") == (
        "王芳在「主题党日」没有可以更正的记录。要补记请发「点名 王芳」。"
    )
    assert li.says("点名 王芳").startswith("已点名 1 位：王芳。")
    assert rows(world)["王芳"].state == State.PRESENT


def test_reminding_is_asked_for_once(world: World, li: Talker) -> None:
    li.says("签到情况")
    remind = world.last.buttons[0].tap
    assert li.says("1") == ("好的，这就提醒「主题党日」还没有记录的 5 位，每场只提醒一次。")
    assert world.hear(li.address, tap=remind) == (
        "「主题党日」11月23日（周一）08:40 已经记过一次提醒。每场只提醒一次，别的请当面说。"
    )
    assert "提醒这" not in li.says("签到情况")
    with world.database.reading() as db:
        assert [(r.activity_id, r.by, r.sent_at) for r in db.exec(select(MissingReminder))] == [
            (1, "李强", world.now)
        ]


def test_what_waits_is_mentioned(world: World, li: Talker) -> None:
    world.talker("王芳").says("请假 出差")
    assert (
        li.says("签到情况").partition("\n［")[0].endswith("另有 1 份申请等您审批，发「待我审批」。")
    )


def test_reported_head_counts_say_that_they_are(world: World) -> None:
    world.activity(reported_expected=9, reported_present=8, reported_on_leave=1)
    li = world.member("李强", role=Role.SECRETARY)
    assert li.says("签到情况") == (
        "11月23日（周一）主题党日：应到 9，实到 8，请假 1。这是上报的人数，没有个人记录。"
    )


def test_other_days_and_other_branches(world: World, li: Talker) -> None:
    world.activity("上周的课", starts=world.now - timedelta(days=3), minutes=30)
    world.activity("别的支部的会", branch="B2")
    assert "上周的课" in li.says("签到情况 上周五")
    assert "别的支部" not in li.says("签到情况")
    other = world.hear(li.address, tap="status:3")
    assert other.startswith("没有找到这场活动")
    for tap in ("close:3", "open:3:word", "code:3", "roll:3", "remind:3", "how:3"):
        assert world.hear(li.address, tap=tap) == other


def test_by_the_name_of_the_branch(world: World) -> None:
    world.organisation("PC", kind="organ_committee")  # type: ignore[arg-type]
    for number in "一二":
        world.organisation(f"B{number}", under="PC", name=f"数字中心第{number}党支部")
        world.activity("主题党日", branch=f"B{number}")
    world.member("陈总", branch="PC", role=Role.ORGAN_COMMITTEE)
    world.member("王芳", branch="B二")
    world.at("9:00")
    chen = world.talker("陈总")
    assert chen.says("签到情况").startswith("哪一场？")
    assert chen.says("二支部签了几个了").startswith("11月23日（周一）主题党日：应到 1，")


@pytest.mark.parametrize(
    ("at", "words", "answer"),
    [
        ("8:29:59", "点名", "「主题党日」11月23日（周一）08:30 才开放签到，到时再点名。"),
        ("8:29:59", "结束签到", "现在没有开放签到的活动。"),
        ("8:30:00", "点名", "「主题党日」还没有记录的："),
        ("10:30:00", "结束签到", "已结束签到：主题党日。"),
        ("11-24 0:00:00", "开始签到", "今天没有您能管签到的活动。"),
        ("12-24 10:29:59", "点名", "「主题党日」还没有记录的："),
        ("12-25 9:00", "点名", "没有找到您能点名的活动。"),
    ],
)
def test_when_the_roll_can_be_called_to_the_second(
    world: World, li: Talker, at: str, words: str, answer: str
) -> None:
    world.at(at)
    assert li.says(words).startswith(answer)
