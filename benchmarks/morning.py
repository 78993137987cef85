"""The morning of a city: 238 branches, 13,000 members, one core. No unit of work may hold up the
chat for long: on SQLite whoever checks in waits for it."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from benchmarks import town
from benchmarks.duties import BRANCHES, NOW, PEOPLE, complete_the_registers
from scheduler import runs
from scheduler.timetable import TIMETABLE
from storage.database import Database, Session, table
from storage.outbox import Letter


class Watched(Database):
    """Notes how long each unit of work lasts."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.lasted: list[float] = []
        self.busy: list[float] = []
        """Of it on the processor: what a machine that does nothing else would take."""

    @contextmanager
    def unit_of_work(self) -> Iterator[Session]:
        began, used = time.perf_counter(), time.thread_time()
        with super().unit_of_work() as db:
            yield db
        self.lasted.append(time.perf_counter() - began)
        self.busy.append(time.thread_time() - used)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder)}/town.db"
        town.build(url, PEOPLE, BRANCHES, NOW - timedelta(3))
        database = Watched(url)
        complete_the_registers(database)
        for what, job, now in (
            ("the first plan", "duties.plan", NOW),
            ("the first morning", "morning", NOW),
            ("the next night", "duties.plan", NOW + timedelta(1)),
            ("the next morning", "morning", NOW + timedelta(1)),
            ("three days before the dues", "morning", datetime(2026, 12, 7, 9, tzinfo=NOW.tzinfo)),
        ):
            measured(database, what, job, now)
        database.close()


def measured(database: Watched, what: str, name: str, now: datetime) -> None:
    job = next(job for job in TIMETABLE if job.name == name)
    database.lasted.clear()
    database.busy.clear()
    before = count(database)
    began, used = time.perf_counter(), time.process_time()
    runs.strike(database, [job], now, "bench")
    seconds, cpu = time.perf_counter() - began, time.process_time() - used
    longest, busiest = max(database.lasted) * 1000, max(database.busy) * 1000
    print(
        f"{what}: {seconds:.2f} s, of which {cpu:.2f} s on the processor; {len(database.lasted)} "
        f"units of work, the longest {longest:.0f} ms, {busiest:.0f} ms of work; "
        f"{count(database) - before} letters",
        flush=True,
    )


def count(database: Database) -> int:
    with database.reading() as db:
        return int(db.run(select(func.count()).select_from(table(Letter))).scalar_one())


if __name__ == "__main__":
    main()
