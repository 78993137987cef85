from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from storage.keyring import Keyring
from tests.web.desk import Desk
from tests.web.served import Served
from tests.web.window import Window
from tests.world import World
from web.app import Console


@pytest.fixture
def keys(tmp_path: Path) -> Keyring:
    return Keyring(tmp_path / "zhibu.key")


@pytest.fixture
def console(world: World, keys: Keyring) -> Console:
    return Console(
        world.database,
        keys=keys,
        scene="https://chat.test/chat#s={scene}",
        proxies=frozenset({"10.0.0.1"}),
        now=lambda: world.now,
    )


@pytest.fixture
def desk(console: Console) -> Callable[..., Desk]:
    """A browser that is not in."""
    return lambda **more: Desk(console, **more)


@pytest.fixture
def served(console: Console) -> Iterator[Served]:
    served = Served(console)
    yield served
    served.stop()


@pytest.fixture
def window(chromium: Browser, served: Served) -> Iterator[Window]:
    """Nothing may go wrong in it, and nothing leave it, in any test."""
    context = chromium.new_context(
        viewport={"width": 1440, "height": 900}, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    context.set_default_timeout(10_000)
    window = Window(context.new_page(), served)
    window.watch()
    yield window
    context.close()
    assert not window.wrong
