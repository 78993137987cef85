"""A real LibreOffice for tests: what others see who open our files.

`office` is a fixture, registered in `tests/conftest.py`.
"""

import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.installing import had

NAMES = ("soffice", "libreoffice")
PACKAGES = (
    "--no-install-recommends",
    "libreoffice-writer-nogui",
    "libreoffice-calc-nogui",
    "fonts-noto-cjk",
)
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
"""UTF-8, every sheet in a file of its own."""


@dataclass(frozen=True)
class Office:
    path: str
    folder: Path

    def convert(self, file: Path, to: str) -> list[Path]:
        """What came of it: PDF of a document, CSV of each sheet."""
        made = self.folder / "made" / file.stem
        command = [
            self.path,
            f"-env:UserInstallation={(self.folder / 'profile').as_uri()}",
            "--headless", "--norestore", "--convert-to", to, "--outdir", str(made), str(file),
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        found = sorted(made.glob("*"))
        assert found, f"{done.stdout}{done.stderr}"
        return found


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(had(NAMES, PACKAGES), tmp_path)
