"""How it is said who is there."""

from collections.abc import Sequence
from datetime import datetime

from bot.text import day, why
from handlers.checkin.text.common import meeting

HELP = "签到情况：应到、实到、请假，还有谁没签到"
NOTHING = "没有找到您能看的活动。可以带上日期，比如「签到情况 上周五」。"
CLOSE, ROLL_CALL = "结束签到", "点名"
SHOWN = 10


def remind_label(count: int) -> str:
    return f"提醒这 {count} 位"


def counts(
    title: str, starts: datetime, *, expected: int, came: int, on_leave: int, missing: int
) -> str:
    return (
        f"{meeting(title, starts)}：应到 {expected}，已到 {came}，请假 {on_leave}，"
        f"还没有记录 {missing}。"
    )


def because(title: str, came: int, on_leave: int, missing: int, now: datetime) -> str:
    """Why the numbers are what they are."""
    total = came + on_leave + missing
    said = f"「{title}」应到 {total} ＝ 已到 {came} ＋ 请假 {on_leave} ＋ 还没有记录 {missing}。\n"
    rule = "应到是当天在册、要求参加的人，请假的算在内，免到的没来就不算；更正过的记录不算。"
    records = "每人一条，几点、怎么记的都在控制台这场活动里。"
    return said + why(rule, records, now)


def names(people: Sequence[str]) -> str:
    if not people:
        return ""
    more = f"等 {len(people)} 位" if len(people) > SHOWN else ""
    return f"还没有记录的：{'、'.join(people[:SHOWN])}{more}。"


def others(*, late: int, made_up: int, exempt: int, observing: int) -> str:
    told = [("迟到", late), ("补签", made_up), ("免到", exempt), ("列席", observing)]
    found = [f"{name} {count}" for name, count in told if count]
    return f"另：{'，'.join(found)}。" if found else ""


def in_group(
    title: str, starts: datetime, *, expected: int, came: int, on_leave: int, names: bool
) -> str:
    hint = "名单已私信您。" if names else ""
    return f"{meeting(title, starts)}：应到 {expected}，已到 {came}，请假 {on_leave}。{hint}"


def reported(
    title: str, starts: datetime, expected: int | None, came: int | None, on_leave: int | None
) -> str:
    told = [("应到", expected), ("实到", came), ("请假", on_leave)]
    found = "，".join(f"{name} {count}" for name, count in told if count is not None)
    return f"{meeting(title, starts)}：{found}。这是上报的人数，没有个人记录。"


def reminded(title: str, count: int, unreached: int = 0) -> str:
    if not count:
        return f"「{title}」没有需要提醒的人。"
    by_phone = f"其中 {unreached} 位联系不上，请打个电话。" if unreached else ""
    return f"好的，这就提醒「{title}」还没有记录的 {count} 位，每场只提醒一次。{by_phone}"


CHECK_IN_OR_LEAVE = ("签到", "请假")


def please_check_in(title: str, starts: datetime) -> str:
    return f"{meeting(title, starts)}还没有您的记录。到了回「签到」，来不了回「请假」。"


def reminded_before(title: str, at: datetime) -> str:
    return f"「{title}」{day(at)}{at:%H:%M} 已经记过一次提醒。每场只提醒一次，别的请当面说。"
