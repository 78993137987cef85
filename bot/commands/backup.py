"""`zhibu backup` while it runs, and `zhibu restore` while it does not. For SQLite; PostgreSQL has
tools of its own, which docs/operations.md names."""

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import typer
from rich.progress import BarColumn, Progress, TextColumn
from sqlalchemy.engine import make_url

from bot import clock
from bot.commands import text
from bot.commands.opening import fail
from bot.settings import Settings
from storage import audit, migrating, outbox, tombstones, trail
from storage.database import Database

PAGES = 2_000
"""Copied at a time; in between, the assistant goes on writing."""


def backup(to: Path | None) -> None:
    source = database_file()
    target = to or source.parent / "backups" / f"zhibu-{clock.now():%Y%m%d-%H%M%S}.db"
    if target.exists():
        fail(text.BACKUP_EXISTS.format(file=target))
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".unfinished")
    copy(source, unfinished)
    if trouble := broken(unfinished):
        unfinished.unlink()
        fail(text.RESTORE_BROKEN.format(file=target, reason=trouble))
    unfinished.chmod(0o600)
    unfinished.rename(target)
    typer.echo(text.BACKED_UP.format(file=target, size=target.stat().st_size // 1024))


def restore(backup: Path) -> None:
    target = database_file(must_exist=False)
    if not backup.exists():
        fail(text.RESTORE_BROKEN.format(file=backup, reason=text.NO_SUCH_FILE))
    if trouble := broken(backup):
        fail(text.RESTORE_BROKEN.format(file=backup, reason=trouble))
    shape = shape_of(backup)
    if shape == "newer":
        fail(text.RESTORE_NEWER.format(file=backup))
    if in_use(target):
        fail(text.RESTORE_BUSY)
    remember_erased(target)
    kept = put_aside(target, clock.now())
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(backup, target)
    restored = Database(f"sqlite:///{target}")
    migrating.migrate(restored)
    with restored.unit_of_work() as db:
        trail.keep_outside(db, trail.place(f"sqlite:///{target}"), clock.now(), restored=True)
        held = outbox.hold_restored(db, clock.now())
        again = tombstones.reapply(db, tombstones.place(f"sqlite:///{target}"))
        audit.note(db, "operator", "restore", "database:", clock.now(), backup.name)
    restored.close()
    typer.echo(text.RESTORED.format(file=backup, kept=kept or text.NOTHING))
    if held:
        typer.echo(text.LETTERS_HELD.format(count=held))
    if again:
        typer.echo(text.ERASED_AGAIN.format(count=len(again)))


def remember_erased(path: Path) -> None:
    """Who was deleted since the backup is known only to the database that is put aside."""
    if not path.exists() or broken(path) or shape_of(path) != "current":
        return
    opened = Database(f"sqlite:///{path}")
    with opened.reading() as db:
        tombstones.keep_outside(db, tombstones.place(f"sqlite:///{path}"))
    opened.close()


def database_file(*, must_exist: bool = True) -> Path:
    url = make_url(Settings().database_url)
    if not url.drivername.startswith("sqlite"):
        fail(text.ONLY_SQLITE)
    path = Path(url.database or "")
    if must_exist and not path.exists():
        fail(text.NO_DATABASE.format(database=path))
    return path


def copy(source: Path, target: Path) -> None:
    """A consistent copy of one moment, by SQLite's own means: files are never copied while in
    use. The moment is held until the end: else each write of the assistant's would begin the copy
    anew, and on a busy morning it would never end."""
    bar = Progress(TextColumn(text.BACKING_UP), BarColumn(), TextColumn("{task.percentage:.0f}%"))
    live, saved = sqlite3.connect(source), sqlite3.connect(target)
    with closing(live), closing(saved), bar:
        task = bar.add_task("")

        def progress(_: int, remaining: int, total: int) -> None:
            bar.update(task, total=total, completed=total - remaining)

        live.execute("BEGIN")
        live.execute("SELECT 1 FROM sqlite_master").fetchone()
        live.backup(saved, pages=PAGES, progress=progress, sleep=0.01)


def broken(path: Path) -> str:
    """What is wrong with a database file; empty when nothing is."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as opened:
            found = opened.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        return str(error)
    return "" if found == "ok" else str(found)


def shape_of(path: Path) -> migrating.State:
    opened = Database(f"sqlite:///{path}")
    try:
        with opened.readers.connect() as connection:
            return migrating.state(connection)
    finally:
        opened.close()


def in_use(path: Path) -> bool:
    """Whether a process holds the database open: then it cannot leave WAL mode."""
    if not path.exists():
        return False
    opened = sqlite3.connect(path, timeout=0.5)
    try:
        mode = opened.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
        return str(mode) != "delete"
    except sqlite3.OperationalError:
        return True
    finally:
        opened.close()


def put_aside(path: Path, now: datetime) -> Path | None:
    if not path.exists():
        return None
    kept = path.with_name(f"{path.stem}-before-restore-{now:%Y%m%d-%H%M%S}{path.suffix}")
    path.rename(kept)
    for leftover in ("-wal", "-shm"):
        path.with_name(path.name + leftover).unlink(missing_ok=True)
    return kept
