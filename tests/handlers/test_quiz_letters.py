"""The daily question as a letter, and what its author is told of doubts."""

from datetime import timedelta

import pytest

from handlers.quiz.actions import pushing
from storage import outbox
from tests.handlers.studying import right_words, waiting, with_bank, wrong_words
from tests.world import Talker, World


@pytest.fixture
def wang(world: World) -> Talker:
    return with_bank(world).member("王芳")


def test_the_letter_comes_at_its_hour_and_is_cut_off_by_the_next(
    world: World, wang: Talker
) -> None:
    wang.says("加入学习")  # at nine: the hour of today has passed
    assert push(world) == 0
    world.at("11-24 8:29")
    assert push(world) == 0
    world.at("11-24 8:30")
    assert push(world) == 1
    assert push(world) == 0
    [letter] = world.letters()
    assert (letter.to, letter.kind, letter.rank) == (wang.id, "quiz", outbox.Rank.OWN)
    assert letter.until == world.now + timedelta(days=1)
    assert wang.says(right_words(world, wang)).startswith("对了")

    world.at("11-25 8:30")
    assert push(world) == 1
    world.at("11-26 7:00")
    late = wang.says(right_words(world, wang))
    assert "（这是11月25日（周三）的题，记在今天。）" in late
    wang.says("退出学习")
    world.at("11-26 8:30")
    assert push(world) == 0
    assert world.letters()[-1].state == "cancelled"


def push(world: World) -> int:
    with world.database.unit_of_work() as db:
        return sum(part(db) for part in pushing.push_in_parts(db, world.now))


def test_a_doubt_reaches_the_author_without_a_name(world: World) -> None:
    author, wang = world.member("赵敏"), world.member("王芳")
    with_bank(world, author=author.id)
    wang.says("考考我")
    row, _ = waiting(world, wang)
    wang.says(wrong_words(world, wang))
    assert wang.says("这题有问题 答案过时了").startswith("谢谢，已转给出题人，不会说是您提的。")
    assert wang.says("这题有问题") == "这一题您提过了，出题人会看的。"
    [letter] = world.letters()
    assert letter.to == author.id
    assert "答案过时了" in letter.body
    assert wang.id not in letter.body

    assert wang.says(f"题目 {row.question_id}") == "这一题不归您管，没有改动。"
    assert "答案：" in author.says(f"题目 {row.question_id}")
    assert author.taps("撤下这题").startswith(f"已撤下：{row.question_id}。")
    assert wang.says("错题本").startswith("错题本是空的。")  # hurts nobody's record
    assert [each.to for each in world.letters()] == [author.id, wang.id]
