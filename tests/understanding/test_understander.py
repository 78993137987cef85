"""What must hold of every message, and what no corpus can show."""

from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

import handlers
from bot.finding import bare, tidy
from bot.understanding import Understander
from tests.understanding.conftest import NAMES, NOW, hear


@pytest.mark.parametrize(
    "text",
    [
        "签到",
        "签道",
        "簽到",
        "ｑｉａｎｄａｏ",
        "qian dao",
        "签 到",
        "嗯签到",
        "签到✅",
        "王书记好，我到了",
    ],
)
def test_however_it_is_written(understander: Understander, text: str) -> None:
    heard = hear(understander, text)
    assert (heard.intent, heard.sure) == ("check_in", True)


@pytest.mark.parametrize(
    "text",
    [
        "我不是要请假",
        "谁请假了",
        "他说「请假」是什么意思",
        "请假要谁批",
        "别给我报名",
        "怎么签到",
        "要是请假会怎么样",
        "昨天的签到",
        "签到是不是要定位",
        "同事请假了吗",
        "没说要解绑",
        "投票规则是什么",
        "为什么要绑定",
        "什么时候能补签",
        "报名什么时候截止",
        "任务完成了吗",
        "每次签到都这么慢",
        "明天请假？",
        "啥叫补签",
        "报名在哪报",
        "参赛一队几个人",
        "不要发，我再想想",
        "我们几个人我一块签了吧",
        "老李的任务办完了",
        "他已经把台账交了",
        "昨天我同事服务了三小时",
        "绑定失败了",
        "解绑要找谁",
        "报名取消了没",
        "我报的名被取消了",
        "参加竞赛的有几个队",
        "投给谁好呢",
        "我的班被人换了",
        "周六的班换给谁了",
        "签到码过期了",
        "提醒大家的话怎么写",
        "催了也没用",
        "整改到位的有几条",
        "书记说请假要提前一天",
        "我已经签到过了",
        "我听说报名要交钱",
        "补签要领导批吧",
        "补签太麻烦了",
        "你昨天没提醒我",
        "催办的消息烦死了",
        "换班的同志说同意了没",
        "换班被拒了",
        "投票还没开始吧",
        "我投过票了",
        "服务时长登记错人了",
        "整改完成时限到哪天",
        "F05谁负责",
        "F06整改得怎么样了",
        "老王请假了，让我转告您",
        "小李说他明天请假",
        "请假条丢了",
        "我们队已经报名参赛了",
        "发通知的权限我有吗",
        "取消提醒在哪里点",
        "第三题选B对不对",
        "我本来想请假的，算了",
        "我请的假书记批了",
        "今天的活动延期了，跟大家说了吗",
        "通知大家了吗",
        "谁叫你给我请假了",
        "等会再签到",
        "我又没叫你催他们",
        "用不着催办",
        "莫给我报名",
        "签到等一哈再说",
        "解绑就不必了",
        "我没有说要删我的记录",
        "没让你登记服务时长",
        "我还没签到",
        "没请假",
        "老伴要请假后天的会去不了",
        "帮我爱人请个假",
        "提醒先不设了",
        "投票我还没想好，先不投",
    ],
)
def test_what_only_mentions_a_change_changes_nothing(understander: Understander, text: str) -> None:
    heard = hear(understander, text)
    assert not (heard.changes and heard.sure), heard


def test_the_question_mark_is_heard_but_no_part_of_a_command() -> None:
    assert (tidy(" 明天请假？"), bare(tidy("签到？"))) == ("明天请假?", "签到")


@pytest.mark.parametrize(
    ("text", "meant"),
    [("jifen", "my_points"), ("wo de daiban", "task_list"), ("消取报名", "activity_cancel")],
)
def test_of_words_that_sound_or_look_alike_the_usual(
    understander: Understander, text: str, meant: str
) -> None:
    assert hear(understander, text).likeliest == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("qd", "check_in"),
        ("qj 明天", "leave"),
        ("jf", "my_points"),
        ("✅", "affirm"),
        ("❌", "deny"),
        ("🙏", "thanks"),
        ("T05✅", "task_complete"),
        ("⏰明早8点交表", "reminder_create"),
        ("11月任务📋", "task_list"),
        ("周三上午单位有检查，请假🙏", "leave"),
    ],
)
def test_initials_and_signs(understander: Understander, text: str, meant: str) -> None:
    assert hear(understander, text).intent == meant


@pytest.mark.parametrize("text", ["邀请码 ZB8K2M", "加我QQ吧", "3pm", "sb"])
def test_letters_that_are_no_command(understander: Understander, text: str) -> None:
    assert hear(understander, text).likeliest not in {"shift_query", "ballot_vote", "leaderboard"}


