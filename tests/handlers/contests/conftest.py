"""A contest of two rounds in one branch, and somebody who may play."""

from pathlib import Path

import pytest

from handlers.contests.actions import running
from handlers.contests.actions.running import Made
from storage.members import Role
from tests.handlers.contests.playing import plan
from tests.handlers.studying import with_bank
from tests.world import Talker, World


@pytest.fixture
def contest(world: World, tmp_path: Path) -> World:
    with_bank(world)
    world.member("李书记", role=Role.SECRETARY)
    with world.database.unit_of_work() as db:
        assert running.make(db, plan(world, tmp_path), "李书记", world.now) == Made(
            "应知应会竞赛", 2
        )
    return world


@pytest.fixture
def wang(contest: World) -> Talker:
    return contest.member("王芳")
