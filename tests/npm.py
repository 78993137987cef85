"""Packages of npm that other people's bots use, installed beside the checkout at the first use."""

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from tests.installing import had, unavailable

CACHE = Path(__file__).parents[1] / ".cache" / "npm"


def node_with(packages: Sequence[str]) -> tuple[str, Path]:
    """Node, and the folder for NODE_PATH. Where they cannot be had the test is skipped with a
    warning; in CI it fails."""
    node, npm = had(["node"], ["nodejs"]), had(["npm"], ["npm"])
    installed = CACHE / "+".join(packages).replace("/", "-")
    if not installed.exists():
        try:
            install(npm, packages, installed)
        except (subprocess.SubprocessError, OSError) as error:
            unavailable(f"npm could not install {packages}: {error}")
    return node, installed / "node_modules"


def install(npm: str, packages: Sequence[str], into: Path) -> None:
    """Into a folder of its own, which then takes its place whole: several may install at once."""
    into.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=into.parent))
    command = [npm, "install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts"]
    try:
        subprocess.run(
            [*command, "--prefix", fresh, *packages], check=True, capture_output=True, timeout=120
        )
        with suppress(OSError):  # another was faster
            fresh.rename(into)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
