"""A real Chromium for tests: found, else installed where that can be done, else said loudly.

`chromium` is a fixture, registered in `tests/conftest.py`: a browser with a fresh profile that
reaches nothing but this machine.
"""

import fcntl
import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-noto-cjk")

FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Whatever the page or the browser itself might ask for elsewhere does not exist.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


class NoChromium(UserWarning):
    """Said where the browser tests are skipped, so that nobody takes the run for a full one."""


def find() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def install() -> str | None:
    """By the system's package manager, as root, once however many workers ask. None: it cannot."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return None
    with Path(tempfile.gettempdir(), "zhibu-chromium.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if found := find():
            return found
        calm = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for step in (["update", "-qq"], ["install", "-y", "-qq", *PACKAGES]):
            done = subprocess.run(["apt-get", *step], env=calm, capture_output=True, timeout=600)
            if done.returncode:
                return None
        return find()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Not for longer than a module: while it lives, no async test can run in this process."""
    path = find() or install()
    if path is None:
        said = f"no Chromium: not on PATH as {', '.join(NAMES)}, and it could not be installed"
        if os.environ.get("CI") == "true":
            pytest.fail(said)
        warnings.warn(NoChromium(said), stacklevel=1)
        pytest.skip(said)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def hindrances(page: Page) -> list[str]:
    """What axe-core finds wrong with the page as it stands: rule, where, and how to mend it."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{rule['id']}: {node['html'][:120]}: {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
