"""The order of the options, the same each time for the same seed, another for another person."""

from hashlib import sha256

from bot.questions.values import Kind, Question

SHUFFLED = frozenset({Kind.SINGLE, Kind.MULTIPLE})
TOGETHER = ("以上", "上述", "前三项", "前两项", "A和", "A、", "AB", "都是", "都对", "都不")
"""Words by which an option speaks of the others, and of where they stand."""


def order_for(question: Question, seed: str) -> tuple[int, ...]:
    """Shown at each place is the option of this number."""
    places = tuple(range(len(question.options)))
    if question.kind not in SHUFFLED or speaks_of_places(question):
        return places
    return tuple(sorted(places, key=lambda place: sha256(f"{seed}:{place}".encode()).digest()))


def speaks_of_places(question: Question) -> bool:
    return any(word in option for option in question.options for word in TOGETHER)
