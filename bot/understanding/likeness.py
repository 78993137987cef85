"""How much a message resembles an example, by pairs of characters. For guesses, never for acts."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from math import log, sqrt

WORD = re.compile(r"[a-z]+")


class Examples:
    """Messages with what they mean; the rarer a shared pair of characters, the more it says."""

    def __init__(self, meant: Iterable[tuple[str, str]]) -> None:
        rows = [(intent, Counter(_grams(text))) for text, intent in meant]
        seen = Counter(gram for _, grams in rows for gram in grams)
        self._weight = {gram: log(1 + len(rows) / count) for gram, count in seen.items()}
        self._owner = [intent for intent, _ in rows]
        self._rows: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, (_, grams) in enumerate(rows):
            length = self._length(grams)
            for gram, count in grams.items():
                share = count * self._weight[gram] / length
                self._rows[gram].append((number, share))

    def closest(self, text: str) -> Mapping[str, float]:
        """For each intent that shares anything, how like its nearest example (0 to 1)."""
        grams = Counter(_grams(text))
        length = self._length(grams)
        likeness: dict[int, float] = defaultdict(float)
        for gram, count in grams.items():
            share = count * self._weight.get(gram, 0.0) / length
            for number, other in self._rows.get(gram, ()):
                likeness[number] += share * other
        best: dict[str, float] = {}
        for number, value in likeness.items():
            intent = self._owner[number]
            best[intent] = max(best.get(intent, 0.0), value)
        return best

    def _length(self, grams: Mapping[str, int]) -> float:
        unknown = log(1 + len(self._owner)) if hasattr(self, "_owner") else 1.0
        total = sum((n * self._weight.get(gram, unknown)) ** 2 for gram, n in grams.items())
        return sqrt(total) or 1.0


def _grams(text: str) -> list[str]:
    """Single characters and pairs of Chinese, words of English."""
    words = WORD.findall(text)
    bare = "".join(char for char in text if "\u4e00" <= char <= "\u9fff" or char.isdigit())
    return words + [bare[at : at + 2] for at in range(len(bare) - 1)] + list(bare)
