"""How like its examples a message is: naive Bayes over characters and pairs of characters.

Trained anew at every start, in a few milliseconds, from the examples that the capabilities
declare. It breaks ties between phrases and guesses where no phrase was said; alone it is never
enough to change anything.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log
from operator import add

SMOOTHING = 0.02
PRIOR = 0.3
ENOUGH = 40
"""Examples. Of fewer one cannot tell what is never said: they would be a guess for anything."""
MANY = 16
"""Intents that had a gram, from where on what it says of all of them is added up at once."""
MOST = 255
"""Of what is said more often nothing more is learnt."""
WORD = re.compile(r"[a-z]+")
OTHER = re.compile(r"[^\u4e00-\u9fff\d]+")
OTHER_IN_LINES = re.compile(r"[^\u4e00-\u9fff\d\n]+")


class Examples:
    """The log-odds of each intent against all others, by what its examples share with a text."""

    def __init__(self, meant: Iterable[tuple[str, Sequence[str]]]) -> None:
        """By intent, its examples in plain spelling."""
        said = [(intent, texts) for intent, texts in meant if texts]
        total = sum(len(texts) for _, texts in said)
        self._intents = tuple(intent for intent, _ in said)
        self._unseen = [
            log(SMOOTHING / (max(len(texts), ENOUGH) + PRIOR)) + log(total - len(texts) + PRIOR)
            for _, texts in said
        ]
        """What a gram says of an intent that never had it, but for how common the gram is."""
        self._had: dict[str, bytes] = {}
        """Which intents had a gram, and how often: two bytes for each."""
        for place, (_, texts) in enumerate(said):
            self._learn(place, counted(texts))
        self._often = {
            gram: self._of_all(had) for gram, had in self._had.items() if len(had) > 2 * MANY
        }
        """What common grams say of every intent, in their order."""

    def _learn(self, place: int, counts: Counter[str]) -> None:
        told = [bytes((place, count)) for count in range(MOST + 1)]
        had = self._had
        for gram, count in counts.items():
            more = told[count if count < MOST else MOST]
            had[gram] = had[gram] + more if gram in had else more

    def _of_all(self, had: bytes) -> tuple[float, ...]:
        told = [unseen - common(had) for unseen in self._unseen]
        for place, more in speaks(had):
            told[place] += more
        return tuple(told)

    def odds(self, text: str) -> Mapping[str, float]:
        """For every intent; positive where the examples speak for it. {} for a text of no gram."""
        known = [gram for gram in grams(text) if gram in self._had]
        if not known:
            return {}
        often = [self._often[gram] for gram in known if gram in self._often]
        seldom = [self._had[gram] for gram in known if gram not in self._often]
        usual = sum(map(common, seldom))
        odds = [len(seldom) * unseen - usual for unseen in self._unseen]
        for had in seldom:
            for place, more in speaks(had):
                odds[place] += more
        return dict(zip(self._intents, map(sum, zip(odds, *often, strict=True)), strict=True))


LOGS = tuple(log(count + SMOOTHING) for count in range(MOST + 1))


def common(had: bytes) -> float:
    """How common a gram is."""
    return log(sum(had[1::2]) + SMOOTHING)


def speaks(had: bytes) -> Iterable[tuple[int, float]]:
    """How much a gram speaks for the intents that had some of its occurrences."""
    of = sum(had[1::2]) + SMOOTHING
    usual = log(of) - LOGS[0]
    if len(had) == 2:  # most are
        return ((had[0], usual + LOGS[had[1]] - LOGS[0]),)
    return [
        (place, usual + LOGS[count] - log(of - count))
        for place, count in zip(had[::2], had[1::2], strict=True)
    ]


def counted(texts: Sequence[str]) -> Counter[str]:
    """The grams of many texts, each as often as it occurs."""
    bare = OTHER_IN_LINES.sub("", "\n".join(texts))
    framed = "^" + bare.replace("\n", "$^") + "$"
    counts = Counter(map(add, framed, framed[1:]))
    counts.update(bare.replace("\n", ""))
    counts.update(WORD.findall("\n".join(texts)))
    del counts["$^"], counts["^$"]
    return counts


def grams(text: str) -> set[str]:
    """Characters and pairs of Chinese and digits, where they begin and end; words of English."""
    bare = OTHER.sub("", text)
    framed = f"^{bare}$" if bare else ""
    pairs = set(map(add, framed, framed[1:]))
    return pairs.union(bare, WORD.findall(text))
