"""Options in a line: «A. 甲 B. 乙», «A、甲», «（A）甲», «A 甲»."""

import re

from bot.questions import LETTERS
from handlers.bank.rules.pasted.lines import folded

LOOSE = re.compile(r"(?<![A-Za-z0-9])(?:[(\[]\s*([A-J])\s*[)\]]\s*[.、:]?|([A-Ja-j])\s*[.、:)])\s*")
STRICT = re.compile(r"(?:^|(?<=\s))(?:[(\[]\s*([A-J])\s*[)\]]\s*[.、:]?|([A-Ja-j])\s*[.、:)])\s*")
BY_SPACE = re.compile(r"(?:^|(?<=\s))([A-J])()\s+")


def options_in(words: str, expected: int) -> list[tuple[str, str]] | None:
    """Letter and text of each, the first being the one that is expected next; None where the
    line does not begin with an option. The letters may be wrong: that is for others to say."""
    narrow = folded(words)
    first = None
    for pattern in (STRICT, LOOSE, BY_SPACE):
        marks = list(pattern.finditer(narrow))
        if not marks or narrow[: marks[0].start()].strip():
            continue
        found = cut(words, marks)
        first = first or found
        if follows([letter for letter, _ in found], expected) and all(text for _, text in found):
            looser = list(LOOSE.finditer(narrow)) if pattern is STRICT else marks
            finer = cut(words, looser)
            better = follows([letter for letter, _ in finer], expected)
            return finer if better and len(finer) > len(found) else found
    if first and (len(first) > 1 or LETTERS.find(first[0][0]) in {0, expected}):
        return first
    return first if first and STRICT.match(narrow) else None


def follows(letters: list[str], expected: int) -> bool:
    return letters == list(LETTERS[expected : expected + len(letters)])


def cut(words: str, marks: list[re.Match[str]]) -> list[tuple[str, str]]:
    ends = [mark.start() for mark in marks[1:]] + [len(words)]
    return [
        ((mark[1] or mark[2]).upper(), words[mark.end() : end].strip(" \t\u3000\u00a0;；"))
        for mark, end in zip(marks, ends, strict=True)
    ]
