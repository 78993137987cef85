"""docs/threats.md and docs/faults.md: each row names its tests, and they exist."""

import ast
import re
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from storage import migrating

ROOT = Path(__file__).parents[2]
ROWS = re.findall(
    r"^\| (T\d+) [^|]*\|[^|]+\|([^|]+)\|$", (ROOT / "docs/threats.md").read_text(), re.M
)
FAULTS = re.findall(r"^\| ([A-E]\d+)[^|]*\|([^|]+)\|$", (ROOT / "docs/faults.md").read_text(), re.M)
OURS = [*range(11, 15), *range(20, 37), 44, 45]
SOURCES = [
    path
    for folder in ("bot", "handlers", "storage", "scheduler", "web")
    for path in sorted((ROOT / folder).rglob("*.py"))
]


def test_every_threat_has_its_row() -> None:
    assert [threat for threat, _ in ROWS] == [f"T{number}" for number in OURS]


@pytest.mark.parametrize(("row", "named"), ROWS + FAULTS, ids=[row for row, _ in ROWS + FAULTS])
def test_the_tests_it_names_exist(row: str, named: str) -> None:
    for each in named.split(","):
        path, _, test = each.strip().partition("::")
        tree = ast.parse((ROOT / path).read_text())
        there = {
            node.name
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        }
        assert test in there, (row, each)


def test_nothing_is_pickled() -> None:
    """Whoever can write a pickle that we read runs code here."""
    migrating.load_tables()
    assert not [name for name in SQLModel.metadata.tables if "apscheduler" in name]
    for path in SOURCES:
        assert not {"pickle", "shelve", "marshal", "dill"} & imported(path), path


def test_nobody_follows_where_an_answer_leads() -> None:
    """httpx does not unless it is told to."""
    for path in SOURCES:
        assert "follow_redirects=True" not in path.read_text(), path
        assert not {"requests", "aiohttp"} & imported(path), path
        assert "urlopen" not in path.read_text(), path


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names
