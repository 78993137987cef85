"""How a duty is said in the message of the morning."""

from collections.abc import Sequence
from datetime import date

from bot.text import day

AT_MOST = 3
DONE, PRESS, LIST, PROPOSALS = "已办", "催一下", "全部清单", "看建议"
FINDING, FINISH = "看整改", "完成"
LIST_WORDS, PROPOSAL_WORDS = "逾期", "督办建议"


PERIODS = {
    "Q": ("第一季度", "第二季度", "第三季度", "第四季度"),
    "H": ("上半年", "下半年"),
}


def arrange(what: str) -> str:
    return f"安排{what}"


def arrange_words(what: str) -> str:
    """The command of the activities, which knows what kind it is."""
    return f"安排活动 {what}"


def finish_words(number: str) -> str:
    """The words of the tasks, which ask for what else is needed."""
    return f"{number} 办完了"


def period(occurrence: str) -> str:
    """2026-Q4 is 第四季度, 2026-11 is 11月; a year or a day goes without saying."""
    _, _, part = occurrence.partition("-")
    if part[:1] in PERIODS and part[1:].isdigit():
        return PERIODS[part[0]][int(part[1:]) - 1]
    return f"{int(part)}月" if part.isdigit() and len(part) == 2 else ""


def finding(number: str, title: str, of: str) -> str:
    return f"{title}（{number}）{f'｜{of}' if of else ''}"


def line(name: str, of: str, due: date, today: date) -> str:
    what = f"{name}{f'（{of}）' if of else ''}"
    if due < today:
        return f"{what}还没有记录，过了 {(today - due).days} 天（{short(due)}前）"
    if due == today:
        return f"{what}，今天到期"
    return f"{what}，剩 {(due - today).days} 天（{short(due)}前）"


def dated(name: str, of: str, due: date, today: date) -> str:
    """Where nothing on record says whether anybody is behind: a birthday, counted hours, a day
    before which something must not be done."""
    left = (due - today).days
    when = "就在今天" if left == 0 else f"还有 {left} 天" if left > 0 else f"过了 {-left} 天"
    return f"{name}{f'（{of}）' if of else ''}：{day(due)}，{when}"


def studied(hours: float) -> str:
    return f"，这里记到 {hours:g} 学时"


def several(name: str, count: int, due: date, today: date) -> str:
    """One rule, many subjects."""
    left = (due - today).days
    when = f"过了 {-left} 天" if left < 0 else "今天到期" if left == 0 else f"剩 {left} 天"
    return f"{name}：{count} 项，最早的{when}（{short(due)}前）"


def several_dated(name: str, count: int, due: date) -> str:
    return f"{name}：{count} 位，最近的是 {day(due)}"


def short(due: date) -> str:
    return f"{due.month}月{due.day}日"


def digest(branches: Sequence[tuple[str, int]]) -> str:
    total = sum(count for _, count in branches)
    shown = "、".join(f"{name} {count} 件" for name, count in branches[:AT_MOST])
    rest = len(branches) - AT_MOST
    return f"逾期 {total} 件：{shown}{f'，另有 {rest} 个支部' if rest > 0 else ''}"


PROPOSED = {
    "supervision_list": "{count} 件逾期较久，要不要列入督办，由您定",
    "circular_candidate": "{count} 件逾期 20 天以上，要不要通报，由您定",
    "talk_candidate": "{count} 件整改久未办结，要不要约谈，由您定",
}


def proposed(channel: str, count: int) -> str:
    return PROPOSED.get(channel, "{count} 件请您看看").format(count=count)
