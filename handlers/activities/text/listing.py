"""How activities are listed and described."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.text import day, day_and_time

HELP_WEEK = "本周活动：看这周的安排；也可以发「活动 下周」「活动 12月」"
HELP_DETAIL = "活动详情：看一场活动的时间、地点"
NOT_FOUND = "没有找到这场活动，可能已取消，也可能不在您的名单里。发「本周活动」看看。"
NO_SUCH = "没有找到您说的活动。发「本周活动」看看近期安排。"
WHICH = "想看哪一场？"
LEAVE, SIGN_UP, SIGN_OFF = "请假", "报名", "取消报名"
STATES = {
    "present": "您已签到。",
    "late": "您已签到。",
    "made_up": "您已补签。",
    "observing": "您列席了。",
    "on_leave": "您已请假。",
    "exempt": "您不用到会。",
}
SHOWN = 5


@dataclass(frozen=True)
class Line:
    title: str
    starts: datetime
    venue: str
    signed_up: bool | None
    """None: one need not sign up."""
    over: bool


def listed(period: str, lines: Sequence[Line]) -> str:
    head = f"{period}有 {len(lines)} 场："
    more = [f"只列了前 {SHOWN} 场，可以发「活动 下周」分段看。"] if len(lines) > SHOWN else []
    return "\n".join([head, *map(line, lines[:SHOWN]), *more])


def line(each: Line) -> str:
    marks = {True: "（已报名）", False: "（可报名）", None: ""}
    mark = "（已结束）" if each.over else marks[each.signed_up]
    where = f"，{each.venue}" if each.venue else ""
    return f"{day_and_time(each.starts)} {each.title}{where}{mark}"


def nothing(period: str, upcoming: tuple[str, datetime] | None) -> str:
    if upcoming is None:
        return f"{period}没有您的活动。"
    title, starts = upcoming
    return f"{period}没有您的活动。下一场是 {day_and_time(starts)}的「{title}」。"


def another_day(title: str, starts: datetime) -> str:
    return f"那天没有，最近的一场是 {day_and_time(starts)}的「{title}」。"


def period(name: str, first: date, last: date) -> str:
    match name:
        case "today":
            return "今天"
        case "week":
            return "本周"
        case "soon":
            return "近一个月"
        case _:
            return day(first) if first == last else f"{day(first)}到{day(last)}"


def label(title: str, starts: datetime) -> str:
    return f"{starts.month}月{starts.day}日 {title}"


def detail(
    title: str, starts: datetime, ends: datetime, venue: str, organiser: str, state: str
) -> str:
    until = f"{ends:%H:%M}" if ends.date() == starts.date() else day_and_time(ends)
    where = f"，{venue}" if venue else ""
    who = f"（{organiser}）" if organiser else ""
    return f"{title}{who}：{day_and_time(starts)}–{until}{where}。{STATES.get(state, '')}"


def check_in(opens: datetime, starts: datetime, manner: str) -> str:
    when = f"{opens:%H:%M}" if opens.date() == starts.date() else day_and_time(opens)
    how = {"code": "发「签到 口令」", "rotating": "扫现场的二维码"}.get(manner, "发「签到」")
    return f"{when} 开放签到，到场{how}就行。"


def reported(expected: int | None, present: int | None, on_leave: int | None) -> str:
    """Head-counts that were handed in; there are no records of persons behind them."""
    counts = [
        f"{name} {count}"
        for name, count in (("应到", expected), ("实到", present), ("请假", on_leave))
        if count is not None
    ]
    return f"{'，'.join(counts)}（上报的人数，没有个人记录）。" if counts else ""


def signed_up(count: int, *, mine: bool) -> str:
    return f"已有 {count} 人报名{'，您已报名' if mine else ''}。"


def leave_words(starts: datetime) -> str:
    """The command that asks for leave from what is held on that day."""
    return f"请假 {starts.month}月{starts.day}日"
