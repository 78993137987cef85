"""A fault reaches a person: once as a letter, and in the morning while it lasts."""

from datetime import datetime

import pytest
from sqlmodel import select

from scheduler import alarms, runs
from scheduler.runs import Job, Once
from scheduler.slots import Every
from scheduler.timetable import A_WHILE, TIMETABLE
from storage import alerts
from storage.database import Session
from storage.members import Role
from storage.outbox import Letter
from tests.scheduler.strikes import demo, letters, mornings, strike
from tests.world import World


def broken(_: Session, __: datetime) -> None:
    raise ValueError("a poor day")


POOR = Job("poor", Every(1), Once(broken), A_WHILE)
TELL = next(job for job in TIMETABLE if job.name == "alerts.tell")


def told(world: World) -> list[tuple[str, str]]:
    with world.database.reading() as db:
        return [(row.to, row.body) for row in db.exec(select(Letter).where(Letter.kind == "alert"))]


def test_who_looks_after_it_is_written_to_once(world: World) -> None:
    world.member("机房", branch="B1", role=Role.OPERATOR)
    world.member("办公室", branch="B1", role=Role.COMMITTEE_OFFICE)
    for minute in (0, 1):
        world.at(f"9:0{minute}")
        runs.strike(world.database, [POOR, TELL], world.now, "test")
    assert [to for to, _ in told(world)] == ["机房"]
    assert "poor ValueError" in told(world)[0][1]


def test_it_is_told_anew_when_it_had_been_over(world: World) -> None:
    world.member("办公室", branch="B1", role=Role.COMMITTEE_OFFICE)
    with world.database.unit_of_work() as db:
        alerts.raise_(db, "x", "clock_skew", "90 s", world.now)
        alarms.tell(db, world.now)
        alerts.over(db, "x", world.now)
        alerts.raise_(db, "x", "clock_skew", "70 s", world.at("10:00").now)
        alarms.tell(db, world.now)
        alarms.tell(db, world.now)
    assert len(told(world)) == 2


@pytest.mark.parametrize(("day", "warned"), [("11-30", False), ("12-1", True)])
def test_workdays_of_next_year_from_december(world: World, day: str, warned: bool) -> None:
    """C8: it stands in the office's morning, and is no message of its own."""
    demo(world)
    world.at("11-27 9:00")
    strike(world)
    mornings(world, day)
    with world.database.reading() as db:
        assert bool(alerts.open_ones(db)) is warned
        said = dict(alarms.matters(db, world.now))
    assert bool(said) is warned
    if warned:
        assert said["M002"][0].text.startswith("2027 年的放假和调休还没有导入")
        assert "M002" in letters(world)
    assert told(world) == []
