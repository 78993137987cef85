"""Whole days of people who never use a command word, at 2026-11-23 (Monday) and after."""

from dataclasses import dataclass
from datetime import datetime

import pytest
from sqlmodel import col, select

from bot.clock import HOME
from storage.attendance import Attendance
from storage.members import Role
from storage.requests import Request
from tests.world import Talker, World

LONGEST = 160
BLAMING = ("缺席", "未完成", "操作成功", "！", "亲")


@dataclass(frozen=True)
class Branch:
    world: World
    li: Talker
    wang: Talker
    zhao: Talker
    zhou: Talker
    wu: Talker

    def records(self, who: Talker) -> list[str]:
        with self.world.database.reading() as db:
            rows = db.exec(select(Attendance).where(Attendance.member_id == who.id)).all()
            return [each.state for each in rows]

    def requests(self, who: Talker) -> list[tuple[str, str]]:
        """Kind and state, in the order in which they were made."""
        with self.world.database.reading() as db:
            found = db.exec(
                select(Request).where(Request.member_id == who.id).order_by(col(Request.id))
            ).all()
            return [(each.kind, each.state) for each in found]


@pytest.fixture
def branch(world: World) -> Branch:
    world.at("8:00")
    world.activity("11月主题党日")
    world.activity("支部党员大会", starts=at(25, 15), venue="三楼会议室")
    world.activity("社区志愿服务", starts=at(28, 9), venue="南门", audience="signed_up")
    return Branch(
        world,
        world.member("李书记", role=Role.SECRETARY),
        *(world.member(name) for name in ("王芳", "赵四", "周七", "吴八")),
    )


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=HOME)


def hears(who: Talker, said: str, *told: str, voice: bool = False) -> str:
    """Each of `told` is in the answer, which keeps to the rules of the voice."""
    answer = who.says(said, voice=voice)
    for each in told:
        assert each in answer, f"{said} → {answer}"
    assert len(who.world.last.text) <= LONGEST, answer
    assert not [each for each in BLAMING if each in answer], answer
    return answer


def test_a_member_without_a_command_word(branch: Branch) -> None:
    wang, world = branch.wang, branch.world
    hears(wang, "早上好", "王芳，早上好", "09:00", "11月主题党日")
    hears(wang, "今天有什么活动", "今天有 1 场", "09:00 11月主题党日")

    world.at("8:31")
    hears(wang, "王书记好，我到会场了", "已签到：11月主题党日，08:31", "到会 1／5 人")
    assert branch.records(wang) == ["present"]
    hears(wang, "谢谢", "不客气", "09:00 开始")

    hears(wang, "周三下午的会我去不了，要出差", "请假申请已提交给李书记", "11月25日（周三）")
    hears(wang, "好的", "就这么定了")
    hears(wang, "我的请假批了没", "11月25日（周三）支部党员大会 请假：等审批")
    assert branch.requests(wang) == [("leave", "pending")]

    hears(wang, "算了，我又能去了", "11月25日（周三）支部党员大会", "撤回它吗")
    hears(wang, "对", "已撤回请假申请：11月25日（周三）")
    assert branch.requests(wang) == [("leave", "withdrawn")]

    hears(wang, "周六的志愿服务我也想参加", "已报名：社区志愿服务，11月28日（周六）09:00")
    hears(wang, "好的", "就这么定了")
    hears(wang, "周六的志愿服务我也想参加", "您已经报过名了")

    hears(wang, "我这个月来了几次", "应到 1 次：到会 1")
    hears(wang, "我还有什么事没办", "没有逾期的事")
    hears(wang, "党费多久交一次", "每月至少 1 次", "第十二条")
    hears(wang, "今天天气怎么样", "这个我不会", "「帮助」")
    hears(wang, "赵四没来，帮他签一下", "代签不行", "赵四到场后可以自己签")
    assert branch.records(branch.zhao) == []
    hears(wang, "谢谢你啊", "不客气")


def test_a_member_who_speaks(branch: Branch) -> None:
    wang, world = branch.wang, branch.world

    def spoken(said: str, *told: str) -> None:
        hears(wang, said, *told, voice=True)

    spoken("呃早上好啊", "早上好", "09:00")
    spoken("那个今天有啥活动呀", "今天有 1 场", "11月主题党日")
    world.at("8:31")
    spoken("呃那个我到了帮我签道一下", "已签到：11月主题党日，08:31")
    assert branch.records(wang) == ["present"]
    spoken("嗯谢谢谢谢啊", "不客气")

    # «下周三» is not «周三»: it asks, and what follows answers it
    spoken("嗯那个我下周三那个会去不了要请假", "12月2日（周三）没有要您参加的活动", "是哪一场")
    assert branch.requests(wang) == []
    spoken("嗯那个礼拜三下午那个会我去不了家里有事请个架", "已提交给李书记", "11月25日")
    assert branch.requests(wang) == [("leave", "pending")]
    spoken("哎呀算了那个会我又能去了假不请了", "11月25日（周三）", "撤回它吗")
    spoken("嗯对的", "已撤回请假申请")
    assert branch.requests(wang) == [("leave", "withdrawn")]

    spoken("那个礼拜六的自愿服务我报个明", "已报名：社区志愿服务，11月28日（周六）09:00")
    spoken("嗯那我这个月到了几次会啊", "到会 1")
    spoken("那个我还欠点啥事儿没有", "没有逾期的事")
    spoken("那个档费多久交一次啊", "按月交纳党费", "每月至少 1 次")
    spoken("今天天气咋样啊", "这个我不会")
    spoken("那个老赵没来你帮他签一下呗", "代签不行", "可以自己签")
    spoken("谢谢啊辛苦了", "不客气")


