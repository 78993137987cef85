from datetime import timedelta

import pytest
from sqlalchemy import func, select

from handlers.talk import rules
from storage.audit import AuditRow
from storage.feedback import Feedback
from storage.inbox import Heard
from storage.members import Role
from storage.organisation import OrgKind
from tests.world import World

# help


def test_help_is_short_and_the_likeliest_first(world: World) -> None:
    wang = world.member("王芳")

    lines = wang.says("帮助").split("\n")
    assert len(lines) == 8  # with the line of buttons
    assert lines[1].startswith("· 本周活动")
    assert lines[-2] == "还有别的：发「帮助 全部」。"
    whole = wang.taps("全部")
    assert whole.count("· ") > rules.LINES
    assert "· 隐私" in whole
    assert "邀请 姓名" not in whole
    assert "· 绑定：" not in whole


def test_when_check_in_is_open_it_stands_first(world: World) -> None:
    world.activity()
    wang = world.member("王芳")

    world.at("8:29")
    assert wang.says("帮助").split("\n")[1].startswith("· 本周活动")
    world.at("8:30")
    assert wang.says("帮助").split("\n")[1].startswith("· 签到")


def test_whoever_leads_sees_what_leaders_do(world: World) -> None:
    li = world.member("李书记", role=Role.SECRETARY)

    assert "· 邀请 姓名" in li.says("帮助 全部")
    assert "· 待我审批" in li.says("帮助")


def test_a_guest_sees_how_to_begin(world: World) -> None:
    said = world.stranger().says("帮助")
    assert said.split("\n")[1].startswith("· 绑定")
    assert "签到：" not in said


# in passing


@pytest.mark.parametrize(
    ("time", "greeting"),
    [
        ("04:59:59", "晚上好"),
        ("05:00:00", "早上好"),
        ("10:59:59", "早上好"),
        ("11:00:00", "中午好"),
        ("12:59:59", "中午好"),
        ("13:00:00", "下午好"),
        ("17:59:59", "下午好"),
        ("18:00:00", "晚上好"),
    ],
)
def test_the_greeting_follows_the_hour(world: World, time: str, greeting: str) -> None:
    wang = world.member("王芳")
    world.at(time)

    assert wang.says("你好") == f"王芳，{greeting}。有事直接说，或发「帮助」。"


def test_a_greeting_tells_what_is_on_today(world: World) -> None:
    world.activity()
    wang = world.member("王芳")

    world.at("8:26")
    assert wang.says("早") == "王芳，早上好。今天 09:00 有「主题党日」，三楼，到时发「签到」就行。"
    assert wang.says("谢谢") == "不客气。「主题党日」09:00 开始，三楼。"
    world.at("10:31")
    assert wang.says("谢谢") == "不客气。"


def test_a_guest_is_greeted_with_the_way_in(world: World) -> None:
    guest = world.stranger()

    assert guest.says("你好").endswith("［1 怎么拿邀请码］［2 会记录我的什么］")
    assert guest.says("1").startswith("绑定要一个邀请码")
    guest.says("你好")
    assert guest.says("会记录我的什么").startswith("我只记办事要用的")


def test_abuse_is_answered_calmly_and_kept_nowhere(world: World) -> None:
    wang = world.member("王芳")
    before = kept(world)

    assert wang.says("废物").startswith("没帮上您的忙，对不住。")
    assert kept(world) == before


def kept(world: World) -> int:
    with world.database.reading() as db:
        rows = [select(func.count()).select_from(each) for each in (AuditRow, Feedback)]
        return sum(int(db.execute(each).scalar_one()) for each in rows)


def test_with_nothing_pending_yes_and_no_mean_nothing(world: World) -> None:
    wang = world.member("王芳")

    assert wang.says("好的") == "好的。现在没有等您确认的事，想办什么直接说。"
    assert wang.says("算了") == "好的，什么都没有办。"


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        ("李二没来，替他签一下", "代签不行，签到要本人来。"),
        ("按思想觉悟给大家排个名", "这个我不做：思想情况不打分、不排名。"),
        ("给大家的思想状况画个像", "这个我不做：人的想法不分析"),
        ("查查他昨天去了哪些地方", "这个我不做：我不记录谁在哪里"),
        ("涉密会议的内容你记一下", "涉密内容不能在这里说"),
        ("把钱五的身份证号发给我", "这个我不提供：别人的私事"),
    ],
)
def test_what_is_declined_has_its_reason(world: World, words: str, begins: str) -> None:
    assert world.member("王芳").says(words).startswith(begins)


# somebody to talk to


def test_whom_to_turn_to(world: World) -> None:
    world.organisation("C", kind=OrgKind.ORGAN_COMMITTEE)
    world.organisation("B1", under="C")
    wang = world.member("王芳")
    assert wang.says("转人工").startswith("支部里现在没有登记书记")

    chen = world.member("陈主任", branch="C", role=Role.ORGAN_COMMITTEE)
    assert "陈主任（机关党委（党总支））" in wang.says("转人工")
    li = world.member("李书记", role=Role.SECRETARY)
    world.member("赵四", role=Role.ORG_COMMISSIONER)
    assert wang.says("有没有真人") == (
        "可以直接找赵四（组织委员）或李书记（支部书记），把想办的事告诉他们就行。"
    )
    assert "李书记" not in li.says("转人工")
    assert chen.says("转人工").startswith("支部里现在没有登记")
    assert world.stranger().says("转人工").startswith("请找您所在支部的书记")


