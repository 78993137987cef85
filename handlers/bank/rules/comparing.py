"""Which questions are the same, nearly the same, or contradict each other."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.questions import Question
from bot.questions.judging import plain

NEAR = 85
"""Likeness of the stems, 0 to 100."""
SHOWN_AT_MOST = 3
"""Likenesses named for one question."""


class Likeness(StrEnum):
    SAME = "same"
    NEAR = "near"
    CONTRADICTS = "contradicts"
    """The same is asked, and the answers differ."""


@dataclass(frozen=True)
class Like:
    id: str
    other: str
    what: Likeness


def likenesses(new: Mapping[str, Question], there: Mapping[str, Question]) -> Iterator[Like]:
    """Each pair once: of new questions among each other, and with those that are there under
    another number."""
    from rapidfuzz import fuzz, process  # six megabytes, and most processes import no question

    stems = {id: plain(question.stem) for id, question in {**there, **new}.items()}
    order = {id: at for at, id in enumerate(new)}
    known = {**there, **new}
    for id, question in new.items():
        others = {
            other: stem for other, stem in stems.items()
            if other != id and order.get(other, -1) < order[id]
        }  # fmt: skip
        close = process.extract(
            stems[id], others, scorer=fuzz.ratio, score_cutoff=NEAR, limit=SHOWN_AT_MOST
        )
        for _, score, other in close:
            yield Like(id, other, compared(question, known[other], score))


def compared(one: Question, other: Question, score: float) -> Likeness:
    if score < 100 or one.kind is not other.kind:
        return Likeness.NEAR
    (options, right), (others, its_right) = facts(one), facts(other)
    if right == its_right:
        return Likeness.SAME if options == others else Likeness.NEAR
    return Likeness.CONTRADICTS


def facts(question: Question) -> tuple[frozenset[str], frozenset[str]]:
    """The options, and what is right, whatever their order."""
    options = [plain(each) for each in question.options] or [str(n) for n in (0, 1)]
    if question.accepted:
        return frozenset(), frozenset(
            "/".join(sorted(plain(each) for each in group)) for group in question.accepted
        )
    right = frozenset(options[place] for place in question.right if place < len(options))
    return frozenset(options), right
