"""`zhibu export ledger`, on the demonstration."""

import stat
from pathlib import Path

import openpyxl
import pytest

from tests.commands.test_commands import Shell


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.chdir(tmp_path)
    shell = Shell(f"sqlite:///{tmp_path}/data/zhibu.db")
    shell("demo")
    return shell


def test_of_a_branch_and_of_every_branch(demo: Shell, tmp_path: Path) -> None:
    said = demo("export", "ledger", "--branch", "BR-A1", "--year", "2026")
    assert "2026年支部工作台账.xlsx" in said
    [file] = tmp_path.glob("*2026年支部工作台账.xlsx")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert openpyxl.load_workbook(file)["场次"].max_row > 10

    demo("export", "ledger", "--branch", "BR-A1", "--year", "2026")
    assert demo.code == 1  # it is there already
    assert "9 个支部的台账" in demo("export", "ledger", "all", "--year", "2026")
    assert len(list((tmp_path / "all").iterdir())) == 9


def test_of_no_branch_there_is_a_clear_word(demo: Shell) -> None:
    assert "没有编号是「NOPE」的组织" in demo("export", "ledger", "--branch", "NOPE")
    assert demo.code == 1
    demo("export", "members")
    assert demo.code == 2
