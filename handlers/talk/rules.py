"""What somebody who talks with us may mean, and what they may hear first."""

import re
from collections.abc import Sequence

LINES = 5
"""Of the help list at first; with its beginning and end it fits on a small phone."""
FIRST = {
    "guest": ("绑定", "隐私"),
    "member": ("本周活动", "签到", "请假", "补签", "我的出勤", "报名", "我的账号"),
    "leader": (
        "安排活动",
        "开始签到",
        "还有谁没签到",
        "签到情况",
        "待我审批",
        "签到",
        "本周活动",
        "请假",
        "邀请",
    ),
}
"""What each is likeliest to want, by the first word of the help line."""
CHECK_IN, BIND = "签到", "绑定"
_ASKING = re.compile(
    r"^(?:我|想|要|有|给|你们|您|跟|先|一下)*(?:提|写|说|反映|反馈)?(?:个|点|条|一个|一点|一条|几点)?"
    r"(?:匿名|署名|实名)?(?:地)?(?:提|写|说)?(?:个|点|条)?"
    r"(?:投诉|意见|建议|反馈|反映|吐槽|举报|feedback)?"
    r"(?:建议|反馈|箱|你们|一下|个|一个)?(?:问题|情况)?"
)
_EDGES = " ，,：:。.、；;"
_NAMELESS = re.compile(r"匿名")
_SIGNED = re.compile(r"署名|实名")
SHORTEST = 4
"""Characters. What is shorter only says that there is something to be said."""


def likeliest(lines: Sequence[str], standing: str, *, check_in_now: bool) -> list[str]:
    """The help lines in the order in which they are likely to be wanted; who is bound needs no
    line about how."""
    order = FIRST[standing]
    if check_in_now:
        order = (CHECK_IN, *order)
    wanted = [line for line in lines if standing == "guest" or word(line) != BIND]
    return sorted(wanted, key=lambda line: order.index(w) if (w := word(line)) in order else 99)


def word(line: str) -> str:
    return re.split(r"[：\s]", line, maxsplit=1)[0]


def part_of_day(hour: int) -> str:
    """morning, noon, afternoon or evening."""
    if 5 <= hour < 11:
        return "morning"
    if 11 <= hour < 13:
        return "noon"
    return "afternoon" if 13 <= hour < 18 else "evening"


def said_about(words: str) -> str:
    """The content of «提个建议：字太小了看不清»; empty where it only announces one."""
    rest = _ASKING.sub("", words.strip(), count=1).strip(_EDGES)
    rest = re.sub(r"^(?:匿名|署名|实名)", "", rest).strip(_EDGES)
    return rest if len(rest) >= SHORTEST else ""


def wants_signature(words: str) -> bool:
    """Only who says so is named: the least is kept."""
    return bool(_SIGNED.search(words[:12])) and not _NAMELESS.search(words[:12])


SAY_AGAIN = (
    r"(?:你|您|请|麻烦|能不能|可以)?(?:再(?:说|讲|发|念)(?:一遍|一次|一下)|重复一[遍下]|没听清|没看清|"
    r"(?:你)?(?:刚才|刚刚)说(?:的)?(?:什么|啥|了啥|了什么))(?:吗|呗|吧|啊|了|好吗|行吗|可以吗)?"
    r"[，, ]*(?:我?(?:刚才|刚刚)?没(?:听|看)[到清见])?"
)
TOO_SMALL = (
    r"(?:.{0,8}(?:字|字体|字号)(?:也|都|能不能|可以|可不可以|调)?(?:太|有点|好|这么)?(?:小|(?:再|调|放)?大一?[点些])(?:了|吗|不|嘛|啊|行不行)?)"
    r"|(?:.{0,6}(?:字|眼睛|我)?看不清(?:楚)?(?:字|了)?)"
)
"""Helped at once; whoever wants to say what they think of it has a button for that."""
