"""What most commands begin with: the settings, and the database in its right shape."""

import sqlite3
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import typer
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot import clock
from bot.commands import text
from bot.settings import Settings
from storage import migrating
from storage.database import Database

OLDEST_SQLITE = (3, 35, 0)
"""The first that answers an UPDATE with what it changed: by that letters are claimed."""


def fail(message: str) -> NoReturn:
    """Say what is wrong and what to do, and leave with 1."""
    typer.secho(message, err=True, fg="red")
    raise typer.Exit(1)


def open_database(settings: Settings, *, migrate: bool = False) -> Database:
    """The database in the shape that this program expects, or a clear word and the end."""
    url = settings.database_url
    if url.startswith("sqlite:///"):
        if sqlite3.sqlite_version_info < OLDEST_SQLITE:
            wanted = ".".join(map(str, OLDEST_SQLITE))
            fail(text.OLD_SQLITE.format(found=sqlite3.sqlite_version, wanted=wanted))
        file = Path(make_url(url).database or "")
        if not migrate and not file.exists():
            fail(text.NOT_MIGRATED)
        file.parent.mkdir(parents=True, exist_ok=True)
    database = Database(url)
    try:
        if migrate:
            migrating.migrate(database)
        else:
            with database.readers.connect() as connection:
                shape = migrating.state(connection)
            if shape == "newer":
                raise migrating.NewerDatabase
            if shape != "current":
                fail(text.NOT_MIGRATED)
    except migrating.NewerDatabase:
        fail(text.NEWER_DATABASE)
    except (DBAPIError, SQLAlchemyError) as error:
        reason = str(getattr(error, "orig", error)).splitlines()[0]
        fail(text.CANNOT_CONNECT.format(database=text.where(url), reason=reason))
    return database


def moment(words: str | None) -> datetime:
    """`--at`: ISO 8601; without a zone it is home time; without anything, now."""
    if not words:
        return clock.now()
    try:
        at = datetime.fromisoformat(words)
    except ValueError:
        fail(text.BAD_TIME.format(words=words))
    return at if at.tzinfo else at.replace(tzinfo=clock.HOME)
