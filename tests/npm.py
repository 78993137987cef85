"""Packages of npm that other people's bots use, installed beside the checkout at the first use."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

CACHE = Path(__file__).parents[1] / ".cache" / "npm"


def node_with(packages: Sequence[str]) -> tuple[str, Path]:
    """Node, and the folder for NODE_PATH. Skips, saying why, where there is no Node; fails where
    there must be."""
    found = shutil.which("node")
    if found is None or shutil.which("npm") is None:
        pytest.skip("node or npm is not here: nothing was exchanged with other implementations")
    installed = CACHE / "+".join(packages).replace("/", "-")
    if not installed.exists():
        try:
            install(packages, installed)
        except (subprocess.SubprocessError, OSError) as error:
            if os.environ.get("CI"):
                raise
            pytest.skip(f"npm could not install {packages}: {error}")
    return found, installed / "node_modules"


def install(packages: Sequence[str], into: Path) -> None:
    """Into a folder of its own, which then takes its place whole: several may install at once."""
    into.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=into.parent))
    command = ["npm", "install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts"]
    try:
        subprocess.run(
            [*command, "--prefix", fresh, *packages], check=True, capture_output=True, timeout=120
        )
        with suppress(OSError):  # another was faster
            fresh.rename(into)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
