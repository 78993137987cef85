"""How much speaks for each intent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.understanding.hearing import Hearing
from bot.understanding.intents import Intent
from bot.understanding.likeness import Examples
from bot.understanding.normal import normalise
from bot.understanding.phrases import Phrase, Span, parse
from bot.understanding.words import SOFT

SAID = 3.0
A_CHARACTER = 0.35
A_PART = 0.5
A_MARK = 1.5
NOTHING_ELSE = 2.0
A_HINT = 0.8
AGAINST = 3.0
IN_PASSING = 2.5
ALIKE = 2.0
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
    asked: bool = field(default=False)

    @property
    def score(self) -> float:
        return self.said + min(self.hints, 2.0) + ALIKE * self.alike - self.against


@dataclass(frozen=True, slots=True)
class Listened:
    intent: Intent
    phrase: Phrase
    kind: str


class Scales:
    """All phrases and examples of all intents, found by the words they begin from."""

    def __init__(self, intents: Sequence[Intent]) -> None:
        self._listened = [
            Listened(intent, parse(text), kind)
            for intent in intents
            for kind, texts in (("+", intent.says), ("?", intent.hints), ("-", intent.unless))
            for text in texts
        ]
        self._by_word: dict[str, list[Listened]] = {}
        for each in self._listened:
            for word in each.phrase.anchor:
                self._by_word.setdefault(word, []).append(each)
        self._intents = {intent.id: intent for intent in intents}
        self._examples = Examples(
            (normalise(text).plain, intent.id) for intent in intents for text in intent.examples
        )

    @property
    def words(self) -> frozenset[str]:
        return frozenset().union(*(each.phrase.words for each in self._listened))

    def weigh(self, hearing: Hearing) -> list[Evidence]:
        """Every intent for which anything speaks, the likeliest first."""
        found: dict[str, Evidence] = {}
        rest = content_outside(hearing, ())
        for each in self._heard(hearing):
            spans = each.phrase.find(hearing.hits)
            if spans and _fits(each.phrase, spans, hearing, rest):
                evidence = found.setdefault(each.intent.id, Evidence(each.intent))
                _add(evidence, each, spans, hearing)
        for intent, alike in self._examples.closest(hearing.plain).items():
            found.setdefault(intent, Evidence(self._intents[intent])).alike = alike
        if any(evidence.said and not evidence.intent.aside for evidence in found.values()):
            for evidence in found.values():
                evidence.against += IN_PASSING if evidence.intent.aside else 0
        return sorted(found.values(), key=lambda each: (-each.score, each.intent.id))

    def _heard(self, hearing: Hearing) -> Iterable[Listened]:
        seen: set[int] = set()
        for word in hearing.hits:
            for each in self._by_word.get(word, ()):
                if id(each) not in seen:
                    seen.add(id(each))
                    yield each


def _fits(phrase: Phrase, spans: tuple[Span, ...], hearing: Hearing, rest: frozenset[int]) -> bool:
    if phrase.whole and content_outside(hearing, spans):
        return False
    return not phrase.first or not any(at < spans[0][0] for at in rest)


def _add(evidence: Evidence, each: Listened, spans: tuple[Span, ...], hearing: Hearing) -> None:
    if each.kind == "-":
        evidence.against += AGAINST
    elif each.kind == "?":
        evidence.hints += A_HINT
    else:
        said = _strength(each.phrase, spans, hearing)
        if said > evidence.said:
            evidence.said, evidence.spans, evidence.phrase = said, spans, each.phrase.text


def _strength(phrase: Phrase, spans: tuple[Span, ...], hearing: Hearing) -> float:
    length = sum(min(end - start, 5) for start, end in spans)
    said = SAID + A_CHARACTER * min(length, 12) + A_PART * (len(spans) - 1)
    alone = NOTHING_ELSE if not content_outside(hearing, spans) else 0
    return said + A_MARK * phrase.bonus + alone


def content_outside(hearing: Hearing, spans: Iterable[Span]) -> frozenset[int]:
    """The places of letters and characters that say something and are not in `spans`."""
    covered = {at for start, end in spans for at in range(start, end)}
    covered |= soft_places(hearing.hits)
    return frozenset(
        at for at, char in enumerate(hearing.plain) if char.isalnum() and at not in covered
    )


def soft_places(hits: Mapping[str, Sequence[Span]]) -> set[int]:
    return {
        at
        for word, spans in hits.items()
        if word in SOFT
        for start, end in spans
        for at in range(start, end)
    }
