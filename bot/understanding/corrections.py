"""What is said and taken back in one breath: 周三请假，不对，周四; 不是周三，是周四.

What was meant is put in the place of what was taken back before the message is understood, so that
whoever looks for a day, a name, a number or a letter finds the right one.
"""

import re
from collections.abc import Sequence
from datetime import datetime

from bot.understanding.normal import Plain, normalise
from bot.understanding.phrases import Span
from bot.understanding.times import Day, Found, Moment, find

SLIP = re.compile(
    r"[，,。.、 ]*(?:哦|啊|呃)?"
    r"(?:(?<=[，, ])不(?=[，, ])|"
    r"不对不对|不对|[说讲写打记搞]错了?|更正|改口|错了|不不|sorry|no wait)"
    r"[，,。 ]*(?:应该|应)?(?:是|改成|改为)?(?:选|投|填|换|跟)?"
)
RATHER = re.compile(
    r"(?:不是|不对|错了)[，,、 ]?我?(?:是说|说的是|要说的?是|是要|是想)(?=[^，,。]{2})"
)
"""请假啊不是我是说报名: all that stands before is taken back."""
SPOKEN = re.compile(r"[呃哦噢喔啊呀哎唉诶]\s*不(?:是|对)?(?:是|应该是)?")
"""A hesitation and 不是, which alone would be read as a plain «not»."""
INSTEAD = re.compile(r"不是(?P<wrong>[^，,。]{1,12})[，,]?\s*(?:而?是|应该是)")
SMALL = re.compile(
    r"[a-f]{1,6}(?![a-z\d])|(?:\d+|[一二两三四五六七八九十]+)\s*(?:号|小时|个|天|题)?"
)


def as_meant(text: str, now: datetime) -> str:
    """The words of a message without what was taken back: 三点提醒我，不对，四点."""
    said = normalise(text)
    spans = [((each.start, each.end), each) for each in find(said.plain, now=now)]
    meant = corrected(said, spans, (), now)
    if meant is said:
        return text
    return "".join(text[start:end] for start, end in zip(meant.starts, meant.ends, strict=True))


def corrected(
    said: Plain, times: Sequence[tuple[Span, Found]], people: Sequence[Span], now: datetime
) -> Plain:
    """The message as it was meant; `said` itself where nothing was taken back."""
    if rather := RATHER.search(said.plain):
        return said.without((0, rather.end()))
    slip = _slip(said)
    if slip is None and "不是" not in said.plain:
        return said
    named = [[span for span, _ in times], list(people)]
    if (found := INSTEAD.search(said.plain)) and _both_named(found, named):
        return said.without(found.span())
    if slip is None:
        return said
    small = [each.span() for each in SMALL.finditer(said.plain)]
    for spans in (*named, small):
        right = next((span for span in spans if span[0] == slip[1]), None)
        wrong = [span for span in spans if span[1] <= slip[0]]
        if right and wrong and _alike(said.plain, wrong[-1], right):
            start = _clock_of(said.plain, wrong[-1], right, now)
            return said.replaced((start, wrong[-1][1]), slip[0], right)
    return said


def _slip(said: Plain) -> Span | None:
    """Where something is taken back: in what was written, hesitations still stand."""
    if found := SLIP.search(said.plain):
        return found.span()
    for spoken in SPOKEN.finditer(said.text):
        first = said.text.index("不", spoken.start())
        inside = [at for at, start in enumerate(said.starts) if first <= start < spoken.end()]
        if inside and inside[0]:
            return inside[0], inside[-1] + 1
    return None


def _both_named(found: re.Match[str], named: Sequence[Sequence[Span]]) -> bool:
    return any(
        any(span == found.span("wrong") for span in spans)
        and any(span[0] == found.end() for span in spans)
        for spans in named
    )


def _alike(plain: str, one: Span, other: Span) -> bool:
    """Two letters or two numbers, never a letter and a number."""
    return _is_letter(plain[one[0]]) == _is_letter(plain[other[0]])


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _clock_of(plain: str, wrong: Span, right: Span, now: datetime) -> int:
    """Where the clock time of 明天三点 begins, if only a clock time is put in its place: the day
    still holds."""
    if not _is_all(plain[slice(*right)], Moment, now):
        return wrong[0]
    for at in range(wrong[0] + 1, wrong[1]):
        if _is_all(plain[wrong[0] : at], Day, now) and _is_all(plain[at : wrong[1]], Moment, now):
            return at
    return wrong[0]


def _is_all(text: str, kind: type, now: datetime) -> bool:
    found = find(text, now=now)
    return len(found) == 1 and found[0].text == text and isinstance(found[0].value, kind)