def test_a_secretarys_day(branch: Branch) -> None:
    li, world = branch.li, branch.world
    hears(li, "早上好", "早上好", "09:00")
    world.at("8:25")
    hears(li, "把签到打开", "11月主题党日，怎么签到", "一个词就行")
    hears(li, "1", "11月主题党日")
    hears(li, "我到了", "已签到：11月主题党日，08:25")
    hears(branch.wang, "我到了", "已签到")
    hears(branch.zhao, "今天的会我要请个假，孩子病了", "已提交给李书记")

    world.at("9:20")
    hears(li, "还有谁没来", "应到 5，已到 2", "吴八、周七、赵四", "另有 1 份申请等您审批")
    hears(li, "提醒一下他们", "提醒这 3 位")
    hears(li, "点名", "1 吴八", "2 周七", "3 赵四")
    hears(li, "周七和吴八在纸上签了，帮他们点一下名", "已点名 2 位：周七、吴八", "4／5")
    assert "没认出" not in world.last.text
    assert branch.records(branch.zhou) == branch.records(branch.wu) == ["present"]

    # the roll is still being called, and another wish is heard all the same
    hears(li, "看看有什么要我批的", "赵四请假：11月23日（周一）11月主题党日", "同意")
    hears(li, "同意", "已同意赵四的请假")
    assert branch.requests(branch.zhao) == [("leave", "approved")]
    hears(li, "还有谁没来", "应到 5，已到 4，请假 1，还没有记录 0")
    hears(li, "好了，签到可以结束了", "已结束签到：11月主题党日", "结束签到")
    hears(li, "今天有什么逾期的", "zhibu plan")
    hears(li, "辛苦了", "不客气")


def test_an_approval_is_not_heard_as_a_roll_call(branch: Branch) -> None:
    branch.world.at("8:40")
    hears(branch.zhao, "今天的会我要请个假，孩子病了", "已提交给李书记")
    hears(branch.li, "点名", "赵四")
    hears(branch.li, "批准赵四的请假", "赵四请假", "同意")
    assert branch.records(branch.zhao) == []
    assert branch.requests(branch.zhao) == [("leave", "pending")]


@pytest.mark.parametrize("said", ["谢谢", "有谁请假了", "好的", "还有谁没来"])
def test_a_roll_call_lets_go_of_other_wishes(branch: Branch, said: str) -> None:
    branch.world.at("8:40")
    branch.li.says("点名")
    assert "没认出" not in hears(branch.li, said)


@pytest.mark.parametrize("said", ["好的", "行", "嗯", "可以"])
def test_taking_note_undoes_nothing(branch: Branch, said: str) -> None:
    """The way back is the only button there, and 「好的」 must not press it."""
    hears(branch.wang, "周三的会请假，要出差", "已提交给李书记", "［1 撤回］")
    hears(branch.wang, said, "就这么定了")
    assert branch.requests(branch.wang) == [("leave", "pending")]
    hears(branch.wang, "1", "已撤回")


@pytest.mark.parametrize("said", ["好的", "行"])
def test_yes_is_no_choice(branch: Branch, said: str) -> None:
    branch.world.activity("消防志愿服务")
    branch.world.at("8:40")
    hears(branch.wang, "我到了", "您在哪一场")
    hears(branch.wang, said, "回编号就行：1 ")
    assert branch.records(branch.wang) == []
    hears(branch.wang, "2", "已签到：消防志愿服务")


@pytest.mark.parametrize(
    ("said", "told", "state"),
    [("好的", "已提交给李书记", [("leave", "pending")]), ("不用了", "好的，不请了", [])],
)
def test_yes_and_no_to_a_question(
    branch: Branch, said: str, told: str, state: list[tuple[str, str]]
) -> None:
    hears(branch.wang, "星期三的会我想请个假", "需要写原因吗")
    hears(branch.wang, said, told)
    assert branch.requests(branch.wang) == state


def test_another_wish_while_a_question_is_open(branch: Branch) -> None:
    hears(branch.wang, "星期三的会我想请个假", "需要写原因吗")
    hears(branch.wang, "今天有什么活动", "今天有 1 场")
    hears(branch.wang, "1", "11月主题党日（B1）", "［1 请假］")
    assert branch.requests(branch.wang) == []


def test_two_wishes_in_one_message(branch: Branch) -> None:
    branch.world.at("8:31")
    hears(branch.wang, "我到了，另外周三的会请个假", "已签到：11月主题党日", "需要写原因吗")
    hears(branch.wang, "1", "请假申请已提交", "11月25日（周三）")


@pytest.mark.parametrize("said", ["我不是要请假", "我没说要签到", "他刚才说「我要请假」"])
def test_negated_and_quoted_words_do_nothing(branch: Branch, said: str) -> None:
    branch.world.at("8:31")
    hears(branch.wang, said)
    assert branch.records(branch.wang) == []
    assert branch.requests(branch.wang) == []


@pytest.mark.parametrize("said", ["书记说「大家都签到」", "算了，我又能去了", "发布"])
def test_only_what_the_member_may_want_is_offered(branch: Branch, said: str) -> None:
    branch.world.at("8:31")
    branch.wang.says(said)
    labels = {each.label for each in branch.world.last.buttons}
    assert not labels & {"否认", "确认", "拒绝类请求", "签到情况", "签到情况（组织者）", "发通知"}


def test_a_number_without_a_list(branch: Branch) -> None:
    hears(branch.wang, "3", "现在没有等您选的编号")
    assert branch.world.last.buttons == []


@pytest.mark.parametrize("said", ["九点半签到结束", "签到结束了吗", "等会儿签到就结束了"])
def test_speaking_of_the_end_does_not_close(branch: Branch, said: str) -> None:
    branch.world.at("8:40")
    branch.li.says(said)
    hears(branch.wang, "我到了", "已签到")
