"""The pages of circulars in a real browser: nothing overflows, nothing for axe to find."""

import shutil
from pathlib import Path

import pytest

from tests.handlers.test_circulars import circulars, officer, organ
from tests.web.window import Window
from tests.world import World

__all__ = ["organ"]


@pytest.fixture
def database_url(blank_file: Path, tmp_path: Path) -> str:
    """What a browser shows is the same on both kinds."""
    shutil.copyfile(blank_file, tmp_path / "test.db")
    return f"sqlite:///{tmp_path}/test.db"


@pytest.mark.parametrize("width", [320, 1440])
def test_pages_of_circulars(organ: World, window: Window, width: int) -> None:
    officer(organ, "陈委员").says("生成第三季度通报")
    [row] = circulars(organ)
    window.page.set_viewport_size({"width": width, "height": 800})
    window.enter(organ, "陈委员")
    here = f"/console/reports/{row.id}"
    for path in ("/console/reports", here, f"{here}/of/attendance"):
        window.open(path)
        assert window.faults() == [], path
