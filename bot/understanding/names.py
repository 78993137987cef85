"""The people, branches and activities a speaker may see, found also when spelt by ear."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.understanding.normal import normalise, plain_of
from bot.understanding.sounds import is_common, key, sound_of

Span = tuple[int, int]


@dataclass(frozen=True)
class Names:
    """What may be recognised and offered to one speaker; never more than they may see."""

    members: Sequence[str] = ()
    branches: Sequence[str] = ()
    activities: Sequence[str] = ()

    @cached_property
    def _people(self) -> dict[str, str]:
        return {plain_of(name): name for name in self.members if len(name) > 1}

    @cached_property
    def _people_by_sound(self) -> dict[str, str]:
        return {sound: name for plain, name in self._people.items() if (sound := key(plain))}

    @cached_property
    def _first(self) -> frozenset[str]:
        return frozenset(name[0] for name in self._people)

    @cached_property
    def _sizes(self) -> tuple[int, ...]:
        return tuple(sorted({len(name) for name in self._people}, reverse=True))

    @cached_property
    def _branches(self) -> dict[str, str]:
        """Every way to call a branch that only one branch is called by."""
        called: dict[str, list[str]] = {}
        for name in self.branches:
            for short in _short_names(normalise(name).plain):
                called.setdefault(short, []).append(name)
        return {short: names[0] for short, names in called.items() if len(short) > 1}

    @cached_property
    def _titles(self) -> tuple[str, ...]:
        """Activities, as they are called: 体验签到 of 体验签到：支部主题党日. The longest first."""
        called = {
            NUMBERED_MONTH.sub("", part)
            for title in map(normalise, self.activities)
            for part in (title.plain, *TITLE_PARTS.split(title.plain))
        }
        return tuple(sorted((each for each in called if len(each) > 2), key=len, reverse=True))

    def titles_in(self, plain: str) -> list[Span]:
        """Where activities are named by their titles."""
        found: list[Span] = []
        for title in self._titles:
            at = plain.find(title)
            if at >= 0 and not any(start < at + len(title) and at < end for start, end in found):
                found.append((at, at + len(title)))
        return found

    def people_in(self, plain: str) -> list[tuple[Span, str]]:
        """Members named in a text, by spelling or by sound, with their full names."""
        found: list[tuple[Span, str]] = []
        at = 0
        while at < len(plain) - 1:
            name, size = self._person_at(plain, at) if plain[at] in self._first else ("", 0)
            if name:
                found.append(((at, at + size), name))
            at += size or 1
        return found

    def _person_at(self, plain: str, at: int) -> tuple[str, int]:
        for size in self._sizes:
            name = self._people.get(plain[at : at + size], "")
            if name and len(name) <= len(plain) - at:
                return name, len(plain[at : at + size])
        sounds = [
            sound_of().get(char, "?") for char in plain[at : at + max(self._sizes, default=0)]
        ]
        for size in self._sizes:
            word = plain[at : at + size]
            name = self._people_by_sound.get("'".join(sounds[:size]), "")
            if (
                name
                and len(word) == size
                and word[0] == name[0]
                and not _is_common(plain, at, size)
            ):
                return name, size
        return "", 0

    def branches_in(self, plain: str) -> list[tuple[Span, str]]:
        """Branches named in a text, in full or in short, with their full names."""
        for short in sorted(self._branches, key=len, reverse=True):
            at = plain.find(short)
            if at >= 0:
                return [((at, at + len(short)), self._branches[short])]
        return []


NOBODY = Names()
TITLE_PARTS = re.compile(r"[：:（）()「」—\-·]+")
NUMBERED_MONTH = re.compile(r"^(?:\d{4}年)?\d{1,2}月(?:份)?的?")


def _is_common(plain: str, at: int, size: int) -> bool:
    return any(is_common(plain[place : place + 2]) for place in range(at, at + size - 1))


ORGAN = re.compile(
    r"^(.{2,3}市)?(.*?(?:局|馆|中心|办|委|队|处|院|所|厅))?(.+?)(党支部|党总支|支部)$"
)
NUMBERED = re.compile(r"^第([一二三四五六七八九十]+)$")


def _short_names(plain: str) -> set[str]:
    bare = re.sub(r"\(.*?\)", "", plain)
    short = {bare}
    found = ORGAN.match(bare)
    if not found:
        return short
    _, organ, own, _ = found.groups()
    organ = organ or ""
    owns = {own} | ({numbered[1]} if (numbered := NUMBERED.match(own)) else set())
    for each in owns:
        for kind in ("党支部", "支部"):
            short |= {organ + each + kind, each + kind}
    return short
