"""What somebody says of a task: until when, and how far it has come. Plain values only."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.understanding import times
from bot.understanding.times import Day, Deadline, Duration, Found, Moment, Period
from bot.understanding.times.calendar import add_months
from handlers.tasks.rules.machine import Step

EDGES = " ，,。;；：:、"
ASKING = re.compile(
    r"^(?:我|想|要|能否|能不能|可否|请|申请|再|给|宽限|延期|延长|延|推迟|到|至|几天|行吗|可以吗|吧|一下)+"
)
BECAUSE = re.compile(r"^(?:因为|由于|原因是?|主要是)")
PUT_RIGHT = re.compile(
    r"完成|修订完|修订好|改好|改完|改了|整改到位|到位|办好|办完|已解决|解决了|处理了|处理好|已处理|补齐|补上|已更换|换好|"
    r"已销|销号|复核|done|fixed|finished|100%|批了|已批复|递交|报上去|已整改|准备好"
)
UNDER_WAY = re.compile(r"正在|还差|一半|预计|推进|没办|未完|还没|走流程")
LONGER = re.compile(r"延期|延长|宽限|缓|推迟|展期|再给|再延|延到|延至")


QUESTION = re.compile(
    r"(?:怎么样|怎么办|怎么弄|如何|什么|哪些|哪个|哪天|谁|几点|几号|几件|多少|进展|情况)[了呢吗么啊呀]?$|[吗呢么]$"
)


def asks(words: str) -> bool:
    """Whether it asks something, and so answers nothing that was asked."""
    return bool(QUESTION.search(words))


@dataclass(frozen=True)
class Extension:
    until: date | None
    """None: no day was said, or none that is understood."""
    reason: str = ""


def extension(words: str, due: date, now: datetime) -> Extension:
    """«12月5日，等批复», «再给三天»: a length counts from the due day."""
    until, rest = None, words
    for found in reversed(times.find(words, now=now, looking="ahead")):
        if (day := day_of(found, due)) is not None:
            until, rest = day, f"{rest[: found.start]} {rest[found.end :]}"
    return Extension(until, reason_in(rest))


def reason_in(rest: str) -> str:
    parts = [
        ASKING.sub("", part.strip(EDGES)).strip(EDGES) for part in re.split("[，,。;；\\s]", rest)
    ]
    parts = [BECAUSE.sub("", part) for part in parts]
    return "，".join(part for part in parts if len(part) > 1)


def day_of(found: Found, counted_from: date) -> date | None:
    """The last day that it leaves; None where people would differ."""
    if found.others:
        return None
    match found.value:
        case Day(day):
            return day
        case Moment(at):
            return at.date()
        case Deadline(until):
            return until.date if isinstance(until, Day) else until.at.date()
        case Period(_, last):
            return last
        case Duration(amount, unit):
            return after(counted_from, amount, unit)
        case _:
            return None


def after(day: date, amount: float, unit: str) -> date | None:
    match unit:
        case "day":
            return day + timedelta(round(amount))
        case "month":
            return add_months(day, int(amount))
        case "workday":  # at least so many; holidays are for whoever decides
            return day + timedelta(round(amount) + 2 * (round(amount) // 5))
        case _:
            return None


def about_a_finding(words: str) -> Step:
    """What «F05…» wants: more time, a re-check, or to say how far it is."""
    if LONGER.search(words):
        return Step.EXTEND
    if PUT_RIGHT.search(words) and not UNDER_WAY.search(words):
        return Step.REPORT
    return Step.PROGRESS
