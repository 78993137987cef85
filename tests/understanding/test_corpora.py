"""The understanding on what people say: floors that must not be undercut."""

import pytest

from bot.commands.understand import demo_names
from bot.understanding import Understander
from tests.understanding.conftest import NOW
from tests.understanding.measuring import CORPUS, SHARED, measure, read, score

NAMES = demo_names(SHARED / "demo") if SHARED.exists() else demo_names()


@pytest.mark.skipif(not SHARED.exists(), reason="the domain folder is not beside this checkout")
def test_the_given_utterances(understander: Understander) -> None:
    results = measure(understander, read(SHARED / "utterances_dev.csv"), NOW, NAMES)
    got = score(results)
    wrong = [each.row.text for each in results if not each.slots_right]
    assert got.intents == 1, wrong
    assert got.slots >= 0.98, wrong
    assert got.wrong_changes == 0


def test_our_own_utterances(understander: Understander) -> None:
    results = measure(understander, read(CORPUS / "dev.csv"), NOW, NAMES)
    got = score(results)
    wrong = [each.row.text for each in results if not each.right]
    assert got.intents >= 0.99, wrong
    assert got.slots >= 0.98, wrong
    assert got.wrong_changes == 0


def test_the_half_that_was_looked_at_late(understander: Understander) -> None:
    """The odd lines of the file: their errors were read, and mended, once."""
    got = score(measure(understander, read(CORPUS / "heldout.csv")[1::2], NOW, NAMES))
    assert got.intents >= 0.99
    assert got.slots >= 0.98
    assert got.wrong_changes == 0


def test_utterances_that_nobody_read_while_building(understander: Understander) -> None:
    """The even lines of the file."""
    got = score(measure(understander, read(CORPUS / "heldout.csv")[0::2], NOW, NAMES))
    assert got.intents >= 0.96
    assert got.slots >= 0.915
    assert got.wrong_changes == 0
