"""Who is meant by numbers and names, written or heard. Plain values only."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.understanding.normal import normalise
from bot.understanding.sounds import key

SEPARATORS = re.compile(r"[\s,，、;；。和与及]+")
RANGE = re.compile(r"(\d{1,3})(?:-|~|到|至)(\d{1,3})")
TITLES = re.compile(
    r"(?:同志|号|书记|也到了|都到了|都来了|到了|来了|已到|到|签到|来|"
    r"都?在?(?:纸上|签到表上)(?:都|也)?(?:签了|签过了|签的)?|也?都?签了)$"
)
ASKING = re.compile(
    r"(?:请|麻烦|你)?(?:帮|给|替)(?:我|他们|她们|他俩|忙|一下|把)*"
    r"(?:点|记|签|登记|补)(?:一下|个|上|下)?(?:名|到)?吧?"
)
"""What is said besides the names, and says nothing more."""
OTHER_WISH = re.compile(
    "请假|补签|审批|批准|要批|谁|什么|多少|几个|几位|情况|逾期|提醒|安排|谢谢|辛苦|再见|"
    "同意|好的|^好$|^嗯+$|^行$|结束|关了|关掉|关闭|可以关|我到|我来|我也到|^签到$"
)
"""Found in what is no list of names, though names may stand in it: 批准赵四的请假."""
EVERYBODY = frozenset({"全到", "都到了", "全到了", "全部", "全体", "都来了", "全来了", "所有人"})


@dataclass(frozen=True)
class Meant:
    ids: tuple[str, ...]
    """In the order in which they were named, each once."""
    unclear: tuple[str, ...]
    """Words that are nobody's name, and numbers that are not on the list."""
    ambiguous: tuple[str, ...]
    """Names that several have, or that sound like several."""


def meant(words: str, listed: Sequence[str], people: Mapping[str, str]) -> Meant:
    """`listed` are the ids that were shown with numbers from 1; `people` id to name."""
    known = _Names(people)
    ids: dict[str, None] = {}
    unclear: list[str] = []
    ambiguous: list[str] = []
    for word in _words(words):
        if word in EVERYBODY:
            found = list(listed)
        elif numbers := _numbers(word):
            found = [listed[n - 1] for n in numbers if 0 < n <= len(listed)]
            unclear += [str(n) for n in numbers if not 0 < n <= len(listed)]
        else:
            found, left, doubtful = known.read(word)
            unclear += left
            ambiguous += doubtful
        ids.update(dict.fromkeys(found))
    return Meant(tuple(ids), tuple(unclear), tuple(ambiguous))


def _words(words: str) -> Iterator[str]:
    for word in SEPARATORS.split(ASKING.sub(" ", normalise(words).plain)):
        if word in EVERYBODY:
            yield word
        elif word:
            yield TITLES.sub("", word) or word


def _numbers(word: str) -> list[int]:
    if found := RANGE.fullmatch(word):
        return list(range(int(found[1]), min(int(found[2]), int(found[1]) + 200) + 1))
    return [int(word)] if word.isdecimal() and len(word) < 4 else []


class _Names:
    """Names by their spelling and by their sound."""

    def __init__(self, people: Mapping[str, str]) -> None:
        self._spelt: dict[str, list[str]] = {}
        self._sounding: dict[str, list[str]] = {}
        for id, name in people.items():
            plain = normalise(name).plain
            self._spelt.setdefault(plain, []).append(id)
            if sound := key(plain):
                self._sounding.setdefault(sound, []).append(id)
        self._longest = max(map(len, self._spelt), default=0)

    def read(self, word: str) -> tuple[list[str], list[str], list[str]]:
        """Ids, what was not understood, and what may mean several; names may follow each other
        without anything between them."""
        ids: list[str] = []
        left: list[str] = []
        doubtful: list[str] = []
        rest = ""
        at = 0
        while at < len(word):
            size, owners = self._at(word, at)
            if not owners:
                rest, at = rest + word[at], at + 1
                continue
            left += [rest] if rest else []
            rest = ""
            (ids if len(owners) == 1 else doubtful).append(
                owners[0] if len(owners) == 1 else word[at : at + size]
            )
            at += size
        return ids, left + ([rest] if rest else []), doubtful

    def _at(self, word: str, at: int) -> tuple[int, list[str]]:
        sizes = range(min(self._longest, len(word) - at), 1, -1)
        for table, of in ((self._spelt, str), (self._sounding, key)):
            for size in sizes:
                if owners := table.get(of(word[at : at + size])):
                    return size, owners
        return 0, []
