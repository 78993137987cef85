"""How opening and closing the check-in is worded."""

from datetime import datetime

from bot.text import day_and_time
from handlers.checkin.text.common import meeting

HELP_OPEN = "开始签到：现在就开放签到，可选口令或动态二维码"
HELP_CLOSE = "结束签到：停止签到，看看到了多少人"
HELP_CODE = "现场口令：看现在该在会场出示的口令"
WORD, CODE, ROTATING = "一个词就行", "要口令", "动态二维码"
NOTHING_TODAY = "今天没有您能管签到的活动。要开会，发「安排活动」先安排一场。"
NOTHING_OPEN = "现在没有开放签到的活动。要开放，发「开始签到」。"
AGAIN = "看最新的"
STATUS, CLOSE = "签到情况", "结束签到"


def which_way(title: str, starts: datetime) -> str:
    return f"{meeting(title, starts)}，怎么签到？"


def opened(title: str, manner: str, code: str, closes: datetime) -> str:
    until = f"到 {closes:%H:%M} 结束。"
    match manner:
        case "code":
            return f"已开放签到：{title}。口令 {code}，请写在会场，大家发「签到 {code}」。{until}"
        case "rotating":
            return (
                f"已开放签到：{title}。现在的口令是 {code}，每 20 秒换一次，"
                f"随时发「现场口令」看最新的。{until}"
            )
        case _:
            return f"已开放签到：{title}。大家发「签到」就行，{until}"


def closed(title: str) -> str:
    return f"已结束签到：{title}。"


def shown(title: str, code: str, seconds: int) -> str:
    left = f"，{seconds} 秒后更换，换后 20 秒内还能用" if seconds else ""
    return f"{title}的口令：{code}{left}。"


def long_over(title: str) -> str:
    return f"「{title}」已经结束，不能再开放签到。漏记的人发「点名」补上。"


def not_today(title: str, starts: datetime) -> str:
    return f"「{title}」在 {day_and_time(starts)}，当天才能开放签到。日子变了请发「改期」。"


def not_open_yet(title: str, opens: datetime) -> str:
    return f"「{title}」的签到还没开放，{day_and_time(opens)} 自动开放，不用结束。"


def closed_already(title: str, closes: datetime) -> str:
    return f"「{title}」的签到 {day_and_time(closes)} 已经结束。再开放请发「开始签到」。"


def no_code(title: str) -> str:
    return f"「{title}」不用口令，大家发「签到」就行。要口令请发「开始签到」再选一次。"
