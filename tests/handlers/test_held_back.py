"""What stands in a contest that has not ended is asked, explained and shown nowhere else: not to
those who may play."""

import json
from pathlib import Path

import pytest

from handlers.contests.actions import running
from handlers.contests.actions.running import Made
from storage import questions
from storage.members import Role
from tests.handlers.contests.playing import plan, play, secretary
from tests.handlers.studying import waiting, with_bank, wrong_words
from tests.handlers.test_quiz import ask
from tests.handlers.test_quiz_letters import push
from tests.world import Talker, World

CONTEST = """
name: 竞赛
org_id: B1
rounds:
  - name: 海选
    opens: 2026-11-23T09:30
    closes: 2026-11-23T10:00
    attempts: 2
    papers: 1
    fixed: [{fixed}]
"""
HELD = "这一题留给了正在办的竞赛，答案等竞赛结束以后再说。"
OVER = "11-23 10:00:04"
"""The grace of the last answer is over."""


@pytest.fixture
def wang(world: World) -> Talker:
    world.organisation("CITY")
    world.organisation("B1", under="CITY")
    world.organisation("B2", under="CITY")
    with_bank(world)
    world.member("李书记", role=Role.SECRETARY)
    return world.member("王芳")


def contest_of(world: World, folder: Path, *ids: str) -> None:
    words = CONTEST.format(fixed=", ".join(ids))
    with world.database.unit_of_work() as db:
        made = running.make(db, plan(world, folder, words), "李书记", world.now)
        assert made == Made("竞赛", 1)


def only(world: World, *ids: str) -> None:
    """The bank has these alone."""
    with world.database.unit_of_work() as db:
        for id in questions.bank(db).keys() - set(ids):
            questions.set_state(db, id, questions.State.WITHDRAWN, world.now)


@pytest.mark.parametrize("words", ["考考我", "每日一题", "出一道消防的题", "再来一题"])
def test_it_is_not_asked_until_the_round_has_ended(
    world: World, wang: Talker, tmp_path: Path, words: str
) -> None:
    only(world, "Q001", "Q003")
    wang.says("加入学习")
    contest_of(world, tmp_path, "Q001", "Q003")
    assert "留给了正在办的竞赛，结束以后再" in wang.says(words)
    world.at("10:00:03")
    assert "留给了正在办的竞赛，结束以后再" in wang.says(words)
    world.at(OVER)
    assert wang.says(words).startswith("【消防安全】")


def test_the_others_are_asked(world: World, wang: Talker, tmp_path: Path) -> None:
    only(world, "Q001", "Q003", "Q010", "Q013")
    wang.says("每天三题")
    contest_of(world, tmp_path, "Q001", "Q003")
    for words in ("每日一题", "考考我", "练错题"):
        wang.says(words)
        assert waiting(world, wang)[0].question_id in {"Q010", "Q013"}
        wang.says(wrong_words(world, wang))


def test_what_waited_for_an_answer_goes_on_waiting(
    world: World, wang: Talker, tmp_path: Path
) -> None:
    """Whatever one does to it; and another wish stays a wish."""
    asking = ask(world, wang, "Q001")
    contest_of(world, tmp_path, "Q001")
    for words in ("B", "看答案", "选第二个"):
        assert wang.says(words).startswith(HELD)
    assert world.hear(wang.address, tap=f"q:{asking}:1").startswith(HELD)
    assert world.hear(wang.address, tap=f"qshow:{asking}").startswith(HELD)
    world.at(OVER)
    assert world.hear(wang.address, tap=f"q:{asking}:1").startswith("对了：B 119。")


def test_held_back_in_the_middle_of_a_conversation(
    world: World, wang: Talker, tmp_path: Path
) -> None:
    only(world, "Q001")
    wang.says("考考我")
    contest_of(world, tmp_path, "Q001")
    assert "请假" in wang.says("我明天要请假")
    assert not wang.says("选第三个").startswith("刚才")


def test_it_is_explained_when_the_round_has_ended(
    world: World, wang: Talker, tmp_path: Path
) -> None:
    asking = ask(world, wang, "Q001")
    world.hear(wang.address, tap=f"q:{asking}:0")
    contest_of(world, tmp_path, "Q001")
    assert wang.says("解析").startswith(HELD)
    assert wang.says("错题本").startswith("错题本里有 1 题：消防安全 1 题。")
    assert wang.says("练错题") == "能问的题都留给了正在办的竞赛，结束以后再出。"
    assert wang.says("学习进度").startswith("学过 1 题")
    world.at(OVER)
    assert "答案是：B 119。" in wang.says("解析")


def test_no_letter_brings_it(world: World, wang: Talker, tmp_path: Path) -> None:
    only(world, "Q001")
    wang.says("加入学习")
    words = CONTEST.format(fixed="Q001").replace("11-23T10:00", "11-24T10:00")
    with world.database.unit_of_work() as db:
        running.make(db, plan(world, tmp_path, words), "李书记", world.now)
    world.at("11-24 8:30")
    assert push(world) == 0
    world.at("11-25 8:30")
    assert push(world) == 1


def test_whoever_cannot_play_is_asked_as_ever(world: World, wang: Talker, tmp_path: Path) -> None:
    """Or a branch of ten would take their questions from thirteen thousand."""
    with world.database.unit_of_work() as db:
        questions.write(db, {"Q900": questions.bank(db)["Q001"].question}, "CITY", "", world.now)
    only(world, "Q900")
    other = world.member("外人", branch="B2")
    contest_of(world, tmp_path, "Q900")
    assert "留给了" in wang.says("考考我")
    assert other.says("考考我").startswith("【消防安全】")


def test_its_key_is_only_for_those_who_run_the_contest_and_do_not_play(
    world: World, wang: Talker, tmp_path: Path
) -> None:
    with world.database.unit_of_work() as db:
        there = {id: each.question for id, each in questions.bank(db).items()}
        questions.write(db, there, "B1", wang.id, world.now)
    contest_of(world, tmp_path, "Q001")
    boss = secretary(world)
    assert "答案：B" in boss.says("题目 Q001")
    for author, number, shown in ((wang, "Q001", False), (wang, "Q003", True)):
        assert ("答案：" in author.says(f"题目 {number}")) is shown
    boss.says("参赛")
    assert "答案等竞赛结束以后再看" in boss.says("题目 Q001")
    world.at(OVER)
    assert "答案：B" in wang.says("题目 Q001")


def test_ones_own_data_tell_no_verdict_before_it_is_published(
    world: World, wang: Talker, tmp_path: Path
) -> None:
    contest_of(world, tmp_path, "Q001", "Q002", "Q003")
    world.at("9:30")
    play(world, wang, rights=2)

    def verdicts() -> list[object]:
        answers, attempts, results = (
            json.loads(wang.says(f"我的数据 竞赛{what}").partition("\n")[2])
            for what in ("作答", "答卷", "成绩")
        )
        told = [*(each["right"] for each in answers), attempts[0]["score"]]
        return [*told, results[0]["score"], results[0]["spent_ms"]]

    assert verdicts() == [None] * 6
    world.at(OVER)
    secretary(world).says("公布成绩 1")
    assert verdicts() == [True, True, False, 2, 2, 10_000]


def test_a_contest_taken_back_holds_nothing(world: World, wang: Talker, tmp_path: Path) -> None:
    only(world, "Q001")
    contest_of(world, tmp_path, "Q001")
    assert "留给了" in wang.says("考考我")
    secretary(world).says("撤销竞赛 1")
    assert wang.says("考考我").startswith("【消防安全】")
