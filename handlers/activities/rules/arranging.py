"""What is to be held, when and where, from one line. Plain values only."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from bot.understanding import kinds, times
from bot.understanding.times import Day, Duration, Moment, Span

OPENS_BEFORE = timedelta(minutes=30)
"""Check-in opens this long before the start, unless it is opened by hand."""
FARTHEST = timedelta(days=366)
MINUTES = {
    "general_meeting": 60,
    "committee_meeting": 45,
    "group_meeting": 40,
    "party_lecture": 45,
    "org_life_meeting": 180,
    "report_back": 180,
    "observation_meeting": 150,
    "volunteer_shift": 120,
    "volunteer": 120,
    "coop_group": 120,
    "training": 240,
    "drill": 60,
}
FORMAL = frozenset({"general_meeting", "committee_meeting", "group_meeting", "theme_day"})
"""What has a formal name is called by it, however it was called."""
NO_TITLE = frozenset({"会", "会议", "开会", "活动", "大会"})
USUAL = 90
"""Minutes, of kinds that are not listed."""
FOR_OFFICERS = frozenset({"committee_meeting"})
TO_SIGN_UP = frozenset({"volunteer_shift", "volunteer", "training", "contest"})
SEGMENTS = re.compile(r"[\s，,。;；]+")
VERBS = re.compile(
    r"^(?:我们|咱们|请|帮我|我要|我想|打算|准备|要|想)*(?:安排活动|安排|召开|举行|举办|组织|开展|开|办|搞|在)+"
    r"(?:一?[个次场])?"
)
PLACED = re.compile(
    r"^在(?P<venue>[^，,]{2,20}?)(?:召开|举行|举办|组织|开展|开|办|搞)(?P<rest>.+)$"
)
LABELLED = re.compile(r"^(?:地点|地址|位置)[:：]?(?P<venue>.{2,})$")
VENUE = re.compile(
    r"(?:楼|室|厅|堂|场|馆|站|中心|公园|社区|基地|村|路口|角|屋|线上|会议号|腾讯会议|门口|小区|校|院)"
    r"(?:[\dA-Za-z一二三四五六七八九十]*)$|^[一二三四五六七八九十\d]+楼"
)


IN_ONE_LINE = (
    r"(?=.*(?:[点时:]|半$))(?=.*(?:开|召开|组织|举行|举办|安排|办).{0,14}"
    r"(?:会|课|党日|培训|学习|服务|活动|演练))(?!.*(?:吗|呢|么|\?|几|哪|谁|什么|啥|多久|请假|去不了|来不了|"
    r"参加|通知|提醒|叫我|喊我|签|报名|取消|改|记得|别忘|不|没)).{6,80}"
)
"""A clock time and something that is held, and nothing that asks, excuses or tells others."""
WISHED = r"(?:我要|我想|帮我|请)?安排(?:一?[个次场]).{1,60}"
"""«I want to arrange a…», without more."""
OF_THE_COMMITTEE = frozenset(
    {"work_meeting", "training", "observation_meeting", "inspection", "contest", "commendation"}
)
"""Held by whoever stands above the branches, where somebody has posts in both."""
ANOTHER_TIME = re.compile(r"时间|[改换挪推]")
NO_PLACE = re.compile(
    r"(?:行|好的?|可以|就?这样|就这么定|等等|等一下|先别发?|先不发|不发了|不开了|别发)[，,。 吧了]*"
)
LONGEST = 40
"""Characters of a title or a place."""
UNDECIDED = "地点待定"
Question = Literal["what", "when", "where"]
Trouble = Literal["", "past", "far", "unclear"]


@dataclass(frozen=True)
class Plan:
    """What was said of it; empty where nothing was."""

    kind: str = ""
    title: str = ""
    starts: datetime | None = None
    day: Day | None = None
    """A day without a clock time: half of an answer to «when»."""
    minutes: int = 0
    venue: str = ""
    doubtful: str = ""
    """A time that may be meant in several ways, or in none."""


def plan(words: str, now: datetime) -> Plan:
    found = times.find(words, now=now, looking="ahead")
    rest = words
    for each in reversed(found):
        rest = f"{rest[: each.start]} {rest[each.end :]}"
    starts, day, minutes, doubtful = _time(found)
    venue, title = _place_and_title(rest)
    title = "" if title in NO_TITLE else title.replace(":", "：")
    kind = _kind(title)
    if kind in FORMAL and title in kinds.WORDS[kind]:
        title = kinds.name(kind)
    return Plan(kind, title[:LONGEST], starts, day, minutes, venue[:LONGEST], doubtful)


def _kind(title: str) -> str:
    """What stands before a colon tells the kind, what follows the theme."""
    before = kinds.kind_of(title.partition("：")[0])
    if not title or before != kinds.OTHER:
        return before if title else ""
    return kinds.kind_of(title)


def _time(
    found: tuple[times.Found, ...],
) -> tuple[datetime | None, Day | None, int, str]:
    starts: datetime | None = None
    day: Day | None = None
    minutes, doubtful = 0, ""
    for each in found:
        if each.others or isinstance(each.value, times.Unclear):
            doubtful = each.text
            continue
        match each.value:
            case Moment(at):
                starts = at if day is None else datetime.combine(day.date, at.timetz())
            case Span(start, end):
                starts, minutes = start, int((end - start).total_seconds() // 60)
            case Day():
                day = each.value
            case Duration(amount, "minute"):
                minutes = int(amount)
            case _:
                pass
    return starts, None if starts else day, minutes, doubtful


AT_THE_END = re.compile(
    rf"(?P<title>.*?(?:{'|'.join(sorted(kinds.named(), key=len, reverse=True))})会?)在?"
    rf"(?P<venue>[^:：]{{0,8}}?{VENUE.pattern.partition('|^')[0]})"
)
"""支部大会三楼会议室: the kind of the activity, then a place."""


def _place_and_title(rest: str) -> tuple[str, str]:
    venue = title = ""
    for raw in SEGMENTS.split(rest.strip()):
        segment = raw.strip("的 ")
        if placed := PLACED.match(segment):
            venue, segment = venue or placed["venue"], placed["rest"]
        segment = VERBS.sub("", segment)
        if not segment:
            continue
        if labelled := LABELLED.match(raw):
            venue = venue or labelled["venue"]
        elif VENUE.search(segment) and not title_like(segment):
            venue = venue or segment
        elif not title:
            title = segment
        elif not venue:
            venue = segment
    if not venue and (said := AT_THE_END.fullmatch(title)):  # spoken without a pause
        title, venue = said["title"], said["venue"]
    return venue, title


def title_like(segment: str) -> bool:
    return kinds.kind_of(segment) != kinds.OTHER


def minutes_of(kind: str) -> int:
    return MINUTES.get(kind, USUAL)


def audience_of(kind: str) -> str:
    """By the identifiers of `Audience`."""
    if kind in FOR_OFFICERS:
        return "officers"
    return "signed_up" if kind in TO_SIGN_UP else "all"


def answer(question: Question, words: str, now: datetime, day: date | None) -> Plan:
    """What an answer says; «三点» is on the day that was named before."""
    said = plan(words, now)
    match question:
        case "where" if said.starts and ANOTHER_TIME.search(words):
            return Plan(starts=said.starts)
        case "where":
            return Plan(venue=words[:LONGEST])
        case "what":
            # A time is no title: it is learnt, and what is to be held is asked again.
            timed = said.starts or said.day
            title = said.title or ("" if timed else words[:LONGEST])
            return replace(said, title=title, kind=said.kind or kinds.kind_of(title))
        case "when":
            starts = said.starts
            if day and starts and starts.date() == now.date() != day:
                starts = datetime.combine(day, starts.timetz())
            unclear = "" if starts or said.day else words[:LONGEST]
            return Plan(
                starts=starts,
                day=said.day,
                minutes=said.minutes,
                doubtful=said.doubtful or unclear,
            )


def trouble(said: Plan, now: datetime) -> Trouble:
    """Why a time that was given cannot be taken."""
    if said.starts is None:
        return "unclear" if said.doubtful else ""
    if is_past(said.starts, now):
        return "past"
    return "far" if too_far(said.starts, now) else ""


def is_past(starts: datetime, now: datetime) -> bool:
    return starts <= now


def too_far(starts: datetime, now: datetime) -> bool:
    return starts > now + FARTHEST
