"""Programs of the system that tests need: found, else installed where that can be done."""

import fcntl
import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import pytest

APT = "zhibu-apt.lock"
"""One package manager at a time, however many workers ask for whatever."""


class NotInstalled(UserWarning):
    """Said where tests are skipped, so that nobody takes the run for a full one."""


def find(names: Sequence[str]) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)


def install(names: Sequence[str], packages: Sequence[str]) -> str | None:
    """By the system's package manager, as root, once. None: it cannot."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return None
    with Path(tempfile.gettempdir(), APT).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if found := find(names):
            return found
        calm = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for step in (["update", "-qq"], ["install", "-y", "-qq", *packages]):
            done = subprocess.run(["apt-get", *step], env=calm, capture_output=True, timeout=900)
            if done.returncode:
                return None
        return find(names)


def had(names: Sequence[str], packages: Sequence[str]) -> str:
    """Where it is. Where it cannot be had the test is skipped with a warning; in CI it fails."""
    if not (path := find(names) or install(names, packages)):
        said = f"{' '.join(packages)} could not be installed"
        unavailable(f"none of {', '.join(names)} on PATH, and {said}")
    return path


def unavailable(said: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(said)
    warnings.warn(NotInstalled(said), stacklevel=2)
    pytest.skip(said)
