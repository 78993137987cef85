"""A world that imports files."""

from pathlib import Path

import pytest

from handlers.registry.actions import Subject
from tests.handlers.registry.files import MEMBERS, ORGANISATION, Files
from tests.world import World


@pytest.fixture
def files(world: World, tmp_path: Path) -> Files:
    return Files(world, tmp_path)


@pytest.fixture
def peopled(files: Files) -> Files:
    files.take(Subject.ORGANISATION, ORGANISATION)
    files.take(Subject.MEMBERS, MEMBERS)
    return files
