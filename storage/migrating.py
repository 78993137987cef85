"""Bringing a database to the shape that this program expects, and knowing when it is not."""

import pkgutil
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

import storage
from storage.database import Database

FOLDER = Path(__file__).parent.parent / "migrations"


class NewerDatabase(Exception):
    """The database was made by a newer program: nothing is touched."""


def load_tables() -> None:
    """Every file of `storage` declares its tables when it is imported."""
    for module in pkgutil.iter_modules(storage.__path__):
        import_module(f"storage.{module.name}")


def migrate(database: Database, to: str = "head") -> None:
    """Up to the newest shape, or to `to`, all or nothing. `NewerDatabase` when it cannot know
    what it would do."""
    with database.engine.begin() as connection:
        if state(connection) == "newer":
            raise NewerDatabase
        if to == "base" or (to != "head" and _is_before(to, revision(connection))):
            command.downgrade(_config(connection), to)
        else:
            command.upgrade(_config(connection), to)


def write_migration(database: Database, message: str) -> None:
    """A draft of the step from the database's shape to the tables in the source."""
    with database.engine.begin() as connection:
        command.revision(_config(connection), message, autogenerate=True)


State = Literal["empty", "current", "behind", "newer"]


def state(connection: Connection) -> State:
    """How the database compares with this program."""
    at = revision(connection)
    if at is None:
        return "empty"
    if at == _scripts().get_current_head():
        return "current"
    return "behind" if at in {each.revision for each in _scripts().walk_revisions()} else "newer"


def revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _is_before(to: str, at: str | None) -> bool:
    order = [each.revision for each in _scripts().walk_revisions()]
    return at is not None and order.index(to) > order.index(at)


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(FOLDER))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    return config


def render_item(kind: str, item: Any, context: Any) -> str | Literal[False]:
    """Migrations stand alone: our own column types by what they are in the database."""
    if kind == "type" and type(item).__module__.startswith("storage."):
        return f"sa.{item.impl!r}"
    if kind == "type" and type(item).__name__ == "AutoString":
        return "sa.String()"
    return False
