"""How leave, make-up and deciding on them are worded."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.text import day
from handlers.checkin.text.common import label, meeting

HELP_LEAVE = "请假：来不了就发「请假」，可以带上哪天、为什么"
HELP_MAKE_UP = "补签：到了会却没签上，七天内发「补签」"
HELP_OWN = "我的申请：看请假、补签的结果，也能撤回"
HELP_WAITING = "待我审批：看请假和补签申请，点一下就办"

SUBMIT, WRITE_REASON, NOT_NOW = "提交", "写原因", "不请了"
WITHDRAW, APPROVE, DECLINE = "撤回", "同意", "不同意"
DO_WITHDRAW, KEEP = "是的，撤回", "不撤"
KEPT = "好的，申请还在。发「我的申请」看结果。"
FOR_ANOTHER = "请假、报名和补签要本人来说。请对方用自己的账号发给我，或者直接告诉支部的组织委员。"
WILL_BE_LATE = "知道了，路上别急。到场后发「签到」就行；来不了再发「请假」。"
WHAT_REASON = "请写一句原因，审批后只留类别，不留原话。"
NOT_EXPECTED = "这场活动的名单里没有您，不用请假，也不用补签。"
NOT_YOUR_REQUEST = "这不是您的申请。发「我的申请」看看自己的。"
NO_REQUEST = "没有找到这份申请。发「待我审批」看看还有什么。"
NOT_ONES_OWN = "自己的申请要由别人来批，请副书记或上级党组织处理。"
NOTHING_TO_WITHDRAW = "没有等审批的申请，不用撤回。已批准的请假，到场签到后自动取消。"
NOTHING_WAITS = "没有等您审批的申请。"
WHICH_TO_WITHDRAW = "撤回哪一份申请？"
NEVER_MIND = "好的，不请了。"
NO_REQUESTS = "最近一个月没有请假或补签的申请。要请假就发「请假」。"
KINDS = {"leave": "请假", "make_up": "补签"}
STATES = {
    "pending": "等审批",
    "approved": "已同意",
    "declined": "没有同意",
    "withdrawn": "已撤回",
}
CATEGORIES = {"sickness": "身体原因", "business": "公务", "family": "家事", "other": "其他原因"}


def withdraw_this(kind: str, title: str, starts: datetime) -> str:
    return f"您有一份{KINDS[kind]}申请在等审批：{meeting(title, starts)}。撤回它吗？"


def confirm(title: str, starts: datetime) -> str:
    return f"为您请假：{meeting(title, starts)}。需要写原因吗？不写也可以。"


def submitted(kind: str, meetings: Sequence[tuple[str, datetime]], decider: str) -> str:
    what = "、".join(meeting(title, starts) for title, starts in meetings[:3])
    more = f"等 {len(meetings)} 场" if len(meetings) > 3 else ""
    to = f"已提交给{decider}审批" if decider else "已提交，等支部审批"
    return f"{KINDS[kind]}申请{to}：{what}{more}。发「我的申请」看结果。"


def which(kind: str, count: int) -> str:
    return (
        f"{KINDS[kind]}的是哪一场？" if count <= 3 else f"有 {count} 场，{KINDS[kind]}的是哪一场？"
    )


def all_of(count: int) -> str:
    return f"这 {count} 场都请"


def none_fits(kind: str, others: Sequence[tuple[str, datetime]], on: date | None = None) -> str:
    if not others and kind == "leave":
        return "接下来两个月没有要您参加的活动，不用请假。"
    if not others:
        return "最近七天没有需要补签的活动。发「我的出勤」看看记录。"
    there = "、".join(meeting(title, starts) for title, starts in others)
    if on and kind == "leave":
        return f"{day(on)}没有要您参加的活动，不用请假。要请别的，是哪一场？"
    return f"没有找到您说的那场。可以{KINDS[kind]}的有：{there}。是哪一场？"


def asked_before(kind: str, title: str, starts: datetime) -> str:
    return f"{meeting(title, starts)}的{KINDS[kind]}已经提交过，正在等审批，不用再发。"


def on_leave_already(title: str, starts: datetime) -> str:
    return f"{meeting(title, starts)}已经请好假了。能来的话到时发「签到」，请假就自动取消。"


def came_already(title: str, at: datetime) -> str:
    return f"「{title}」已有您的到会记录（{day(at)}{at:%H:%M}），不用再办。"


def leave_too_late(title: str, starts: datetime, until: datetime) -> str:
    return (
        f"{meeting(title, starts)}已经结束，不能再请假。人到了请发「补签」，"
        f"{day(until)}前有效；没到的，当面和组织者说一声就行。"
    )


def make_up_too_late(title: str, starts: datetime, until: datetime) -> str:
    return (
        f"{meeting(title, starts)}的补签到 {day(until)}为止，已经过了。"
        "确实到了会的，请组织者用「点名」补记。"
    )


def still_open(title: str) -> str:
    return f"「{title}」还在签到，不用补，直接发「签到」就行。"


def not_begun(title: str, starts: datetime) -> str:
    return f"{meeting(title, starts)}还没开始，到时发「签到」。去不了请发「请假」。"


def withdrawn(kind: str, title: str, starts: datetime) -> str:
    return f"已撤回{KINDS[kind]}申请：{meeting(title, starts)}。"


def decided_already(kind: str, title: str, state: str) -> str:
    return f"「{title}」的{KINDS[kind]}{STATES[state]}，不能再撤回。"


def choice(title: str, starts: datetime) -> str:
    return label(title, starts)


def own(lines: Sequence[tuple[str, str, datetime, str]]) -> str:
    """Kind, title, start and state of each, the newest first."""
    shown = [
        f"{meeting(title, starts)} {KINDS[kind]}：{STATES[state]}"
        for kind, title, starts, state in lines[:5]
    ]
    return "\n".join(shown)


def waiting(
    kind: str, name: str, title: str, starts: datetime, why: tuple[str, str], count: int
) -> str:
    category, reason = why
    because = reason or CATEGORIES.get(category, "")
    return (
        f"{name}{KINDS[kind]}：{meeting(title, starts)}{f'，{because}' if because else ''}。"
        f"{f'共 {count} 份等您审批。' if count > 1 else ''}"
    )


def decided(
    kind: str, name: str, title: str, starts: datetime, *, approved: bool, left: int
) -> str:
    how = "已同意" if approved else "没有同意"
    more = f"还有 {left} 份等您审批。" if left else "都办完了。"
    return f"{how}{name}的{KINDS[kind]}：{meeting(title, starts)}。{more}"


def returned(kind: str, title: str, starts: datetime, why: str, by: str) -> str:
    """To whoever asked."""
    return f"{meeting(title, starts)}的{KINDS[kind]}没有同意：{why}。有疑问可以直接问{by}。"


def decided_before(name: str, title: str, state: str, by: str) -> str:
    who = f"（{by}）" if by else ""
    return f"{name}的申请「{title}」{STATES[state]}{who}，不用再办。"


def came_meanwhile(name: str, title: str, at: datetime) -> str:
    return f"{name}已于 {at:%H:%M} 到会：{title}，这份申请不用再批。"


def more_waiting(count: int) -> str:
    return f"另有 {count} 份申请等您审批，发「待我审批」。"
