"""How a member's own record is worded."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.text import day, why
from handlers.checkin.text.common import meeting

HELP = "我的出勤：看自己今年的到会记录"
MAKE_UP = "补签"


def period(first: date, last: date, today: date, words: str) -> str:
    what = f"「{words}」" if words else ""
    if first == date(today.year, 1, 1) and last == today:
        return f"今年到今天{what}"
    return f"{day(first)}到{day(last)}{what}" if first != last else f"{day(first)}{what}"


def today(title: str, closes: datetime, state: str, at: datetime) -> str:
    match state:
        case "":
            later = f"{closes:%H:%M} 签到结束以后发「补签」"
            return f"「{title}」还没有您的记录。人到了发「签到」，{later}。"
        case "on_leave":
            return f"「{title}」记的是您已请假。人到了发「签到」就行。"
        case "exempt":
            return f"「{title}」您不用到会。"
        case _:
            return f"签上了：「{title}」{at:%H:%M}，不用再签。"


def because(came: int, expected: int, now: datetime) -> str:
    """Why one's own numbers are what they are."""
    rule = (
        "已到是按时、迟到和补签的，应到里请假的算在内，免到的没去就不算；只有上报人数的场次不算。"
    )
    records = "每场一条，发「我的数据」可以看到每一条。"
    return f"您已到 {came} 场，应到 {expected} 场。\n" + why(rule, records, now)


def sums(
    period: str,
    *,
    expected: int,
    came: int,
    late: int,
    made_up: int,
    on_leave: int,
    missing: int,
) -> str:
    if not expected:
        return f"{period}还没有要您到会的记录。"
    parts = [f"迟到 {late}" if late else "", f"补签 {made_up}" if made_up else ""]
    marked = "，".join(part for part in parts if part)
    return (
        f"{period}应到 {expected} 次：到会 {came}{f'（其中{marked}）' if marked else ''}，"
        f"请假 {on_leave}，还没有记录 {missing}。"
    )


def others(exempt: int, observing: int, reported: int) -> str:
    lines = [
        f"免到 {exempt} 次，不计在内。" if exempt else "",
        f"另列席 {observing} 次。" if observing else "",
        f"另有 {reported} 场只有上报人数，没有个人记录，不计在内。" if reported else "",
    ]
    return "".join(lines)


def missing(meetings: Sequence[tuple[str, datetime]]) -> str:
    if not meetings:
        return ""
    return f"最近没有记录的：{'、'.join(meeting(title, starts) for title, starts in meetings)}。"
