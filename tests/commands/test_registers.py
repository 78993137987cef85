"""Importing and exporting as an operator meets it."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import main
from tests.commands.test_commands import Shell

DEMO = Path(__file__).parents[2] / "storage" / "seeds" / "demo"
ORGANISATION = str(DEMO / "org.yaml")
MEMBERS = str(DEMO / "members.csv")


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    shell = Shell(f"sqlite:///{tmp_path}/data/zhibu.db")
    shell("migrate")
    return shell


def test_a_preview_then_a_question_then_the_import(shell: Shell) -> None:
    asked = CliRunner().invoke(
        main,
        ["import", "organisation", ORGANISATION],
        input="n\n",
        env={"ZHIBU_DATABASE_URL": shell.url},
    )
    assert "新增（30）\n  WC-0  青禾市市直机关工委（示例）\n" in asked.output
    assert "…… 还有 25 条" in asked.output
    assert "新增 30，更改 0，结束 0，不变 0。" in asked.output
    assert asked.output.endswith("没有导入，什么也没有改动。\n")

    assert "这是预览" in shell("import", "organisation", ORGANISATION, "--dry-run")
    assert "已导入组织：30 条有变动。" in shell("import", "organisation", ORGANISATION, "--yes")
    assert shell("import", "organisation", ORGANISATION).endswith(
        "和现有记录完全一致，不用导入。\n"
    )
    assert "已导入党员：96 条有变动。" in shell("import", "members", MEMBERS, "--yes")


def test_every_fault_is_named_and_nothing_taken(shell: Shell, tmp_path: Path) -> None:
    shell("import", "organisation", ORGANISATION, "--yes")
    file = tmp_path / "坏名单.csv"
    file.write_text("member_id,name,branch_id\nM1,,BR-A1\nM2,李二,BR-Z9\n", "utf-8")

    said = shell("import", "members", str(file), "--yes")

    assert shell.code == 1
    assert said.splitlines() == [
        "有 2 处要改，什么也没有导入：",
        "第 2 行「name」：是空的。请填写。",
        "第 3 行「branch_id」：没有编号为 BR-Z9 的组织。请更正编号，或先导入这个组织。",
    ]
    assert "已导出党员 0 条" in shell("export", "members", str(tmp_path / "none.csv"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["import", "members", "没有.csv"], "没有.csv：找不到这个文件，请核对路径。"),
        (["import", "members", MEMBERS, "--as-of", "明天"], "日期「明天」看不懂"),
        (["export", "members", "名册.pdf"], "文件名请以 .csv、.xlsx 或 .yaml 结尾。"),
        (["export", "members", "没有/名册.csv"], "名册.csv 写不进去"),
    ],
)
def test_what_cannot_be_done(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert said in shell(*words)
    assert shell.code == 1


def test_a_file_that_is_there_is_not_overwritten(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "members.csv"
    file.write_text("mine")

    assert "文件已经存在" in shell("export", "members", str(file))
    assert (shell.code, file.read_text()) == (1, "mine")
    assert "已导出党员 0 条" in shell("export", "members", str(file), "--force")


@pytest.mark.parametrize(
    "what", ["organisation", "members", "activities", "accounts", "attendance"]
)
@pytest.mark.parametrize("form", ["csv", "xlsx", "yaml"])
def test_whatever_is_imported_can_be_exported(
    shell: Shell, tmp_path: Path, what: str, form: str
) -> None:
    assert "已载入演示组织" in shell("demo")
    file = str(tmp_path / f"out.{form}")

    assert f"：out.{form}" in shell("export", what, file)
    if what != "attendance":
        assert "不用导入" in shell("import", what, file)


def test_on_a_terminal_a_bar_shows_how_far_it_is(shell: Shell) -> None:
    """A real one: what is drawn only where somebody watches cannot be seen otherwise."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "bot", "import", "organisation", ORGANISATION, "--yes"]
    environment = {**os.environ, "ZHIBU_DATABASE_URL": shell.url, "TERM": "xterm"}
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=theirs, env=environment, check=True
    )
    os.close(theirs)
    drawn = os.read(ours, 65536).decode(errors="ignore")
    os.close(ours)
    assert "正在写入" in drawn
    assert "100%" in drawn
    assert "已导入组织" in done.stdout.decode()
