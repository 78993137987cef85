"""A branch whose secretary may invite."""

import pytest

from bot.app import dispatcher
from bot.routing import Links
from storage.members import Role
from tests.handlers.binding.joining import LINKS
from tests.world import World


@pytest.fixture
def branch(world: World) -> World:
    """A branch with a secretary, and links to come in by."""
    world.dispatcher = dispatcher(Links(LINKS))
    world.organisation("B1", name="第一党支部")
    world.member("李书记", role=Role.SECRETARY)
    return world
