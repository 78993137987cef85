"""How roll-call and corrections are worded."""

from collections.abc import Sequence
from datetime import datetime

from bot.text import day, day_and_time

HELP = "点名：照纸质签到表补记，发「点名」再发编号或姓名"
HELP_OBSERVER = "列席 姓名：登记来列席的人"
HELP_EXEMPT = "免到 姓名：这一场不用到的人"
HELP_CORRECT = "更正 姓名 原因：撤销一条记错的签到"
NOTHING = (
    "没有找到您能点名的活动。要补记以前的，可以带上日期，比如「点名」前先看「签到情况 上周五」。"
)
WHO_OBSERVES = "请把姓名写在后面，比如「列席 王芳」。"
WHO_IS_EXEMPT = "请把姓名写在后面，比如「免到 王芳」。"
WHO_IS_WRONG = "请写明谁、为什么，比如「更正 王芳 签错了场次」。"
NOT_HEARD = "没听出是谁。请发编号或全名，几位一起发也行；不点了就发「算了」。"
NUMBERS_NEED_A_LIST = "编号要对着名单用，请看："
WHY = "为什么更正？写一句就行，会留在记录里。"
SHOWN = 60


def roll(title: str, missing: Sequence[str]) -> str:
    if not missing:
        return f"「{title}」应到的人都有记录了，不用点名。"
    if len(missing) > SHOWN:
        return f"「{title}」还有 {len(missing)} 位没有记录。请直接发姓名，几位一起发也行。"
    people = "　".join(f"{number} {name}" for number, name in enumerate(missing, start=1))
    return f"「{title}」还没有记录的：{people}\n到了的请发编号或姓名，几位一起发也行。"


def called(
    what: str,
    title: str,
    recorded: Sequence[str],
    already: Sequence[str],
    *,
    came: int,
    expected: int,
) -> str:
    lines = []
    if recorded:
        how = {"present": "已点名", "observing": "已登记列席", "exempt": "已记免到"}[what]
        lines.append(
            f"{how} {len(recorded)} 位：{'、'.join(recorded)}。"
            f"「{title}」到会 {came}／{expected} 人。"
        )
    if already:
        lines.append(f"早有记录：{'、'.join(already)}。")
    return "".join(lines)


def not_understood(unclear: Sequence[str], ambiguous: Sequence[str]) -> str:
    lines = []
    if ambiguous:
        lines.append(f"不止一位叫「{'」「'.join(ambiguous)}」，请发编号。")
    if unclear:
        lines.append(f"没认出「{'」「'.join(unclear)}」，请看看是不是全名。")
    return "".join(lines)


def too_early(title: str, opens: datetime) -> str:
    return f"「{title}」{day_and_time(opens)} 才开放签到，到时再点名。提前开放请发「开始签到」。"


def too_late(title: str, until: datetime) -> str:
    return f"「{title}」只能补记到 {day(until)}，已经过了。确要改动，请联系上级党组织。"


def nothing_to_annul(name: str, title: str) -> str:
    return f"{name}在「{title}」没有可以更正的记录。要补记请发「点名 {name}」。"


def annulled(name: str, title: str, reason: str) -> str:
    return (
        f"已更正：{name}在「{title}」的记录撤销，原因「{reason}」。"
        f"确实到了的，发「点名 {name}」补回。"
    )
