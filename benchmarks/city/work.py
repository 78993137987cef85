"""Tasks handed out, duties fulfilled, and who was seen doing what."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import func, select, text

from benchmarks.city.people import BRANCHES, OFFICE, PEOPLE, SECRETARY
from benchmarks.city.writing import AT_ONCE, Writing, at
from storage import audit
from storage.database import Database, Session, table
from storage.duties import Duty
from storage.tasks import Task, TaskItem, TaskStep

ITEMS, NOTES = 150, 350_000
OPEN = 12
"""Of the items, the last so many are not finished yet."""


def hand_out(writing: Writing, now: datetime) -> None:
    first = now.date() - timedelta(7 * (ITEMS // 3 - 5))
    days = [first + timedelta(7 * (n // 3)) for n in range(ITEMS)]
    items = (
        (n + 1, f"L{n // 10}", f"T{n % 10 + 1}", f"第{n + 1}项：报送工作总结", str(days[n]), "WC",
         OFFICE, at(days[n] - timedelta(20)))
        for n in range(ITEMS)
    )  # fmt: skip
    columns = ("id", "series", "number", "title", "due", "org_id", "issued_by", "issued_at")
    writing.put(TaskItem, columns, items)
    tasks = (
        (n * BRANCHES + b + 1, n + 1, f"B{b}", state(n, b), str(days[n]), at(days[n]), at(days[n]),
         f"M{b}" if state(n, b) == "reported" else "")
        for n in range(ITEMS)
        for b in range(BRANCHES)
    )  # fmt: skip
    columns = ("id", "item_id", "org_id", "state", "due", "since", "told_at", "reported_by")
    writing.put(Task, columns, tasks)
    writing.put(TaskStep, ("task_id", "at", "by", "step", "state"), steps(days))


def state(item: int, branch: int) -> str:
    if item < ITEMS - OPEN:
        return "closed"
    return ("issued", "signed", "working", "reported", "accepted", "closed")[(item + branch) % 6]


def steps(days: list[date]) -> Iterator[tuple[object, ...]]:
    for n, day in enumerate(days):
        for b in range(BRANCHES):
            for step, after in (("sign", "signed"), ("report", "reported"), ("close", "closed")):
                yield n * BRANCHES + b + 1, at(day), f"M{b}", step, after


def fulfil(db: Session, now: datetime) -> int:
    """Of what was due, nine of ten; how many there are in all."""
    db.run(
        text(
            "UPDATE duty SET state = 'done', done_on = due, fulfilled_by = 'member:M0' "
            "WHERE state = 'open' AND due < :today AND id % 10 <> 0"
        ),
        {"today": now.date().isoformat() if db.dialect == "sqlite" else now.date()},
    )
    return int(db.run(select(func.count()).select_from(table(Duty))).scalar_one())


def note(writing: Writing, now: datetime, database: Database) -> None:
    begins = now - timedelta(364)
    apart = timedelta(days=363) / NOTES
    sorts = ("read_attendance", "read_roster", "enter_console", "read_tasks", "decide_request")
    for some in range(0, NOTES, AT_ONCE):
        with database.unit_of_work() as db:
            for n in range(some, min(some + AT_ONCE, NOTES)):
                actor = SECRETARY if n % 50 == 0 else f"M{n % (BRANCHES * 2)}"
                object = f"member:M{n % PEOPLE}" if n % 2 else f"activity:{n % 900 + 1}"
                audit.note(db, actor, sorts[n % 5], object, begins + n * apart)
        writing.count(min(AT_ONCE, NOTES - some))
