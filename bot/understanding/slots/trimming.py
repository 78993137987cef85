"""Cutting what matters out of what was said."""

import re
from collections.abc import Iterable

from bot.understanding.hearing import Hearing
from bot.understanding.phrases import Span
from bot.understanding.words import COMPOUNDS, SOFT, words

STOPS = re.compile(r"[，。！？；：、,.!?;:~\n「」\"()【】\-—]+")
EDGES = words(
    "的|了|吧|吗|呢|啦|哈|呗|嘛|么|就|要|因为|是|我|一下|下|给|请|说|记得|去|也|都|已经|已|还|又|把|将|"
    "将要|得|那个|这个|那|这|个|份|条|我们|咱|咱们|您|你|过|和|跟|先|再|有|在|到|来|由于|为了|书记|同志|"
    "麻烦|帮我|想|想要|我要|我想|好|吼|哦|可以|能|这边|那边|一|一个|一份|一条|一张|从|起|们|出来|下来|"
    "本人|自愿|一组|一套|一批|表示|全部|所有|今天|这次|这回|那次|那天|刚|刚刚|刚才|，|：| "
) | frozenset(word for word in SOFT if word.isascii())
"""Little words that belong to no name: cut off where they stand at an edge."""
LIGHT = words("的|了|吧|吗|呢|啦|哈|呗|嘛|么|一下|一声|，|：| |记得|要|to|the|哦|please|我")
"""What is cut off even from a sentence that is kept as it was said."""
END_ONLY = frozenset("吧啊哈呗嘛么吗呢啦哦的 ")


def blanked(hearing: Hearing, spans: Iterable[Span]) -> str:
    """The message with nothing where `spans` are, as long as before."""
    chars = list(hearing.plain)
    for start, end in spans:
        chars[start:end] = "\n" * (end - start)
    return "".join(chars)


def pieces(text: str, edges: frozenset[str] = EDGES) -> list[Span]:
    """What stands between stops and blanks, without the little words at its edges."""
    found: list[Span] = []
    at = 0
    for stop in [*STOPS.finditer(text), None]:
        end = stop.start() if stop else len(text)
        span = trimmed(text, at, end, edges)
        if span[0] < span[1]:
            found.append(span)
        at = stop.end() if stop else end
    return found


def trimmed(text: str, start: int, end: int, edges: frozenset[str] = EDGES) -> Span:
    at_start = edges - END_ONLY | {" "}
    changed = True
    while changed and start < end:
        changed = False
        for size in (7, 6, 5, 4, 3, 2, 1):
            first, last = text[start : start + size], text[end - size : end]
            if (
                end - start >= size
                and first in at_start
                and _whole(text, start, start + size)
                and not _begins_a_word(text, start, size)
            ):
                start += size
                changed = True
            if (
                end - start >= size
                and last in edges
                and _whole(text, end - size, end)
                and not _ends_a_word(text, end, size)
            ):
                end -= size
                changed = True
    return start, end


def _whole(text: str, start: int, end: int) -> bool:
    """Not in the middle of an English word: no «me» in «meeting»."""
    return not (
        _latin(text[start - 1 : start]) and _latin(text[start]) if start else False
    ) and not (_latin(text[end - 1]) and _latin(text[end : end + 1]))


def _begins_a_word(text: str, start: int, size: int) -> bool:
    """请示: no request."""
    return size == 1 and (
        text[start : start + 2] in COMPOUNDS or text.startswith(("请假", "到会率", "到课率"), start)
    )


def _ends_a_word(text: str, end: int, size: int) -> bool:
    """心得, 纪要."""
    return size == 1 and text[end - 2 : end] in COMPOUNDS


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()
