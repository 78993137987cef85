"""One leader, taken over in fifteen seconds; a dead tick is noticed; two clocks are compared."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from threading import Event

import pytest
from sqlalchemy import update
from sqlmodel import select

from bot import clock
from scheduler import ticker
from scheduler.runs import InParts, Job, Once, Part, Strike
from scheduler.slots import Every
from scheduler.ticker import LEASE, Ticker
from storage import alerts, leases
from storage.database import Database, Session, table
from storage.leases import Heartbeat, Lease


def counting(did: list[str], who: str) -> list[Job]:
    def work(_: Session, __: datetime) -> None:
        did.append(who)

    return [Job(f"count {who}", Every(1), Once(work), timedelta(minutes=5))]


def pair(database: Database, did: list[str]) -> tuple[Ticker, Ticker]:
    return (
        Ticker(database, counting(did, "one"), clock.now, "one"),
        Ticker(database, counting(did, "two"), clock.now, "two"),
    )


def earlier(database: Database, by: timedelta) -> None:
    """Time passes, as far as leases and heartbeats are concerned."""
    with database.unit_of_work() as db:
        [lease] = db.exec(select(Lease))
        db.run(update(table(Lease)).values(until=lease.until - by))
        for row in db.exec(select(Heartbeat)).all():
            row.at -= by
            db.add(row)


def told(database: Database) -> list[str]:
    with database.reading() as db:
        return [each.what for each in alerts.open_ones(db)]


def leader(database: Database) -> str:
    with database.reading() as db:
        return db.exec(select(Lease.owner)).one()


def test_one_leads_and_the_other_follows(database: Database) -> None:
    did: list[str] = []
    one, two = pair(database, did)
    one.tick()
    two.tick()
    assert did == ["one"]
    earlier(database, LEASE - timedelta(seconds=2))
    two.tick()
    assert leader(database) == "one"
    earlier(database, timedelta(seconds=3))
    two.tick()  # the leader has been silent for its lease
    assert (leader(database), did) == ("two", ["one", "two"])
    one.tick()  # it wakes, and finds that it leads no more
    assert leader(database) == "two"


def test_a_long_round_keeps_the_lead(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says between its parts that it lives: nobody follows it, nobody misses it."""
    monkeypatch.setattr(ticker, "EVERY", -1)  # each part lasts longer than a tick
    seen: list[str] = []

    def read(_: Session, __: Strike) -> Iterator[Part]:
        for _n in range(3):
            earlier(database, timedelta(seconds=8))
            yield lambda db: seen.append(db.exec(select(Lease.owner)).one())

    jobs = [Job("long", Every(1), InParts((read,)), timedelta(minutes=5))]
    one, two = Ticker(database, jobs, clock.now, "one"), Ticker(database, [], clock.now, "two")
    one.tick()
    two.tick()
    assert seen == ["one"] * 3
    assert leader(database) == "one"
    assert told(database) == []


async def test_who_stops_gives_the_lead_back(database: Database) -> None:
    one, two = pair(database, [])
    one.tick()
    await one.stop()
    two.tick()
    assert leader(database) == "two"
    assert told(database) == []


async def test_stopping_in_the_middle_of_a_round_is_no_error(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    begun, go_on = Event(), Event()

    def slow(db: Session, now: datetime) -> None:
        begun.set()
        go_on.wait(10)

    one = Ticker(
        database, [Job("slow", Every(1), Once(slow), timedelta(minutes=5))], clock.now, "one"
    )
    one.start()
    await asyncio.to_thread(begun.wait, 10)
    stopping = asyncio.ensure_future(one.stop())
    await asyncio.sleep(0)
    go_on.set()
    await stopping
    assert [each for each in caplog.records if each.levelname == "ERROR"] == []


def test_a_dead_tick_is_noticed_by_another_process(database: Database) -> None:
    one, two = pair(database, [])
    one.tick()
    two.tick()
    earlier(database, timedelta(seconds=40))
    two.tick()
    assert told(database) == ["tick_silent"]
    two.tick()
    with database.reading() as db:
        [alert] = alerts.open_ones(db)
    assert alert.times == 1


@pytest.mark.parametrize(
    ("apart", "alerted"), [(59, []), (-59, []), (62, ["clock_skew"]), (-62, ["clock_skew"])]
)
def test_clocks_that_differ_by_more_than_a_minute_raise_an_alert(
    database: Database, apart: int, alerted: list[str]
) -> None:
    """C4, C11: the database's clock counts, and a person is told."""
    heard: list[datetime] = []

    def work(_: Session, now: datetime) -> None:
        heard.append(now)

    timetable = [Job("what time is it", Every(1), Once(work), timedelta(minutes=5))]
    wrong = Ticker(database, timetable, lambda: clock.now() + timedelta(seconds=apart))
    wrong.tick()
    assert told(database) == alerted
    assert abs(heard[0] - clock.now()) < timedelta(seconds=30)
    wrong.here = clock.now
    wrong.tick()
    assert told(database) == []


async def test_the_tick_dies_and_is_started_anew(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """C12: the scheduler's part dies, the process lives."""
    did: list[str] = []
    monkeypatch.setattr(ticker, "EVERY", 0.02)
    monkeypatch.setattr(ticker, "DEAD", timedelta(seconds=0.3))
    one = Ticker(database, counting(did, "one"), clock.now, "one")
    one.start()
    assert one._scheduler
    one._scheduler.remove_all_jobs()
    first = one._scheduler
    for _ in range(200):
        if "tick_silent" in told(database):
            break
        await asyncio.sleep(0.02)
    assert one._scheduler is not first
    assert told(database) == ["tick_silent"]
    await one.stop()
    with database.reading() as db:
        assert db.exec(select(Lease)).all() == []
        assert leases.silent(db, ticker.TICK, timedelta(0)) == []
