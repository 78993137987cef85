from datetime import datetime

import pytest

import handlers
from bot.clock import HOME
from bot.understanding import Understander

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=HOME)
"""The reference clock of the corpora: a Monday."""


@pytest.fixture(scope="session")
def understander() -> Understander:
    return Understander(tuple(handlers.intents()))
