"""`zhibu plan`: the duties of the year ahead, from the rules and the registers."""

import typer

from bot import clock
from bot.commands import text
from bot.commands.opening import fail, open_database
from bot.settings import Settings
from handlers.duties.actions.planning import RulesUnusable, in_force, plan
from handlers.duties.text import rulebook as wording
from storage.database import Database


def plan_year() -> None:
    database = open_database(Settings())
    try:
        plan_into(database)
    finally:
        database.close()


def plan_into(database: Database) -> None:
    """Ends with a clear word when the rules cannot be used; the plan is then as it was."""
    try:
        with database.reading() as db:
            book = in_force(db)
    except RulesUnusable as trouble:
        fail("\n".join([wording.not_usable(len(trouble.faulty.faults)), *faults_of(trouble)]))
    except OSError as trouble:
        fail(text.NO_RULES.format(file=Settings().rules, reason=trouble.strerror))
    with database.unit_of_work() as db:
        done = plan(db, book, clock.now())
    typer.echo(wording.planned(book.version, done.new, done.altered, done.missing))


def faults_of(trouble: RulesUnusable) -> list[str]:
    """What has to be corrected in the file, a line each: where it is, and what may stand there."""
    faults = trouble.faulty.faults
    return [wording.fault(it.line, it.where, it.what, it.said, it.hint) for it in faults]
