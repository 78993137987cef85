from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser

from handlers.console.actions import passwords
from storage.keyring import Keyring
from storage.members import Role
from storage.organisation import OrgKind
from tests.web.desk import Desk
from tests.web.served import Served
from tests.web.window import Window
from tests.window import browsing
from tests.world import World
from web.app import Console


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The real work is a tenth of a second for each password, and meant to be."""
    monkeypatch.setattr(
        passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    )
    passwords.decoy.cache_clear()
    yield
    passwords.decoy.cache_clear()


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
def office(world: World, desk: Callable[..., Desk]) -> Desk:
    """Who answers for all organisations, and is in."""
    world.organisation("WC", kind=OrgKind.WORK_COMMITTEE)
    world.organisation("B1", under="WC", kind=OrgKind.BRANCH)
    world.member("主任", branch="WC", role=Role.COMMITTEE_OFFICE)
    return desk().enter(world, "主任")


@pytest.fixture
def served(console: Console) -> Iterator[Served]:
    served = Served(console)
    yield served
    served.stop()


@pytest.fixture
def window(chromium: Browser, served: Served) -> Iterator[Window]:
    """Nothing may go wrong in it, and nothing leave it, in any test."""
    with browsing(chromium, (1440, 900)) as context:
        window = Window(context.new_page(), served)
        window.watch()
        yield window
    assert not window.wrong
