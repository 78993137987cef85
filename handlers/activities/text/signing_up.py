"""How signing up is worded."""

from collections.abc import Sequence
from datetime import datetime

from bot.text import day_and_time

HELP = "报名：志愿服务、培训等要报名的活动，发「报名」"
HELP_OFF = "取消报名：去不了了就发「取消报名」"
SIGN_OFF = "取消报名"
WHICH, WHICH_OFF = "报名哪一场？", "取消哪一场的报名？"
NO_SIGN_UP = "您没有报名要开始的活动，不用取消。"


def place(title: str, starts: datetime, venue: str) -> str:
    return f"{title}，{day_and_time(starts)}{f'，{venue}' if venue else ''}"


def signed_up(title: str, starts: datetime, venue: str, count: int) -> str:
    return f"已报名：{place(title, starts, venue)}。现在共 {count} 人。去不了了发「取消报名」。"


def signed_off(title: str, starts: datetime) -> str:
    return f"已取消报名：{title}，{day_and_time(starts)}。改主意了再发「报名」就行。"


def signed_up_before(title: str, starts: datetime) -> str:
    return f"您已经报过名了：{title}，{day_and_time(starts)}，到时直接去。"


def not_signed_up(title: str) -> str:
    return f"您没有报名「{title}」，不用取消。"


def not_needed(title: str, *, joining: bool) -> str:
    if joining:
        return f"「{title}」不用报名，名单里的人到时直接来就行。"
    return f"「{title}」不是报名的活动。去不了的话，请发「请假」。"


def begun(title: str, *, joining: bool) -> str:
    if joining:
        return f"「{title}」已经开始，报名停了。想去可以直接到场，发「签到」。"
    return f"「{title}」已经开始，不能再取消。没去成的话，和组织者说一声就行。"


def came_already(title: str) -> str:
    return f"「{title}」已有您的到会记录，不能再取消报名。记错了请找组织者更正。"


def nothing_offered(others: Sequence[tuple[str, datetime]]) -> str:
    if not others:
        return "现在没有要报名的活动。发「本周活动」看看安排。"
    there = "、".join(f"{title}（{day_and_time(starts)}）" for title, starts in others[:3])
    return f"没有找到您说的那场。可以选的有：{there}。"
