"""Phrases: what to listen for, written the way it is said.

"没|忘 签到|打卡"    one of each part, in this order, up to twelve characters between two parts
"谁 +没来"           `+`: directly after, one character between at most
"签到 -怎么|如何"    `-`: none of these anywhere in the message
"<谁> 没|未 来"      `<…>`: a class of words that all capabilities share (see `words`)
"提醒 {time}"        `{…}`: a time, a person, an activity, a number, a branch that was found
"=收到"              `=`: and the message says nothing else
"^选|我选 {letter}"  `^`: the message begins with it
"提个?意见 !"        `!`: weighs more than its length; `?`: the character before may be missing
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from bot.understanding.normal import FILLERS
from bot.understanding.words import CLASSES, COMPOUNDS

BRACED = re.compile(r"\{[^}]*\}?|[^{]*\}")
FAR = 14
FAR_IN_ENGLISH = 28
NEAR = 1
Span = tuple[int, int]
Hits = Mapping[str, Sequence[Span]]
"""Each word that was heard, with its places."""
Places = dict[frozenset[str], list[Span]]
"""Where any of some words stands, of one message: several phrases listen for the same."""


@dataclass(frozen=True, slots=True)
class Part:
    words: frozenset[str]
    reach: int


@dataclass(frozen=True, slots=True)
class Phrase:
    text: str
    parts: tuple[Part, ...]
    absent: frozenset[str]
    whole: bool
    first: bool
    bonus: int

    @property
    def anchor(self) -> frozenset[str]:
        """The part that is looked for first: the one with the fewest words."""
        return min((part.words for part in self.parts), key=len)

    @property
    def words(self) -> frozenset[str]:
        return self.absent.union(*(part.words for part in self.parts))

    def find(self, hits: Hits, known: Places) -> tuple[Span, ...]:
        """Where its parts stand in this order, () where they do not. Knows nothing of `absent`.
        `known` keeps for the next phrase where the words of a part stand."""
        places = [_places(part.words, hits, known) for part in self.parts]
        if len(places) == 1:
            return (max(places[0], key=_size),) if places[0] else ()
        return _in_order(places, self.parts)


def parse(text: str) -> Phrase:
    """ValueError for a phrase that could never match."""
    body = text.lstrip("=^")
    parts: list[Part] = []
    absent: set[str] = set()
    bonus = 0
    for piece in body.replace("_", "\N{NO-BREAK SPACE}").split(" "):
        if piece == "!" * len(piece):
            bonus += len(piece)
        elif piece.startswith("-"):
            absent |= _words(piece[1:])
        else:
            near = piece.startswith("+") and not piece[1:2].isdigit()
            words = _words(piece[near:])
            far = FAR_IN_ENGLISH if all(word.isascii() for word in words) else FAR
            parts.append(Part(words, NEAR if near else far))
    if not parts or any(not part.words for part in parts):
        raise ValueError(f"phrase {text!r} has an empty part")
    head = text[: len(text) - len(body)]
    return Phrase(text, tuple(parts), frozenset(absent), "=" in head, "^" in head, bonus)


KNOWN = frozenset(
    (
        *(
            "time",
            "day",
            "recurring",
            "lasting",
            "person",
            "branch",
            "activity",
            "letters",
            "finding",
        ),
        *("report", "task", "digits", "code", "hours", "ordinal", "question", "option", "number"),
    )
)
"""What may stand in braces: `bot.understanding.places` finds each of them."""


@cache
def _words(piece: str) -> frozenset[str]:
    words: set[str] = set()
    for name in BRACED.findall(piece):
        if name[1:-1] not in KNOWN:
            raise ValueError(f"phrase part {piece!r} names {name}, which nothing finds; f missing?")
    for word in piece.replace("\N{NO-BREAK SPACE}", " ").split("|"):
        if word.startswith("<"):
            words |= CLASSES[word.strip("<>")]
        elif word:
            words |= _spellings(word) if "?" in word else {word}
            if not FILLERS.isdisjoint(word):
                words |= {"".join(char for char in word if char not in FILLERS)} - {""}
    return frozenset(words)


def _spellings(word: str) -> set[str]:
    """«提个?意见» → 提个意见 and 提意见."""
    choices: list[tuple[str, ...]] = []
    for char in word:
        if char == "?" and choices:
            choices[-1] = (choices[-1][0], "")
        else:
            choices.append((char,))
    words = {"".join(chosen) for chosen in product(*choices)}
    if "" in words:
        raise ValueError(f"{word!r} may be nothing at all")
    return words


def _places(words: frozenset[str], hits: Hits, known: Places) -> list[Span]:
    found = known.get(words)
    if found is None:
        few, many = (words, hits) if len(words) < len(hits) else (hits, words)
        heard = [word for word in few if word in many]
        found = known[words] = sorted(span for word in heard for span in hits[word])
    return found


def _size(span: Span) -> int:
    return span[1] - span[0]


def _in_order(places: list[list[Span]], parts: Sequence[Part]) -> tuple[Span, ...]:
    """The first chain of spans, one of each part, each within reach of the one before."""
    chains: list[tuple[Span, ...]] = [(span,) for span in places[0]]
    for spans, part in zip(places[1:], parts[1:], strict=True):
        longer: dict[Span, tuple[Span, ...]] = {}
        for chain in chains:
            for span in spans:
                if 0 <= span[0] - chain[-1][1] <= part.reach:
                    kept = longer.get(span)
                    if kept is None or _length(kept) < _length(chain) + span[1] - span[0]:
                        longer[span] = (*chain, span)
        if not longer:
            return ()
        chains = list(longer.values())
    return max(chains, key=_length, default=())


def _length(chain: tuple[Span, ...]) -> int:
    return sum(end - start for start, end in chain)


class Vocabulary:
    """Finds all the words it knows in one walk over the text."""

    def __init__(self, words: frozenset[str]) -> None:
        self.words = words | COMPOUNDS
        self._sizes: dict[str, tuple[int, ...]] = {}
        for word in self.words:
            sizes = {len(word), *self._sizes.get(word[0], ())}
            self._sizes[word[0]] = tuple(sorted(sizes, reverse=True))

    def scan(self, plain: str) -> dict[str, list[Span]]:
        hits: dict[str, list[Span]] = {}
        hidden: list[Span] = []
        for at, char in enumerate(plain):
            for size in self._sizes.get(char, ()):
                word = plain[at : at + size]
                if (
                    len(word) == size
                    and word in self.words
                    and _stands_alone(plain, at, at + len(word))
                ):
                    hits.setdefault(word, []).append((at, at + size))
                    if word in COMPOUNDS:
                        hidden.append((at, at + size))
        return _uncovered(hits, hidden) if hidden else hits


def _stands_alone(plain: str, start: int, end: int) -> bool:
    """English words are not found inside others."""
    if not (plain[start].isascii() and plain[start].isalpha()):
        return True
    before, after = plain[start - 1 : start], plain[end : end + 1]
    return not (_latin(before) or _latin(after))


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _uncovered(hits: dict[str, list[Span]], hidden: list[Span]) -> dict[str, list[Span]]:
    """Without the words that only look like words inside a compound: 不是 in 是不是."""
    kept: dict[str, list[Span]] = {}
    for word, spans in hits.items():
        free = [
            span
            for span in spans
            if not any(
                start <= span[0] and span[1] <= end and end - start > len(word)
                for start, end in hidden
            )
        ]
        if free:
            kept[word] = free
    return kept
