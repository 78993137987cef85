"""`zhibu audit`: whether the record of who did what is still what was written."""

from contextlib import closing

import typer

from bot import clock
from bot.commands import text
from bot.commands.opening import fail, open_database
from bot.settings import Settings
from storage import trail


def check(restored: bool) -> None:
    """All of it. Leaves with 1 when it was touched."""
    settings = Settings()
    file = trail.place(settings.database_url)
    with closing(open_database(settings)) as database, database.reading() as db:
        found = trail.verify(db, () if restored else trail.kept(file))
        if isinstance(found, trail.Broken):
            fail(
                f"{text.trail_broken(found.row, found.how)}\n{text.TRAIL_REMEDY.format(file=file)}"
            )
        trail.keep_outside(db, file, clock.now(), restored=restored)
    if restored:
        typer.echo(text.TRAIL_RESTORED.format(row=found.head.last))
    typer.echo(text.TRAIL_OK.format(count=found.head.last))
    if found.forgotten:
        typer.echo(text.TRAIL_FORGOTTEN.format(count=found.forgotten))
    if found.head.last:
        typer.echo(text.TRAIL_HEAD.format(row=found.head.last, seal=found.head.seal))
