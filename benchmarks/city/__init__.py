"""A city after a year: 13,000 members, 280 organisations, 4.7 million records of what they did.

Every number is worked out from the row's own place, so that the same city comes out each time.
"""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import typer
from sqlalchemy import select, text
from sqlmodel import SQLModel

from benchmarks import town
from benchmarks.city import meetings, messages, people, study, work
from benchmarks.city.writing import Writing
from benchmarks.duties import NOW, complete_the_registers
from handlers.console.actions import entering
from handlers.duties.actions import planning
from handlers.reports.actions import drafting
from handlers.reports.rules import figures, spans
from handlers.reports.rules.freezing import Document
from storage import activities, audit, migrating
from storage.audit import AuditRow
from storage.database import Database, Session, table

__all__ = ["NOW", "PEOPLE", "RECORDS", "build", "records"]

PEOPLE, RECORDS = people.PEOPLE, 4_700_000
YEAR = timedelta(364)


def build(url: str, wanted: int = RECORDS) -> None:
    """Takes some minutes. The last thing written is `MADE`, by which `is_whole` knows it."""
    database = Database(url)
    migrating.migrate(database)
    label = f"{wanted:,} records"
    with typer.progressbar(length=wanted, label=label) as bar:
        writing = Writing(database, bar)
        settle(database)
        first = NOW.date() - YEAR
        steps: tuple[Callable[[], None], ...] = (
            lambda: meetings.hold(writing, first),
            lambda: messages.send(writing, NOW),
            lambda: work.hand_out(writing, NOW),
            lambda: study.ask(writing, NOW, database),
            lambda: work.note(writing, NOW, database),
        )
        for step in steps:
            step()
        writing.written += plan(database) + 3 * people.PEOPLE
        study.answer(writing, NOW, wanted - writing.written - 1)
    with database.unit_of_work() as db:
        activities.changed(db)
        tell(db)
        audit.note(db, "clock", MADE, "city:1", NOW, declared())
    database.close()


def tell(db: Session) -> None:
    """Circulars of the quarters, as drafts."""
    who = entering.who(db, people.OFFICE, NOW)
    for quarter in ("2026-Q1", "2026-Q2", "2026-Q3"):
        days = spans.days_of(quarter)
        if who and days:
            wanted = [each.id for each in figures.TABLE]
            match drafting.counted(db, who, "WC", days, "", NOW, wanted):
                case Document() as document:
                    drafting.kept(db, who, document, NOW)


MADE = "made_city"


def is_whole(database: Database) -> bool:
    """Written to its end, by the tables as they are declared now."""
    try:
        migrating.migrate(database)
        with database.reading() as db:
            row = table(AuditRow).c
            return declared() in db.run(select(row.detail).where(row.action == MADE)).scalars()
    except Exception:
        return False


def declared() -> str:
    """A digest of the tables as they are declared now."""
    files = sorted(Path(migrating.__file__).parents[1].glob("migrations/versions/*.py"))
    return hashlib.sha256(b"".join(each.read_bytes() for each in files)).hexdigest()[:16]


def settle(database: Database) -> None:
    with database.unit_of_work() as db:
        town.organisations(db, people.BRANCHES)
        town.population(db, people.PEOPLE, people.BRANCHES, NOW)
        people.live(db)
    complete_the_registers(database)
    with database.unit_of_work() as db:
        town.meeting(db, NOW - timedelta(minutes=30))


def plan(database: Database) -> int:
    """What was due over the year, most of it done; the duties of the year to come."""
    book = planning.rulebook()
    for moment in (NOW - timedelta(320), NOW):
        with database.unit_of_work() as db:
            planning.plan(db, book, moment)
    with database.unit_of_work() as db:
        return work.fulfil(db, NOW)


def records(database: Database) -> dict[str, int]:
    """Table to its rows, the largest first."""
    found = {}
    with database.reading() as db:
        for each in SQLModel.metadata.tables:
            found[each] = int(db.run(text(f'SELECT count(*) FROM "{each}"')).scalar_one())
    return dict(sorted(found.items(), key=lambda it: -it[1]))
