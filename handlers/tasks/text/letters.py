"""What others are told when a task has moved."""

from collections.abc import Sequence
from datetime import date

from handlers.tasks.text.common import left, named, short_day

__all__ = ["named"]
FINISH, LOOK, SIGN, TAKE = "完成", "看看", "签收", "接下"
GRANT, DECLINE = "同意", "不同意"
PROGRESS, EXTEND = "报进展", "要延期"
SHOWN = 3


def issued(by: str, listed: Sequence[tuple[str, str, date]]) -> str:
    """Number, title and due day of each."""
    lines = [f"{named(number, title)}，{short_day(due)}前" for number, title, due in listed[:SHOWN]]
    more = len(listed) - len(lines)
    if len(listed) == 1:
        return f"{by}布置了一件任务：{lines[0]}。"
    ends = [f"…… 还有 {more} 件，发「我的任务」看全部。"] if more else []
    return "\n".join([f"{by}布置了 {len(listed)} 件任务：", *lines, *ends])


def found(by: str, item: tuple[str, str, date], suggestion: str) -> str:
    number, title, due = item
    advice = f"建议：{suggestion}。" if suggestion else ""
    return f"{by}交办一个问题：{named(number, title)}，{short_day(due)}前整改。{advice}"


def returned(name: str, why: str, due: date) -> str:
    return f"{name}退回来了：{why}。补上后再报一次完成，{short_day(due)}前。"


def extension_asked(name: str, unit: str, due: date, until: date, why: str) -> str:
    reason = f"，因为{why}" if why else ""
    return f"{unit}想把{name}从 {short_day(due)}延到 {short_day(until)}{reason}。"


def extension_decided(name: str, due: date, *, granted: bool) -> str:
    if granted:
        return f"{name}同意延期，现在是 {short_day(due)}前。"
    return f"{name}没有同意延期，仍是 {short_day(due)}前。办起来有难处，可以报进展说明。"


def accepted(name: str, *, finding: bool, closed: bool) -> str:
    if not finding:
        return f"{name}已验收，办结了。"
    return f"{name}已销号。" if closed else f"{name}复核通过，等待销号。"


def offered(name: str, giver: str, due: date) -> str:
    return f"{giver}想请您接办：{name}，{short_day(due)}前。"


def not_any_more(name: str) -> str:
    return f"{name}不用您接办了，谢谢。"


def nudged(name: str, due: date, today: date) -> str:
    return f"提醒一下：{name}，{left(due, today)}。办好了点「完成」，有难处可以报进展。"


def nudged_for(lines: Sequence[str]) -> str:
    shown = list(lines[:SHOWN])
    more = (
        [f"…… 还有 {len(lines) - SHOWN} 件，发「我的任务」看全部。"] if len(lines) > SHOWN else []
    )
    return "\n".join([f"提醒一下，有 {len(lines)} 件任务：", *shown, *more])


def withdrawn(name: str) -> str:
    return f"{name}已撤销，不用再办了。"
