"""Where one wish may end and the next begin."""

import re

from bot.understanding.hearing import Hearing

BORDER = re.compile(
    r"[，。！？；,!?;\n]+|(?:另外|顺便|然后|还有就是|再就是|对了|同时|接着|再帮我|再给我|也帮我|还想|另外再|"
    r"\band\b|\bthen\b|\balso\b)"
)
SHORTEST = 2


def split(hearing: Hearing) -> list[Hearing]:
    """The clauses of a message; the message itself, where it has only one."""
    starts = [0]
    ends = []
    for border in BORDER.finditer(hearing.plain):
        ends.append(border.start())
        starts.append(border.end())
    ends.append(len(hearing.plain))
    spans = [
        (start, end) for start, end in zip(starts, ends, strict=True) if end - start >= SHORTEST
    ]
    if len(spans) < 2:
        return [hearing]
    return [hearing.part(start, end) for start, end in spans]
