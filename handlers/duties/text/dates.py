"""How terms, dues, anniversaries and steps of development are said."""

from collections.abc import Sequence
from datetime import date

from bot.text import day

HELP = "政治生日：看自己的入党纪念日，要不要到时提醒由您定（也可以问「任期」「党费」）"
AT_MOST = 5
REMIND, NO_REMIND, PAID = "到时提醒我", "不用提醒", "已交"
WILL = "好的，您的政治生日到时提醒您。不想要了，发「不用提醒政治生日」。"
WILL_NOT = "好的，不提醒了。想要时发「政治生日提醒我」。"
NO_DAY = "名册里还没有您的入党日期，请支部的组织委员补上。"
NO_TERM = "这里没有要换届的组织。"
NOBODY_SOON = "最近一个月没有政治生日（只列愿意被祝贺的）。"
OF_OTHERS = "别人的政治生日只有本支部的书记和组织委员看得到。您自己的，发「我的政治生日」。"
NO_DUES = "支部还没有定每月几号交党费，请问组织委员。这里不收钱，也不记金额。"
NO_STEPS = "本支部没有在办的发展事项。"
STEPS_OF_OTHERS = "发展进度只有支部书记、组织委员看得到，请问他们。"


def full(moment: date) -> str:
    return f"{moment.year}年{moment.month}月{moment.day}日"


def left(moment: date, today: date) -> str:
    days = (moment - today).days
    return f"还有 {days} 天" if days > 0 else "就在今天" if not days else f"过了 {-days} 天"


def term(of: str, elected: date | None, ends: date | None, today: date) -> str:
    if ends is None or elected is None:
        return f"{of}：还没有选举日期，补进名册才能算"
    return f"{of}：{full(ends)}届满，{left(ends, today)}"


def terms(lines: Sequence[str]) -> str:
    if len(lines) == 1:
        return f"{lines[0]}。"
    shown = [f"{number}. {each}" for number, each in enumerate(lines[:AT_MOST], start=1)]
    rest = [f"…… 还有 {len(lines) - AT_MOST} 个"] if len(lines) > AT_MOST else []
    return "\n".join(["最早届满的在前：", *shown, *rest])


def own_anniversary(since: date, upcoming: date, today: date, *, wanted: bool) -> str:
    years = upcoming.year - since.year
    will = "到时会提醒您" if wanted else "到时不提醒"
    when = f"{full(upcoming)}满 {years} 年，{left(upcoming, today)}"
    return f"您 {full(since)}入党，{when}。{will}。"


def anniversaries(found: Sequence[tuple[str, date, int]]) -> str:
    if not found:
        return NOBODY_SOON
    shown = [f"{name} {on.month}月{on.day}日（{years} 年）" for name, on, years in found]
    return f"最近一个月 {len(shown)} 位：{'、'.join(shown[:10])}。"


def dues(
    month: int, due: date, done: date | None, before: Sequence[date], *, in_register: bool
) -> str:
    """`in_register`: it says until when they are paid, but not on which day."""
    if in_register:
        said = f"{month}月党费名册里记着已交。"
    elif done:
        said = f"{month}月党费已记：{done.month}月{done.day}日。"
    else:
        said = f"{month}月党费还没有记录，{due.month}月{due.day}日前交。"
    if before:
        said += f"之前还没有记录的：{'、'.join(f'{each.month}月' for each in before)}。"
    return f"{said}只记交没交，不记金额。"


def steps(lines: Sequence[tuple[str, str, date]], today: date) -> str:
    shown = [f"{who}：{what}，{day(due)}，{left(due, today)}" for who, what, due in lines[:AT_MOST]]
    rest = [f"…… 还有 {len(lines) - AT_MOST} 位"] if len(lines) > AT_MOST else []
    return "\n".join([f"发展中的 {len(lines)} 位，下一步：", *shown, *rest])
