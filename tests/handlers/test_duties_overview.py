"""A year of duties at a glance, for those who look after them."""

from datetime import date, timedelta

import pytest

from handlers.console.actions.entering import who
from handlers.duties.actions import overview
from handlers.duties.actions.overview import Cell, Entry, Look
from handlers.duties.actions.planning import rulebook
from storage.members import Role, Speaker
from storage.organisation import OrgKind
from tests.web.test_roles import owed
from tests.world import World

TODAY = date(2026, 11, 23)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
RULE = next(rule.id for rule in rulebook().rules if "主题党日" in rule.name)
"""Which a branch is asked for each month."""


def speaker(world: World, member_id: str) -> Speaker:
    with world.database.reading() as db:
        found = who(db, member_id, world.now)
    assert found
    return found


@pytest.mark.parametrize(
    ("days", "state", "look"),
    [
        (-1, "open", Look.LATE),
        (0, "open", Look.SOON),
        (7, "open", Look.SOON),
        (8, "open", Look.AHEAD),
        (-1, "done", Look.DONE),
        (8, "done", Look.DONE),
    ],
)
def test_how_a_duty_stands(days: int, state: str, look: Look) -> None:
    assert overview.look(TODAY + timedelta(days), state, TODAY) is look


def test_many_look_like_the_worst_of_them() -> None:
    rows = [(TODAY, "done", 3), (TODAY - timedelta(1), "open", 1), (TODAY, "open", 2)]

    assert overview.merged(rows, TODAY) == Cell(Look.LATE, 3, 6)


def test_the_year_of_a_branch_and_nobody_elses(world: World) -> None:
    world.member("张一", role=Role.SECRETARY)
    world.organisation("B2")
    world.add(owed("B1", date(2026, 11, 8), "2026-11", RULE))
    world.add(owed("B1", date(2026, 12, 8), "2026-12", RULE))
    world.add(owed("B2", date(2026, 12, 9), "2026-12", RULE))
    zhang = speaker(world, "张一")

    with world.database.reading() as db:
        [(org, _)] = overview.branches(db, zhang, world.now)
        found = overview.year(db, zhang, world.now, [org], *YEAR)

    name = rulebook().by_id[RULE].name
    assert found == [
        Entry(RULE, name, date(2026, 11, 8), Look.LATE, 0, 1),
        Entry(RULE, name, date(2026, 12, 8), Look.AHEAD, 0, 1),
    ]


def test_branches_beside_each_other(world: World) -> None:
    world.organisation("PC", kind=OrgKind.ORGAN_COMMITTEE)
    for branch in ("B1", "B2"):
        world.organisation(branch, under="PC")
    world.member("李", branch="B1")
    world.member("委", branch="PC", role=Role.ORGAN_COMMITTEE)
    world.add(owed("B1", date(2026, 11, 8), "2026-11", RULE))
    world.add(owed("B2", date(2026, 11, 30), "2026-11", RULE))
    actor = speaker(world, "委")

    with world.database.reading() as db:
        chosen = overview.branches(db, actor, world.now)
        found = overview.matrix(db, actor, world.now, chosen, date(2026, 11, 1), date(2026, 11, 30))

    assert [id for id, _ in found.branches] == ["B1", "B2"]
    assert found.cells["B1", RULE] == Cell(Look.LATE, 0, 1)
    assert found.cells["B2", RULE] == Cell(Look.SOON, 0, 1)


def test_what_stays_between_two_is_on_no_page(world: World) -> None:
    world.member("张一", role=Role.SECRETARY)
    private = [rule.id for rule in rulebook().rules if rule.private]
    assert private

    assert not set(private) & set(overview.rules_for(speaker(world, "张一")))
