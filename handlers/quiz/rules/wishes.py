"""How somebody wants to study: read from their words."""

from collections.abc import Sequence
from datetime import datetime

from bot.understanding.times import Moment, find
from handlers.quiz.rules.picking import wanted

A_DAY_AT_MOST = 5
USUALLY = 8 * 60 + 30
"""Minutes after midnight."""
NUMBERS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5}


def a_day(number: str) -> int:
    """One to five, whatever was said."""
    count = NUMBERS.get(number) or (int(number) if number.isdecimal() else 1)
    return max(1, min(A_DAY_AT_MOST, count))


def minute_of_day(words: str, now: datetime) -> int | None:
    """«早上八点», «12:30», «每天晚上九点半»; None where no time of day is named."""
    tomorrow = f"明天{words.replace('每天', '').replace('天天', '')}"
    for found in find(tomorrow, now=now):
        if isinstance(found.value, Moment):
            return found.value.at.hour * 60 + found.value.at.minute
    return None


def topics(words: str, there: Sequence[str]) -> list[str]:
    """Those of `there` that are named, by half of their name too: «消防和急救»."""
    for mark in "、,，;；和与及 ":
        words = words.replace(mark, "\n")
    named = [each.strip().removesuffix("的题") for each in words.split("\n") if each.strip()]
    return [topic for topic in there if any(len(n) >= 2 and wanted([n], topic) for n in named)]
