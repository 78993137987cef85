"""Papers as they are drawn, and files that are wrong."""

from pathlib import Path

import pytest

from handlers.contests.actions import running
from handlers.contests.actions.running import Impossible
from handlers.contests.rules.papers import Cell, Item, TooFew, drawn, paper_for
from handlers.contests.rules.reading import Trouble
from storage import contests, questions
from tests.handlers.contests.playing import FILE, plan
from tests.handlers.studying import with_bank
from tests.world import World


def test_equally_hard_papers() -> None:
    bank = [Item(f"Q{n}", "甲" if n % 2 else "乙", n % 3 + 1) for n in range(60)]
    cells = [Cell("甲", 1, 3), Cell("乙", 0, 4), Cell("", 3, 2)]
    papers = drawn(bank, cells, 5, "种子")
    assert not isinstance(papers, TooFew)
    assert papers == drawn(bank, cells, 5, "种子")
    by_id = {item.id: item for item in bank}
    for paper in papers:
        assert len(set(paper)) == 9
        assert sum(by_id[id].topic == "甲" and by_id[id].difficulty == 1 for id in paper) >= 3
    assert len({tuple(sorted(by_id[id].difficulty for id in paper)) for paper in papers}) == 1
    assert len({tuple(paper) for paper in papers}) == 5
    last_ones = drawn(bank, [Cell("", 0, 30), Cell("甲", 1, 10)], 9, "种子")
    assert not isinstance(last_ones, TooFew)  # what may be anything takes nothing from the others
    assert drawn(bank, [Cell("甲", 1, 99)], 1, "") == TooFew(Cell("甲", 1, 99), 10)
    assert {paper_for("M1", number, 3) for number in (1, 2, 3)} == {0, 1, 2}


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ("name: 应知应会竞赛", "season: x", Trouble.MISSING),
        ("opens: 2026-11-23T09:00", "opens: 明天", Trouble.BAD_MOMENT),
        ("closes: 2026-11-23T10:00", "closes: 2026-11-23T08:00", Trouble.CLOSES_TOO_EARLY),
        ("kind: individual", "kind: 乱写", Trouble.BAD_KIND),
        ("seconds_each: 30", "seconds_each: 0", Trouble.BAD_NUMBER),
        ("    fixed: [Q001, Q003]", "", Trouble.NO_QUESTIONS),
    ],
)
def test_a_wrong_file_is_named(
    world: World, tmp_path: Path, before: str, after: str, what: Trouble
) -> None:
    words = FILE.replace("season: 2026\n", "") if what is Trouble.MISSING else FILE
    assert what in {
        each.what for each in plan(world, tmp_path, words.replace(before, after)).faults
    }


def test_what_the_bank_cannot_give(world: World, tmp_path: Path) -> None:
    with_bank(world)
    with world.database.unit_of_work() as db:
        few = plan(world, tmp_path, FILE.replace("count: 2", "count: 99"))
        assert isinstance(running.make(db, few, "", world.now), Impossible)
        short = plan(world, tmp_path, FILE.replace("Q003", "Q008"))
        found = running.make(db, short, "", world.now)
        assert isinstance(found, Impossible)
        assert "Q008" in found.reason
        questions.set_state(db, "Q001", questions.State.WITHDRAWN, world.now)
        assert isinstance(running.make(db, plan(world, tmp_path), "", world.now), Impossible)
        assert not contests.heats(db)
