"""What is denied, what is reported done, and wishes heard in the name of something else."""

import pytest

from bot.understanding import Understander
from tests.understanding.conftest import hear


@pytest.mark.parametrize(
    "text", ["我可没要你导出什么表", "甭给我导出", "通报先不起草", "通知先别发", "先不签到"]
)
def test_a_wish_that_is_denied_has_nothing_done(understander: Understander, text: str) -> None:
    assert hear(understander, text).intent == "deny"


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("党费收缴登记搞定了", "党费收缴登记"),
        ("学时统计表报完了", "学时统计表"),
        ("民主评议材料拾掇好了", "民主评议材料"),
        ("志愿服务登记表收齐了", "志愿服务登记表"),
    ],
)
def test_what_is_reported_done(understander: Understander, text: str, task: str) -> None:
    heard = hear(understander, text)
    assert (heard.intent, heard.slots) == ("task_complete", {"task": task})


@pytest.mark.parametrize(
    ("text", "intent", "slots"),
    [
        ("请假 体验签到 出差", "leave", {"activity": "体验签到", "reason": "出差"}),
        ("请假 报名动员会 住院", "leave", {"activity": "报名动员会", "reason": "住院"}),
        ("报名 签到培训", "activity_signup", {"activity": "签到培训"}),
        ("取消报名 签到演练", "activity_cancel", {"activity": "签到演练"}),
        ("请假 今天下午的 带孩子打针", "leave", {"reason": "带孩子打针", "part": "下午"}),
    ],
)
def test_words_of_one_command_in_the_title_of_an_activity(
    understander: Understander, text: str, intent: str, slots: dict[str, str]
) -> None:
    heard = hear(understander, text)
    assert heard.likeliest == intent
    assert slots.items() <= heard.slots.items()


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("不是我不想去是去不了请假", "leave"),
        ("别等我了今天的会我去不了", "leave"),
        ("我不请假我要签到", "check_in"),
        ("不是签退是签到", "check_in"),
        ("别忘了提醒我明天九点开会", "reminder_create"),
        ("过会儿再提醒我一次", "reminder_create"),
        ("不要忘了提醒我交表明天十点", "reminder_create"),
    ],
)
def test_a_no_that_denies_no_wish(understander: Understander, text: str, intent: str) -> None:
    assert hear(understander, text).intent == intent
