"""A year of duties for a city: 238 branches, 13,000 members, one core. Floor: under 5 s."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import func, select, update

from benchmarks import town
from bot.clock import HOME
from handlers.duties.actions import planning
from storage import members, organisation
from storage.database import Database, table
from storage.duties import Duty
from storage.members import Member
from storage.organisation import Organisation

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=HOME)
BRANCHES, PEOPLE = 238, 13_000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder)}/town.db"
        town.build(url, PEOPLE, BRANCHES, NOW)
        database = Database(url)
        complete_the_registers(database)
        book = planning.rulebook()
        for what in ("planned", "planned again, nothing new"):
            with timed(what), database.unit_of_work() as db:
                planned = planning.plan(db, book, NOW)
            print(f"  {planned}")
        with database.unit_of_work() as db:
            db.run(
                update(table(Organisation)).where(table(Organisation).c.id == "B7"),
                {"theme_day": 21},
            )
            organisation.changed(db)
        with timed("planned again, one theme day moved"), database.unit_of_work() as db:
            print(f"  {planning.plan(db, book, NOW)}")
        with database.reading() as db:
            count = db.run(select(func.count()).select_from(table(Duty))).scalar()
        print(f"  {count} duties")
        database.close()


def complete_the_registers(database: Database) -> None:
    """So that nothing is missing, and every rule has to be worked out."""
    with database.unit_of_work() as db:
        days = {"theme_day": 8, "dues_day": 10, "elected_on": date(2024, 3, 12)}
        db.run(update(table(Organisation)).values(**days, has_committee=True))
        joined = {"accepted_on": date(2006, 8, 19), "full_on": date(2007, 8, 19)}
        db.run(update(table(Member)).values(**joined, theme_opt_in=True))
        organisation.changed(db)
        members.changed(db)


@contextmanager
def timed(what: str) -> Iterator[None]:
    began, used = time.perf_counter(), time.process_time()
    yield
    seconds, cpu = time.perf_counter() - began, time.process_time() - used
    print(f"{what}: {seconds:.2f} s, of which {cpu:.2f} s on the processor", flush=True)


if __name__ == "__main__":
    main()
