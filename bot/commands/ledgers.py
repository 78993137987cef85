"""`zhibu export ledger`: the year of a branch, or of every branch, as workbooks."""

from contextlib import closing
from datetime import datetime
from pathlib import Path

import typer
from rich.progress import track

from bot import clock
from bot.commands import text
from bot.commands.opening import fail, open_database
from bot.files import text as files
from bot.files.writing import put
from bot.settings import Settings
from handlers.reports.actions import tables
from handlers.reports.rules.tables import Table
from storage.database import Database

OPERATOR = ("operator", text.OPERATOR)


def export_ledger(file: Path | None, branch: str, year: int, *, force: bool) -> None:
    """One file for `branch`; one for each, into the folder `file`, where none is named."""
    now = clock.now()
    with closing(open_database(Settings())) as database:
        if branch:
            return typer.echo(text.written(export_one(database, file, branch, year, now, force)))
        folder = file or Path(text.LEDGERS)
        folder.mkdir(parents=True, exist_ok=True)
        with database.reading() as db:
            all_of_them = tables.branches(db, now)
        for each in track(all_of_them, text.LEDGERS, transient=True):
            export_one(database, folder / f"{each}-{year}.xlsx", each, year, now, force)
    return typer.echo(text.ledgers(len(all_of_them), folder.name))


def export_one(
    database: Database, file: Path | None, branch: str, year: int, now: datetime, force: bool
) -> str:
    """The name of the file. The names of members stand in it: it is only for its owner's eyes."""
    with database.looking() as db:
        try:
            name, days = tables.year_of(db, branch, year or now.year, now)
        except KeyError:
            fail(text.no_branch(branch))
        path = file or Path(text.ledger_name(name, days.name))
        if path.exists() and not force:
            fail(files.THERE_ALREADY)
        body = tables.as_file(db, Table.LEDGER, branch, days, now, by=OPERATOR, persons=True)
    try:
        put(path, body)
    except OSError as trouble:
        fail(files.cannot_write(path.name, trouble.strerror or ""))
    return path.name
