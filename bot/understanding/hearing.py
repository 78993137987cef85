"""One message while it is being understood: its words, times and names, each with its place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.understanding.names import Names
from bot.understanding.normal import Plain
from bot.understanding.phrases import Span
from bot.understanding.times import Found
from bot.understanding.words import SOFT

CLAUSE_ENDS = frozenset("，,。；;！!？?\n")


@dataclass(frozen=True, slots=True)
class Hearing:
    """All spans are places in `plain`."""

    said: Plain
    now: datetime
    names: Names
    hits: Mapping[str, Sequence[Span]]
    times: tuple[tuple[Span, Found], ...] = ()
    people: tuple[tuple[Span, str], ...] = ()
    branches: tuple[tuple[Span, str], ...] = ()
    content: frozenset[int] = frozenset()
    """The places of letters and characters that say something: no courtesy, no particles."""
    titles: tuple[Span, ...] = ()
    """Activities called by a title in which a wish would be heard."""
    recognised: tuple[Span, ...] = ()
    """Where the words stand by which the intent was recognised."""

    @property
    def plain(self) -> str:
        return self.said.plain

    def surface(self, span: Span) -> str:
        return self.said.surface(*span)

    def content_outside(self, spans: Iterable[Span]) -> frozenset[int]:
        return self.content.difference(*(range(start, end) for start, end in spans))

    def recognised_by(self, spans: tuple[Span, ...]) -> "Hearing":
        return replace(self, recognised=spans)

    @property
    def wish(self) -> Span:
        """The clause in which the words stand by which the intent was recognised."""
        if not self.recognised:
            return 0, len(self.plain)
        start, end = self.recognised[-1]
        stops = [at for at, char in enumerate(self.plain) if char in CLAUSE_ENDS]
        before = max((at + 1 for at in stops if at < start), default=0)
        return before, min((at for at in stops if at >= end), default=len(self.plain))

    def clause(self, start: int, end: int) -> "Hearing":
        """`part`, with what it was recognised by, as far as that stands there."""
        inside = [(a - start, b - start) for a, b in self.recognised if start <= a and b <= end]
        return self.part(start, end).recognised_by(tuple(inside))

    def part(self, start: int, end: int) -> "Hearing":
        """The same, of one clause only."""

        def inside(span: Span) -> bool:
            return start <= span[0] and span[1] <= end

        def moved(span: Span) -> Span:
            return span[0] - start, span[1] - start

        hits = {
            word: [moved(span) for span in spans if inside(span)]
            for word, spans in self.hits.items()
        }
        return Hearing(
            self.said.part(start, end),
            self.now,
            self.names,
            {word: spans for word, spans in hits.items() if spans},
            tuple((moved(span), found) for span, found in self.times if inside(span)),
            tuple((moved(span), name) for span, name in self.people if inside(span)),
            tuple((moved(span), name) for span, name in self.branches if inside(span)),
            frozenset(at - start for at in self.content if start <= at < end),
            tuple(moved(span) for span in self.titles if inside(span)),
        )


def content_of(plain: str, hits: Mapping[str, Sequence[Span]]) -> frozenset[int]:
    soft = {
        at for word in SOFT & hits.keys() for start, end in hits[word] for at in range(start, end)
    }
    return frozenset(at for at, char in enumerate(plain) if char.isalnum() and at not in soft)
