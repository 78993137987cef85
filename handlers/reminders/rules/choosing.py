"""Which of one's reminders is meant."""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

ALL = re.compile(r"所有|全部|都(?:取消|删|不要|清|关)|清空|\ball\b|全取消|全删")
CHANGE = (
    r"(?:请|帮我)?(?:把|将)?(?P<which>.{0,30}?)(?:那个|这个|那条|这条|的)?(?:提醒|闹钟)(?:时间)?"
    r"(?:给)?(?:改|推迟|提前|换|挪|延|调)(?:到|成|为|至)(?P<when>.{2,40})"
)
"""«move it to …», in one sentence."""
LEAD_ONLY = (
    r"(?:请|再|要|能不能|可以|也)*提[前早](?P<lead>[半\d一二两三四五六七八九十个]+(?:天|小时|钟头|分钟|刻钟|周|星期|月)半?)(?:再)?(?:提醒|叫|通知|喊|说)?"
    r"(?:我)?(?:一下|一声)?(?:吧|就行|就好)?"
)
NOISE = re.compile(r"[的了那这个条我]|提醒|闹钟")


class Known(NamedTuple):
    content: str
    day: date


def means_all(words: str) -> bool:
    return bool(ALL.search(words))


def fitting(known: Sequence[Known], content: str, day: date | None) -> list[int]:
    """The places of those that are meant; all of them, where nothing tells them apart."""
    wanted = NOISE.sub("", content)
    by_name = [
        at for at, each in enumerate(known) if wanted and alike(wanted, NOISE.sub("", each.content))
    ]
    if by_name:
        same_day = [at for at in by_name if known[at].day == day]
        return same_day or by_name
    if day and not wanted:
        return [at for at, each in enumerate(known) if each.day == day]
    return [] if wanted else list(range(len(known)))


def alike(wanted: str, content: str) -> bool:
    return bool(content) and (wanted in content or content in wanted)
