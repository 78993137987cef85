"""`zhibu import`: a file is read, what it would change is shown, and then done or not."""

import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NoReturn

import typer
from rich.console import Console
from rich.progress import Progress

from bot import clock
from bot.commands.opening import fail, open_database
from bot.files.reading import read
from bot.files.tables import Block, Table, Unreadable
from bot.settings import Settings
from handlers.registry import actions, text
from handlers.registry.actions import Applied, Entry, Faulty, Meanwhile, Plan, Subject
from handlers.tasks.actions import letters
from storage.database import Database

FIRST = 5
"""Entries of each sort that the preview names."""


def import_file(subject: str, file: Path, as_of: str, *, yes: bool, dry_run: bool) -> None:
    source = contents(file)
    now = clock.now()
    day = day_of(as_of) if as_of else now.date()
    with closing(open_database(Settings())) as database:
        with database.reading() as db:
            plan = actions.plan(db, Subject(subject), source, now=now, as_of=day)
        if isinstance(plan, Faulty):
            refuse(plan)
        show(plan)
        if not plan.writes:
            typer.echo(text.NOTHING_TO_DO)
        elif dry_run:
            typer.echo(text.ONLY_SHOWN)
        elif yes or typer.confirm(text.PROCEED):
            carry_out(database, plan, source)
        else:
            typer.echo(text.NOT_IMPORTED)


def day_of(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        fail(text.bad_day(words))


def contents(file: Path) -> Table | Block:
    try:
        return read(file)
    except Unreadable as trouble:
        fail(f"{file.name}：{trouble}")


def refuse(faulty: Faulty) -> NoReturn:
    typer.secho(text.not_possible(len(faulty.faults)), err=True, fg="red")
    for each in faulty.faults:
        typer.echo(text.fault(each), err=True)
    raise typer.Exit(1)


def show(plan: Plan) -> None:
    typer.echo(text.head(plan.subject, plan.as_of))
    for title, entries in (
        (text.NEW, plan.new),
        (text.CHANGED, plan.changed),
        (text.ENDED, plan.ended),
    ):
        for line in section(title, entries):
            typer.echo(line)
    for notice in plan.notices:
        typer.secho(notice, fg="yellow")
    typer.echo(text.sums(len(plan.new), len(plan.changed), len(plan.ended), plan.unchanged))


def section(title: str, entries: Sequence[Entry]) -> list[str]:
    if not entries:
        return []
    lines = [text.section(title, len(entries))]
    for each in entries[:FIRST]:
        changed = [text.change(it.column, it.before, it.after) for it in each.changes]
        lines.append("  " + "  ".join([each.id, each.name, "，".join(changed)]).rstrip())
    if len(entries) > FIRST:
        lines.append("  " + text.more(len(entries) - FIRST))
    return lines


def carry_out(database: Database, plan: Plan, source: Table | Block) -> None:
    """With a bar where somebody watches."""
    console = Console(stderr=True)
    with (
        Progress(console=console, transient=True, disable=not sys.stderr.isatty()) as progress,
        database.unit_of_work() as db,
    ):
        task = progress.add_task(text.WRITING, total=len(plan.writes))
        outcome = actions.apply(
            db, plan, source, actor="operator", wrote=lambda rows: progress.advance(task, rows)
        )
        told = letters.announce(db, plan.now) if plan.subject is Subject.TASKS else 0
    match outcome:
        case Applied():
            typer.echo(text.done(plan.subject, sum(1 for _ in plan.entries)) + text.told(told))
        case Meanwhile():
            fail(text.MEANWHILE)
