"""How it speaks: marks and words that no text has, and that what a text tells one to say works."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import text as common
from bot.app import dispatcher
from bot.finding import Finder
from tests.understanding.conftest import NOW

ROOT = Path(__file__).parents[2]
TEXTS = sorted(
    [ROOT / "bot/text.py", *ROOT.glob("handlers/*/text.py"), *ROOT.glob("handlers/*/text/*.py")]
)
CHINESE = r"[\u4e00-\u9fff]"
HALF_WIDTH = re.compile(rf"{CHINESE}[,;:!?()]|[,;:!?()]{CHINESE}")
NEVER = ("！", "缺席", "未完成", "操作成功", "亲爱的")
TOLD = re.compile(r"(?:发|回|说|问|发送|点|先)(?:一?个|一次|过)?((?:「[^」]+」(?:、|或|，|和)?)+)")
QUOTED = re.compile(r"「([^」{…×]+)」")
IN_CONVERSATION = {"1", "20 道题", "到12月1日", "每天晚上九点到早上八点", "早上八点", "12:30"}
"""Answers to what was just asked: the tests of those conversations say them."""
OF_FILES = {"rulebook.py", "supervising.py"}
"""Speak of YAML, and of how a lot is drawn: their signs are quoted."""


def spoken(path: Path) -> Iterator[str]:
    """What is said, with {} for what is filled in; no docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    unsaid = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            unsaid.update(id(each) for each in node.values)
            yield "".join(
                str(each.value) if isinstance(each, ast.Constant) else "{}" for each in node.values
            )
        elif isinstance(node, ast.Constant) and id(node) not in unsaid:
            yield node.value if isinstance(node.value, str) and len(node.value) > 1 else ""


def works(finder: Finder, words: str) -> bool:
    """Whether it is a command, a sentence that is known, or surely understood."""
    router = finder.router
    return (
        words.lower() in router.commands
        or words.partition(" ")[0].lower() in router.commands
        or words in common.LEAVE_WORDS
        or any(pattern.fullmatch(words) for pattern in router.patterns)
        or finder.understander.understand(words, now=NOW).intent in router.intents
    )


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_text_shouts_or_blames_or_mixes_its_punctuation(path: Path) -> None:
    for said in spoken(path):
        assert not [each for each in NEVER if each in said], said
        if path.name not in OF_FILES:
            assert not HALF_WIDTH.search(said.replace("{}", "X")), said


def test_whatever_one_is_told_to_say_is_understood() -> None:
    finder = dispatcher().finder
    said = {path: list(spoken(path)) for path in TEXTS}
    labels = {each for texts in said.values() for each in texts}
    told = {
        words: f"{path.relative_to(ROOT)}: {each}"
        for path, texts in said.items()
        for each in texts
        for group in TOLD.findall(each)
        for words in QUOTED.findall(group)
    }
    assert len(told) > 100
    unheard = {
        where
        for words, where in told.items()
        if words not in labels | IN_CONVERSATION and not works(finder, words)
    }
    assert unheard == set()
