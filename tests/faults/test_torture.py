"""B1–B9, B18, B19, B22 of the fault matrix in virtual time, and builds that are broken on purpose.

`python -m tests.faults.torture` does more of it.
"""

import pytest

from storage.database import Database
from tests.faults.torture.deaf import INBOUND
from tests.faults.torture.inbound import Inbound
from tests.faults.torture.mutants import MUTANTS, play
from tests.faults.torture.virtual import Run

KILLS, UNCLEAR = 50, 15
"""A run with fewer is not a test."""


def test_nothing_is_lost_and_nothing_said_a_third_time(database: Database) -> None:
    report = Run(database, seed=3, people=40, kills=KILLS).play()
    assert report.findings == []
    assert report.kills >= KILLS
    assert report.unclear >= UNCLEAR
    assert report.extra <= report.unclear + report.cut


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", MUTANTS)
def test_a_broken_build_is_caught(
    name: str, on_sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    mutant = MUTANTS[name]
    mutant.breaks(monkeypatch)
    assert mutant.rule in play(mutant, on_sqlite, seed=1).by_rule


def test_what_is_heard_is_done_once(database: Database) -> None:
    """A1–A6: visits are lost, late and repeated; what was not on disk is gone at each kill."""
    report = Inbound(database, seed=1, members=16, kills=20).play()
    assert report.findings == []
    assert report.kills == 20


@pytest.mark.parametrize("name", INBOUND)
def test_a_build_that_hears_badly_is_caught(
    name: str, on_sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    INBOUND[name](monkeypatch)
    assert "E" in Inbound(on_sqlite, seed=1, members=16, kills=20).play().by_rule
