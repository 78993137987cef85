"""What a task is called, and how near its day is."""

from datetime import date

from bot.text import day

STATES = {
    "issued": "还没有签收",
    "signed": "已签收",
    "working": "办理中",
    "reported": "已报完成，待验收",
    "returned": "退回待补",
    "accepted": "复核通过，待销号",
    "closed": "已办结",
    "withdrawn": "已撤销",
}
JOINED = "、"
STAGES = {"red": "红", "yellow": "黄", "blue": "蓝", "calm": "正常"}


def named(number: str, title: str) -> str:
    return f"{title}（{number}）" if number else title


def short_day(moment: date) -> str:
    return f"{moment.month}月{moment.day}日"


def left(due: date, today: date) -> str:
    if due < today:
        return f"过了 {(today - due).days} 天（{short_day(due)}前）"
    if due == today:
        return "今天到期"
    return f"剩 {(due - today).days} 天（{day(due)}前）"


def matter(number: str, title: str, of: str, due: date, today: date) -> str:
    """One line; `of` names the unit where it is not clear."""
    return f"{named(number, title)}{f'｜{of}' if of else ''}，{left(due, today)}"
