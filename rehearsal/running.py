"""One rehearsal from beginning to end."""

import asyncio
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from bot.clock import HOME
from rehearsal import text
from rehearsal.city import City
from rehearsal.house import House, at_home
from rehearsal.judging import Verdict, judge
from rehearsal.life import Life
from rehearsal.year import Year
from sandbox import serving, virtual
from sandbox.clock import Clock
from sandbox.faults import Fault, Faults, Mishap
from sandbox.people import settle
from sandbox.processes import factory
from sandbox.stage import Stage
from sandbox.transcript import Transcript
from storage.database import Database

CALLS: Mapping[Fault, float] = {
    Fault.BUSY: 0.002,
    Fault.DOWN: 0.002,
    Fault.STALE: 0.001,
    Fault.PAGE: 0.002,
    Fault.PAGE_AFTER: 0.002,
    Fault.RESET_AFTER: 0.002,
    Fault.GARBLED_AFTER: 0.001,
    Fault.HANG_AFTER: 0.001,
}
VISITS: Mapping[Mishap, float] = {Mishap.LOST: 0.002, Mishap.DELAYED: 0.005, Mishap.TWICE: 0.005}
KILLS = 0.1
MEMORY = Path("/dev/shm")  # noqa: S108  # nobody minds what a rehearsal loses


def nothing(_: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Plan:
    members: int = 300
    branches: int = 6
    days: int = 30
    faults: bool = True
    seed: int = 1
    first: date = date(2026, 3, 1)
    database_url: str = ""
    transcript: Path | None = None
    told_of_day: Callable[[int], None] = field(default=nothing)


def rehearse(plan: Plan) -> Verdict:
    """Everything in memory's place: a new database unless one is named, which must be empty."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        url = plan.database_url or f"sqlite:///{Path(folder) / 'rehearsal.db'}"
        path = plan.transcript or Path(folder) / "transcript.jsonl"
        database = Database(url)
        if not plan.database_url:
            database.create_tables()
        try:
            city = City(plan.members, plan.branches)
            check_ins = virtual.run(live(plan, city, database, path))
            return judge(path, city, plan.days, check_ins)
        finally:
            database.close()


async def live(plan: Plan, city: City, database: Database, path: Path) -> int:
    """How many members were told that they are checked in."""
    loop = asyncio.get_running_loop()
    loop.set_task_factory(factory)
    morning = datetime.combine(plan.first, time(0, 1), HOME)
    clock, stands = Clock(morning.timestamp()), serving.stands("http://assistant")
    settle(stands, plan.members)
    faults = Faults(plan.seed, CALLS, VISITS) if plan.faults else Faults(plan.seed)
    with Transcript(path) as transcript:
        stage = Stage(stands, clock, transcript, faults)
        judged = {"lease": 3600, "grace": 10, "night": [21, 8], "again": text.RESENT, "most": 3}
        transcript.note("settings", clock.now(), **judged, one_token=True)
        city.settle(database, transcript, clock.now(), morning)
        homes: list[House] = []
        with at_home(stage, lambda: homes[0].now()):
            homes.append(House(database, stage, plan.seed, KILLS if plan.faults else 0.0))
            life = Life(homes[0], stage, city, plan.first + timedelta(days=plan.days - 1))
            year = Year(life, plan.first, plan.days, plan.seed, plan.told_of_day)
            await year.live()
        await stage.close()
    loop.set_exception_handler(lambda *_: None)
    return sum(year.branches.checked_in.values())
