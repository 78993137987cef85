"""What the assistant says when no capability speaks."""

from collections.abc import Sequence
from datetime import date, datetime

NOT_BOUND = (
    "您好，我是支部助手，可以签到、请假、看本周活动。\n"
    "先绑定一下身份：向支部书记要一个邀请码，发给我就行。"
)
WELCOME_BACK = "欢迎回来。发送「帮助」看看我能做什么。"
BROKEN = "刚才没有记上，是系统的问题，已经记录下来。请过一会儿再发一次。"
ONLY_WORDS = "图片和文件我看不懂，也不需要。请用文字或语音告诉我。"
NO_PLACE = "不需要位置，我也没有保存。要签到，发「签到」就行。"
IN_PRIVATE = "已私信您。"
DIALOG_LEFT = "好的，这件事先不办了。"
SLOW_DOWN = "您发得有点快，稍等一分钟再发，前面的都记着呢。"
OLD_BUTTON = "这个按钮已经过期了，请把想办的事再说一次。"
NOT_UNDERSTOOD = "这句没听懂。换个说法试试，或发「帮助」看我能办什么；要找人就发「转人工」。"
HAND_OVER = "交给管理员改进"
NO_BEGINS = ("不", "先不", "取消", "算了", "别")
UNDO_BEGINS = ("撤", "取消")
NOTED = "好的，就这么定了。"
NO_SUCH_NUMBER = "现在没有等您选的编号。想办什么直接说，或发「帮助」。"
ONLY_A_NAME = "只看到一个名字。想办什么请一起说，比如「请假」「签到情况」。"
NOT_YET = ("等等", "等一下", "等会", "先别", "再想想", "再看看", "再考虑")
"""Neither yes nor no: all stays open."""
NOT_THIS = ("不是", "不对", "错了")
NOT_THIS_ONE = "好的，不是这个。换个说法再说一次，或发「帮助」看看。"
LEAVE_WORDS = frozenset({"算了", "取消", "不用了", "不办了", "退出", "cancel"})


def not_allowed(who: Sequence[str]) -> str:
    if not who:
        return "这件事不能在这里办。"
    return f"这件事要由{'、'.join(who[:3])}来办，可以请他们帮忙。"


def which_one(said: str) -> str:
    shown = said if len(said) <= 20 else f"{said[:19]}…"
    return f"「{shown}」，您是想："


def left(said: str) -> str:
    return NOT_THIS_ONE if any(word in said for word in NOT_THIS) else DIALOG_LEFT


def left_as_it_is(way_back: str) -> str:
    return f"好的，没有改动。要{way_back}就回「1」。"


def choose(labels: Sequence[str]) -> str:
    shown = "　".join(f"{number} {label}" for number, label in enumerate(labels, start=1))
    return f"好的。要接着办，回编号就行：{shown}"


def after_all(owed: Sequence[str], now: str) -> str:
    """What was owed from before, then the answer."""
    return "\n".join([*owed, now])


def late(said: str) -> str:
    """An answer that was not ready in time."""
    return f"（刚才那条）{said}"


ROLES = {
    "member": "党员",
    "group_leader": "党小组组长",
    "secretary": "支部书记",
    "deputy_secretary": "支部副书记",
    "org_commissioner": "组织委员",
    "publicity_commissioner": "宣传委员",
    "discipline_commissioner": "纪检委员",
    "organ_committee": "机关党委（党总支）",
    "committee_office": "工委办公室",
    "operator": "管理员",
}
"""The words of the glossary, the nearest to a member first."""


def day(moment: date) -> str:
    return f"{moment.month}月{moment.day}日（周{'一二三四五六日'[moment.weekday()]}）"


def why(counted: str, records: str, now: datetime) -> str:
    """Of a number: what it counts, from which records, and as of when."""
    as_of = f"{day_and_time(now)}的记录，之后有变就重新数"
    return f"口径：{counted}\n记录：{records}\n时间：{as_of}。"


def day_and_time(moment: datetime) -> str:
    return f"{day(moment)}{moment:%H:%M}"


CHANGE_TIME = "改时间"
"""On every button that changes a time: 「改成九点」 means it, too."""
SEVERAL = "有 {count} 件事："
WHOLE = "看全文"
"""What it is called, and the words that mean it."""


def several(lines: Sequence[str]) -> str:
    numbered = [f"{number}. {line}" for number, line in enumerate(lines, start=1)]
    return "\n".join([SEVERAL.format(count=len(lines)), *numbered])
