"""How long something will be remembered, by FSRS (the package `fsrs`), without its dice."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fsrs import Card, Rating, Scheduler
from fsrs import State as CardState

from bot.clock import HOME

KEPT = 0.9
"""A question comes back when it is remembered with this probability."""
LONGEST = 365
"""Days after which everything is asked again: rules are amended."""
SCHEDULER = Scheduler(
    desired_retention=KEPT,
    learning_steps=(),
    relearning_steps=(),
    maximum_interval=LONGEST,
    enable_fuzzing=False,
)
"""Without steps of minutes: the next look is tomorrow at the earliest."""
OUT_OF_THE_BOOK = 2
"""Right answers in a row after which a mistake leaves the book."""


@dataclass(frozen=True)
class Trace:
    """What is known about one person and one question."""

    stability: float
    difficulty: float
    due: datetime
    reviewed: datetime


def reviewed(before: Trace | None, *, right: bool, tries: int, now: datetime) -> Trace:
    """After an answer. Right at a later try is remembered, but with effort."""
    rating = (Rating.Hard if tries else Rating.Good) if right else Rating.Again
    today = day_of(now)
    card, _ = SCHEDULER.review_card(card_of(before, now), rating, today)
    assert card.stability is not None  # reviewed once, it has both
    assert card.difficulty is not None
    return Trace(card.stability, card.difficulty, now + (card.due - today), now)


def kept_overnight(trace: Trace, now: datetime) -> float:
    """The probability, 0 to 1, that it is remembered tomorrow: what was seen a minute ago is known
    to everybody."""
    return remembered(trace, now + timedelta(days=1))


def remembered(trace: Trace, now: datetime) -> float:
    """The probability, 0 to 1, that it is remembered now."""
    return SCHEDULER.get_card_retrievability(card_of(trace, now), day_of(now))


def card_of(trace: Trace | None, now: datetime) -> Card:
    if trace is None:
        return Card(card_id=1, due=day_of(now))
    return Card(
        card_id=1,
        state=CardState.Review,
        stability=trace.stability,
        difficulty=trace.difficulty,
        due=day_of(trace.due),
        last_review=day_of(trace.reviewed),
    )


def day_of(moment: datetime) -> datetime:
    """FSRS counts whole days, and calls less than 24 hours none: from this evening until tomorrow
    morning is a night's sleep, though, and so a day."""
    home = moment.astimezone(HOME)
    return datetime(home.year, home.month, home.day, tzinfo=UTC)


def in_book(*, was: bool, right: bool, right_since: int) -> tuple[bool, int]:
    """Whether it stands in the book of mistakes after this answer, and the right ones in a row."""
    if not right:
        return True, 0
    return was and right_since + 1 < OUT_OF_THE_BOOK, right_since + 1
