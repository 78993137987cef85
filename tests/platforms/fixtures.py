"""Payloads of other projects' tests, which lie beside the checkout where we work, and not in CI."""

import os
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parents[3] / "shared" / "platforms" / "fixtures"

needs_fixtures = pytest.mark.skipif(
    not FIXTURES.is_dir(),
    reason=f"the shared fixtures are not at {FIXTURES}"
    + ("; this is CI, where our own payloads have to do" if os.environ.get("CI") else ""),
)


def pushed(platform: str) -> list[Path]:
    """The documents that `platform` pushes, in clear text."""
    found = sorted((FIXTURES / platform).glob("*/*.xml"))
    return [path for path in found if not path.stem.endswith("-encrypted")]
