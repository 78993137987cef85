"""`zhibu import contests`: a contest from a file, with all its rounds, or not at all."""

from contextlib import closing
from pathlib import Path

import typer

from bot import clock
from bot.commands.opening import fail, open_database
from bot.files.reading import read
from bot.files.tables import Block, Unreadable
from bot.files.text import NOT_A_TABLE
from bot.settings import Settings
from handlers.contests.actions import running
from handlers.contests.actions.running import Impossible, Made
from handlers.contests.rules import reading
from handlers.contests.text import running as text


def import_contests(file: Path, *, author: str) -> None:
    try:
        root = read(file)
    except Unreadable as trouble:
        fail(f"{file.name}：{trouble}")
    if not isinstance(root, Block):
        fail(f"{file.name}：{NOT_A_TABLE}")
    plan = reading.read(root, clock.now())
    if plan.faults:
        for each in plan.faults:
            typer.echo(text.fault(each), err=True)
        raise typer.Exit(1)
    with closing(open_database(Settings())) as database, database.unit_of_work() as db:
        done = running.make(db, plan, author, clock.now())
    match done:
        case Impossible(reason):
            fail(f"{file.name}：{reason}")
        case Made(name, rounds):
            typer.echo(text.made(name, rounds))
