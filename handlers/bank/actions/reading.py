"""Which format a file is in, by its ending and by what it holds."""

from pathlib import Path

from bot.files.reading import read
from handlers.bank.rules import tables
from handlers.bank.rules.found import Findings


def findings(path: Path) -> Findings:
    """Raises `Unreadable`."""
    return tables.read(read(path))
