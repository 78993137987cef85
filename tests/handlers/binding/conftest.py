"""A branch whose secretary may invite."""

import dataclasses

import pytest

from storage.members import Role
from tests.handlers.binding.joining import DOORS
from tests.world import World


@pytest.fixture
def branch(world: World) -> World:
    """A branch with a secretary, and links to come in by."""
    world.dispatcher = dataclasses.replace(world.dispatcher, doors=DOORS)
    world.organisation("B1", name="第一党支部")
    world.member("李书记", role=Role.SECRETARY)
    return world
