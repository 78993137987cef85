from collections.abc import Callable

import pytest

from tests.web.desk import Desk
from tests.world import World
from web.app import Console


@pytest.fixture
def console(world: World) -> Console:
    return Console(
        world.database,
        scene="https://chat.test/chat#s={scene}",
        proxies=frozenset({"10.0.0.1"}),
        now=lambda: world.now,
    )


@pytest.fixture
def desk(console: Console) -> Callable[..., Desk]:
    """A browser that is not in."""
    return lambda **more: Desk(console, **more)
