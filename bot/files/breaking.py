"""Lines of Chinese: broken between any two characters, but no line begins with a mark that ends
something, ends with one that begins something, or cuts a number."""

import re
from collections.abc import Callable, Iterator

NOT_FIRST = frozenset("，。、；：？！）》」』”’％%…—")
NOT_LAST = frozenset("（《「『“‘")
WHOLE = re.compile(r"[0-9A-Za-z][0-9A-Za-z.:%/\-]*|.", re.DOTALL)


def lines(words: str, fits: Callable[[str], bool]) -> Iterator[str]:
    """`fits` says whether so much goes into one line; what never fits alone stands alone."""
    line: list[str] = []
    for part in (found[0] for found in WHOLE.finditer(words)):
        if not line or fits("".join(line) + part):
            line.append(part)
            continue
        kept = len(line)
        first = part
        while kept > 1 and (first in NOT_FIRST or line[kept - 1] in NOT_LAST):
            kept -= 1
            first = line[kept]
        if kept == 1:  # nothing but marks: better broken badly than never
            kept = len(line)
        yield "".join(line[:kept])
        line = [*line[kept:], part]
    yield "".join(line)
