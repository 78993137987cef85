"""How what is owed is said."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.text import day, why

HELP_DESK = "逾期：看逾期和快到期的事（也可以发「今天要看什么」）"
AT_MOST = 5
BRANCHES = 3
DONE, MORE = "已办", "更多"
NOT_YOURS = "这一件不归您管，没有改动。"
ALREADY = "这一件已经办结，或者不再需要了。"
OF_OTHERS = "别人的进度只有支部书记、组织委员看得到。您自己的，发「我还欠什么」。"
NOTHING_PLANNED = "还没有按规则排出日期，管理员执行 zhibu plan 后就能看到。"
FIELDS = {
    "branch.theme_day": "每月几号过主题党日",
    "branch.dues_day": "每月几号交党费",
    "org.elected_on": "上次换届选举的日期",
    "member.accepted_on": "入党日期",
    "candidate.applied_on": "递交入党申请书的日期",
}


def because(overdue: int, now: datetime) -> str:
    """Why so many are overdue."""
    rule = "到期日已过、又没有对应记录的，一件算一件；办了活动自动记，别的点「已办」或报完成。"
    records = "下面逐条列着到期日；控制台「应办」和「任务」里点得开每一件。"
    return f"逾期 {overdue} 件。\n" + why(rule, records, now)


def desk_head(overdue: int, soon: int, days: int, *, own: bool) -> str:
    whose = "您这里" if own else ""
    if not overdue and not soon:
        return f"{whose}没有逾期的事，{days} 天内也没有到期的。"
    if not overdue:
        return f"{whose}没有逾期的事，{days} 天内到期 {soon} 件："
    return f"{whose}逾期 {overdue} 件{f'，{days} 天内到期 {soon} 件' if soon else ''}："


def line(number: int, words: str) -> str:
    return f"{number}. {words}"


def item(name: str, of: str, due: date, today: date) -> str:
    what = f"{name}{f'（{of}）' if of else ''}"
    if due < today:
        return f"{what}还没有记录，过了 {(today - due).days} 天（{due.month}月{due.day}日前）"
    if due == today:
        return f"{what}，今天到期"
    return f"{what}，剩 {(due - today).days} 天（{day(due)}前）"


def short_item(name: str, of: str, due: date, today: date) -> str:
    """For those who look after many: without the day, and without the remark on a name."""
    what = f"{name}{f'（{bare(of)}）' if of else ''}"
    if due < today:
        return f"{what}还没有记录，过了 {(today - due).days} 天"
    return f"{what}，今天到期" if due == today else f"{what}，剩 {(due - today).days} 天"


def bare(name: str) -> str:
    return name.partition("（")[0]


def more(count: int) -> str:
    return f"…… 还有 {count} 件"


def roll_up(branches: Sequence[tuple[str, int]]) -> str:
    if not branches:
        return "各支部都没有逾期的事。"
    shown = "、".join(f"{bare(name)} {count} 件" for name, count in branches[:BRANCHES])
    rest = len(branches) - BRANCHES
    return f"有逾期的支部 {len(branches)} 个：{shown}{f'，另有 {rest} 个' if rest > 0 else ''}。"


def question(name: str, field: str) -> str:
    asked = FIELDS.get(field, field)
    return f"还缺一个日期：{name}{asked}。补进名册后，到期日会自动算出来。"


def nth(number: int, label: str) -> str:
    return f"第 {number} 件{label}"


def closed(name: str, on: date) -> str:
    return f"已记：{name}，{day(on)}办结。"
