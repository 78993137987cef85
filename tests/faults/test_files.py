"""D3, D7, D9, D17, D19 of the fault matrix: what becomes of a database that is a file."""

import os
import shutil
import socket
import sqlite3
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from resource import RLIMIT_NOFILE, getrlimit, setrlimit

import pytest
import typer
from rich.progress import Progress
from sqlalchemy import text as sql

from bot import clock
from bot.commands import backup, doctor, run
from bot.health import webhooks
from bot.settings import Settings
from bot.webhooks import Webhooks
from storage import alerts, audit, trail
from storage.database import LOG_KEPT, Database
from tests.commands.test_commands import Shell
from tests.commands.test_commands import demo as demo
from tests.commands.test_commands import shell as shell
from tests.faults.test_database import PEOPLE, ROUNDS, holds
from tests.serving import Serving

MANY = "x" * 100_000


def file_of(database: Database) -> Path:
    return Path(str(database.engine.url.database))


def write(database: Database) -> None:
    with database.unit_of_work() as db:
        audit.note(db, "张一", "x", "x:1", clock.now(), MANY)


def test_a_backup_while_it_is_written_to(
    on_sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """D17: at every step of the copy somebody checks in. It is whole, and of one moment; and it
    comes to its end: begun anew at each write it would not."""
    for _ in range(3):
        write(on_sqlite)
    steps = []

    class Meanwhile(Progress):
        def update(self, *_: object, **__: object) -> None:
            steps.append(1)
            if len(steps) < 500:
                write(on_sqlite)

    monkeypatch.setattr(backup, "Progress", Meanwhile)
    monkeypatch.setattr(backup, "PAGES", 50)
    backup.copy(file_of(on_sqlite), tmp_path / "copy.db")

    assert 3 <= len(steps) < 100
    assert backup.broken(tmp_path / "copy.db") == ""
    copied = Database(f"sqlite:///{tmp_path}/copy.db")
    with copied.reading() as db:
        found = trail.verify(db)
    copied.close()
    assert isinstance(found, trail.Holds)
    assert found.head.last == 3


def test_a_reader_that_goes_on_for_long(
    on_sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """D3: while somebody reads an old moment nothing can be taken out of the write-ahead log. When
    they are done, it is small again."""
    log = Path(f"{file_of(on_sqlite)}-wal")
    with on_sqlite.reading() as db:
        before = len(db.run(sql("SELECT id FROM audit")).all())
        for _ in range(120):
            write(on_sqlite)
        assert len(db.run(sql("SELECT id FROM audit")).all()) == before
        assert log.stat().st_size > 10_000_000
    write(on_sqlite)
    write(on_sqlite)
    assert log.stat().st_size <= LOG_KEPT


def test_the_doctor_sees_a_log_that_only_grows(
    demo: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(demo.url)
    write(database)
    assert "清不掉" not in demo("doctor")
    monkeypatch.setattr(doctor, "LOG_MOST", 50_000)
    assert "清不掉" in demo("doctor")
    database.close()


def test_an_old_sqlite_is_told_of(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """D7: before anything is touched; not by an error in the middle of a morning."""
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    assert "太旧，至少要 3.35.0" in shell("migrate")
    assert shell.code == 1


def test_one_process_writes(demo: Shell) -> None:
    """D7: no SQLite before 3.51.3 is safe where several do."""
    settings = Settings(database_url=demo.url)
    with run.alone(settings), pytest.raises(typer.Exit):
        run.alone(settings)
    with run.alone(settings):
        pass
    many = Settings(database_url="postgresql:///x")
    with run.alone(many), run.alone(many):
        pass


def test_what_was_committed_last_was_deleted(
    on_sqlite: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """D9: the `.db` without its `-wal`; the file beside it knows more."""
    write(on_sqlite)
    driven(on_sqlite, "PRAGMA wal_checkpoint(TRUNCATE)")
    write(on_sqlite)
    settings = Settings(database_url=on_sqlite.engine.url.render_as_string())
    run.look_back(settings, on_sqlite)
    assert capsys.readouterr().err == ""

    left = tmp_path / "left"
    left.mkdir()
    for name in ("alone.db", "alone.audit.jsonl"):
        shutil.copyfile(tmp_path / name, left / name)
    database = Database(f"sqlite:///{left}/alone.db")
    run.look_back(Settings(database_url=f"sqlite:///{left}/alone.db"), database)
    with database.reading() as db:
        [alert] = alerts.open_ones(db)
    database.close()

    assert (alert.what, alert.detail) == ("audit_broken", "cut 2")
    assert "操作记录从第 2 条起被删掉了" in capsys.readouterr().err


def driven(database: Database, words: str) -> None:
    with closing(sqlite3.connect(file_of(database))) as opened:
        opened.execute(words)


def test_no_file_can_be_opened(on_sqlite: Database) -> None:
    """D19: every handle of the process is used up. What was not written was not acknowledged; with
    handles again it works."""
    with ExitStack() as taken:

        def trouble(number: int) -> None:
            if number == 5:
                on_sqlite.close()  # the next visit has to open it
                use_up(taken)
            elif number == ROUNDS:
                taken.close()

        refused = holds(on_sqlite, trouble)
    assert refused == PEOPLE - 5 * PEOPLE // ROUNDS


def test_the_server_takes_visits_again(on_sqlite: Database) -> None:
    """D19: connections that come meanwhile wait at the door, and are served when there is room."""
    served = Serving(Webhooks(webhooks(on_sqlite)))
    host, port = served.url.removeprefix("http://").split(":")
    with ExitStack() as taken:
        visitors = [taken.enter_context(socket.socket()) for _ in range(3)]
        use_up(handles := taken.enter_context(ExitStack()))
        for each in visitors:
            each.connect((host, int(port)))
            each.sendall(b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        handles.close()
        answers = [each.recv(1000) for each in visitors]
    served.stop()
    assert all(each.startswith(b"HTTP/1.1 200") for each in answers)


def use_up(taken: ExitStack) -> None:
    soft, hard = getrlimit(RLIMIT_NOFILE)
    now = len(list(Path("/proc/self/fd").iterdir()))
    setrlimit(RLIMIT_NOFILE, (now + 20, hard))
    taken.callback(setrlimit, RLIMIT_NOFILE, (soft, hard))
    with suppress(OSError):
        while True:
            taken.callback(os.close, os.open(os.devnull, os.O_RDONLY))
