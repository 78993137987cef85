"""A restored backup brings nobody back who asked to be forgotten."""

import itertools
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from sqlalchemy import make_url

from storage import tombstones
from storage.accounts import bind
from storage.database import Database
from storage.members import Account, Member
from tests.handlers.privacy.life import CANARY, holding, lived, rows
from tests.world import World


@contextmanager
def copy_of(database: Database, url: str, tmp_path: Path) -> Iterator[Database]:
    """The database as a backup has kept it."""
    place = make_url(url)
    if url.startswith("sqlite"):
        copy = place.set(database=f"{tmp_path}/copy.db")
        with closing(sqlite3.connect(str(place.database))) as connection:
            connection.execute(f"VACUUM INTO '{copy.database}'")
    else:
        database.close()  # PostgreSQL copies only what nobody uses
        copy = place.set(database=f"copy_{uuid4().hex}")
        server = place.set(database="postgres").render_as_string(hide_password=False)
        with psycopg.connect(server, autocommit=True) as connection:
            made = f"CREATE DATABASE {copy.database} TEMPLATE {place.database}"
            connection.execute(made.encode())
    restored = Database(copy.render_as_string(hide_password=False))
    with closing(restored):
        yield restored


def test_a_restore_brings_nobody_back(world: World, database_url: str, tmp_path: Path) -> None:
    wang = lived(world)
    file = tmp_path / "data" / "zhibu.erased.jsonl"
    with copy_of(world.database, database_url, tmp_path) as restored:
        wang.says("删除我的数据")
        wang.taps("确认删除")
        with world.database.unit_of_work() as db:
            tombstones.keep_outside(db, file)
            tombstones.keep_outside(db, file)
        assert len(file.read_text().splitlines()) == 1

        with restored.unit_of_work() as db:
            assert holding(db, CANARY)
            assert tombstones.reapply(db, file) == ["王芳"]
        with restored.unit_of_work() as db:
            assert holding(db, CANARY) == set()
            assert tombstones.reapply(db, file) == []
        after = World(restored)
        after._ids = itertools.count(1000)
        assert after.stranger(wang.address.user).says("签到").startswith("您好，我是支部助手")


def test_who_has_agreed_anew_stays(world: World, tmp_path: Path) -> None:
    wang = world.member("王芳")
    file = tmp_path / "erased.jsonl"
    wang.says("删除我的数据")
    wang.says("确认删除")
    with world.database.unit_of_work() as db:
        tombstones.keep_outside(db, file)
    world.at("9:30")
    with world.database.unit_of_work() as db:
        bind(db, wang.address, "王芳", via="invite", consent="1", now=world.now)

    with world.database.unit_of_work() as db:
        assert tombstones.reapply(db, file) == []
        assert db.get_one(Member, "王芳").erased_at is None
    assert rows(world, Account) == 1


def test_a_line_cut_short_is_passed_over(world: World, tmp_path: Path) -> None:
    file = tmp_path / "erased.jsonl"
    file.write_text('{"member": "M1", "at": "2026-11-23T09:00:00+08:00"}\n{"member": "M2", "a')

    assert list(tombstones.outside(file)) == ["M1"]


def test_where_the_file_is() -> None:
    assert tombstones.place("sqlite:///data/zhibu.db") == Path("data/zhibu.erased.jsonl")
    assert tombstones.place("postgresql://u@h/zhibu") == Path("data/zhibu.erased.jsonl")
