"""A file that somebody uploads: looked at under a name of ours, and gone again."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from bot.files.reading import read
from bot.files.tables import Block, Table, Unreadable

Opened = Table | Block | str
"""What it holds; or in words why it cannot be read."""


def opened(data: bytes, name: str) -> Opened:
    """Of the name only counts whether it ends like YAML: what a file is, its content says."""
    yaml = name.lower().endswith((".yaml", ".yml"))
    with tempfile.NamedTemporaryFile(suffix=".yaml" if yaml else ".table") as file:
        file.write(data)
        file.flush()
        try:
            return read(Path(file.name))
        except Unreadable as trouble:
            return str(trouble)


def brought(files: Mapping[str, bytes], names: Mapping[str, str]) -> Opened:
    return opened(files.get("file", b""), names.get("file", ""))
