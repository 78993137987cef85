"""A contest as a file gives it, and what players and its organiser do."""

from datetime import timedelta
from pathlib import Path

from sqlmodel import select

from bot.files.reading import read as read_file
from bot.files.tables import Block
from handlers.contests.actions.playing import shown
from handlers.contests.rules import reading
from handlers.contests.rules.papers import annulled_places
from storage import contests
from storage.contests import Result, Sitting
from tests.world import Talker, World

FILE = """
name: 应知应会竞赛
season: 2026
org_id: B1
rounds:
  - name: 海选
    kind: individual
    opens: 2026-11-23T09:00
    closes: 2026-11-23T10:00
    seconds_each: 30
    seconds: 100
    papers: 3
    questions:
      - {topic: 消防安全, count: 2}
      - {topic: 网络安全, difficulty: 2, count: 1}
  - name: 决赛
    kind: final
    opens: 2026-11-24T09:00
    closes: 2026-11-24T10:00
    best_of: 2
    fixed: [Q001, Q003]
"""
FINAL = """
name: 应知应会竞赛
season: 2026
org_id: B1
rounds:
  - name: 决赛
    kind: final
    opens: 2026-11-23T09:00
    closes: 2026-11-23T12:00
    best_of: 2
    fixed: [Q001, Q003]
"""


def plan(world: World, path: Path, words: str = FILE) -> reading.ContestPlan:
    file = path / "contest.yaml"
    file.write_text(words, "utf-8")
    root = read_file(file)
    assert isinstance(root, Block)
    return reading.read(root, world.now)


def secretary(world: World) -> Talker:
    return world.talker("李书记")


def answer(world: World, talker: Talker, *, right: bool = True) -> str:
    """To the question that waits, by letters or words."""
    with world.database.unit_of_work() as db:
        row = next(each for each in contests.running(db, talker.id))
        heat = contests.heats(db)[row.round_id]
        asked = shown(db, heat, row, world.now)
    places = [at for at, n in enumerate(asked.order) if n in asked.question.right]
    if asked.question.kind == "true_false":
        truth = asked.question.right == (0,)
        return talker.says("对" if truth == right else "错")
    if not right:
        places = [next(at for at, n in enumerate(asked.order) if n not in asked.question.right)]
    letters = "".join("abcdef"[at] for at in places)
    if asked.question.kind == "multiple" and len(letters) == 1:
        talker.taps(letters.upper())
        return talker.taps("提交")
    return talker.says(letters)


def play(world: World, talker: Talker, rights: int, seconds: int = 5) -> str:
    talker.says("参赛")
    said = talker.says("开始答题")
    for number in range(3):
        world.now += timedelta(seconds=seconds)
        said = answer(world, talker, right=number < rights)
    return said


def rows(world: World) -> list[Sitting]:
    with world.database.unit_of_work() as db:
        return list(db.exec(select(Sitting)))


def papers(world: World) -> list[list[list[str]]]:
    with world.database.unit_of_work() as db:
        return contests.heats(db)[1].round.papers


def assert_counters_are_right(world: World) -> None:
    """Standings are counters; this is the recount."""
    with world.database.unit_of_work() as db:
        heat = contests.heats(db)[1]
        annulled = annulled_places(heat.round.papers, heat.round.annulled)
        best = contests.best_of(contests.totals(db, 1, annulled).values())
        kept = {r.member_id: (r.score, r.spent_ms) for r in db.exec(select(Result))}
    assert {m: v for m, v in kept.items() if v[0]} == {m: v for m, v in best.items() if v[0]}
