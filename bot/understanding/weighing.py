"""How much speaks for each intent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from bot.understanding.hearing import Hearing
from bot.understanding.intents import Intent
from bot.understanding.likeness import Examples
from bot.understanding.negation import negated
from bot.understanding.normal import spelt_plainly
from bot.understanding.phrases import Phrase, Places, Span, parse

SAID = 3.0
A_CHARACTER = 0.35
A_PART = 0.5
A_MARK = 1.5
NOTHING_ELSE = 2.0
A_HINT = 0.8
AGAINST = 3.0
IN_PASSING = 4.0
ALIKE = 0.2
UNLIKE = 4.0
"""The most that examples may speak against: a long story around a clear wish is no refutation."""
NEGATION = 6.0


@dataclass(slots=True)
class Evidence:
    """What was found for one intent."""

    intent: Intent
    said: float = 0.0
    spans: tuple[Span, ...] = ()
    phrase: str = ""
    hints: float = 0.0
    against: float = 0.0
    alike: float = 0.0
    exact: bool = False
    """The message is this phrase and nothing else."""

    @property
    def phrased(self) -> float:
        """What the phrases say, without the likeness to examples."""
        return self.said + min(self.hints, 2.0) - self.against

    @property
    def score(self) -> float:
        least = 0.0 if self.exact else -UNLIKE
        return self.phrased + max(ALIKE * self.alike, least)


@dataclass(frozen=True, slots=True)
class Listened:
    intent: Intent
    phrase: Phrase
    kind: str
    needs: tuple[int, ...]
    """The words of each part, as bits: no part may be without one that was heard."""
    bars: int

    def may_be_in(self, heard: int) -> bool:
        if self.bars & heard:
            return False
        for part in self.needs:  # noqa: SIM110 — asked a hundred times a message, twice as fast
            if not heard & part:
                return False
        return True


class Scales:
    """All phrases and examples of all intents, found by the words they begin from."""

    def __init__(self, intents: Sequence[Intent]) -> None:
        parsed = [
            (intent, parse(text), kind)
            for intent in intents
            for kind, texts in (("+", intent.says), ("?", intent.hints), ("-", intent.unless))
            for text in texts
        ]
        self.words = frozenset().union(*(phrase.words for _, phrase, _ in parsed))
        self._bits = {word: 1 << place for place, word in enumerate(sorted(self.words))}
        self._by_word: dict[str, list[Listened]] = {}
        for intent, phrase, kind in parsed:
            needs = tuple(self._as_bits(part.words) for part in phrase.parts)
            each = Listened(intent, phrase, kind, needs, self._as_bits(phrase.absent))
            for word in phrase.anchor:
                self._by_word.setdefault(word, []).append(each)
        self._intents = {intent.id: intent for intent in intents}
        self._examples = Examples(
            (spelt_plainly(text), intent.id) for intent in intents for text in intent.examples
        )

    def _as_bits(self, words: Iterable[str]) -> int:
        bits = 0
        for word in words:
            bits |= self._bits.get(word, 0)
        return bits

    def weigh(self, hearing: Hearing) -> list[Evidence]:
        """Every intent for which anything speaks, the likeliest first; [] for words unknown."""
        found: dict[str, Evidence] = {}
        places: Places = {}
        for each in self._heard(hearing):
            spans = each.phrase.find(hearing.hits, places)
            if spans and _fits(each.phrase, spans, hearing):
                evidence = found.setdefault(each.intent.id, Evidence(each.intent))
                _add(evidence, each, spans, hearing)
        for intent, odds in self._examples.odds(hearing.plain).items():
            found.setdefault(intent, Evidence(self._intents[intent])).alike = odds
        for evidence in found.values():
            if evidence.intent.changes and negated(hearing, evidence.spans):
                evidence.against += NEGATION
        if any(wanted(evidence) for evidence in found.values()):
            for evidence in found.values():
                evidence.against += IN_PASSING if evidence.intent.aside else 0
        ranked = [(-each.score, each.intent.id, each) for each in found.values()]
        return [each for _, _, each in sorted(ranked, key=itemgetter(0, 1))]

    def _heard(self, hearing: Hearing) -> Iterable[Listened]:
        """The phrases of which every part was heard, in whatever order."""
        heard = self._as_bits(hearing.hits)
        seen: set[int] = set()
        for word in hearing.hits:
            for each in self._by_word.get(word, ()):
                if id(each) not in seen and each.may_be_in(heard):
                    seen.add(id(each))
                    yield each


def wanted(evidence: Evidence) -> bool:
    """Something is asked for, more than a greeting."""
    return bool(evidence.said) and not evidence.intent.aside and evidence.phrased > SAID


def _fits(phrase: Phrase, spans: tuple[Span, ...], hearing: Hearing) -> bool:
    if phrase.whole and hearing.content_outside(spans):
        return False
    return not phrase.first or not any(at < spans[0][0] for at in hearing.content)


def _add(evidence: Evidence, each: Listened, spans: tuple[Span, ...], hearing: Hearing) -> None:
    if each.kind == "-":
        evidence.against += AGAINST
    elif each.kind == "?":
        evidence.hints += A_HINT
    else:
        said = _strength(each.phrase, spans, hearing)
        if said > evidence.said:
            evidence.said, evidence.spans, evidence.phrase = said, spans, each.phrase.text
            evidence.exact = each.phrase.whole


def _strength(phrase: Phrase, spans: tuple[Span, ...], hearing: Hearing) -> float:
    length = sum(min(end - start, 5) for start, end in spans)
    said = SAID + A_CHARACTER * min(length, 12) + A_PART * (len(spans) - 1)
    alone = NOTHING_ELSE if not hearing.content_outside(spans) else 0
    return said + A_MARK * phrase.bonus + alone
