"""What the READMEs show of a morning is what happens."""

import pytest

from tests.scheduler.transcript import READMES, fill, transcript
from tests.world import World


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_readme_is_not_stale(world: World) -> None:
    """Made anew by `python -m tests.scheduler.transcript`."""
    found = transcript(world)
    for each in READMES:
        words = each.read_text("utf-8")
        assert fill(words, found) == words
