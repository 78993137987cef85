"""`zhibu export`: the registers, as the files from which they can be imported."""

from contextlib import closing
from pathlib import Path

import typer

from bot import clock
from bot.commands.opening import fail, open_database
from bot.files import text as files
from bot.files.tables import Unreadable
from bot.files.writing import as_yaml, put, write
from bot.settings import Settings
from handlers.registry import actions, text
from handlers.registry.actions import Listing


def export_file(what: str, file: Path, *, force: bool) -> None:
    if file.exists() and not force:
        fail(files.THERE_ALREADY)
    with closing(open_database(Settings())) as database, database.unit_of_work() as db:
        listed = actions.export(db, Listing(what), now=clock.now(), actor="operator")
    try:
        if listed.document and file.suffix in {".yaml", ".yml"}:
            put(file, as_yaml(listed.document))
        else:
            write(file, what, listed.columns, listed.rows)
    except Unreadable as trouble:
        fail(f"{file.name}：{trouble}")
    except OSError as trouble:
        fail(files.cannot_write(file.name, trouble.strerror or ""))
    typer.echo(text.exported(what, len(listed.rows), file.name))
