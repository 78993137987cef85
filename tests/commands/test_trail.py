"""`zhibu audit`: what an operator learns of a record that was touched."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.commands.test_commands import Shell
from tests.commands.test_commands import demo as demo
from tests.commands.test_commands import shell as shell


@pytest.fixture
def noted(demo: Shell) -> Shell:
    """Three rows on record."""
    for words in ("控制台", "读名册", "控制台", "控制台"):
        demo("say", "--as", "M001", words)
    return demo


def tampered(shell: Shell, statement: str) -> None:
    with closing(sqlite3.connect(shell.url.removeprefix("sqlite:///"))) as opened:
        opened.execute(statement)
        opened.commit()


def last(shell: Shell) -> int:
    with closing(sqlite3.connect(shell.url.removeprefix("sqlite:///"))) as opened:
        return int(opened.execute("SELECT max(id) FROM audit").fetchone()[0])


def test_the_end_is_said_and_the_first_broken_row(noted: Shell, tmp_path: Path) -> None:
    said = noted("audit")

    assert f"操作记录完整，共 {last(noted)} 条" in said
    kept = (tmp_path / "data" / "zhibu.audit.jsonl").read_text()
    assert said.split()[-1] in kept
    assert "操作记录完整" in noted("doctor")

    tampered(noted, "UPDATE audit SET actor = 'M002' WHERE id = 2")

    assert "操作记录第 2 条与写下时不一样" in noted("audit")
    assert noted.code == 1
    assert "操作记录第 2 条与写下时不一样" in noted("doctor")
    assert noted.code == 1


def test_a_cut_end_is_noticed_and_a_restore_is_none(noted: Shell, tmp_path: Path) -> None:
    saved = tmp_path / "saved.db"
    noted("backup", str(saved))
    noted("say", "--as", "M001", "控制台")
    noted("audit")
    end = last(noted)
    tampered(noted, f"DELETE FROM audit WHERE id = {end}")
    seal = f"(SELECT seal FROM audit WHERE id = {end - 1})"
    tampered(noted, f"UPDATE audit_head SET last = {end - 1}, seal = {seal}")

    assert f"从第 {end} 条起被删掉了" in noted("audit")
    assert "已记下" in noted("audit", "--restored")
    assert noted.code == 0
    assert "操作记录完整" in noted("audit")

    noted("say", "--as", "M001", "控制台")
    noted("audit")

    noted("restore", str(saved))

    assert "操作记录完整" in noted("audit")
    assert noted.code == 0
