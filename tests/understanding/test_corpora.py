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


def test_utterances_that_nobody_read_while_building(understander: Understander) -> None:
    got = score(measure(understander, read(CORPUS / "heldout.csv"), NOW, NAMES))
    assert got.intents >= 0.95
    assert got.slots >= 0.90
    assert got.precision_of_changes >= 0.99
