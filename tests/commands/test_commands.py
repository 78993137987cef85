"""The command line as an operator meets it."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from bot import clock
from bot.__main__ import main
from handlers.duties.actions.planning import SEED
from storage import alerts, migrating
from storage.database import Database

AT = ["--at", "2026-11-23T09:00"]


class Shell:
    """`zhibu` with a database of its own."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.code = 0

    def __call__(self, *words: str) -> str:
        done = CliRunner().invoke(main, list(words), env={"ZHIBU_DATABASE_URL": self.url})
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        self.code = done.exit_code
        return done.output


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(f"sqlite:///{tmp_path}/data/zhibu.db")


@pytest.fixture
def demo(shell: Shell) -> Shell:
    assert "已载入演示组织" in shell("demo")
    return shell


def test_a_message_goes_the_real_way(demo: Shell) -> None:
    said = json.loads(demo("say", "--as", "M005", "--json", "签到"))

    assert said["text"].startswith("已签到：体验签到")
    assert set(said) == {"text", "title", "fields", "buttons"}
    assert demo("say", "--as", "M005", "签道").startswith("您已于 ")


def test_a_button_is_pressed_by_what_json_showed(demo: Shell) -> None:
    said = json.loads(demo("say", "--as", "M005", "--json", "请假", *AT))
    tap = said["buttons"][0]["tap"]

    assert "已提交" in demo("say", "--as", "M005", f"tap:{tap}", *AT)


def test_a_stranger_is_told_how_to_come_in(demo: Shell) -> None:
    assert "邀请码" in demo("say", "--as", "guest", "签到")


def test_who_is_unknown_is_named(demo: Shell) -> None:
    assert "没有编号为 M999 的党员" in demo("say", "--as", "M999", "签到")
    assert demo.code == 1


def test_a_time_that_is_none(demo: Shell) -> None:
    assert "2026-11-23T09:00" in demo("say", "--as", "M005", "签到", "--at", "明天")
    assert demo.code == 1


def test_without_a_database_one_is_told_what_to_do(shell: Shell) -> None:
    assert "zhibu migrate" in shell("say", "--as", "M005", "签到")
    assert "数据库还不存在" in shell("doctor")


def test_the_demo_leaves_another_organisation_alone(shell: Shell) -> None:
    shell("migrate")
    with sqlite3.connect(shell.url.removeprefix("sqlite:///")) as db:
        db.execute(
            "INSERT INTO organisation (id, name, kind, leading_group, has_committee, note)"
            " VALUES ('X', '别的单位', 'branch', '', 0, '')"
        )

    assert "没有载入演示数据" in shell("demo")
    assert shell.code == 1


def test_the_doctor_finds_nothing_wrong(demo: Shell) -> None:
    said = demo("doctor")

    assert demo.code == 0, said
    assert "✗" not in said
    assert "wechat 未配置" in said


