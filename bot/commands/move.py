"""`zhibu move`: the whole database into another, while the assistant does not run."""

import shutil
from contextlib import closing
from pathlib import Path

import typer

from bot.commands import text
from bot.commands.opening import fail, open_database
from bot.commands.run import alone
from bot.settings import Settings
from storage import keyring, moving, sidecar, tombstones, trail


def move(to: str) -> None:
    settings = Settings()
    goal = settings.model_copy(update={"database_url": to})
    with (
        alone(settings),
        closing(open_database(settings)) as source,
        closing(open_database(goal, migrate=True)) as target,
    ):
        try:
            counts = moving.move(source, target)
        except moving.NotEmpty:
            fail(text.MOVE_NOT_EMPTY.format(database=text.where(to)))
        except moving.Different as trouble:
            fail(text.MOVE_DIFFERENT.format(table=trouble))
    take_along(settings.database_url, to)
    rows = sum(counts.values())
    typer.echo(text.MOVED.format(tables=len(counts), rows=rows, database=text.where(to)))


def take_along(old: str, new: str) -> None:
    """What lies beside a database belongs to it, and replaces nothing that lies there."""
    for there, here in zip(sidecars(old), sidecars(new), strict=True):
        if there.exists() and not here.exists():
            here.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(there, here)


def sidecars(url: str) -> list[Path]:
    return [tombstones.place(url), trail.place(url), sidecar.place(url, keyring.ENDING)]