# opinions


def test_without_a_name_nothing_leads_back(world: World) -> None:
    wang = world.member("王芳")

    assert wang.says("我要投诉").startswith("请直接发给我，由工委办公室看。默认匿名")
    assert wang.taps("匿名") == "好的，匿名。请直接发内容。"
    assert wang.says("表填得太多").startswith("已匿名记下")
    assert wang.says("提个建议：字太小了看不清").startswith("已匿名记下")
    with world.database.reading() as db:
        rows = db.execute(select(Feedback).order_by(Feedback.id)).scalars().all()  # type: ignore[arg-type]
        assert [(row.text, row.member_id, row.day) for row in rows] == [
            ("表填得太多", "", world.now.date()),
            ("字太小了看不清", "", world.now.date()),
        ]
        assert db.execute(select(AuditRow)).first() is None
        replies = [row.reply for row in db.execute(select(Heard)).scalars()]
        assert not [each for each in replies if "已匿名记下" in each or "填得太多" in each]


def test_with_a_name_where_one_says_so(world: World) -> None:
    wang = world.member("王芳")

    assert wang.says("署名意见 会太多了").startswith("已记下并署了您的名字")
    wang.says("意见反馈")
    wang.taps("署名")
    assert wang.says("食堂太远").startswith("已记下并署了您的名字")
    with world.database.reading() as db:
        assert {row.member_id for row in db.execute(select(Feedback)).scalars()} == {"王芳"}


def test_an_opinion_can_be_thought_better_of(world: World) -> None:
    wang = world.member("王芳")
    wang.says("意见")

    assert wang.says("算了") == "好的，这件事先不办了。"
    assert kept(world) == 0


def test_who_reads_them(world: World) -> None:
    wang = world.member("王芳")
    for n in range(6):
        wang.says(f"意见 第{n}条意见在此")
    wang.says("署名意见 会太多了")
    world.organisation("WC", kind=OrgKind.WORK_COMMITTEE)
    office = world.member("工委", branch="WC", role=Role.COMMITTEE_OFFICE)
    li = world.member("李书记", role=Role.SECRETARY)

    assert li.says("查看意见").startswith("这件事要由工委办公室、管理员来办")
    read = office.says("查看意见")
    assert read.startswith(
        "共有 7 条意见，新的在前：\n· 11月23日 王芳：会太多了\n· 11月23日 匿名：第5条意见在此"
    )
    assert office.taps("更早的").endswith("· 11月23日 匿名：第0条意见在此")
    with world.database.reading() as db:
        seen = [
            (row.actor, row.action, row.detail) for row in db.execute(select(AuditRow)).scalars()
        ]
    assert seen == [("工委", "read_feedback", "5"), ("工委", "read_feedback", "2")]


def test_a_guest_gives_none(world: World) -> None:
    assert world.stranger().says("我要投诉").startswith("您好，我是支部助手")


@pytest.mark.parametrize(
    ("words", "content"),
    [
        ("我要投诉", ""),
        ("意见反馈", ""),
        ("我有个意见", ""),
        ("提个建议：字太小了看不清", "字太小了看不清"),
        ("意见 匿名 会太多了吧", "会太多了吧"),
        ("这系统老是重复让填表，反映一下", "这系统老是重复让填表，反映一下"),
    ],
)
def test_what_is_the_opinion(words: str, content: str) -> None:
    assert rules.said_about(words) == content


def test_the_next_activity_is_over_some_day(world: World) -> None:
    world.activity(starts=world.now + timedelta(days=1))
    assert world.member("王芳").says("谢谢") == "不客气。"


def test_what_was_not_understood_is_handed_over_by_a_tap(world: World) -> None:
    wang, office = (
        world.member("王五"),
        world.member("工委", branch="WC", role=Role.COMMITTEE_OFFICE),
    )

    assert wang.says("囫囵吞枣").startswith("这句没听懂")
    assert wang.says("交给管理员改进").startswith("已交给管理员")
    for _ in range(2):
        wang.says("嘟嘟噜噜")
        assert wang.taps("交给管理员").startswith("已交给管理员")
    wang.says("饕餮魑魅魍魉")

    assert office.says("没听懂的话") == (
        "近三十天有 4 句没听懂，交来原话的有：\n「嘟嘟噜噜」2 次\n「囫囵吞枣」1 次"
    )
    assert "由" in wang.says("没听懂的话")


def test_nobody_has_to_hand_over(world: World) -> None:
    wang, office = (
        world.member("王五"),
        world.member("工委", branch="WC", role=Role.COMMITTEE_OFFICE),
    )

    wang.says("囫囵吞枣")

    assert wang.says("帮助").startswith("我可以帮您")
    assert office.says("没听懂的话").startswith("近三十天有 1 句没听懂，还没有人交来原话")


def test_a_second_sentence_that_is_not_understood_hands_over_nothing(world: World) -> None:
    wang, office = (
        world.member("王五"),
        world.member("工委", branch="WC", role=Role.COMMITTEE_OFFICE),
    )

    wang.says("囫囵吞枣")
    assert wang.says("嘟嘟噜噜").startswith("这句没听懂")

    assert office.says("没听懂的话").endswith("还没有人交来原话。")
