"""Which room or hall is meant: 二楼会议室, 市税务局东侧会客室, B101会议室."""

import re

from bot.understanding.hearing import Hearing
from bot.understanding.intents import Find, Slots

NUMBERED_ROOM = re.compile(r"(?<![a-z\d])[a-z]?\d{2,4}\s?(?:号?(?:会议|活动|教)?室|报告厅)")
"""B101会议室: needs no 在 before it."""
ROOM = re.compile(
    r"([\u4e00-\u9fff\d]{0,14}(?:会客室|会议室|活动室|多功能厅|报告厅|宴会厅|展厅|教室|礼堂|阅览室|值班室|会议厅|休息室|接待室|大讲堂|书屋|书吧|党群服务中心|活动中心|(?<=[楼层])[\u4e00-\u9fff]{2,3}室))"
    r"(?=[，,。了里等呢呀 ]|签|$)"
)
WAY = re.compile(r".*(?:在|到了?|进了?|坐|来了?|是|去)")
NO_ROOM = frozenset(("会议室", "活动室", "教室", "大厅", "礼堂"))


VENUE = re.compile(
    r"(?:在|到|到了|来到)((?:[一二三四五六七八九十\d]+楼|[\u4e00-\u9fff]{1,6}?)?[\u4e00-\u9fff]{0,4}?"
    r"(?:活动室|会议室|报告厅|礼堂|会议中心|学习屋|交流角|活动站|多功能厅|[\u4e00-\u9fff]{2}厅|值班室|广场|党校|阅览室|教室|大厅|(?<!办公)(?<!会议)[\u4e00-\u9fff]{2}室))"
)


def venue() -> Find:
    """A named room; 会场 and 现场 name none."""

    def find(hearing: Hearing) -> Slots:
        if room := NUMBERED_ROOM.search(hearing.plain):
            return {"venue": hearing.surface(room.span())}
        for found in ROOM.finditer(hearing.plain):
            start, end = found.span(1)
            start += way.end() if (way := WAY.match(found[1])) else 0
            if hearing.plain[start:end] not in NO_ROOM:
                return {"venue": hearing.surface((start, end))}
        said = VENUE.search(hearing.plain)
        if said is None or said[1] in ("会议室", "活动室", "大厅", "教室"):
            return {}
        start, end = said.span(1)
        lead = re.match(r"(?:现在|我|已|在|到|了|来)+", said[1])
        return {"venue": hearing.surface((start + (lead.end() if lead else 0), end))}

    return find
