"""Where one wish may end and the next begin."""

import re

from bot.understanding.hearing import Hearing

BORDER = re.compile(
    r"[，,]?(?P<clear>[。！？；!?;\n]+|另外再?|顺便|然后|还有就是|再就是|对了|同时|接着|再帮我|再给我|也帮我|还想|"
    r"\band then\b|\bthen\b|\balso\b)[，,]?|[，,]+"
)
SHORTEST = 2
INTRODUCED = re.compile(
    r"(?:你好|您好|书记|同志|大家好|早上好|，|,| )*(?:我是|我叫|这里是|我这[里边]是)"
    r"[^，,。的]{1,8}[，,。]?"
)
"""Who speaks is said along with a wish, and is none beside it."""


def split(hearing: Hearing) -> list[tuple[Hearing, bool]]:
    """The clauses of a message, each with whether it clearly begins something new."""
    starts, ends, clear = [0], [], [False]
    for border in BORDER.finditer(hearing.plain):
        ends.append(border.start())
        starts.append(border.end())
        clear.append(border["clear"] is not None)
    ends.append(len(hearing.plain))
    return [
        (hearing.part(start, end), new)
        for start, end, new in zip(starts, ends, clear, strict=True)
        if end - start >= SHORTEST and not INTRODUCED.fullmatch(hearing.plain, start, end)
    ]
