"""Every platform there is, and what it declares."""

import re
from importlib import import_module
from pathlib import Path

from tests.platforms.declared import Declared

ROOT = Path(__file__).parents[2]
PLATFORMS = ROOT / "bot" / "platforms"
NAMES = sorted(
    folder.parent.name
    for folder in PLATFORMS.glob("*/__init__.py")
    if re.search(r"^def connect\(", folder.read_text(), re.M)
)
"""Folders without a `connect` are what some platforms have in common."""


def declared(name: str) -> Declared:
    found = import_module(f"tests.platforms.declared.{name}").DECLARED
    assert isinstance(found, Declared)
    return found


DECLARED = {name: declared(name) for name in NAMES}
