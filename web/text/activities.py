"""How activities and their attendance are worded."""

from collections.abc import Sequence
from datetime import datetime

from bot.files.writing import Cells
from handlers.activities.actions.arranging import Preview, Published
from handlers.checkin.actions.sheet import Line
from web.text import moment

SAY_SOMETHING = "请写一句：什么时候、办什么、在哪里。"
DISCARDED = "这场不办了，谁也没有看到。"
NOBODY_TICKED = "还没有勾选人。请先勾选纸上签了到的人，再点「记为到会」。"
REASON_WANTED = "请写明更正的原因，会留在记录里。"
NO_TIME = "没有看懂改到什么时候。请写成「周五下午三点」或「12月3日 14:30」这样。"
IN_THE_PAST = "新的时间已经过了，请换一个以后的时间。"
TOO_FAR = "新的时间在一年以后，太远了，请换一个近一点的。"
EVERYBODY = "全部"
"""How a roll call names all who are listed."""
SHEET = "签到表"
COLUMNS = ("姓名", "编号", "记录", "时间", "方式", "登记人", "备注")
STATES = {
    "present": "到会",
    "late": "迟到",
    "made_up": "补签",
    "on_leave": "请假",
    "observing": "列席",
    "exempt": "免到",
    "annulled": "已更正",
    "": "还没有记录",
}
SOURCES = {
    "word": "发「签到」",
    "code": "口令",
    "rotating": "现场码",
    "roll_call": "点名",
    "make_up": "补签",
    "leave": "请假",
    "annul": "更正",
    "import": "导入",
    "": "",
}
NOT_LIVE = "网络断开，数字停在刚才；连上会自己更新。"
GROUPS = {"missing": "还没有记录", "came": "已到", "on_leave": "请假", "others": "列席、免到和更正"}
MANNERS = {"word": "发「签到」就行", "code": "要四位口令", "rotating": "要现场屏幕上的码"}


def opened(title: str, closes: datetime) -> str:
    return f"「{title}」开放签到，到 {closes:%H:%M}。"


def closed(title: str) -> str:
    return f"「{title}」签到已结束。没有记录的人七天内还可以申请补签。"


def reminded(title: str, count: int, before: datetime | None) -> str:
    if before:
        return f"「{title}」{moment(before)} 已经提醒过一次。每场只提醒一次。"
    if not count:
        return f"「{title}」没有需要提醒的人。"
    return f"记下了：提醒「{title}」还没有记录的 {count} 位。"


def called(names: Sequence[str], came: int, expected: int) -> str:
    shown = "、".join(names[:6]) + (f"等 {len(names)} 位" if len(names) > 6 else "")
    return f"已记到会：{shown or '没有新的'}。现在 {came}／{expected} 人。"


def annulled(name: str, title: str) -> str:
    return f"已更正：{name}在「{title}」的记录不算了，原因已留存。"


def moved(title: str, starts: datetime, on_leave: int) -> str:
    leave = f"已有 {on_leave} 人请过假，请再和他们确认。" if on_leave else ""
    return f"已改期：「{title}」{moment(starts)}。{leave}"


def cancelled(title: str) -> str:
    return f"已取消「{title}」，相关的请假一并了结。"


def came_already(title: str, count: int) -> str:
    return f"「{title}」已有 {count} 人签到，不能再改期或取消。记错的可以逐个更正。"


def over(title: str) -> str:
    return f"「{title}」已经结束，不能再改期或取消。"


def same_time(title: str, starts: datetime) -> str:
    return f"「{title}」本来就定在 {moment(starts)}，没有改动。"


def published(done: Published) -> str:
    how = "大家发「报名」参加" if done.to_sign_up else "大家发「本周活动」就能看到"
    return f"已发布：{done.title}，{moment(done.starts)}，{done.venue}。{how}。"


def in_one_line(shown: Preview) -> str:
    """What was understood, as somebody could have said it at once."""
    at = shown.starts
    return f"{at.month}月{at.day}日{at:%H:%M}{shown.title}，{shown.venue}"


def question(asked: str, title: str, known: str, trouble: str, doubtful: str) -> str:
    """What is still to be said."""
    match trouble:
        case "past":
            return "这个时间已经过了。改到什么时候？比如「周五下午三点」。"
        case "far":
            return "这个时间在一年以后，太远了。改到什么时候？"
        case "unclear":
            return f"没看懂「{doubtful}」是什么时候。请说清日期和几点，比如「周五下午三点」。"
        case _:
            pass
    name = f"「{title}」" if title else ""
    when = f"{known}几点？" if known else f"{name}什么时候？比如「周五下午三点」。"
    return {"what": "办什么活动？", "when": when, "where": f"{name}在哪里？"}[asked]


def as_row(line: Line) -> Cells:
    when = f"{line.at:%Y-%m-%d %H:%M}" if line.at and line.state not in {"exempt", ""} else ""
    later = "事后登记" if line.afterwards else ""
    notes = "，".join(each for each in (later, line.reason) if each)
    said = (line.name, line.id, STATES.get(line.state, line.state), when)
    return dict(zip(COLUMNS, (*said, SOURCES.get(line.source, ""), line.by, notes), strict=True))


def taken(name: str, now: datetime) -> str:
    return f"由{name}于 {now:%Y-%m-%d %H:%M} 导出，仅供工作使用"


def sheet_name(title: str, starts: datetime) -> str:
    clean = "".join(char for char in title if char not in '\\/:*?"<>|').strip(". ") or SHEET
    return f"{starts:%Y-%m-%d} {clean[:40]} 签到表.xlsx"
