"""Puts a word we know in the place of one that only sounds like it: 签道, 請价, qiandao."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.understanding.normal import Plain
from bot.understanding.sounds import initials, is_common, key, sound_of, spellings

LONGEST_WORD = 6
LATIN = re.compile(r"[a-z]+(?:[ '][a-z]+)*")
LITTLE_WORDS = "我你您他的了吗呢吧是不没有在要想请去来到和跟给个这那就都也还好会能对把被再天点"
"""Single characters that may stand between the words of a message in pinyin."""
PARTICLES = "了啦吧呀。.!,，！"
CERTAIN = frozenset(
    "后时的了不没一是在有人个这那里上下年月日天点半周期号两三四五六七八九十会我你他她它么吗呢吧打"
)
"""Characters too common to be a mistake in a word of two."""


@dataclass(frozen=True, slots=True)
class Ear:
    """Knows the words that matter, by their sound and by their spelling in pinyin."""

    words: frozenset[str]
    by_sound: dict[str, str]
    begins: frozenset[str]
    """The first two sounds of each of them."""
    by_spelling: dict[str, str]
    swapped: dict[str, str]
    """Words of two characters written the wrong way round: 消取."""
    brief: dict[str, str]
    """Words by the first letters of their syllables: qd."""

    @classmethod
    def for_words(
        cls,
        words: Iterable[str],
        spelt: Iterable[str] = (),
        *,
        often: str = "",
        commands: Iterable[str] = (),
    ) -> "Ear":
        """Listens for `words`; those of `spelt` are taken from pinyin, and left as they are.

        Of words that sound alike, the one is meant that occurs more in `often`.
        """
        sounds = {word: key(word) for word in words if 2 <= len(word) <= LONGEST_WORD}
        known = frozenset(word for word, sound in sounds.items() if sound)
        by_sound: dict[str, str] = {}
        by_spelling = {
            spelling: char for char in reversed(LITTLE_WORDS) for spelling in spellings(char)
        }
        heard = Counter(sounds.values())

        def use(word: str) -> tuple[int, int, str]:
            return -len(word), -often.count(word) if heard[sounds[word]] > 1 else 0, word

        for word in sorted(known, key=use):
            if len(word) > 3 or CERTAIN.isdisjoint(word):
                by_sound.setdefault(sounds[word], word)
            for spelling in spellings(word):
                by_spelling.setdefault(spelling, word)
        for word in spelt:
            for spelling in spellings(word) if len(word) > 1 else ():
                by_spelling.setdefault(spelling, word)
        pairs = {often[at : at + 2] for at in range(len(often))} | known
        swapped = {
            word[::-1]: word
            for word in known
            if len(word) == 2
            and CERTAIN.isdisjoint(word)
            and word[::-1] not in pairs
            and not is_common(word[::-1])
        }
        brief = _in_short(commands, often, words)
        begins = frozenset("'".join(sound.split("'")[:2]) for sound in by_sound)
        return cls(known | frozenset(spelt), by_sound, begins, by_spelling, swapped, brief)

    def correct(self, said: Plain, kept: frozenset[int] = frozenset()) -> Plain:
        """The message as it was meant; what stands at the places `kept` stays."""
        spelt = self._from_pinyin(said)
        return self._by_ear(spelt, kept if spelt is said else frozenset())

    def _by_ear(self, said: Plain, kept: frozenset[int]) -> Plain:
        chars = list(said.plain)
        known = self._known_places(said.plain) | kept
        sounds = [sound_of().get(char, "") for char in chars]
        at = 0
        while at < len(chars) - 1:
            word = self._heard_at(said.plain, sounds, at, known)
            if word:
                chars[at : at + len(word)] = word
            at += len(word) or 1
        return said.respelt("".join(chars))

    def _known_places(self, plain: str) -> set[int]:
        """Where a word stands that needs no repair."""
        return {
            place
            for size in range(2, LONGEST_WORD + 1)
            for at in range(len(plain) - size + 1)
            if plain[at : at + size] in self.words
            for place in range(at, at + size)
        }

    def _heard_at(self, plain: str, sounds: Sequence[str], at: int, known: set[int]) -> str:
        begins = "'".join(sounds[at : at + 2])
        for size in range(LONGEST_WORD, 1, -1) if begins in self.begins else ():
            word = self.by_sound.get("'".join(sounds[at : at + size]))
            if word and len(word) == size and self._may_replace(plain, at, word, known):
                return word
        word = self.swapped.get(plain[at : at + 2], "")
        return word if at not in known and at + 1 not in known else ""

    def _may_replace(self, plain: str, at: int, word: str, known: set[int]) -> bool:
        """Not where what is written makes sense by itself, alone or with its neighbours."""
        written = plain[at : at + len(word)]
        changed = [at + place for place, char in enumerate(word) if written[place] != char]
        if not changed or any(place in known for place in changed):
            return False
        if at not in changed and at and plain[at - 1 : at + 1] in self.words:
            return False  # 报名撤: 名 belongs to 报名
        end = at + len(word)
        if end - 1 not in changed and plain[end - 1 : end + 1] in self.words:
            return False  # 要请假: 请 belongs to 请假
        whole = len(written) == len(plain.strip(PARTICLES))
        if at == 0 and plain[len(word) : len(word) + 1] == "我" and f"{word}我" in self.words:
            return True
        if len(changed) == len(word) == 2 and not whole:
            return False
        if len(word) == 2 and any(written[place - at] in CERTAIN for place in changed):
            return False
        if len(word) > 2 or whole:
            together = range(changed[0], changed[-1] + 1)
            return whole or not is_common(plain[together.start : together.stop])
        pairs = {plain[place - 1 : place + 1] for place in changed if place} | {
            plain[place : place + 2] for place in changed
        }
        return not any(map(is_common, pairs))

    def _from_pinyin(self, said: Plain) -> Plain:
        if said.plain.isascii() or any("a" <= char <= "z" for char in said.plain):
            for run in reversed(list(LATIN.finditer(said.plain))):
                pieces = self._in_haste(said.plain, run) or self._spelt_out(run.group())
                if pieces:
                    said = _in_characters(said, run.start(), pieces)
        return said

    def _in_haste(self, plain: str, run: re.Match[str]) -> list[tuple[str, int, int]]:
        """qd, where it is no part of a code or of a clock time."""
        start, end = run.span()
        around = plain[max(start - 1, 0) : start] + plain[end : end + 1]
        word = self.brief.get(run.group())
        return [(word, 0, end - start)] if word and not any(map(_in_a_code, around)) else []

    def _spelt_out(self, run: str) -> list[tuple[str, int, int]]:
        """The words of a run of letters with their places, [] unless all of it is ours."""
        letters = [(char, at) for at, char in enumerate(run) if char.isalpha()]
        joined = "".join(char for char, _ in letters)
        best: list[list[tuple[str, int, int]] | None] = [[]] + [None] * len(joined)
        for start in range(len(joined)):
            before = best[start]
            if before is None:
                continue
            for end in range(start + 1, min(len(joined), start + 30) + 1):
                word = self.by_spelling.get(joined[start:end])
                kept = best[end]
                if word and (kept is None or len(kept) > len(before) + 1):
                    best[end] = [*before, (word, letters[start][1], letters[end - 1][1] + 1)]
        found = best[-1] or []
        return found if any(len(word) > 1 for word, _, _ in found) else []


def _in_short(commands: Iterable[str], often: str, words: Iterable[str]) -> dict[str, str]:
    """The commands by their initials; of two with the same, the one said more `often`."""
    known, brief = frozenset(words), dict[str, str]()
    for word in sorted(commands, key=lambda word: (-often.count(word), word)):
        for letters in initials(word):
            if not letters.strip("abcdef") or letters in known or set(letters) & set("aeiou"):
                continue  # an answer, an English word
            brief.setdefault(letters, word)
    return brief


def _in_a_code(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _in_characters(said: Plain, offset: int, pieces: list[tuple[str, int, int]]) -> Plain:
    """Each character of a word stands for an equal share of its letters."""
    plain: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for word, start, end in pieces:
        for place, char in enumerate(word):
            plain.append(char)
            starts.append(
                said.starts[offset + start] if place == 0 else said.ends[offset + end - 1]
            )
            ends.append(said.ends[offset + end - 1])
    first, last = offset + pieces[0][1], offset + pieces[-1][2]
    return Plain(
        said.text,
        said.plain[:first] + "".join(plain) + said.plain[last:],
        said.starts[:first] + tuple(starts) + said.starts[last:],
        said.ends[:first] + tuple(ends) + said.ends[last:],
    )