def test_a_wish_after_a_refusal_counts(understander: Understander) -> None:
    heard = hear(understander, "我不是要补签，是明天要请假")
    assert (heard.intent, heard.slots["when"]) == ("leave", "2026-11-24")


@pytest.mark.parametrize(
    ("text", "intent", "slot", "value"),
    [
        ("周三请假，不对，周四", "leave", "when", "2026-11-26"),
        ("不是周三，是周四请假", "leave", "when", "2026-11-26"),
        ("后天，说错了，大后天下午的会我请假", "leave", "when", "2026-11-26"),
        ("明天三点提醒我，不对，是四点，去取文件", "reminder_create", "when", "2026-11-24T16:00"),
        ("选A，哦不对，选B", "quiz_answer", "answer", "B"),
        ("第3题错了，b", "quiz_answer", "question", 3),
        ("投3号，错了，5号", "ballot_vote", "option", "5"),
        ("周六的班跟李二换，不对，是王三", "shift_swap", "person", "王三"),
        ("志愿服务登记2小时，说错了，3小时", "service_log", "hours", 3),
    ],
)
def test_what_is_taken_back_in_the_same_breath(
    understander: Understander, text: str, intent: str, slot: str, value: object
) -> None:
    heard = hear(understander, text)
    assert (heard.likeliest, heard.slots.get(slot)) == (intent, value)


@pytest.mark.parametrize(
    ("text", "meant"),
    [("发出去", "affirm"), ("发出", "affirm"), ("对", "affirm"), ("n", "deny"), ("y", "affirm")],
)
def test_a_message_that_is_a_phrase_and_nothing_else(
    understander: Understander, text: str, meant: str
) -> None:
    """Examples break ties between phrases; against an exact one they have no say."""
    assert hear(understander, text).intent == meant


def test_unsure_means_a_question_with_the_likeliest(understander: Understander) -> None:
    heard = hear(understander, "文明引导还要人吗？要的话我报名")
    assert heard.intent is None
    assert heard.alternatives[0].zh == "报名"
    assert 1 <= len(heard.alternatives) <= 3


def test_several_wishes_in_one_message(understander: Understander) -> None:
    heard = hear(understander, "我到了，另外提醒我明天下午三点交材料")
    assert [each.intent for each in heard.wishes] == ["check_in", "reminder_create"]
    assert heard.wishes[1].slots["content"] == "交材料"


def test_a_reason_is_no_second_wish(understander: Understander) -> None:
    assert hear(understander, "昨天忘签到了，能补签吗").wishes == ()
    assert hear(understander, "周五党课请假，轮到我值班").wishes == ()


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("穆九十九到哪一步了", "穆九十九"), ("周六的班跟王山换一下", "王三"), ("周期是多久", None),
        ("沈四海的预备期哪天满", "沈四海"), ("张三和我换周五的班", "张三"),
    ],
)  # fmt: skip
def test_names_by_ear(understander: Understander, text: str, person: str | None) -> None:
    assert hear(understander, text).slots.get("person") == person


def test_why_names_the_words(understander: Understander) -> None:
    assert hear(understander, "书记，我要请假").why.endswith("请假")


def test_the_slots_of_an_intent_that_was_asked_about(understander: Understander) -> None:
    slots = understander.slots("leave", "明天下午的会去不了", now=NOW, names=NAMES)
    assert slots["when"] == "2026-11-24"
    assert slots["part"] == "下午"
    with pytest.raises(KeyError):
        understander.slots("no_such_wish", "请假", now=NOW)


def test_phrases_that_cannot_match_are_refused() -> None:
    intent = next(iter(handlers.intents()))
    for phrase in ("请假 了?", " ", "<没有这一类>", "{THING} 交了", "{tme} 请假", "请假 {time"):
        with pytest.raises((ValueError, KeyError)):
            Understander([replace(intent, says=(phrase,))])
    with pytest.raises(ValueError, match="same id"):
        Understander([intent, intent])


BEYOND = {"quiz_join", "quiz_leave", "quiz_doubt", "quiz_weak_topics", "contest_leave"}
"""Wishes that capabilities found in what members say, beside the fifty-eight that were given."""


def test_every_given_intent_is_declared_once() -> None:
    declared = [each.id for each in handlers.intents()]
    assert len(declared) == len(set(declared))
    assert len(set(declared) - BEYOND) == 58
    assert set(declared) >= BEYOND


def test_every_message_of_others_is_filed_under_a_wish_of_its_capability() -> None:
    for folder in Path(handlers.__path__[0]).glob("*/said.txt"):
        capability = folder.parent.name
        heard = import_module(f"handlers.{capability}.heard").INTENTS
        filed = handlers.said(capability)
        assert filed.keys() <= {each.id for each in heard}, capability
        for intent, messages in filed.items():
            assert messages, intent
            assert len(messages) == len(set(messages)), intent
