"""How like its examples a message is: naive Bayes over characters and pairs of characters.

Trained anew at every start, in a few milliseconds, from the examples that the capabilities
declare. It breaks ties between phrases and guesses where no phrase was said; alone it is never
enough to change anything.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import chain
from math import log
from operator import add

SMOOTHING = 0.02
PRIOR = 0.3
ENOUGH = 40
"""Examples. Of fewer one cannot tell what is never said: they would be a guess for anything."""
WORD = re.compile(r"[a-z]+")
OTHER = re.compile(r"[^\u4e00-\u9fff\d]+")


class Examples:
    """The log-odds of each intent against all others, by what its examples share with a text."""

    def __init__(self, meant: Iterable[tuple[str, str]]) -> None:
        texts: dict[str, list[str]] = defaultdict(list)
        for text, intent in meant:
            texts[intent].append(text)
        counts = {
            intent: Counter(chain.from_iterable(map(grams, said))) for intent, said in texts.items()
        }
        total = sum(map(len, texts.values()))
        seen: Counter[str] = Counter()
        for counted in counts.values():
            seen.update(counted)
        self._unseen = {
            intent: log(SMOOTHING / (max(len(said), ENOUGH) + PRIOR))
            + log(total - len(said) + PRIOR)
            for intent, said in texts.items()
        }
        """What a gram says of an intent that never had it, but for how common the gram is."""
        self._common = {gram: log(count + SMOOTHING) for gram, count in seen.items()}
        self._told: dict[str, list[tuple[str, float]]] = defaultdict(list)
        more = cache(lambda intent, count, of: (intent, speaks(count, of)))  # most are alike
        told = self._told
        for intent, counted in counts.items():
            for gram, count in counted.items():
                told[gram].append(more(intent, count, seen[gram]))

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
    bare = OTHER.sub("", text)
    framed = f"^{bare}$" if bare else ""
    pairs = set(map(add, framed, framed[1:]))
    return pairs.union(bare, WORD.findall(text))
