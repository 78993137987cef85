"""What was read, in brief."""

from bot.questions import Question
from handlers.bank.rules.found import Findings


def questions_in(found: Findings) -> list[Question]:
    assert found.faults == []
    return [each.question for each in found.found]


def brief(found: Findings) -> list[tuple[str, str, tuple[str, ...], tuple[int, ...]]]:
    return [(q.kind.value, q.stem, q.options, q.right) for q in questions_in(found)]
