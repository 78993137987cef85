"""Before the answer nothing that goes out depends on what is right: two questions that differ in
nothing else look the same, byte by byte.
Platforms are given the reply, and nothing else that they could add."""

from collections.abc import Iterator

import pytest
from sqlmodel import select

from bot.messages import Reply
from bot.questions import Question
from bot.questions.values import CHOSEN
from handlers.bank.actions import importing
from handlers.bank.actions.reading import findings
from handlers.quiz.actions import pushing
from handlers.quiz.actions.asking import Asked
from handlers.quiz.actions.showing import marked, shown
from storage.outbox import Letter
from tests.handlers.studying import with_bank
from tests.world import World

BANK = [each.question for each in findings(importing.SEEDS / "questions.yaml").found]


def others(question: Question) -> Iterator[Question]:
    """With every other key that it could have."""
    secret = {"explanation": "别的解析", "source": "别的依据", "verification": "text"}
    if question.kind in CHOSEN:
        places = range(len(question.options) or 2)
        for right in ((place,) for place in places):
            yield question.model_copy(update={**secret, "right": right})
    else:
        yield question.model_copy(update={**secret, "accepted": (("别的答案",),) * 3})


def seen(question: Question) -> list[Reply]:
    order = tuple(reversed(range(len(question.options))))
    asked = Asked(7, question, order)
    return [shown(asked), marked(Asked(7, question, order, order[:1]))]


@pytest.mark.parametrize("question", BANK, ids=lambda each: each.stem[:12])
def test_the_key_changes_nothing_that_is_shown(question: Question) -> None:
    assert [seen(each) for each in others(question)] == [seen(question)] * len(
        list(others(question))
    )


def test_a_letter_holds_no_key(world: World) -> None:
    wang = with_bank(world).member("王芳")
    wang.says("加入学习")
    world.at("11-24 8:30")
    with world.database.unit_of_work() as db:
        assert sum(part(db) for part in pushing.push_in_parts(db, world.now)) == 1
        letter = db.exec(select(Letter)).one()
    [question] = [each for each in BANK if each.stem in letter.body]
    assert question.explanation not in letter.body
    assert question.source not in letter.body
