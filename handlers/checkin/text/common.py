"""Words that all parts of check-in share."""

from datetime import datetime

from bot.text import day

NOT_FOUND = "没有找到这场活动，可能已取消，也可能不归您管理。发「本周活动」看看。"
WHICH = "哪一场？"
WHICH_IN_PRIVATE = "不止一场活动，已私信您选哪一场。"


def meeting(title: str, starts: datetime) -> str:
    return f"{day(starts)}{title}"


def label(title: str, starts: datetime) -> str:
    return f"{starts.month}月{starts.day}日 {title}"
