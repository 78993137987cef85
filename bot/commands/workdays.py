"""`zhibu import workdays`: the workdays and 调休 of a year that no package knows yet."""

from pathlib import Path

import typer

from bot import clock
from bot.commands.opening import fail, open_database
from bot.files.reading import read
from bot.files.tables import Fault, Unreadable
from bot.settings import Settings
from handlers.duties.rules.workdays import Arrangement, arrangements
from handlers.duties.text import workdays as text
from storage import audit, workdays
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


def contents(file: Path) -> list[Arrangement]:
    try:
        found = arrangements(read(file))
    except Unreadable as trouble:
        fail(f"{file.name}：{trouble}")
    faults = [each for each in found if isinstance(each, Fault)]
    if faults:
        fail("\n".join([text.not_possible(len(faults)), *map(text.fault, faults)]))
    return [each for each in found if isinstance(each, Arrangement)]


def write(database: Database, years: list[Arrangement]) -> None:
    now = clock.now()
    with database.unit_of_work() as db:
        for each in years:
            workdays.put(db, each.year, each.works, each.notes, workdays.IMPORTED, now)
            audit.note(db, "operator", "import_workdays", f"year:{each.year}", now)
