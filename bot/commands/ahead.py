"""`zhibu preview` and `zhibu why`: what will be said, and why something was."""

import logging
from datetime import datetime

import typer

from bot.commands import text as said
from bot.commands.opening import fail, moment, open_database
from bot.settings import Settings
from scheduler import ahead, text
from scheduler.timetable import TIMETABLE
from scheduler.why import why
from storage import members, organisation
from storage.database import Database
from storage.members import Member
from storage.organisation import Organisation


def preview(days: int, branch: str, to: str, at: str | None) -> None:
    database = open_database(Settings())
    logging.disable(logging.ERROR)  # what goes wrong in imagination alarms nobody
    try:
        show(database, moment(at), days, branch, to)
    finally:
        logging.disable(logging.NOTSET)
        database.close()


def show(database: Database, now: datetime, days: int, branch: str, to: str) -> None:
    wanted = chosen(database, now, branch, to)
    found = ahead.foresee(database, TIMETABLE, now, days)
    if wanted is not None:
        found = [each for each in found if each.to in wanted]
    for each in found:
        typer.secho(text.ahead(each.due, each.name, each.to, each.platform), bold=True)
        typer.echo("\n".join(f"  | {line}" for line in each.said.splitlines()))
        typer.echo("\n".join(f"  {line}" for line in each.why))
    if not found:
        typer.echo(text.NOTHING_AHEAD.format(days=days))
        return
    people = len({each.to for each in found})
    typer.echo(text.ALL_AHEAD.format(count=len(found), people=people))


def chosen(database: Database, now: datetime, branch: str, to: str) -> set[str] | None:
    """Whose messages are asked for; None: everybody's. Whoever is not known is named."""
    with database.reading() as db:
        if branch and db.get(Organisation, branch) is None:
            fail(said.NO_SUCH_ORGANISATION.format(id=branch))
        if to and db.get(Member, to) is None:
            fail(said.NO_SUCH_MEMBER.format(id=to))
        if not branch:
            return {to} if to else None
        orgs = organisation.tree(db, now.date()).below(branch)
        there = set(members.belonging(db, orgs, now.date()))
    return there & {to} if to else there


def explain(which: str) -> None:
    database = open_database(Settings())
    try:
        with database.reading() as db:
            found = why(db, which)
    finally:
        database.close()
    if found is None:
        fail(text.NO_LETTER.format(which=which))
    typer.echo("\n".join(found))
