"""What is named only to be refused: 我不是要请假."""

import re

from bot.understanding.hearing import Hearing
from bot.understanding.phrases import Span

NEGATED = re.compile(
    r"(?:不是|并不是|并非|不想|不要|别|不用|没有要|没要|没说|没想|不打算|不需要|不必|没让你|谁说|不|没打算|没说过|不准备)"
    r"(?:要|想|来|去|在|帮我|给我|替我|我|是|说|让你|再|现在)*$"
)


def negated(hearing: Hearing, spans: tuple[Span, ...]) -> bool:
    """我不是要请假: what was said is named only to be refused."""
    if not spans:
        return False
    before = hearing.plain[: spans[0][0]]
    clause = re.split(r"[，。！？；,.!?;]", before)[-1]
    return bool(NEGATED.search(clause))


REFUSED = re.compile(
    r"^(?!不想?(?:参加|去|来|报)[^,，。]{2,8}了[,，])(?:我|书记|您好|你好|那个|,|，|\s)*(?:不是|并不是|不|别|没说|没有|没)(?:要|想|说|来|去|打算|是)*"
    r"[^,，。;!！？?]{1,8}[,，。;!！]\s*"
)


def after_refusal(hearing: Hearing) -> Hearing | None:
    """What follows 「不是请假，」: the wish itself, if there is one."""
    found = REFUSED.match(hearing.plain)
    return hearing.part(found.end(), len(hearing.plain)) if found else None
