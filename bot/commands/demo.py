"""`zhibu demo`: an organisation to try everything with."""

from contextlib import closing

import typer
from sqlalchemy import func, select

from bot import clock
from bot.commands import text
from bot.commands.opening import fail, open_database
from bot.commands.plan import plan_into
from bot.settings import Settings
from handlers.bank.actions.importing import load_demo as load_questions
from handlers.registry.actions.demo import Demo, load_demo
from storage.activities import Activity
from storage.database import Database, table
from storage.members import Member


def demo() -> None:
    with closing(open_database(Settings(), migrate=True)) as database:
        if show_demo(database) is Demo.OTHER_ORGANISATION:
            fail(text.DEMO_REFUSED)


def show_demo(database: Database) -> Demo:
    """Load it into an empty database; open something to check in to where it is loaded."""
    with database.unit_of_work() as db:
        done = load_demo(db, clock.now())
        if done is not Demo.OTHER_ORGANISATION:
            load_questions(db, clock.now())
        counted = [
            db.run(select(func.count()).select_from(table(t))).scalar() for t in (Member, Activity)
        ]
    match done:
        case Demo.LOADED:
            typer.echo(text.DEMO_LOADED.format(members=counted[0], activities=counted[1]))
            plan_into(database)
        case Demo.REFRESHED:
            typer.echo(text.DEMO_REFRESHED)
        case Demo.OTHER_ORGANISATION:
            pass
    return done
