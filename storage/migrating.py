"""Bringing a database to the shape that this program expects, and knowing when it is not."""

import pkgutil
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Connection, inspect
from sqlalchemy import text as sql

import storage
from storage.database import Database

if TYPE_CHECKING:
    from alembic.config import Config

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
    with database.engine.connect() as connection:
        if to == "head" and state(connection) == "current":
            return
    from alembic import command  # it takes 12 MB, which a start with nothing to do can spare

    with database.engine.begin() as connection:
        if state(connection) == "newer":
            raise NewerDatabase
        if to == "base" or (to != "head" and _is_before(to, revision(connection))):
            command.downgrade(_config(connection), to)
        else:
            command.upgrade(_config(connection), to)


def write_migration(database: Database, message: str) -> None:
    """A draft of the step from the database's shape to the tables in the source."""
    from alembic import command

    number = f"{len(_revisions()) + 1:04d}"
    with database.engine.begin() as connection:
        command.revision(_config(connection), message, autogenerate=True, rev_id=number)


State = Literal["empty", "current", "behind", "newer"]


def state(connection: Connection) -> State:
    """How the database compares with this program."""
    at = revision(connection)
    if at is None:
        return "empty"
    known = _revisions()
    if at == known[-1]:
        return "current"
    return "behind" if at in known else "newer"


def revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    at: str | None = connection.execute(sql("SELECT version_num FROM alembic_version")).scalar()
    return at


def _is_before(to: str, at: str | None) -> bool:
    return at is not None and to < at


def _revisions() -> list[str]:
    """The oldest first: files are named by their number."""
    return sorted(path.name.partition("_")[0] for path in FOLDER.glob("versions/[0-9]*.py"))


def _config(connection: Connection) -> "Config":
    from alembic.config import Config

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
