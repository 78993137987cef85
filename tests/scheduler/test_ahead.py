"""What is foreseen is what is then said; and nothing has happened by looking."""

import pytest
from sqlalchemy import func, select
from sqlmodel import SQLModel
from typer.testing import CliRunner

from bot.__main__ import main
from bot.messages import Reply
from handlers.duties.rules.seats import SEATS
from scheduler import ahead, text
from scheduler.ahead import Foreseen
from scheduler.timetable import TIMETABLE
from scheduler.why import why
from storage import attempts
from storage.database import Database, table
from storage.outbox import Letter
from tests.scheduler.strikes import demo, mornings, speaking
from tests.world import World


@pytest.fixture
def world(world: World) -> World:
    return demo(world, struck=True)


def counts(world: World) -> dict[str, int]:
    with world.database.reading() as db:
        return {
            each.name: db.run(select(func.count()).select_from(each)).scalar_one()
            for each in SQLModel.metadata.sorted_tables
        }


def foresee(world: World, days: int) -> list[Foreseen]:
    return ahead.foresee(world.database, TIMETABLE, world.now, days)


def test_looking_ahead_does_nothing(world: World) -> None:
    before = counts(world)
    assert foresee(world, 3)
    assert counts(world) == before


def test_what_is_foreseen_is_said(world: World) -> None:
    speaking(world, "M089")
    foreseen = foresee(world, 8)
    assert {each.platform for each in foreseen if each.to == "M089"} == {"fake"}
    assert {each.platform for each in foreseen if each.to != "M089"} == {""}
    expected = {(each.key, each.to, each.due, each.said) for each in foreseen}
    before = world.now
    mornings(world, "12-1")
    with world.database.reading() as db:
        rows = db.run(select(table(Letter)).where(table(Letter).c.made_at > before)).all()
    said = {(row.key, row.to, row.due, Reply.model_validate_json(row.body).text) for row in rows}
    assert len(said) > 25
    assert said == expected


def test_own_reminders_are_foreseen_too(world: World) -> None:
    member = speaking(world, "M005")
    assert "提醒" in member.says("提醒我明天下午三点交材料")
    [own] = [each for each in foresee(world, 2) if each.to == "M005"]
    assert (f"{own.due:%m-%d %H:%M}", own.kind) == ("11-24 15:00", "own")


def test_the_chain_from_rule_to_attempt(world: World) -> None:
    mornings(world, "11-26")
    with world.database.reading() as db:
        told = why(db, "morning:2026-11-25:M089")
        again = why(db, "morning:2026-11-26:M089")
        number = db.run(select(table(Letter).c.id).where(table(Letter).c.to == "M089")).first()
        assert number
        assert why(db, str(number.id))
        assert why(db, "999999") is None
        assert why(db, "morning:2026-11-26:M005") is None
    assert told
    assert "  | 1. 11月主题党日，今天到期" in told
    assert "      阶梯第 1 级（到期后 0 天）：单独告诉书记，按 branch 2026-11-draft-1" in told
    assert any("OL06 主题党日，《中国共产党党员教育管理工作条例》第十六条" in line for line in told)
    assert told[-1] == "  还没有发送过。"
    assert again
    assert "      阶梯第 1 级（到期后 0 天）：单独告诉书记，按 branch 2026-11-draft-1" in again


def test_whoever_may_be_told_has_a_name() -> None:
    assert SEATS.keys() <= text.ROLES.keys()


def test_attempts_are_the_end_of_the_chain(world: World) -> None:
    with world.database.unit_of_work() as db:
        row = db.run(select(table(Letter)).where(table(Letter).c.to == "M089")).one()
        began = {"to": "M089", "lane": "fake", "user": "M089", "call": "c", "counted": True}
        ended = {"owner": "o", "started": world.now, "result": "", "reason": ""}
        attempts.began(db, [{"letter_id": row.id, "number": 1, **began, **ended}])
    with world.database.reading() as db:
        told = why(db, str(row.id))
    assert told
    assert told[-1] == "  第 1 次，fake，11-23 09:00:00：没有结果，进程中断"


def test_preview_and_why_from_the_command_line(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = world.database.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("ZHIBU_DATABASE_URL", url.replace("+psycopg", ""))
    monkeypatch.setattr("bot.commands.ahead.open_database", lambda _: Database(url))
    at = ["--at", "2026-11-23T09:00", "--days", "2"]
    hotline = CliRunner().invoke(main, ["preview", *at, "--branch", "BR-D1"])
    assert "11月24日（周二）08:40  余九十（M090）  暂时联系不上" in hotline.output
    assert "（M016）" not in hotline.output
    assert hotline.output.splitlines()[-1].endswith("只是预览，什么也没有发出。")
    one = CliRunner().invoke(main, ["preview", *at, "--to", "M016"])
    assert "（M090）" not in one.output
    nobody = CliRunner().invoke(main, ["preview", *at, "--to", "M005"])
    assert nobody.output == "未来 2 天按现在的进度没有要说的。\n"
    chain = CliRunner().invoke(main, ["why", "morning:2026-11-23:M089"])
    assert "伍八十九（M089）" in chain.output
    assert CliRunner().invoke(main, ["why", "x"]).exit_code == 1
    for wrong in (["--branch", "NOPE"], ["--to", "张一"]):
        refused = CliRunner().invoke(main, ["preview", *wrong])
        assert refused.exit_code == 1
        assert f"没有编号为 {wrong[1]} 的" in refused.output
