"""`zhibu import questions` and `zhibu export questions`."""

from contextlib import closing
from pathlib import Path

import typer

from bot import clock
from bot.commands.opening import fail, open_database
from bot.files import text as files
from bot.files.tables import Unreadable
from bot.settings import Settings
from handlers.bank import text
from handlers.bank.actions import importing, writing
from handlers.bank.actions.importing import Empty, Faulty, Homeless, Plan
from handlers.bank.actions.reading import findings
from handlers.bank.rules.found import Findings
from storage.database import Database

FIRST = 5
LIKENESSES = 20
"""Lines of each sort that the preview shows."""


def import_questions(file: Path, *, author: str, yes: bool, dry_run: bool) -> None:
    try:
        found = findings(file)
    except Unreadable as trouble:
        fail(f"{file.name}：{trouble}")
    with closing(open_database(Settings())) as database:
        with database.reading() as db:
            plan = importing.plan(db, found)
        match plan:
            case Faulty():
                refuse(plan)
            case Empty():
                fail(f"{file.name}：{text.NO_QUESTIONS}")
            case Plan():
                show(plan, found)
                ask_and_do(database, plan, found, author, yes=yes, dry_run=dry_run)


def ask_and_do(
    database: Database, plan: Plan, found: Findings, author: str, *, yes: bool, dry_run: bool
) -> None:
    if not plan.all:
        typer.echo(text.NOTHING_TO_DO)
    elif dry_run:
        typer.echo(text.ONLY_SHOWN)
    elif yes or typer.confirm(text.PROCEED):
        carry_out(database, found, author)
    else:
        typer.echo(text.NOT_IMPORTED)


def refuse(faulty: Faulty) -> None:
    typer.secho(text.not_possible(len(faulty.faults)), err=True, fg="red")
    for each in faulty.faults:
        typer.echo(text.fault(each), err=True)
    raise typer.Exit(1)


def show(plan: Plan, found: Findings) -> None:
    if plan.all:
        typer.echo(text.preview(plan.kinds, plan.topics))
        for id, question in list(plan.all.items())[:FIRST]:
            typer.echo("  " + text.one_line(id, question))
    for line, words in found.passed[:FIRST]:
        typer.secho(text.passed(line, words), fg="yellow")
    for each in plan.likenesses[:LIKENESSES]:
        typer.secho(text.like(each.what, each.id, each.other), fg="yellow")
    if len(plan.likenesses) > LIKENESSES:
        typer.secho(text.more_likenesses(len(plan.likenesses) - LIKENESSES), fg="yellow")
    typer.echo(text.sums(len(plan.new), len(plan.changed), plan.unchanged))


def carry_out(database: Database, found: Findings, author: str) -> None:
    """What is written is worked out again, from the bank as it is by now."""
    with database.unit_of_work() as db:
        plan = importing.plan(db, found)
        assert isinstance(plan, Plan)  # the file is the same
        done = importing.carry_out(db, plan, clock.now(), author=author)
    match done:
        case Homeless():
            fail(text.NO_ORGANISATION)
        case count:
            typer.echo(text.done(count))


def export_questions(file: Path, *, force: bool) -> None:
    if file.exists() and not force:
        fail(files.THERE_ALREADY)
    try:
        with closing(open_database(Settings())) as database, database.unit_of_work() as db:
            written = writing.export(db, file, clock.now(), actor="operator")
    except Unreadable:
        fail(f"{file.name}：{text.NO_SUCH_FORM}")
    except OSError as trouble:
        fail(files.cannot_write(file.name, trouble.strerror or ""))
    typer.echo(text.exported(written.count, file.name))
    if written.in_contests:
        typer.secho(text.in_contests(written.in_contests), fg="yellow")
    if written.left_out:
        typer.secho(text.left_out(written.left_out), fg="yellow")
