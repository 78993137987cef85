"""The steps lead to the tables that the program declares, and back."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect
from sqlmodel import SQLModel

from storage import migrating
from storage.database import Database


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path}/empty.db"
    if request.param == "postgresql":
        server = request.getfixturevalue("spares").url
        with psycopg.connect(server.format(name="postgres"), autocommit=True) as connection:
            name = f"empty_{abs(hash(str(tmp_path)))}"
            connection.execute(f"CREATE DATABASE {name}".encode())
        url = server.format(name=name)
    database = Database(url)
    yield database
    database.close()


def test_the_steps_lead_to_the_declared_tables(empty: Database) -> None:
    migrating.load_tables()
    migrating.migrate(empty)

    with empty.readers.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
        assert migrating.state(connection) == "current"


def test_the_steps_lead_back(empty: Database) -> None:
    migrating.migrate(empty)
    migrating.migrate(empty, "base")

    assert set(inspect(empty.readers).get_table_names()) <= {"alembic_version"}
    migrating.migrate(empty)


def test_migrating_twice_changes_nothing(empty: Database) -> None:
    migrating.migrate(empty)
    migrating.migrate(empty)

    with empty.readers.connect() as connection:
        assert migrating.state(connection) == "current"
