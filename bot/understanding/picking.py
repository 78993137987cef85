"""Which of several things that were offered is meant: 那就第二个吧, 周三那个, 主题党日."""

import re
from collections.abc import Sequence
from datetime import datetime

from bot.understanding import times
from bot.understanding.times.values import one_day

COUNTED = "一二三四五六七八九"
NTH = re.compile(
    r"(?:嗯|好|那|就|我|要|选|来|点|按|是|，|,| )*"
    rf"(?:第([{COUNTED}1-9])[个条场项种]?|([{COUNTED}])|(最后[一那]个))"
    r"(?:那个|吧|呗|啊|呢|了|。)*"
)
AROUND = re.compile(
    r"^(?:嗯|那就|就是|就|我选|选|我要|我说的是|是|要)+|(?:那一?[个场次]|这一?[个场次]|的|吧|呗|啊|呢|了)+$"
)
A_THING = frozenset({"", "会", "活动"})
OTHER_TIME = re.compile(r"(?:把?时间)?(?:改|换|挪|推|调)(?:成|到|为).{1,10}")
LONGEST = 14
"""Characters of what picks one of several; more says something else."""


def picked(said: str, labels: Sequence[str], now: datetime) -> int | None:
    """The place of the only label that is meant; None: none, or not clearly one.

    A label in one word is an act and is called by all of it; what has a space in it (11月25日
    党课, 党课 三楼) is a thing, which has a name and a day.
    """
    if not labels or len(said) > LONGEST:
        return None
    if nth := NTH.fullmatch(said):
        return _nth(nth, len(labels))
    return _named(said, labels, now)


def is_another_time(said: str, now: datetime) -> bool:
    """改成九点, 时间换到明天."""
    return bool(OTHER_TIME.fullmatch(said) and times.find(said, now=now))


def _nth(found: re.Match[str], count: int) -> int | None:
    if found[3]:
        return count - 1
    which = found[1] or found[2]
    at = int(which) if which.isdecimal() else COUNTED.index(which) + 1
    return at - 1 if at <= count else None


def _named(said: str, labels: Sequence[str], now: datetime) -> int | None:
    left, on = AROUND.sub("", said), ""
    for found in times.find(left, now=now):
        day = one_day(found.value)
        if day is None:
            return None
        on, left = f"{day.month}月{day.day}日 ", left.replace(found.text, "")
    words = AROUND.sub("", left)
    words = "" if words in A_THING else words
    if not on and len(words) < 2:
        return None
    fitting = [at for at, each in enumerate(labels) if " " in each and on in each and words in each]
    return fitting[0] if len(fitting) == 1 else None
