"""How much speaks for each intent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from heapq import nlargest
from operator import attrgetter, itemgetter

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
GUESSES = 8
"""Intents that only examples speak for; further ones are neither offered nor outvote anything."""


@dataclass(slots=True)
class Evidence:
    """What was found for one intent."""

    intent: Intent
    taught: int = 0
    """By how many examples."""
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
    number: int
    intent: str
    phrase: Phrase
    kind: str
    needs: tuple[int, ...]
    """The parts, by their numbers: none may be without a word that was heard."""
    bars: int
    """The number of the words that may not be heard."""


class Scales:
    """All phrases and examples of all intents, found by the parts they begin from."""

    def __init__(self, intents: Sequence[Intent]) -> None:
        parsed = [
            (intent, parse(text), kind)
            for intent in intents
            for kind, texts in (("+", intent.says), ("?", intent.hints), ("-", intent.unless))
            for text in texts
        ]
        numbers: dict[frozenset[str], int] = {}
        self._by_part: dict[int, list[Listened]] = {}
        for number, (intent, phrase, kind) in enumerate(parsed):
            needs = tuple(numbers.setdefault(part.words, len(numbers)) for part in phrase.parts)
            bars = numbers.setdefault(phrase.absent, len(numbers))
            each = Listened(number, intent.id, phrase, kind, needs, bars)
            self._by_part.setdefault(numbers[phrase.anchor], []).append(each)
        parts_of: dict[str, list[int]] = {}
        for words, part in numbers.items():
            for word in words:
                parts_of.setdefault(word, []).append(part)
        self._parts_of = {word: tuple(parts) for word, parts in parts_of.items()}
        self.words = frozenset(parts_of)
        self._intents = {intent.id: replace(intent, examples=()) for intent in intents}
        self._refusal = next((intent.id for intent in intents if intent.refusal), "")
        self._taught = {intent.id: len(intent.examples) for intent in intents}
        self._examples = Examples(
            (intent.id, [spelt_plainly(text) for text in intent.examples]) for intent in intents
        )

    def weigh(
        self, hearing: Hearing, *, least: float = 0.0, instead: bool = False
    ) -> list[Evidence]:
        """What speaks for which intent, the likeliest first; [] for words unknown, or where no
        phrase says as much as `least`. Of intents that only examples speak for, a few. A wish that
        is denied speaks for a refusal, unless something else is asked for `instead`."""
        found = self._phrased(hearing)
        if least and not any(evidence.phrased >= least for evidence in found.values()):
            return []
        odds = self._examples.odds(hearing.plain)
        for intent in nlargest(GUESSES, odds, key=odds.__getitem__):
            found.setdefault(intent, self._evidence(intent))
        denied = 0.0
        for intent, evidence in found.items():
            evidence.alike = odds.get(intent, 0.0)
            if negated(hearing, evidence.intent, evidence.spans):
                denied = max(denied, evidence.said)
                evidence.against += max(NEGATION, evidence.said)
                evidence.alike = min(evidence.alike, 0.0)
        if denied and self._refusal and not instead:
            refusal = found.setdefault(self._refusal, self._evidence(self._refusal))
            refusal.said = max(refusal.said, denied)
        if any(wanted(evidence) for evidence in found.values()):
            for evidence in found.values():
                evidence.against += IN_PASSING if evidence.intent.aside else 0
        ranked = [(-each.score, each.intent.id, each) for each in found.values()]
        return [each for _, _, each in sorted(ranked, key=itemgetter(0, 1))]

    def _phrased(self, hearing: Hearing) -> dict[str, Evidence]:
        found: dict[str, Evidence] = {}
        places: Places = {}
        for each in self._heard(hearing):
            spans = each.phrase.find(hearing.hits, places)
            if spans and _fits(each.phrase, spans, hearing):
                evidence = found.get(each.intent) or self._evidence(each.intent)
                found[each.intent] = evidence
                _add(evidence, each, spans, hearing)
        return found

    def _evidence(self, intent: str) -> Evidence:
        return Evidence(self._intents[intent], self._taught[intent])

    def _heard(self, hearing: Hearing) -> list[Listened]:
        """The phrases of which every part was heard, as they were declared."""
        heard = {part for word in hearing.hits for part in self._parts_of.get(word, ())}
        begun = (each for part in heard & self._by_part.keys() for each in self._by_part[part])
        said = [each for each in begun if each.bars not in heard and heard.issuperset(each.needs)]
        return sorted(said, key=attrgetter("number"))


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
