"""Databases to test on, and a world to talk in. Every test runs on SQLite and on PostgreSQL."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, settings

from storage.database import Database
from tests.browser import chromium as chromium
from tests.office import office as office
from tests.postgres import Spares, cluster
from tests.world import World

# A busy machine is slow, not wrong: how long an example takes proves nothing.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


ROOM = 4 << 30  # bytes
MEMORY = Path("/dev/shm")


def pytest_configure(config: pytest.Config) -> None:
    """Where there is room in memory, files of tests lie there: SQLite waits for a disk at every
    commit. Workers get theirs below it."""
    if hasattr(config, "workerinput") or config.option.basetemp is not None:
        return
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        config.option.basetemp = mkdtemp(prefix="zhibu-tests-", dir=MEMORY)
        config.add_cleanup(lambda: shutil.rmtree(config.option.basetemp, ignore_errors=True))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--examples", help="so many of each route of the console, other ones each time"
    )


@pytest.fixture(scope="session")
def spares() -> Iterator[Spares]:
    """A server, and databases on it with all tables."""
    with cluster() as url:
        spares = Spares(url, with_tables)
        yield spares
        spares.close()


@pytest.fixture
def postgres_url(spares: Spares) -> Iterator[str]:
    """An empty database with all tables; what is kept beside it goes with it."""
    with spares.lent() as name:
        yield spares.url.format(name=name)
        for each in Path("data").glob(f"{name}.*"):
            each.unlink()


def with_tables(url: str) -> None:
    database = Database(url)
    database.create_tables()
    database.close()


@pytest.fixture(scope="session")
def blank_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all tables to copy from."""
    path = tmp_path_factory.mktemp("blank") / "blank.db"
    with_tables(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database with all tables, of either kind."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    shutil.copyfile(request.getfixturevalue("blank_file"), tmp_path / "test.db")
    return f"sqlite:///{tmp_path}/test.db"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def world(database: Database) -> World:
    return World(database)
