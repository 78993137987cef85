"""How like its examples a message is: naive Bayes over characters and pairs of characters.

Trained anew at every start, in a few milliseconds, from the examples that the capabilities
declare. It breaks ties between phrases and guesses where no phrase was said; alone it is never
enough to change anything.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from math import log

SMOOTHING = 0.02
PRIOR = 0.3
ENOUGH = 40
"""Examples. Of fewer one cannot tell what is never said: they would be a guess for anything."""
WORD = re.compile(r"[a-z]+")


class Examples:
    """The log-odds of each intent against all others, by what its examples share with a text."""

    def __init__(self, meant: Iterable[tuple[str, str]]) -> None:
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        sizes: Counter[str] = Counter()
        for text, intent in meant:
            counts[intent].update(grams(text))
            sizes[intent] += 1
        total = sum(sizes.values())
        seen: Counter[str] = Counter()
        for counted in counts.values():
            seen.update(counted)
        self._unseen = {
            intent: log(SMOOTHING / (max(size, ENOUGH) + PRIOR)) + log(total - size + PRIOR)
            for intent, size in sizes.items()
        }
        """What a gram says of an intent that never had it, but for how common the gram is."""
        self._common = {gram: log(count + SMOOTHING) for gram, count in seen.items()}
        self._told: dict[str, list[tuple[str, float]]] = defaultdict(list)
        told = cache(lambda intent, count, of: (intent, speaks(count, of)))  # most are alike
        for intent, counted in counts.items():
            for gram, count in counted.items():
                self._told[gram].append(told(intent, count, seen[gram]))

    def odds(self, text: str) -> Mapping[str, float]:
        """For every intent; positive where the examples speak for it. {} for a text of no gram."""
        known = [gram for gram in grams(text) if gram in self._common]
        if not known:
            return {}
        common = sum(self._common[gram] for gram in known)
        odds = {intent: len(known) * unseen - common for intent, unseen in self._unseen.items()}
        for gram in known:
            for intent, more in self._told[gram]:
                odds[intent] += more
        return odds


def speaks(count: int, of: int) -> float:
    """How much a gram speaks for an intent that had `count` of its occurrences."""
    return log((count + SMOOTHING) / SMOOTHING) - log((of - count + SMOOTHING) / (of + SMOOTHING))


def grams(text: str) -> set[str]:
    """Characters and pairs of Chinese and digits, where they begin and end; words of English."""
    bare = "".join(char for char in text if "\u4e00" <= char <= "\u9fff" or char.isdigit())
    framed = f"^{bare}$" if bare else ""
    pairs = {framed[at : at + 2] for at in range(len(framed) - 1)}
    return pairs.union(bare, WORD.findall(text))
