"""Rules of the house that no off-the-shelf linter knows."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PACKAGES = ("bot", "handlers", "storage", "scheduler", "web", "sandbox", "rehearsal")
SOURCES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
SPEAKS = {"text", "rules", "heard"}
"""`text` words what is said, `rules` and `heard` read what members write; a folder of that name
does too."""
UNDERSTANDS = (ROOT / "bot" / "understanding", ROOT / "bot" / "questions")
"""Read what members write, answers to questions too."""
COMMAND_LINE = ROOT / "bot" / "__main__.py"
"""Its help texts stand in the signatures, where typer wants them."""


def may_hold_chinese(path: Path) -> bool:
    parts = {path.stem, *(part.name for part in path.relative_to(ROOT).parents)}
    return (
        bool(parts & SPEAKS) or any(map(path.is_relative_to, UNDERSTANDS)) or path == COMMAND_LINE
    )


def spoken(tree: ast.Module) -> Iterator[str]:
    """Chinese string literals, apart from docstrings and what stands in decorators."""
    exempt: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            exempt.add(id(node.value))
        for decorator in getattr(node, "decorator_list", []):
            exempt |= {id(child) for child in ast.walk(decorator)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        if CHINESE.search(node.value) and id(node) not in exempt:
            yield node.value


@pytest.mark.parametrize("path", [p for p in SOURCES if not may_hold_chinese(p)], ids=str)
def test_what_members_read_is_in_text_files(path: Path) -> None:
    assert list(spoken(ast.parse(path.read_text()))) == []


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_only_the_unit_of_work_commits(path: Path) -> None:
    calls = [n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Attribute)]
    commits = [n for n in calls if n.attr in {"commit", "rollback"}]
    assert not commits or path.name in {"session.py", "database.py"}


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_files_and_functions_stay_small(path: Path) -> None:
    source = path.read_text()
    assert source.count("\n") <= 300
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 45, node.name


WORDINGS = [path for path in SOURCES if "text" in {path.stem, path.parent.name}]


@pytest.mark.parametrize("path", WORDINGS, ids=str)
def test_nobody_is_shouted_at_or_blamed(path: Path) -> None:
    for words in spoken(ast.parse(path.read_text())):
        assert "！" not in words
        assert "!" not in words
        assert "缺席" not in words


def test_a_clock_is_asked_in_one_place() -> None:
    for path in SOURCES:
        if path.name != "clock.py":
            found = re.findall(r"datetime\.now\(|time\.time\(|date\.today\(", path.read_text())
            assert not found, path
