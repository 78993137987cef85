"""`zhibu run`: everything, until it is told to stop."""

import asyncio
import fcntl
import gc
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

import typer

from bot import clock, logs
from bot.commands import text
from bot.commands.demo import show_demo
from bot.commands.opening import fail, open_database
from bot.platforms import Incomplete
from bot.settings import Settings
from storage import alerts, console, keyring, sidecar, tombstones, trail
from storage.database import Database

BACKLOG = 4096
"""Connections that may wait to be accepted: at 8:30 they all come at once."""
SLOW = 15
"""Seconds in which a request must have told its headers."""
HEAD = 8192
"""Bytes that a request's headers may have, and that each of a thousand connections holds."""

FRUGAL = "narenas:1,dirty_decay_ms:0,muzzy_decay_ms:0"
"""For the server's allocator, read when it is loaded: what a crowd took is given back at once.
It waits for us, not for memory; 20 MB less after a thousand connections, and no slower."""


def run(host: str | None, port: int | None) -> None:
    settings = Settings()
    settings.host, settings.port = host or settings.host, port or settings.port
    logs.set_up(settings.log_level)
    if taken(settings.host, settings.port):
        fail(text.PORT_TAKEN.format(port=settings.port, other=settings.port + 1))
    database = open_database(settings, migrate=True)
    with alone(settings):
        live(settings, database)


def live(settings: Settings, database: Database) -> None:
    with database.unit_of_work() as db:  # another's tool may have restored an older database
        erased = tombstones.place(settings.database_url)
        tombstones.reapply(db, erased)
        tombstones.keep_outside(db, erased)
    look_back(settings, database)
    put_under_key(settings, database)
    if settings.demo is not False:
        show_demo(database)
    import uvloop

    try:
        uvloop.run(serve(settings, database))
    except Incomplete as trouble:
        fail(text.INCOMPLETE.format(missing=trouble))


def alone(settings: Settings) -> IO[str]:
    """What nobody else has until it is closed, or we end, however we do: of an SQLite database one
    process is the writer. With PostgreSQL anybody may."""
    if not settings.database_url.startswith("sqlite:///"):
        return Path(os.devnull).open()
    file = sidecar.place(settings.database_url, "running").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        fail(text.RUNS_ALREADY)
    return file


def look_back(settings: Settings, database: Database) -> None:
    """Whether what was on record when we last looked is there still. What was committed last is
    gone where somebody has deleted a `-wal`, or copied the `.db` alone."""
    file = trail.place(settings.database_url)
    with database.unit_of_work() as db:
        match trail.verify(db, trail.kept(file), newest=1):
            case trail.Holds():
                trail.keep_outside(db, file, clock.now())
            case trail.Broken(row, how):
                alerts.raise_(db, "audit", "audit_broken", f"{how} {row}", clock.now())
                typer.secho(text.trail_broken(row, how), err=True, fg="red")
                typer.echo(text.TRAIL_REMEDY.format(file=file), err=True)


def put_under_key(settings: Settings, database: Database) -> None:
    """Secrets from before there were keys. Whoever only checks in is not stopped by a lost one."""
    keys = keyring.at(settings.key_file, settings.database_url)
    try:
        with database.unit_of_work() as db:
            console.reseal(db, keys)
    except (keyring.KeyMissing, keyring.Damaged):
        typer.secho(text.KEY_MISSING.format(file=keys.file), err=True, fg="red")
        typer.echo(text.KEY_REMEDY, err=True)


async def serve(settings: Settings, database: Database) -> None:
    os.environ.setdefault("_RJEM_MALLOC_CONF", FRUGAL)
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings
    from granian.server.embed import Server

    from bot.app import assistant

    whole = assistant(settings, database)
    server = Server(
        whole.webhooks(),
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,
        websockets=False,
        backlog=BACKLOG,
        http1_settings=HTTP1Settings(header_read_timeout=SLOW * 1000, max_buffer_size=HEAD),
        log_enabled=False,
    )
    names = [each.name for each in whole.platforms if each.name != "webchat"]
    typer.echo(
        text.STARTED.format(
            web=f"http://{settings.host}:{settings.port}/chat",
            web_console=f"http://{settings.host}:{settings.port}/console",
            database=text.where(settings.database_url),
            platforms="、".join(names) or text.NO_PLATFORM,
        )
    )
    gc.collect()
    gc.freeze()  # what is there now stays: no use in looking through it again and again
    serving = asyncio.ensure_future(server.serve())
    stop_on_signal(whole.hush, server.stop)
    with suppress(asyncio.CancelledError):
        await serving


def stop_on_signal(*steps: Callable[[], None]) -> None:
    import signal

    def stop() -> None:
        for step in steps:
            step()

    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(each, stop)


def taken(host: str, port: int) -> bool:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError:
            return True
    return False
