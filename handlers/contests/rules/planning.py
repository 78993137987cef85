"""A simple contest from what an organiser says. Plain values only."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from bot.questions import topics_named
from bot.understanding import times
from bot.understanding.slots.numbers import NUMBER, value
from bot.understanding.times import Day, Deadline, Duration, Moment, Part, Period, Span
from handlers.contests.rules.papers import Cell
from handlers.contests.rules.reading import NUMBERS

CONTEST = r"(?:知识竞赛|答题竞赛|竞赛|知识比赛|答题比赛|答题赛|知识赛)"
IN_ONE_LINE = (
    r"(?!.*(?:吗|呢|么|[？?]|几|哪|谁|什么|啥|怎|参加|报名|规则|取消|不|没|看|组队|通知|提醒))"
    rf"(?:.{{0,40}}[^管])?(?:举办|办|组织|搞|发起|开展)(?:一?[个场次项])?[^，,。]{{0,20}}{CONTEST}"
    r"(?:[，,。；; ：:].{0,150})?"
)
"""Something of the kind is to be held, and nothing that asks or wishes to enter."""
TITLE = re.compile(
    rf"(?:举办|办|组织|搞|发起|开展)(?:一?[个场次项])?(?P<title>[^，,。；;：:]{{0,20}}{CONTEST})"
)
RENAMED = re.compile(
    r"(?:叫做?|名称?[是为：:]|改名为?[：:]?|题目是)[「“]?(?P<title>[^，,。「」“”]{2,30})"
)
COUNT = re.compile(rf"(?P<each>各|每个?(?:主题)?)?(?<!第)(?P<count>{NUMBER})\s*[道个]?题")
EACH = re.compile(
    rf"每[道个]?题(?:限时|限|答题)?[^\d，,]{{0,2}}?(?P<n>{NUMBER})\s*(?P<unit>秒|分)钟?"
)
TEAM = re.compile("团体|团队|组队|分组|各单位比")
INDIVIDUAL = re.compile("个人")
ALL_TOPICS = re.compile("(?:全部|所有|不限|各个?)主题|主题不限")
NOISE = re.compile("只?考|都?出|题目|主题|关于|范围|内容|包括|其中|一共|总共|共|的|是|：|:")
HOURS: Mapping[Part, tuple[int, int]] = {
    "": (8, 22), "凌晨": (0, 6), "上午": (8, 12), "中午": (11, 14), "下午": (14, 18),
    "傍晚": (17, 20), "晚上": (19, 22),
}  # fmt: skip
"""When a day, or a part of it, is open for answers."""
USUAL_COUNT, MOST = 10, 100
USUAL_WINDOW = timedelta(hours=1)
FARTHEST = timedelta(days=366)
LONGEST = 30
NO_TITLE = frozenset({"", "竞赛", "比赛"})


@dataclass(frozen=True)
class Wish:
    """What was said; empty where nothing was."""

    title: str = ""
    opens: datetime | None = None
    closes: datetime | None = None
    doubtful: str = ""
    """A time that was not understood, or may be meant in several ways."""
    seconds_each: int = 0
    kind: str = ""
    count: int = 0
    """Questions in all."""
    topics: tuple[str, ...] = ()
    all_topics: bool = False
    counts: Mapping[str, int] = field(default_factory=dict)
    """Topic to questions, where it was said of each."""

    @property
    def empty(self) -> bool:
        return self == Wish()


def wish(words: str, there: Sequence[str], now: datetime) -> Wish:
    """`there`: the topics of the bank."""
    named = RENAMED.search(words) or TITLE.search(words)
    title = named["title"].strip() if named else ""
    each = EACH.search(words)
    rest = EACH.sub(" ", words)
    opens, closes, doubtful, rest = window(rest, now)
    kind = "team" if TEAM.search(rest) else "individual" if INDIVIDUAL.search(rest) else ""
    rest = TITLE.sub(lambda found: f"，{re.sub(CONTEST, '', found['title'])}，", rest)
    count, topics, counts = asked(rest, there)
    return Wish(
        title[:LONGEST], opens, closes, doubtful, seconds(each), kind, count, topics,
        bool(ALL_TOPICS.search(rest)), counts,
    )  # fmt: skip


def seconds(found: re.Match[str] | None) -> int:
    """0 where nothing was said; what is said beyond the limits is the nearest of them."""
    number = value(found["n"]) if found else None
    if found is None or number is None:
        return 0
    _, least, most = NUMBERS["seconds_each"]
    return max(least, min(most, round(number * (60 if found["unit"] == "分" else 1))))


def asked(words: str, there: Sequence[str]) -> tuple[int, tuple[str, ...], Mapping[str, int]]:
    """«消防5题、网络5题», «消防和网络各5题», «20道题»: how many in all, topics, and how many of
    each."""
    total = 0
    topics: list[str] = []
    counts: dict[str, int] = {}
    for clause in re.split("[，,。；;\n]", words):
        end = 0
        for found in COUNT.finditer(clause):
            named = about(clause[end : found.start()], there)
            number, end = int(value(found["count"]) or 0), found.end()
            if named and (found["each"] or len(named) == 1):
                counts |= dict.fromkeys(named, number)
            else:
                total, topics = number, topics + named
        topics += about(clause[end:], there)
    left = tuple(dict.fromkeys(each for each in topics if each not in counts))
    return total, left, counts


def about(words: str, there: Sequence[str]) -> list[str]:
    return topics_named(NOISE.sub("\n", words), there)


def window(words: str, now: datetime) -> tuple[datetime | None, datetime | None, str, str]:
    """From when until when; what was doubtful; and the words without it."""
    opens: datetime | None = None
    closes: datetime | None = None
    length, doubtful, rest = USUAL_WINDOW, "", words
    for each in reversed(times.find(words, now=now, looking="ahead")):
        if each.others or isinstance(each.value, times.Unclear):
            doubtful = each.text
            continue
        match each.value:
            case Span(start, end):
                opens, closes = start, end
            case Moment(at):
                opens = at
            case Day(day, part):
                opens, closes = hours(day, day, part, now)
            case Period(first, last):
                opens, closes = hours(first, last, "", now)
            case Deadline(until):
                closes = until.at if isinstance(until, Moment) else hours(
                    until.date, until.date, until.part, now
                )[1]  # fmt: skip
                opens = opens or now
            case Duration(amount, "minute"):
                length = timedelta(minutes=amount)
            case _:
                continue
        rest = f"{rest[: each.start]}，{rest[each.end :]}"
    if opens and closes is None:
        closes = opens + length
    return opens, closes, "" if opens else doubtful, rest


def hours(first: date, last: date, part: Part, now: datetime) -> tuple[datetime, datetime]:
    """Never before now."""
    begins, ends = HOURS[part]
    opens = datetime.combine(first, time(begins), now.tzinfo)
    return max(opens, now), datetime.combine(last, time(ends), now.tzinfo)


def possible(opens: datetime, closes: datetime, now: datetime) -> bool:
    return opens < closes and now < closes and closes <= now + FARTHEST


def cells(count: int, topics: Sequence[str], counts: Mapping[str, int]) -> tuple[Cell, ...]:
    """What was counted as it was; the rest spread over the other topics, or over all."""
    counted = [Cell(topic, 0, number) for topic, number in counts.items() if number]
    left = (count or (0 if counted else USUAL_COUNT)) - sum(each.count for each in counted)
    if left <= 0:
        return tuple(counted)
    others = [each for each in topics if each not in counts] or [""]
    share, more = divmod(left, len(others))
    spread = [Cell(topic, 0, share + (at < more)) for at, topic in enumerate(others)]
    return (*counted, *(each for each in spread if each.count))


@dataclass(frozen=True)
class Known:
    """What a contest is to be, so far."""

    title: str = "知识竞赛"
    org_id: str = ""
    opens: datetime | None = None
    closes: datetime | None = None
    seconds_each: int = 30
    kind: str = "individual"
    count: int = 0
    topics: tuple[str, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()

    def learn(self, said: Wish) -> "Known":
        """What is said anew replaces what was said before."""
        again = bool(said.topics or said.counts or said.all_topics)
        return Known(
            self.title if said.title in NO_TITLE else said.title,
            self.org_id,
            said.opens or self.opens,
            said.closes or self.closes,
            said.seconds_each or self.seconds_each,
            said.kind or self.kind,
            said.count or (0 if said.counts else self.count),
            said.topics if again else self.topics,
            tuple(said.counts.items()) if again or said.count else self.counts,
        )

    @property
    def cells(self) -> tuple[Cell, ...]:
        return cells(self.count, self.topics, dict(self.counts))