def test_the_doctor_names_what_is_missing(demo: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIBU_WECHAT_TOKEN", "t")

    assert "ZHIBU_WECHAT_APP_ID" in demo("doctor")
    assert demo.code == 1


def test_the_doctor_names_the_line_of_the_rules_that_is_wrong(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert "规则文件 2026-11-draft-1 可以用" in shell("doctor")
    words = SEED.read_text("utf-8").replace("per: quarter", "per: moon", 1)
    Path(tmp_path, "rules.yaml").write_text(words, "utf-8")
    monkeypatch.setenv("ZHIBU_RULES", f"{tmp_path}/rules.yaml")

    said = shell("doctor")

    assert "（OL01 cadence per）：周期「moon」不认识" in said
    assert shell.code == 1


def test_the_doctor_says_what_a_person_was_told_of(demo: Shell) -> None:
    database = Database(demo.url)
    with database.unit_of_work() as db:
        alerts.raise_(db, "workdays:2027", "workdays_missing", "2027", clock.now())
    database.close()

    assert "2027 年的放假和调休还没有导入" in demo("doctor")


def test_a_backup_brings_back_what_was(demo: Shell, tmp_path: Path) -> None:
    saved = tmp_path / "saved.db"
    demo("say", "--as", "M005", "签到")
    assert "完整性检查通过" in demo("backup", str(saved))
    demo("say", "--as", "M006", "签到")

    assert "已从" in demo("restore", str(saved))

    assert demo("say", "--as", "M005", "签到").startswith("您已于 ")
    assert demo("say", "--as", "M006", "签到").startswith("已签到：")


def test_a_restore_brings_back_nobody_who_was_deleted(demo: Shell, tmp_path: Path) -> None:
    saved = tmp_path / "saved.db"
    said = demo("say", "--as", "M005", "我的数据", *AT)
    demo("backup", str(saved))
    demo("say", "--as", "M005", "删除我的数据", *AT)
    assert "已删除" in demo("say", "--as", "M005", "确认删除", *AT)

    assert "其中 1 人在备份之后要求删除数据，已再次删除。" in demo("restore", str(saved))
    with closing(sqlite3.connect(demo.url.removeprefix("sqlite:///"))) as opened:
        bound = opened.execute("SELECT count(*) FROM account WHERE member_id = 'M005'").fetchone()
    assert "绑定的账号 1 条" in said
    assert bound == (0,)


def test_a_backup_overwrites_nothing(demo: Shell, tmp_path: Path) -> None:
    (tmp_path / "saved.db").write_text("mine")

    assert "没有覆盖" in demo("backup", str(tmp_path / "saved.db"))
    assert (tmp_path / "saved.db").read_text() == "mine"


def test_a_backup_of_a_newer_program_is_refused(demo: Shell, tmp_path: Path) -> None:
    saved = tmp_path / "saved.db"
    demo("backup", str(saved))
    with sqlite3.connect(saved) as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")

    assert "更新的版本" in demo("restore", str(saved))
    assert demo("say", "--as", "M005", "签到").startswith("已签到：")


def test_what_is_no_backup_is_refused(demo: Shell, tmp_path: Path) -> None:
    (tmp_path / "saved.db").write_bytes(b"SQLite format 3\0" + bytes(5000))

    assert "不是完好的备份" in demo("restore", str(tmp_path / "saved.db"))


def test_a_database_in_use_is_not_replaced(demo: Shell, tmp_path: Path) -> None:
    demo("backup", str(tmp_path / "saved.db"))
    database = Database(demo.url)
    with database.unit_of_work() as db:
        db.run(select(1))
        assert "先停止 zhibu run" in demo("restore", str(tmp_path / "saved.db"))
    database.close()


def test_a_newer_database_is_not_touched(demo: Shell) -> None:
    with sqlite3.connect(demo.url.removeprefix("sqlite:///")) as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")

    assert "不敢动它" in demo("migrate")
    assert demo.code == 1


def test_a_database_that_cannot_be_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    shell = Shell("postgresql://nobody:secret@127.0.0.1:1/zhibu")

    said = shell("migrate")

    assert "连不上数据库" in said
    assert "secret" not in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--now", "2026-11-23T23:30Z"], '"when": "2026-11-25"'),
        (["--now", "2026-11-23T09:00", "--role", "guest"], '"when": "2026-11-24"'),
        (["--now", "昨天"], "Invalid"),
        (["--role", "nobody"], "Invalid"),
    ],
)
def test_understanding_is_of_a_moment_at_home(arguments: list[str], said: str) -> None:
    done = CliRunner().invoke(main, ["understand", *arguments], input="明天请假\n")
    assert said in done.output


def test_what_is_understood_is_printed_line_by_line() -> None:
    lines = "签道\n明天下午的会我请假\n"
    done = CliRunner().invoke(main, ["understand", "--now", "2026-11-23T09:00"], input=lines)

    found = [json.loads(line) for line in done.output.splitlines()]
    assert [each["intent"] for each in found] == ["check_in", "leave"]
    assert found[1]["slots"]["when"] == "2026-11-24"
    assert migrating.FOLDER.exists()
