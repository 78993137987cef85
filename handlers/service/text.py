"""What is said of voluntary service."""

from collections.abc import Sequence
from datetime import date

from bot.text import day as full_day

HELP = "登记志愿服务：说一句就行，例如「今天志愿服务两小时，北岸社区清洁」"
HELP_QUERY = "我的服务：看做了几次、多少小时"
HOW_LONG = "服务了多久？例如「两小时」「40 分钟」。"
LENGTH_UNCLEAR = "没听出是多久，还没有记。请说成「两小时」或「40 分钟」；不记了就发「算了」。"
REMOVE, REMOVE_NEWEST, AGAIN, KEEP = "删掉这条", "删掉最近一条", "再记一次", "不用了"
HOW_TO_CORRECT = "时长不对就说「改成3小时」。"
NOTHING_TO_CORRECT = "还没有可以改的记录。要登记就说一句，例如「今天志愿服务两小时」。"
KEPT = "好的，没有多记。"
GONE = "这条已经不在了，没有改动。"
WHY = {
    "to_come": "那天还没到，还没有记。做完再告诉我就行。",
    "long_ago": "一年以前的不在这里记了，请告诉支部的组织委员。",
    "too_long": "一天最多记 16 小时，还没有记。请核对一下再说一遍。",
    "too_short": "时长不能是零，还没有记。请再说一遍。",
}
FEWEST = 5
"""Where fewer have served, a sum would tell of one of them."""


def length(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if minutes % 30 == 0 and hours:
        return f"{minutes / 60:g} 小时"
    parts = [f"{hours} 小时"] if hours else []
    return "".join([*parts, f"{rest} 分钟" if rest else ""])


def one(day: date, minutes: int, kind: str, place: str) -> str:
    what = "，".join(each for each in (place, kind) if each) or "志愿服务"
    return f"{full_day(day)}{what} {length(minutes)}"


def logged(said: str, year: int, times: int, minutes: int, *, corrected: bool) -> str:
    head = "改好了" if corrected else "记下了"
    more = "" if corrected else HOW_TO_CORRECT
    return f"{head}：{said}。{year}年累计 {times} 次、{length(minutes)}。{more}"


def said_before(said: str) -> str:
    return f"这一天已经记过一条：{said}。是又做了一次吗？"


def removed(said: str) -> str:
    return f"已删掉：{said}。"


def span(first: date, last: date) -> str:
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year}年"
    if first.day == 1 and (first.year, first.month) == (last.year, last.month):
        return f"{first.year}年{first.month}月"
    return f"{first.month}月{first.day}日至{last.month}月{last.day}日"


def none_yet(first: date, last: date) -> str:
    return f"{span(first, last)}还没有您的服务记录。做了就说一句，例如「今天志愿服务两小时」。"


def mine(first: date, last: date, times: int, minutes: int, lines: Sequence[str]) -> str:
    head = f"您{span(first, last)}服务 {times} 次，共 {length(minutes)}。"
    more = [f"…… 还有 {times - len(lines)} 次"] if times > len(lines) else []
    return "\n".join([head, *(f"· {each}" for each in lines), *more])


def few(first: date, last: date) -> str:
    return f"{span(first, last)}在这里登记服务的还不到 {FEWEST} 位，先不汇总。自愿登记，不作考核。"


def branches(
    first: date, last: date, people: int, times: int, minutes: int, lines: Sequence[str]
) -> str:
    head = f"{span(first, last)}：{people} 位同志服务 {times} 次，共 {length(minutes)}。"
    return "\n".join([head, *lines, "自愿登记，不作考核。"])


def branch(name: str, people: int, minutes: int) -> str:
    return f"· {name} {people} 位、{length(minutes)}"
