"""The README names every command that there is, and no other."""

import re
from pathlib import Path

import typer

from bot.__main__ import main

README = Path(__file__).parents[2] / "README.md"


def named() -> set[str]:
    """The first words behind `zhibu`, of its table of commands."""
    lines = README.read_text("utf-8").splitlines()
    cells = [line.split("|")[1] for line in lines if line.startswith("| `zhibu")]
    said = [each for cell in cells for each in re.findall(r"`([^`]+)`", cell)]
    return {each.removeprefix("zhibu ").split()[0] for each in said}


def test_the_table_of_commands_is_whole() -> None:
    assert named() == set(typer.main.get_group(main).commands)
