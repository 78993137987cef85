"""Who did what, as a chain: whatever is changed afterwards is found, and where."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

from scheduler import housekeeping
from storage import alerts, audit, trail
from storage.audit import AuditHead, AuditRow, Head
from storage.database import Database, Session, table
from storage.session import Row
from storage.trail import Broken, Holds
from tests.world import World

rows, ends = table(AuditRow), table(AuditHead)


def noted(world: World, *actions: str, actor: str = "张一") -> None:
    with world.database.unit_of_work() as db:
        for each in actions:
            audit.note(db, actor, each, f"member:{actor}", world.now, "一")


def found(world: World, known: tuple[Head, ...] = (), newest: int | None = None) -> Holds | Broken:
    with world.database.reading() as db:
        return trail.verify(db, known, newest)


def end(world: World) -> Head:
    with world.database.reading() as db:
        return audit.head(db)


def tampered(world: World, *statements: Any) -> None:
    with world.database.unit_of_work() as db:
        for each in statements:
            db.run(each)


@pytest.fixture
def five(world: World) -> World:
    noted(world, "enter_console", "read_roster")
    noted(world, "call_roll", "annul")
    noted(world, "leave_console")
    return world


def test_an_empty_record_holds(world: World) -> None:
    assert found(world) == Holds(Head(0, ""), 0)


def test_an_unbroken_chain(five: World) -> None:
    holds = found(five)

    assert isinstance(holds, Holds)
    assert holds.head == end(five)
    assert holds.head.last == 5
    assert found(five, newest=2) == holds
    assert found(five, newest=50) == holds


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", None),
        ("actor", "李四"),
        ("action", "read_member"),
        ("object", "member:李四"),
        ("detail", "二"),
        ("blind", "0" * 32),
        ("seal", "0" * 64),
        ("actor", ""),
    ],
)
def test_one_altered_row_is_found(five: World, column: str, value: str | None) -> None:
    """Also one whose name alone was taken out: only both names can be forgotten."""
    other = five.now + timedelta(microseconds=1) if value is None else value
    tampered(five, update(rows).where(rows.c.id == 3).values({column: other}))

    assert found(five) == Broken(3, "altered")
    assert found(five, newest=3) == Broken(3, "altered")


def test_one_row_that_was_sealed_anew(five: World) -> None:
    """By somebody who knows how, and leaves what follows as it is: the next row remembers."""
    with five.database.reading() as db:
        second, third = db.run(select(rows).where(rows.c.id.in_([2, 3])).order_by(rows.c.id)).all()
    names = audit.names_digest(third.blind, third.actor, third.object)
    seal = audit.sealed(second.seal, 3, third.at, third.action, "二", names)
    tampered(five, update(rows).where(rows.c.id == 3).values(detail="二", seal=seal))

    assert found(five) == Broken(4, "altered")


def test_a_row_that_was_taken_out(five: World) -> None:
    tampered(five, delete(rows).where(rows.c.id == 2))
    assert found(five) == Broken(2, "missing")


def test_rows_that_changed_places(five: World) -> None:
    swap = [(2, 99), (3, 2), (99, 3)]
    tampered(five, *(update(rows).where(rows.c.id == a).values(id=b) for a, b in swap))
    assert found(five) == Broken(2, "altered")


def test_an_end_that_was_cut_off(five: World) -> None:
    tampered(five, delete(rows).where(rows.c.id > 3))
    assert found(five) == Broken(4, "cut")


def test_an_end_that_was_cut_off_with_its_mark(five: World) -> None:
    """Inside the database nothing is wrong; who kept the end outside sees it."""
    before = end(five)
    with five.database.reading() as db:
        third = db.run(select(rows.c.seal).where(rows.c.id == 3)).scalar_one()
    tampered(five, delete(rows).where(rows.c.id > 3), update(ends).values(last=3, seal=third))

    assert found(five) == Holds(Head(3, third), 0)
    assert found(five, (before,)) == Broken(4, "cut")


def test_a_row_beside_the_chain(five: World) -> None:
    with five.database.reading() as db:
        row = dict(db.run(select(rows).where(rows.c.id == 5)).one()._mapping)
    tampered(five, insert(rows).values({**row, "id": 6}))
    assert found(five) == Broken(6, "added")


def test_a_chain_that_was_written_anew(five: World) -> None:
    """By somebody who knows how: it holds, but it is not the one that was kept outside."""
    before = end(five)
    with five.database.unit_of_work() as db:
        told: list[Row] = [dict(row._mapping) for row in db.run(select(rows).order_by(rows.c.id))]
        db.run(delete(rows))
        db.run(delete(ends))
        told[2] = {**told[2], "actor": "李四"}
        audit.chain(db, told)

    assert isinstance(found(five), Holds)
    assert found(five, (before,)) == Broken(5, "rewritten")


def test_whoever_is_forgotten_leaves_the_chain_whole(world: World) -> None:
    wang = world.member("王芳")
    noted(world, "bind", "consent", "enter_console", actor="王芳")
    noted(world, "bind", actor="李四")
    wang.says("删除我的数据")
    wang.taps("确认删除")

    with world.database.reading() as db:
        named = select(rows.c.actor, rows.c.action).order_by(rows.c.id)
        left = [tuple(row) for row in db.run(named).all()]
    assert left[:3] == [("", "bind"), ("", "consent"), ("王芳", "enter_console")]
    assert ("李四", "bind") in left
    holds = found(world)
    assert isinstance(holds, Holds)
    assert holds.forgotten == 2


def test_what_is_forgotten_cannot_be_found_by_trying(world: World) -> None:
    noted(world, "bind", actor="王芳")
    with world.database.reading() as db:
        blind = db.run(select(rows.c.blind)).scalar_one()
    with world.database.unit_of_work() as db:
        audit.forget(db, "王芳")
        [digest] = db.run(select(rows.c.blind)).scalars()
    assert digest == audit.names_digest(blind, "王芳", "member:王芳")
    assert blind not in digest
    assert len(blind) == 32


def test_what_fails_is_not_in_the_chain(world: World) -> None:
    with world.database.unit_of_work() as db:
        audit.note(db, "甲", "one", "", world.now)
        with pytest.raises(RuntimeError):
            fail_apart(db, world)
        with db.apart():
            audit.note(db, "丙", "three", "", world.now)
    with pytest.raises(RuntimeError):
        work_and_fail(world)

    with world.database.reading() as db:
        assert db.run(select(rows.c.action).order_by(rows.c.id)).scalars().all() == ["one", "three"]
    assert isinstance(found(world), Holds)


def fail_apart(db: Session, world: World) -> None:
    with db.apart():
        audit.note(db, "乙", "two", "", world.now)
        raise RuntimeError


def work_and_fail(world: World) -> None:
    with world.database.unit_of_work() as db:
        audit.note(db, "丁", "four", "", world.now)
        raise RuntimeError


def test_many_write_at_once(world: World) -> None:
    """Processes and threads: one order, no gap, and nobody waits for another in a circle."""
    start = Barrier(6)

    def write(who: int) -> None:
        start.wait()
        for n in range(20):
            noted(world, f"a{n}", f"b{n}", actor=f"M{who}")

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(6)))

    holds = found(world)
    assert isinstance(holds, Holds)
    assert holds.head.last == 240


def test_what_a_page_puts_on_record_is_in_it(world: World) -> None:
    with world.database.looking() as db:
        audit.note(db, "张一", "read_member", "member:李四", world.now)
    assert end(world).last == 1
    assert isinstance(found(world), Holds)


def test_the_end_is_kept_outside_every_night(five: World, tmp_path: Path) -> None:
    file = housekeeping_file(five, tmp_path)
    kept = trail.kept(file)
    assert kept == [end(five)]
    nightly(five, file)
    assert trail.kept(file) == kept
    assert file.stat().st_mode & 0o077 == 0

    noted(five, "enter_console")
    tampered(five, update(rows).where(rows.c.id == 2).values(detail="三"))
    nightly(five, file)

    assert trail.kept(file) == kept
    with five.database.reading() as db:
        [alert] = alerts.open_ones(db)
    assert (alert.what, alert.detail) == ("audit_broken", "altered 2")


def test_after_a_restore_the_chain_goes_on_from_there(five: World, tmp_path: Path) -> None:
    file = housekeeping_file(five, tmp_path)
    with five.database.reading() as db:
        third = db.run(select(rows.c.seal).where(rows.c.id == 3)).scalar_one()
    tampered(five, delete(rows).where(rows.c.id > 3), update(ends).values(last=3, seal=third))
    assert found(five, tuple(trail.kept(file))) == Broken(4, "cut")

    noted(five, "restore", actor="operator")
    with five.database.reading() as db:
        trail.keep_outside(db, file, five.now, restored=True)

    assert isinstance(found(five, tuple(trail.kept(file))), Holds)


def housekeeping_file(world: World, folder: Path) -> Path:
    file = folder / "zhibu.audit.jsonl"
    nightly(world, file)
    return file


def nightly(world: World, file: Path) -> None:
    monkeypatch = pytest.MonkeyPatch()
    with monkeypatch.context() as patch:
        patch.setattr(trail, "place", lambda _: file)
        with world.database.unit_of_work() as db:
            for part in housekeeping.trail_in_parts(db, world.now):
                part(db)


def test_the_digest_tells_where_a_name_ends() -> None:
    assert audit.names_digest("a", "b", "c") != audit.names_digest("a", "bc", "")


def test_one_row_at_the_end_says_how_far(five: World, database: Database) -> None:
    with database.reading() as db:
        assert db.run(select(ends)).one().last == rows_in(db)


def rows_in(db: Session) -> int:
    return len(db.run(select(rows.c.id)).all())
