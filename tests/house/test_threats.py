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
PICKLES = {"pickle", "cPickle", "shelve", "marshal", "dill", "cloudpickle", "joblib"}
UNSAFE = re.compile(r"UnsafeLoader|FullLoader|unsafe_load|Markup\(")
CALLERS = {"httpx", "requests", "aiohttp", "urllib3", "http.client", "urllib.request", "smtplib"}
MARKUP = re.compile(
    r"innerHTML|outerHTML\s*=|insertAdjacentHTML|document\.write|HTMLUnsafe|\beval\(|new Function"
    r"|createContextualFragment|srcdoc"
)
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
        assert not PICKLES & imported(path), path
        assert not [name for name in imported(path) if "jobstores" in name], path
        assert not UNSAFE.findall(path.read_text()), path


def test_whoever_calls_out_is_named() -> None:
    """T24: nothing is fetched but from the platforms, and these by one way that follows nobody
    (`tests/platforms/test_http.py`)."""
    calling = {path.relative_to(ROOT).as_posix() for path in SOURCES if CALLERS & imported(path)}
    assert calling == {
        "bot/platforms/http.py",  # also a proxy's client
        "bot/platforms/telegram/news.py",  # the types of its failures
        "bot/platforms/telegram/send.py",
    }
    for path in SOURCES:
        assert "urlopen" not in path.read_text(), path


TEMPLATES = sorted((ROOT / "web/templates").glob("*.html"))
SCRIPTS = [
    path
    for folder in ("web/static", "bot/platforms/webchat/page")
    for path in sorted((ROOT / folder).glob("*.js"))
    if path.name != "htmx.min.js"
]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_lets_markup_through(path: Path) -> None:
    """T25: what a page is given is escaped, everywhere; JSON in an attribute too."""
    words = path.read_text()
    assert not re.findall(r"\|\s*safe\b|autoescape|Markup", words)
    assert not re.findall(r"tojson(?!\|forceescape)", words)
    assert not re.findall(r"\s[\w-]+={{|<script(?! src=)|\s+on\w+=|javascript:|<style", words)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_makes_markup_of_words(path: Path) -> None:
    assert not MARKUP.findall(path.read_text())


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names
