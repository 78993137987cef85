"""What is to be done, by whom and until when, from one line. Plain values only."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.understanding import times
from handlers.tasks.rules.hearing import EDGES, day_of
from handlers.tasks.rules.machine import LONGEST

IN_ONE_LINE = (
    r"(?:我要|帮我|请)?(?:布置|下达|派发|安排)(?:一?[个项件条])?(?:任务|工作)\s*[:，,].{2,300}"
)
TO_SOMEBODY = (
    r"(?:请|帮我)?(?:给|让|向)(?P<to>[^，,:：]{2,12}?)(?:布置|下达|派发)(?:一?[个项件条])?(?:任务|工作)"
    r"\s*[:：，, ]+(?P<what>.{2,300})"
)
"""给各支部布置任务：核对名册，下周五前."""
FINDING_IN_ONE_LINE = r"(?:发现|交办)(?:一?[个项件条])?(?:问题)\s*[:，,].{2,300}"
HEAD = re.compile(
    r"^(?:我要|帮我|请)?(?:布置|下达|派发|安排|发现|交办)(?:一?[个项件条])?(?:任务|工作|问题)"
    r"\s*[:，, ]*"
)
SUGGESTION = re.compile(r"(?:整改)?建议[:，, 是]*(?P<what>[^，,。;；]+)")
GOAL = re.compile(r"(?:业务目标|对应业务|服务于)[:，, 是]*(?P<what>[^，,。;；]+)")
LINK = re.compile(r"(?:要|附|交|发)(?:一?[个条])?链接")
WORDS = re.compile(r"(?:要|附|写|交)(?:一?[个句份段])?(?:文字)?说明")
RESTRICTED = re.compile(r"限阅|不公开|(?:限制|控制)(?:知悉|范围)|软弱涣散")
ADDRESSED = re.compile(
    r"(?:由|请|让|给|布置给|交给|发给|派给)?\s*(?:各支部|每个支部|所有支部|全体支部|各党支部|各单位|每个单位|"
    r"所有单位|各部门|各党小组|各小组|每个党小组|各机关党委|各总支|各党总支)\s*(?:负责|来办|承办|都要|都)?"
)
LEFT_OVER = re.compile(
    r"^(?:由|请|让|给|布置给|交给|发给|派给|要|完成|办结|报|之?前|前)+$|^(?:负责|完成|整改|整改到位|办结)$"
)
BEFORE = re.compile(r"^(?:在|于|请|要|都要|务必|负责)+")
FARTHEST = timedelta(days=3 * 366)


class Many(StrEnum):
    """Whom «every …» means."""

    BRANCHES = "branches"
    ORGANS = "organs"
    GROUPS = "groups"
    COMMITTEES = "committees"


MANY = (
    (Many.GROUPS, re.compile(r"(?:各|每个|所有)(?:党)?小组")),
    (Many.COMMITTEES, re.compile(r"各(?:机关党委|党?总支)")),
    (Many.BRANCHES, re.compile(r"(?:各|每个|所有|全体)(?:党)?支部")),
    (Many.ORGANS, re.compile(r"(?:各|每个|所有)(?:单位|部门)")),
)


@dataclass(frozen=True)
class Plan:
    """What was said of it; empty where nothing was."""

    title: str = ""
    due: date | None = None
    doubtful: str = ""
    """A day that may be meant in several ways."""
    many: Many | None = None
    evidence: str = ""
    goal: str = ""
    suggestion: str = ""
    restricted: bool = False


def plan(words: str, now: datetime) -> Plan:
    """`words` without the names of units and persons."""
    rest = HEAD.sub("", words)
    due, doubtful = None, ""
    for found in reversed(times.find(rest, now=now, looking="ahead")):
        day = day_of(found, now.date())
        if day is None:
            doubtful = found.text if found.others else doubtful
            continue
        due = day
        rest = f"{rest[: found.start]} {rest[found.end :]}"
    suggestion, rest = _named(SUGGESTION, rest)
    goal, rest = _named(GOAL, rest)
    evidence = "link" if LINK.search(rest) else "text" if WORDS.search(rest) else ""
    restricted = bool(RESTRICTED.search(rest))
    many = many_in(rest)
    for gone in (LINK, WORDS, RESTRICTED, ADDRESSED):
        rest = gone.sub(" ", rest)
    return Plan(title_in(rest), due, doubtful, many, evidence, goal, suggestion, restricted)


def many_in(words: str) -> Many | None:
    return next((many for many, pattern in MANY if pattern.search(words)), None)


def title_in(rest: str) -> str:
    parts = [part.strip(EDGES) for part in re.split(r"[，,。;；]|\s{2,}", rest)]
    parts = [BEFORE.sub("", re.sub(r"\s+", "", part)) for part in parts]
    return "，".join(part for part in parts if part and not LEFT_OVER.match(part))[:LONGEST]


def _named(pattern: re.Pattern[str], rest: str) -> tuple[str, str]:
    found = pattern.search(rest)
    return (found["what"].strip(EDGES), pattern.sub(" ", rest, count=1)) if found else ("", rest)


def day_in(words: str, now: datetime) -> date | None:
    """An answer to «until when»."""
    days = [day_of(found, now.date()) for found in times.find(words, now=now, looking="ahead")]
    return next((day for day in days if day is not None), None)


def fits(due: date, today: date) -> bool:
    return today <= due <= today + FARTHEST
