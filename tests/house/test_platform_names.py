"""Nobody but a platform's own folder says its name, and none knows another."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.platforms.discovered import DECLARED, NAMES, PLATFORMS, ROOT

OUR_OWN = frozenset(name for name in NAMES if DECLARED[name].outside is None)
"""Platforms that this program brings with it."""

MAY_SAY = {
    "bot/app.py": frozenset(NAMES),  # puts the parts together
    "bot/logs.py": frozenset({"telegram"}),  # a library's logger, which has the same name
    "bot/settings.py": frozenset({"telegram"}),  # whose links lead to
    "bot/__main__.py": OUR_OWN,
    "bot/commands": OUR_OWN,  # tells where the web chat is, and opens the terminal's
    "storage/demo.py": OUR_OWN,  # whom one may be in the web chat
    "handlers/registry/rules": frozenset(NAMES),  # reads what people wrote in their lists
    "handlers/binding/rules.py": frozenset({"telegram"}),  # the law asks which servers are abroad
}
SOURCES = [
    path.relative_to(ROOT)
    for package in ("bot", "handlers", "storage", "scheduler", "web")
    for path in sorted((ROOT / package).rglob("*.py"))
    if not path.is_relative_to(PLATFORMS) and "text" not in path.with_suffix("").parts
]
"""All but the words for people, who are told by name where they are heard."""


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_nobody_else_says_a_platforms_name(path: Path) -> None:
    allowed = {
        name for where, names in MAY_SAY.items() if path.is_relative_to(where) for name in names
    }
    words = set(said(ast.parse((ROOT / path).read_text())))

    assert words & set(NAMES) <= allowed


@pytest.mark.parametrize("name", NAMES)
def test_no_platform_knows_another(name: str) -> None:
    others = [f"bot.platforms.{other}." for other in NAMES if other != name]
    for path in (PLATFORMS / name).rglob("*.py"):
        for module in imported(ast.parse(path.read_text())):
            assert not any(f"{module}.".startswith(each) for each in others)


def said(tree: ast.Module) -> Iterator[str]:
    """Words in names, strings and imports; not in docstrings."""
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(words)) if id(node) not in docstrings:
                yield from re.findall(r"\w+", words.lower())
            case ast.Name(id=words) | ast.Attribute(attr=words) | ast.alias(name=words):
                yield from re.split(r"[_.]", words.lower())
            case _:
                pass


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{each.name}" for each in node.names)
        elif isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
