"""Before the answer nothing that goes out depends on what is right: two questions that differ in
nothing else look the same, byte by byte: as a reply, on the wire of every platform, and on the wall
of a final. Of the day's question and of a contest's alike."""

from collections.abc import Callable, Iterator

import pytest
from sqlmodel import select

from bot.messages import Reply
from bot.platforms.telegram.render import render as telegram
from bot.platforms.terminal.render import plain, styled
from bot.platforms.webchat.render import card
from bot.platforms.wechat.render import render as wechat
from bot.platforms.wechat.render import render_all as wechat_pushes
from bot.platforms.wecom.render import render as wecom
from bot.platforms.wecom.render import render_all as wecom_pushes
from bot.questions import Question
from bot.questions.values import CHOSEN
from handlers.bank.actions import importing
from handlers.bank.actions.reading import findings
from handlers.contests.actions import running, staging
from handlers.contests.actions.playing import Marking, Outcome, Shown, Taken
from handlers.contests.actions.running import TIMED
from handlers.contests.chat import playing
from handlers.contests.rules.reading import ContestPlan, RoundPlan
from handlers.quiz.actions import pushing
from handlers.quiz.actions.asking import Asked
from handlers.quiz.actions.showing import marked, shown
from storage import contests, questions
from storage.members import Role
from storage.outbox import Letter
from tests.handlers.studying import with_bank
from tests.platforms.discovered import NAMES
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


FIXED = ("Q001", "Q003")
WIRE: dict[str, Callable[[Reply], object]] = {
    "telegram": lambda reply: telegram(reply, 7),
    "terminal": lambda reply: (plain(reply), styled(reply)),
    "webchat": lambda reply: card(reply, "key"),
    "wechat": lambda reply: (wechat(reply), wechat_pushes(reply)),
    "wecom": lambda reply: (wecom(reply), wecom_pushes(reply, "key")),
}


def of_the_day(question: Question) -> list[Reply]:
    order = tuple(reversed(range(len(question.options))))
    asked = Asked(7, question, order)
    return [shown(asked), marked(Asked(7, question, order, order[:1]))]


def of_a_contest(question: Question) -> list[Reply]:
    """First, after another one, and half marked."""
    order = tuple(reversed(range(len(question.options))))
    first, half = (Shown(7, 3, 20, question, order, 30, marks) for marks in ((), order[:1]))
    outcomes: list[Outcome] = [Taken(2, 0, first), Taken(2, 4, first), Marking(half)]
    replies = [playing.put("", first), *map(playing.answer, outcomes)]
    return [each for each in replies if isinstance(each, Reply)]


def test_every_platform_is_looked_at() -> None:
    assert set(WIRE) == set(NAMES)


def named(each: Question | Callable[..., object]) -> str:
    return each.stem[:12] if isinstance(each, Question) else each.__name__


SEEN = [(each, of_the_day) for each in BANK]
SEEN += [(each, of_a_contest) for each in BANK if each.kind in TIMED]


@pytest.mark.parametrize(("question", "seen"), SEEN, ids=named)
def test_the_key_changes_nothing_that_is_shown(
    question: Question, seen: Callable[[Question], list[Reply]]
) -> None:
    before = seen(question)
    on_the_wire = [(name, wire(each)) for each in before for name, wire in WIRE.items()]
    for other in others(question):
        assert seen(other) == before
        assert [(n, w(each)) for each in seen(other) for n, w in WIRE.items()] == on_the_wire


def test_the_wall_shows_no_key_until_it_is_revealed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_bank(world)
    boss = world.member("李书记", role=Role.SECRETARY)
    numbers = {"seconds_each": 30, "seconds": 900, "grace": 3, "attempts": 1, "best_of": 5}
    final = RoundPlan("决赛", "final", world.now, world.now.replace(hour=12), numbers, (), FIXED)
    with world.database.unit_of_work() as db:
        running.make(db, ContestPlan("竞赛", org_id="B1", rounds=[final]), boss.id, world.now)
    boss.says("开抢 1")
    real = questions.text_of
    with world.database.unit_of_work() as db:
        wall = staging.wall(db, 1, world.now)
        [first, *_] = contests.heats(db)[1].round.papers[0]
        for other in others(real(db, *first)):
            monkeypatch.setattr(questions, "text_of", lambda *_, other=other: other)
            assert staging.wall(db, 1, world.now) == wall


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
