"""One question, as a value."""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

LETTERS = "ABCDEFGHIJ"
Variants = tuple[str, ...]


class Kind(StrEnum):
    """The words of the files that questions are imported from."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    FILL = "fill"
    SHORT = "short"
    CARD = "card"
    """A question and its answer, as the official «thirty questions» are: one judges oneself."""


CHOSEN = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE})
"""Answered by choosing; the others in words."""


class Question(BaseModel):
    """What is asked, and what is right. Never shown whole: `right`, `accepted`, `explanation`
    and `source` leave only after the answer."""

    model_config = ConfigDict(frozen=True)

    kind: Kind
    stem: str
    options: tuple[str, ...] = ()
    """Of single and multiple choice, as the author ordered them; true/false has none."""
    right: tuple[int, ...] = ()
    """Which options are right, from 0, ascending; of true/false: 0 true, 1 false."""
    accepted: tuple[Variants, ...] = ()
    """Fill: what each blank takes. Short: the key points, each with its wordings. Card: one, the
    answer."""
    min_hits: int = 0
    """Short: how many key points are enough."""
    topic: str = ""
    difficulty: int = 2
    """1 easy, 2 middling, 3 hard."""
    explanation: str = ""
    source: str = ""
    """The clause it rests on."""
    verification: str = ""
    """How well the clause was checked: text, secondary, general."""
    valid_until: date | None = None
    """The last day on which it may be asked; then the rule behind it has changed."""
