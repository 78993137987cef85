"""A database for what any database will do for."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database


@pytest.fixture
def on_sqlite(blank_file: Path, tmp_path: Path) -> Iterator[Database]:
    shutil.copyfile(blank_file, tmp_path / "alone.db")
    database = Database(f"sqlite:///{tmp_path}/alone.db")
    yield database
    database.close()
