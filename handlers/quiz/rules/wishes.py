"""How somebody wants to study: read from their words."""

import re
from datetime import datetime

from bot.understanding.times import Moment, find

A_DAY_AT_MOST = 5
NO_TOPIC = re.compile("每天|每日|发|给我|换|停|退|取消|参加")
GIVES_UP = re.compile(
    "看(?:一?下)?答案|公布答案|想不起来|不会(?:做|答|了)|不知道|答不(?:出|上)来|忘了"
)
USUALLY = 8 * 60 + 30
"""Minutes after midnight."""
NUMBERS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5}


def a_day(number: str) -> int:
    """One to five, whatever was said."""
    count = NUMBERS.get(number) or (int(number) if number.isdecimal() else 1)
    return max(1, min(A_DAY_AT_MOST, count))


def number_in(words: str) -> int | None:
    """«每天给我发三道题»; None where no number is named: what was chosen stays."""
    found = re.search(r"([一二两三四五六七八九\d])\s*[道个]?题", words.replace("每日一题", ""))
    return a_day(found[1]) if found else None


def gives_up(words: str) -> bool:
    """«给我看答案», «想不起来了»: short, and nothing else."""
    return len(words) <= 12 and bool(GIVES_UP.search(words))


def plausible(topic: str) -> bool:
    """Whether it may name a topic, and not what somebody wants done."""
    return len(topic) <= 8 and not NO_TOPIC.search(topic)


def minute_of_day(words: str, now: datetime) -> int | None:
    """«早上八点», «12:30», «每天晚上九点半»; None where no time of day is named."""
    tomorrow = f"明天{words.replace('每天', '').replace('天天', '')}"
    for found in find(tomorrow, now=now):
        if isinstance(found.value, Moment):
            return found.value.at.hour * 60 + found.value.at.minute
    return None
