"""How characters sound, coarsely: what the ear or a dialect does not tell apart is one sound."""

import sys
from array import array
from bisect import bisect_left
from functools import cache

from bot.understanding.normal import TABLES


@cache
def spelling_of() -> dict[str, str]:
    """Character → its syllable in pinyin, without tone."""
    table = {}
    for line in (TABLES / "sounds.txt").read_text("utf-8").splitlines():
        syllable, chars = line.split(" ")
        table.update(dict.fromkeys(chars, syllable))
    return table


@cache
def sound_of() -> dict[str, str]:
    """Character → its sound: n/l, zh/z, ch/c, sh/s and -ng/-n are one."""
    folded = {syllable: fold(syllable) for syllable in set(spelling_of().values())}
    return {char: folded[syllable] for char, syllable in spelling_of().items()}


def is_common(word: str) -> bool:
    """A word of two characters in everyday use: never taken for another word of the same sound."""
    at = bisect_left(common_words(), number := pair(word))
    return at < len(common_words()) and common_words()[at] == number


@cache
def common_words() -> "array[int]":
    """All of them, as numbers in order: a twentieth of what a set of strings takes."""
    words = (TABLES / "common.txt").read_text("utf-8").strip()  # in order, two characters each
    pairs = array("Q", words.encode("utf-32-be"))
    if sys.byteorder == "little":
        pairs.byteswap()
    return pairs


def pair(word: str) -> int:
    """Two characters as one number; 0 for anything else."""
    return ord(word[0]) << 32 | ord(word[1]) if len(word) == 2 else 0


def fold(syllable: str) -> str:
    """«zhang» and «zan» are heard as one."""
    if syllable[:2] in ("zh", "ch", "sh"):
        syllable = syllable[0] + syllable[2:]
    if syllable[0] == "n" and len(syllable) > 1:
        syllable = "l" + syllable[1:]
    return syllable.removesuffix("g") if syllable.endswith("ng") else syllable


def key(word: str) -> str:
    """The sound of a word, or "" where a character of it is not Chinese or not known."""
    sounds = [sound_of().get(char, "") for char in word]
    return "'".join(sounds) if all(sounds) else ""


ALSO = {
    "行": "hang",
    "长": "chang",
    "调": "diao",
    "重": "chong",
    "还": "huan",
    "了": "liao",
    "数": "shuo",
}
"""Second readings that our own words use."""


def spellings(word: str) -> set[str]:
    """The word in pinyin, as typed on a keyboard: «qiandao»; {} where it cannot be."""
    first = [spelling_of().get(char, "") for char in word]
    if not all(first):
        return set()
    second = [ALSO.get(char, syllable) for char, syllable in zip(word, first, strict=True)]
    return {"".join(first), "".join(second)}


def initials(word: str) -> set[str]:
    """The first letters of its syllables, as typed in haste: «qd»; {} where it cannot be."""
    syllables = [spelling_of().get(char, "") for char in word]
    return {"".join(syllable[0] for syllable in syllables)} if all(syllables) else set()
