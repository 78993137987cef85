"""`zhibu import workdays`: the workdays and 调休 of a year that no package knows yet."""

from collections.abc import Sequence
from pathlib import Path

import typer

from bot import clock
from bot.commands.opening import fail, open_database
from bot.files.reading import read
from bot.files.tables import Unreadable
from bot.settings import Settings
from handlers.duties.actions.workdays import look_at, put
from handlers.duties.rules.workdays import Arrangement
from handlers.duties.text import workdays as text
from storage import workdays
from storage.database import Database


def import_workdays(file: Path, *, yes: bool, dry_run: bool) -> None:
    years = contents(file)
    database = open_database(Settings())
    with database.reading() as db:
        known = workdays.calendar(db)
    for each in years:
        typer.echo(text.year(each.year, each.odd, known=known.is_known(each.year)))
    if not years:
        typer.echo(text.NOTHING)
    elif dry_run:
        typer.echo(text.ONLY_SHOWN)
    elif yes or typer.confirm(text.PROCEED):
        write(database, years)
        typer.echo(text.done([each.year for each in years]))
    else:
        typer.echo(text.NOT_IMPORTED)


def contents(file: Path) -> Sequence[Arrangement]:
    try:
        brought = look_at(read(file))
    except Unreadable as trouble:
        fail(f"{file.name}：{trouble}")
    if brought.faults:
        said = map(text.fault, brought.faults)
        fail("\n".join([text.not_possible(len(brought.faults)), *said]))
    return brought.years


def write(database: Database, years: Sequence[Arrangement]) -> None:
    with database.unit_of_work() as db:
        put(db, "operator", years, clock.now())
