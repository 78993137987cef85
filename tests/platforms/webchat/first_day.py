"""What `make run` gives: the real assistant with its demo organisation, in a process of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect


@dataclass(frozen=True)
class Running:
    url: str
    environment: dict[str, str]

    def say(self, who: str, at: str, words: str) -> str:
        """What `zhibu say` prints, on the same database."""
        command = [sys.executable, "-m", "bot", "say", "--as", who, "--at", at, words]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=1) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def started(folder: Path) -> Iterator[Running]:
    """Stopped as an operator stops it, and expected to end well."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    mine = {k: v for k, v in os.environ.items() if not k.startswith("ZHIBU_")}
    mine |= {"ZHIBU_DATABASE_URL": f"sqlite:///{folder}/zhibu.db"}
    command = [sys.executable, "-m", "bot", "run", "--port", str(port)]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, env=mine, stdout=log, stderr=subprocess.STDOUT)
    for _ in range(240):
        if ready(url) or process.poll() is not None:
            break
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.25)
    assert process.poll() is None, (folder / "log").read_text()
    yield Running(url, mine)
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0, (folder / "log").read_text()


def be(page: Page, name: str) -> None:
    if page.locator("#chooser").is_hidden():
        page.get_by_role("button", name=re.compile("换一个人")).click()
    page.fill("#seek", name)
    page.locator("#people").get_by_role("button", name=name).first.click()
    expect(page.locator("#chooser")).to_be_hidden()
    expect(page.locator("#me-name")).to_have_text(name)
