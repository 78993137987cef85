"""Databases to test on, and a world to talk in. Every test runs on SQLite and on PostgreSQL."""

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, settings

from storage.database import Database
from tests.browser import chromium as chromium
from tests.office import office as office
from tests.postgres import cluster
from tests.world import World

# A busy machine is slow, not wrong: how long an example takes proves nothing.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

_numbers = count(1)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--examples", help="so many of each route of the console, other ones each time"
    )


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A server, and in it a database with all tables to copy from."""
    with cluster() as url:
        with psycopg.connect(url.format(name="postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE blank")
        database = Database(url.format(name="blank"))
        database.create_tables()
        database.close()
        yield url


@pytest.fixture
def postgres_url(postgres: str) -> Iterator[str]:
    """An empty database with all tables; what is kept beside it goes with it."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(postgres.format(name="postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE blank".encode())
    yield postgres.format(name=name)
    for each in Path("data").glob(f"{name}.*"):
        each.unlink()


@pytest.fixture(scope="session")
def blank_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all tables to copy from."""
    path = tmp_path_factory.mktemp("blank") / "blank.db"
    database = Database(f"sqlite:///{path}")
    database.create_tables()
    database.close()
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
