"""What a branch may know of study, and who may read its tables. Everything else there is, is walked
by `tests/web/test_study_is_nobodys.py`."""

import tomllib
from pathlib import Path

from sqlalchemy import update
from sqlmodel import col

from handlers.quiz.rules.cells import AT_LEAST, Share, figures
from storage import members
from storage.database import table
from storage.members import Appointment, Role
from storage.organisation import OrgKind
from tests.handlers.studying import right_words, with_bank, wrong_words
from tests.world import Talker, World

ROOT = Path(__file__).parents[2]


def test_the_import_contract_stands() -> None:
    """`make check` enforces it; here it cannot be thinned out unseen."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    private = {
        c["protected_modules"][0]: c["allowed_importers"]
        for c in contracts["contracts"]
        if c["type"] == "protected"
    }
    assert private["storage.study"] == ["handlers.quiz", "storage.voluntary"]
    assert private["storage.contests"] == [
        "handlers.contests", "storage.voluntary", "storage.held_back",
    ]  # fmt: skip


def branch_of(world: World, people: int) -> Talker:
    """So many have studied one topic; one more has not."""
    with_bank(world)
    for number in range(people):
        member = world.member(f"党员{number}")
        member.says("出一道消防的题")
        member.says(right_words(world, member))
    return world.member("李书记", role=Role.SECRETARY)


def test_four_are_too_few(world: World) -> None:
    assert branch_of(world, 4).says("学习薄弱点").startswith("现在还没有能看的主题：")


def test_five_are_enough_and_nobody_is_named(world: World) -> None:
    leader = branch_of(world, 5)
    said = leader.says("学习薄弱点")
    handout = leader.taps("带上答案")
    assert handout.startswith("「消防安全」十分钟讲义：\n1. ")
    assert handout.count("答案：") == 5
    assert handout.count("（依据：") == 5
    assert said.startswith("本支部各主题（五人以上才显示，按周更新）：「消防安全」记得 95%。\n")
    assert "可以用十分钟讲讲「消防安全」，备好的五道题：\n1. " in said
    assert "5. " in said
    assert "党员0" not in said
    assert "5 人" not in said


def test_one_more_person_changes_nothing_this_week(world: World) -> None:
    """Otherwise the difference would be that person."""
    leader = branch_of(world, 5)
    before = leader.says("学习薄弱点")
    late = world.member("后来的")
    for _ in range(6):
        late.says("出一道消防的题")
        late.says(wrong_words(world, late))
    assert leader.says("学习薄弱点") == before
    world.at("11-29 23:59")
    assert leader.says("学习薄弱点") == before
    world.at("11-30 0:00")
    assert leader.says("学习薄弱点") != before


def test_a_week_that_was_looked_at_too_early_stays_empty(world: World) -> None:
    """From nothing to something would tell that the fifth has studied just now."""
    leader = branch_of(world, 4)
    assert leader.says("学习薄弱点").startswith("现在还没有能看的主题")
    fifth = world.member("第五个")
    fifth.says("出一道消防的题")
    fifth.says(right_words(world, fifth))
    assert leader.says("学习薄弱点").startswith("现在还没有能看的主题")


def test_the_boundary_of_a_cell() -> None:
    people = [Share(f"M{number}", "甲", 0.5) for number in range(AT_LEAST)]
    assert figures(people[:-1]) == {}
    assert figures(people) == {"甲": 50}
    assert figures([*people, Share("M0", "甲", 0.5)]) == {"甲": 50}  # the same person twice is one


def test_those_above_branches_see_no_figures(world: World) -> None:
    """A sum of branches, less a branch, would be the figure of another."""
    branch_of(world, 5)
    world.organisation("WC", kind=OrgKind.WORK_COMMITTEE)
    office = world.member("工委", branch="B2", role=Role.SECRETARY)
    with world.database.unit_of_work() as db:
        db.exec(update(table(Appointment)).where(col(Appointment.member_id) == "工委").values(
            org_id="WC", role=Role.COMMITTEE_OFFICE
        ))  # fmt: skip
        members.changed(db)
    assert office.says("学习薄弱点") == (
        "支部的学习薄弱点由本支部的书记和委员看，只有主题，没有人名。"
    )
