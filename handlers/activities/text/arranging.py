"""How arranging, moving and calling off are worded."""

from datetime import date, datetime

from bot.text import CHANGE_TIME as CHANGE_TIME
from bot.text import day, day_and_time

HELP = "安排活动：一句话说清时间、内容、地点，比如「安排活动 周五下午三点 主题党日 三楼」"
HELP_MOVE = "改期：改活动的时间"
HELP_CANCEL = "取消活动：取消一场还没开的活动"
PUBLISH, DISCARD = "发布", "不办了"
MOVE, KEEP, CANCEL = "改期", "不改了", "取消这场"
KEEP_IT = "不取消"
UNDECIDED = "地点待定"
NO_DRAFT = "这份安排已经不在了。要开会，请重新发「安排活动」。"
PUBLISHED_BEFORE = "这场活动已经发布过了。要改时间发「改期」，不办了发「取消活动」。"
DISCARDED = "好的，这场不办了，谁也没有看到。"
KEPT = "好的，照原来的安排。"
PAST = "这个时间已经过了，请发「安排活动」重新定一个时间。"
NOT_YOURS = "您目前没有可以安排活动的支部或小组，请找支部书记。"
NOTHING_AHEAD = "没有您能改的、还没开的活动。发「本周活动」看看安排。"
WHICH = "哪一场？"
EXAMPLES = ("支部党员大会", "主题党日", "党课")


def what() -> str:
    return "办什么活动？"


def when(title: str, known: date | None, trouble: str, doubtful: str) -> str:
    match trouble:
        case "past":
            return "这个时间已经过了。改到什么时候？比如「周五下午三点」。"
        case "far":
            return "这个时间在一年以后，太远了。改到什么时候？比如「周五下午三点」。"
        case "unclear":
            return f"没听懂「{doubtful}」是什么时候。请说清日期和几点，比如「周五下午三点」。"
        case _ if known:
            return f"{day(known)}几点？比如「下午三点」。"
        case _:
            return f"「{title}」什么时候？比如「周五下午三点」。" if title else "什么时候？"


def where(title: str) -> str:
    return f"「{title}」在哪里？"


def preview(
    title: str,
    starts: datetime,
    ends: datetime,
    venue: str,
    opens: datetime,
    organiser: str,
    expected: int | None,
    clash: str,
) -> str:
    who = "要来的人发「报名」" if expected is None else f"应到 {expected} 人"
    same = f"同一时间已有「{clash}」。" if clash else ""
    return (
        f"安排：{title}（{organiser}），{day_and_time(starts)}–{ends:%H:%M}，{venue}，"
        f"{who}，{opens:%H:%M} 开放签到。{same}"
    )


def published(
    title: str, starts: datetime, venue: str, opens: datetime, *, to_sign_up: bool
) -> str:
    how = "大家发「报名」参加。" if to_sign_up else "大家发「本周活动」就能看到。"
    return (
        f"已发布：{title}，{day_and_time(starts)}，{venue}。{how}"
        f"{opens:%H:%M} 起发「签到」；要口令到时发「开始签到」。"
    )


def new_time(title: str, starts: datetime) -> str:
    return f"「{title}」现在定在 {day_and_time(starts)}，改到什么时候？"


def confirm_move(title: str, before: datetime, to: datetime) -> str:
    return f"「{title}」从 {day_and_time(before)} 改到 {day_and_time(to)}？"


def moved(title: str, starts: datetime, opens: datetime, on_leave: int) -> str:
    leave = f"已有 {on_leave} 人请过假，请再和他们确认。" if on_leave else ""
    return f"已改期：{title}，{day_and_time(starts)}，{opens:%H:%M} 开放签到。{leave}请转告大家。"


def confirm_cancel(title: str, starts: datetime, venue: str) -> str:
    return f"取消「{title}」，{day_and_time(starts)}，{venue}？取消后大家就看不到了。"


def cancelled(title: str, starts: datetime) -> str:
    return f"已取消：{title}，{day_and_time(starts)}。相关的请假也一并了结，请转告大家。"


def came_already(title: str, count: int) -> str:
    return f"「{title}」已有 {count} 人签到，不能再改期或取消。记错的可以发「更正」。"


def over(title: str) -> str:
    return f"「{title}」已经结束，不能再改期或取消。"


def in_the_past() -> str:
    return "新的时间已经过了，请换一个以后的时间，比如「周五下午三点」。"


def too_far() -> str:
    return "新的时间在一年以后，太远了，请换一个近一点的。"


def same_time(title: str, starts: datetime) -> str:
    return f"「{title}」本来就定在 {day_and_time(starts)}，没有改动。"
