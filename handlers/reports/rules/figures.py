"""The numbers that a circular may hold. Whatever is not in this table cannot be counted."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Source(StrEnum):
    """The sort of record that a number is made of."""

    MEETINGS = "meetings"
    """One activity that was held: itself."""
    HEADS = "heads"
    """One activity that was held: who came, of those expected, by records of persons."""
    REPORTED = "reported"
    """One activity of which only head-counts were reported."""
    BRANCHES = "branches"
    """One branch: whether it held anything."""
    DUTIES = "duties"
    TASKS = "tasks"
    FINDINGS = "findings"
    MEMBERS = "members"
    """One branch: its members on the last day."""


@dataclass(frozen=True)
class Figure:
    id: str
    name: str
    unit: str
    definition: str
    """In one sentence: what counts."""
    of: str
    """What the number is out of, in words; empty where it is out of nothing."""
    source: Source
    kind: str = ""
    """Of activities, only these."""
    topics: tuple[str, ...] = ()
    """Words of a topic that ask for it."""
    usual: bool = False
    """In a circular that names no topic."""


TABLE: Sequence[Figure] = (
    Figure(
        "held", "开展活动", "场",
        "期内开始、已经办过的活动：有人到会、标记为已办，或报来了人数；取消的不计。",
        "", Source.MEETINGS, topics=("活动", "组织生活", "三会一课", "工作"), usual=True,
    ),
    Figure(
        "active", "开展过活动的支部", "个",
        "期内至少办过一场活动的支部，活动由支部或它的党小组举办。",
        "范围内的全部支部", Source.BRANCHES,
        topics=("组织生活", "三会一课", "支部", "工作"), usual=True,
    ),
    Figure(
        "attendance", "到会", "人次",
        "期内办过的活动里，应到人员中有到会记录（含迟到、补签）的人次；只报了人数的活动不在其中。",
        "应到人次：活动当天应参加的党员，免催且没有来的不计入", Source.HEADS,
        topics=("到会", "出勤", "签到", "参会", "组织生活", "三会一课", "工作"), usual=True,
    ),
    Figure(
        "reported", "上报的到会", "人次",
        "期内办过、没有逐人记录、只报了人数的活动，报来的到会人次；和到会记录分开列，不相加。",
        "报来的应到人次", Source.REPORTED, topics=("上报", "到会", "出勤", "参会"), usual=True,
    ),
    Figure(
        "theme_days", "主题党日", "场", "期内办过的主题党日。", "", Source.MEETINGS, "theme_day",
        ("主题党日", "党日", "组织生活"), usual=True,
    ),
    Figure(
        "lectures", "党课", "场", "期内办过的党课。", "", Source.MEETINGS, "party_lecture",
        ("党课", "三会一课", "组织生活"), usual=True,
    ),
    Figure(
        "general_meetings", "支部党员大会", "场", "期内办过的支部党员大会。", "",
        Source.MEETINGS, "general_meeting", ("党员大会", "三会一课", "组织生活"),
    ),
    Figure(
        "committee_meetings", "支部委员会会议", "场", "期内办过的支部委员会会议。", "",
        Source.MEETINGS, "committee_meeting", ("支委会", "委员会", "三会一课"),
    ),
    Figure(
        "duties", "应办事项已办结", "件",
        "期内到期的组织应办事项中，已有记录办结的；个人事项不在其中。",
        "期内到期的组织应办事项", Source.DUTIES,
        topics=("应办", "规定", "制度", "组织生活", "工作"), usual=True,
    ),
    Figure(
        "tasks", "到期任务已办结", "件", "期内到期的任务中，已经验收销号的；撤回的不计。",
        "期内到期的任务", Source.TASKS, topics=("任务", "清单", "重点", "工作"), usual=True,
    ),
    Figure(
        "findings", "整改事项已销号", "件", "期内到期的整改事项中，经复核销号的；限定范围的不计。",
        "期内到期的整改事项", Source.FINDINGS, topics=("整改", "督导", "督查", "督办", "问题"),
    ),
    Figure(
        "members", "党员", "人", "期末那天组织关系在支部的党员。", "", Source.MEMBERS,
        topics=("党员", "队伍", "名册"),
    ),
)  # fmt: skip
WHY = (
    r".{0,12}(?:为什么|为啥|咋|怎么)(?:会)?是这个数字?[?？呢]*"
    r"|这个数字?(?:是)?(?:怎么|哪里|从哪里?|咋)(?:来|算|统计)(?:出来)?的?[?？呢]*"
)
"""How somebody asks after the number that they are looking at."""
EMPTY = re.compile(r"(?:全面|综合|总体|有关|相关|月度|季度|年度|基本)*(?:情况)?")
BY_ID: Mapping[str, Figure] = {each.id: each for each in TABLE}


class Record(NamedTuple):
    """One record behind a number. The number is the sum of `part`, out of the sum of `whole`."""

    ref: str
    """activity:12, duty:5, task:7, org:BR-A1."""
    org_id: str
    on: date
    part: int
    whole: int


@dataclass(frozen=True)
class Sum:
    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        """Rounded down, so that 100 means all of them; None where there is nothing to divide."""
        return 100 * self.part // self.whole if self.whole else None


def add_up(records: Iterable[Record]) -> Sum:
    part = whole = 0
    for each in records:
        part, whole = part + each.part, whole + each.whole
    return Sum(part, whole)


def by_unit(records: Iterable[Record], unit_of: Mapping[str, str]) -> dict[str, Sum]:
    """The same sum, parted by unit: whatever the parting, the parts add up to the whole."""
    parted: dict[str, list[Record]] = {}
    for each in records:
        parted.setdefault(unit_of.get(each.org_id, each.org_id), []).append(each)
    return {unit: add_up(rows) for unit, rows in parted.items()}


def chosen(topic: str) -> list[Figure]:
    """The numbers that a topic asks for, without one the usual; none where nobody keeps records
    of what the topic is about."""
    if not topic:
        return [each for each in TABLE if each.usual]
    return [each for each in TABLE if any(word in topic for word in each.topics)]


def topic_of(said: str, org: str) -> str:
    """What is left of a topic without the organisation's own name and without words that say
    nothing: empty for 情况, 月度, 全面情况."""
    left = said.replace(org, "").strip()
    return "" if EMPTY.fullmatch(left) else left[:40]


def named(words: str) -> Figure | None:
    """The number that somebody means, by its name or by a topic of its own."""
    for each in TABLE:
        if each.name in words or (each.topics and each.topics[0] in words):
            return each
    return None
