"""How check-in is worded."""

from datetime import datetime

from bot.text import day_and_time

HELP = "签到：到场后发「签到」，有口令就发「签到 口令」"
NOT_YOURS = "这场活动的名单里没有您。来列席的，请告诉现场的组织委员为您登记。"
IN_GROUP = "收到，已签到。"


def accepted(title: str, at: datetime, *, late: bool, observing: bool, another_day: bool) -> str:
    how = "（列席）" if observing else "（迟到）" if late else ""
    when = day_and_time(at) if another_day else f"{at:%H:%M}"
    return f"已签到{how}：{title}，{when}。"


def count(came: int, expected: int) -> str:
    return f"今天到会 {came}／{expected} 人。" if expected else ""


def proxy(name: str, *, organiser: bool) -> str:
    if organiser:
        return f"签到要本人来，不能代签。您是组织者，现场看到人了可以发「点名 {name or '姓名'}」。"
    who = f"{name}到场后" if name else "人到场后"
    return f"代签不行，签到要本人来。{who}可以自己签；人在外地可以请假，会后七天内能申请补签。"


def already(title: str, at: datetime) -> str:
    return f"您已于 {at:%H:%M} 签到：{title}，不用再签。"


def annulled(title: str) -> str:
    return f"「{title}」的签到已由组织者更正。有疑问请当面找组织委员，由他点名补记。"


def too_early(title: str, opens: datetime) -> str:
    return f"「{title}」{day_and_time(opens)} 开放签到，到时发「签到」就行。"


def too_late(title: str, closed: datetime, until: datetime) -> str:
    return (
        f"「{title}」的签到 {closed:%H:%M} 已经结束。人到了请发「补签」，"
        f"{until.month}月{until.day}日前由组织者确认。"
    )


def code_wanted(title: str, *, rotating: bool) -> str:
    if rotating:
        return f"「{title}」要现场口令：请扫屏幕上的二维码，或发「签到 六位数字」。"
    return f"「{title}」要口令：请发「签到 口令」，口令在会场。"


def code_wrong(title: str) -> str:
    return f"口令和「{title}」对不上，请看一眼会场的口令再发。看不清可以请组织委员点名。"


def code_stale(title: str) -> str:
    return (
        f"这个码已失效，「{title}」的屏幕每 20 秒更新一次，请再扫一下。"
        "不方便扫码，请告诉现场的组织委员为您点名。"
    )


def no_such_code(code: str) -> str:
    return f"没有口令为 {code} 的活动，请核对会场的口令，或直接发「签到」。"


def nothing_open(next_title: str, opens: datetime | None) -> str:
    if opens is None:
        return "现在没有可以签到的活动。发「本周活动」看看安排。"
    return f"现在没有可以签到的活动。下一场「{next_title}」{day_and_time(opens)} 开放签到。"


def which(count: int) -> str:
    return f"现在有{'两' if count == 2 else f' {count} '}场可以签到，您在哪一场？"


def option(title: str, venue: str) -> str:
    return f"{title} {venue}".strip()
