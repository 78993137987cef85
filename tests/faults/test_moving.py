"""D18 of the fault matrix: a branch began on SQLite, and a city goes on with PostgreSQL."""

from pathlib import Path

import pytest

from storage import moving
from storage.database import Database
from tests.commands.test_commands import Shell
from tests.commands.test_commands import demo as demo
from tests.commands.test_commands import shell as shell
from tests.handlers.privacy.life import lived
from tests.web.test_roles import everything
from tests.world import World


def test_everything_is_there_and_goes_on(on_sqlite: Database, postgres_url: str) -> None:
    before = World(on_sqlite)
    lived(before)
    target = Database(postgres_url)
    counts = moving.move(on_sqlite, target)

    after = World(target)
    assert everything(after) == everything(before)
    assert sum(counts.values()) > 50
    assert after.activity() == before.activity()  # numbers go on where they were
    with pytest.raises(moving.NotEmpty):
        moving.move(on_sqlite, target)
    target.close()


def test_from_one_file_into_another(demo: Shell, tmp_path: Path) -> None:
    goal = f"sqlite:///{tmp_path}/elsewhere/new.db"
    demo("say", "--as", "M005", "签到")
    demo("audit")
    assert "逐表核对一致" in demo("move", goal)
    assert Shell(goal)("say", "--as", "M005", "签到").startswith("您已于 ")
    assert "操作记录完整" in Shell(goal)("doctor")
    assert (tmp_path / "elsewhere/new.audit.jsonl").exists()
    assert "什么也没有搬" in demo("move", goal)
    assert demo.code == 1
