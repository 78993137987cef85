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


@pytest.mark.parametrize(
    ("name", "intents", "slots"),
    [
        ("dev_people.csv", 0.99, 0.98),
        ("dev_office.csv", 0.99, 0.985),
        ("dev_trades.csv", 0.99, 0.98),
        ("dev_walks.csv", 0.99, 0.965),
        ("blind.csv", 0.975, 0.955),
    ],
)
def test_what_others_wrote_and_we_have_read(
    understander: Understander, name: str, intents: float, slots: float
) -> None:
    results = measure(understander, read(CORPUS / name), NOW, NAMES)
    got = score(results)
    wrong = [each.row.text for each in results if not each.right]
    assert got.intents >= intents, wrong
    assert got.slots >= slots
    assert got.wrong_changes == 0


def test_what_was_once_held_out(understander: Understander) -> None:
    """Its errors have been read by now: the odd lines first, the even ones in the end."""
    got = score(measure(understander, read(CORPUS / "heldout.csv"), NOW, NAMES))
    assert got.intents >= 0.985
    assert got.slots >= 0.965
    assert got.wrong_changes == 0
