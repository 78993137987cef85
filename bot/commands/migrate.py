"""`zhibu migrate`: the database in the shape that this program expects."""

from contextlib import closing

import typer

from bot.commands import text
from bot.commands.opening import open_database
from bot.settings import Settings
from storage import migrating
from storage.database import Database


def migrate(to: str, draft: str) -> None:
    settings = Settings()
    if draft:
        migrating.write_migration(Database(settings.database_url), draft)
        typer.echo(text.DRAFTED)
        return
    with closing(open_database(settings, migrate=True)) as database:
        if to != "head":
            migrating.migrate(database, to)
    typer.echo(text.MIGRATED.format(database=text.where(settings.database_url)))
