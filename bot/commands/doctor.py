"""`zhibu doctor`: what is in order, what is not, and what to do about it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal, TypeVar

import typer
from sqlalchemy import text as sql
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from bot import clock
from bot.commands import text
from bot.settings import Settings
from scheduler import text as wording
from storage import alerts, backlog, console, keyring, migrating, trail
from storage.database import Database, Session
from storage.workdays import Calendar, calendar, missing

Value = TypeVar("Value")
Grade = Literal["ok", "note", "wrong"]
SKEW = timedelta(seconds=60)
"""PROMISES.md C4: from here on the two clocks are not told apart by chance."""


@dataclass(frozen=True)
class Finding:
    grade: Grade
    what: str
    remedy: str = ""


def doctor() -> None:
    """Leaves with 1 when something is wrong."""
    settings = Settings()
    findings = [finding for check in CHECKS for finding in check(settings)]
    for each in findings:
        mark, colour = MARKS[each.grade]
        typer.secho(f"{mark} {each.what}", fg=colour)
        if each.remedy:
            typer.echo(f"    {each.remedy}")
    if any(each.grade == "wrong" for each in findings):
        raise typer.Exit(1)


def database(settings: Settings) -> Iterator[Finding]:
    where = text.where(settings.database_url)
    if (opened := existing(settings)) is None:
        yield Finding("note", text.NO_DATABASE.format(database=where), text.NO_DATABASE_REMEDY)
        return
    try:
        with opened.readers.connect() as connection:
            shape = migrating.state(connection)
            yield Finding("ok", text.DATABASE_OK.format(database=where))
            yield from SHAPES[shape]
            yield from durability(opened, settings)
            yield from clocks(connection.execute(sql(NOW[opened.engine.dialect.name])).scalar_one())
    except DBAPIError as error:
        reason = str(error.orig).splitlines()[0]
        told = text.CANNOT_CONNECT.format(database=where, reason=reason)
        yield Finding("wrong", told, text.CANNOT_CONNECT_REMEDY)
    finally:
        opened.close()


def durability(database: Database, settings: Settings) -> Iterator[Finding]:
    """What is acknowledged must survive a power cut."""
    if database.engine.dialect.name == "sqlite":
        with database.readers.connect() as connection:
            mode = connection.execute(sql("PRAGMA journal_mode")).scalar_one()
            level = connection.execute(sql("PRAGMA synchronous")).scalar_one()
        if (mode, level) != ("wal", 2):
            yield Finding("wrong", text.NOT_DURABLE.format(found=f"{mode}/{level}"))
        yield from log_of(Path(f"{database.engine.url.database}-wal"))
        return
    with database.readers.connect() as connection:
        commit = connection.execute(sql("SHOW synchronous_commit")).scalar_one()
        fsync = connection.execute(sql("SHOW fsync")).scalar_one()
    if commit == "off" or fsync == "off":
        found = f"synchronous_commit={commit}, fsync={fsync}"
        yield Finding("wrong", text.NOT_DURABLE.format(found=found), text.NOT_DURABLE_REMEDY)


def log_of(file: Path) -> Iterator[Finding]:
    """It is emptied all the time, unless somebody reads and never comes to an end."""
    size = file.stat().st_size if file.exists() else 0
    if size > LOG_MOST:
        megabytes = size // 1_000_000
        yield Finding("wrong", text.LOG_GROWS.format(size=megabytes), text.LOG_REMEDY)


def clocks(theirs: datetime | str) -> Iterator[Finding]:
    at = datetime.fromisoformat(theirs) if isinstance(theirs, str) else theirs
    skew = abs(clock.now() - at)
    if skew > SKEW:
        seconds = round(skew.total_seconds())
        yield Finding("wrong", text.CLOCK_SKEW.format(seconds=seconds), text.CLOCK_REMEDY)


def zone(settings: Settings) -> Iterator[Finding]:
    yield Finding(
        "ok", text.ZONE.format(zone=settings.timezone, now=f"{clock.now():%Y-%m-%d %H:%M}")
    )


def workdays(settings: Settings) -> Iterator[Finding]:
    """No package knows the next year before the State Council has said, usually in November."""
    today = clock.now().date()
    known = read(settings, calendar) or Calendar()  # without a database, as the package counts
    absent = missing(known, today)
    for year in (today.year, today.year + 1):
        if year in absent:
            yield Finding("note", text.WORKDAYS_MISSING.format(year=year), text.WORKDAYS_REMEDY)
        elif known.is_known(year):
            yield Finding("ok", text.WORKDAYS_OK.format(year=year))


def rules(settings: Settings) -> Iterator[Finding]:
    """Whether the file of rules can be read; what is wrong in it is named by line."""
    from bot.commands.plan import faults_of
    from handlers.duties.actions.planning import RulesUnusable, rulebook
    from handlers.duties.text.rulebook import not_usable

    try:
        book = rulebook()
    except RulesUnusable as trouble:
        remedy = "\n    ".join(faults_of(trouble))
        yield Finding("wrong", not_usable(len(trouble.faulty.faults)), remedy)
    except OSError as trouble:
        told = text.NO_RULES.format(file=settings.rules, reason=trouble.strerror)
        yield Finding("wrong", told)
    else:
        yield Finding("ok", text.RULES_OK.format(version=book.version))


def platforms(settings: Settings) -> Iterator[Finding]:
    from bot.app import PLATFORMS
    from bot.platforms import Incomplete

    async def nobody(_: object) -> None: ...

    for name, platform in PLATFORMS.items():
        try:
            connected = platform.connect(nobody)
        except (Incomplete, ValueError) as trouble:
            told = text.PLATFORM_WRONG.format(name=name, trouble=trouble)
            yield Finding("wrong", told, text.PLATFORM_REMEDY)
            continue
        if connected:
            yield Finding("ok", text.PLATFORM_OK.format(name=name))
        else:
            told = text.PLATFORM_ABSENT.format(name=name)
            yield Finding("note", told, text.PLATFORM_ABSENT_REMEDY.format(prefix=name.upper()))


def letters(settings: Settings) -> Iterator[Finding]:
    """What waits for longer than it should, which platform rests, and what a person has been told
    of and is not over."""
    now = clock.now()
    found = read(
        settings, lambda db: (backlog.look(db, now), backlog.ended(db, now), alerts.open_ones(db))
    )
    if found is None:
        return
    queue, ended, faults = found
    waits = round(queue.oldest.total_seconds() / 60)
    grade: Grade = "note" if waits > MINUTES_TO_WAIT else "ok"
    yield Finding(grade, text.letters(queue.waiting, waits, ended))
    yield from (Finding("note", wording.alert(each.what, each.detail)) for each in faults)
    for lane in queue.paused:
        told = text.LANE_PAUSED.format(name=lane.name, until=f"{lane.paused_until:%H:%M:%S}")
        yield Finding("note", told + lane.why, text.LANE_REMEDY)


def trails(settings: Settings) -> Iterator[Finding]:
    """Whether the record of who did what was touched; the last of it, for that takes a moment."""
    file = trail.place(settings.database_url)
    known = trail.kept(file)
    match read(settings, lambda db: trail.verify(db, known, newest=ROWS_TO_CHECK)):
        case trail.Holds(head, _):
            yield Finding("ok", text.TRAIL_OK.format(count=head.last))
        case trail.Broken(row, how):
            told = text.trail_broken(row, how)
            yield Finding("wrong", told, text.TRAIL_REMEDY.format(file=file))
        case None:
            pass


def codes(settings: Settings) -> Iterator[Finding]:
    """Whether the codes of the console can be compared: their key is not in the database."""
    keys = keyring.at(settings.key_file, settings.database_url)
    if lost := read(settings, lambda db: console.unreadable(db, keys)):
        told = text.KEY_MISSING.format(file=keys.file)
        yield Finding("wrong", f"{told}{text.those(lost)}", text.KEY_REMEDY)
    if keys.file.exists() and keys.file.stat().st_mode & 0o077:
        yield Finding("wrong", text.KEY_OPEN.format(file=keys.file))


def read(settings: Settings, look: Callable[[Session], Value]) -> Value | None:
    """What `look` returns; None where there is no database yet, or none that can be read: then the
    check `database` has said so."""
    if (opened := existing(settings)) is None:
        return None
    try:
        with opened.reading() as db:
            return look(db)
    except DBAPIError:
        return None
    finally:
        opened.close()


def existing(settings: Settings) -> Database | None:
    """None where there is no file yet: to look must not make one."""
    url = make_url(settings.database_url)
    if url.drivername.startswith("sqlite") and not Path(url.database or "").exists():
        return None
    return Database(settings.database_url)


LOG_MOST = 256_000_000
"""Bytes of SQLite's write-ahead log."""
ROWS_TO_CHECK = 20_000
MINUTES_TO_WAIT = 30
CHECKS: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
    database,
    zone,
    workdays,
    rules,
    platforms,
    letters,
    trails,
    codes,
)
MARKS = {"ok": ("✓", "green"), "note": ("·", "yellow"), "wrong": ("✗", "red")}
NOW = {"sqlite": "SELECT strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now')", "postgresql": "SELECT now()"}
SHAPES: dict[migrating.State, list[Finding]] = {
    "current": [Finding("ok", text.SHAPE_CURRENT)],
    "behind": [Finding("wrong", text.SHAPE_BEHIND, text.SHAPE_BEHIND_REMEDY)],
    "empty": [Finding("note", text.SHAPE_EMPTY, text.SHAPE_BEHIND_REMEDY)],
    "newer": [Finding("wrong", text.NEWER_DATABASE)],
}
