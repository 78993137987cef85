"""Each job once for each slot: many processes, sleep, death, errors."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from itertools import count
from threading import Barrier

import pytest
from sqlalchemy import update
from sqlmodel import select

from bot.clock import HOME
from scheduler import runs
from scheduler.runs import Broke, Expired, InParts, Job, NotOurs, Once, Part, Ran, Strike
from scheduler.slots import Daily, Every, When, daily, following, latest, workdays
from storage import alerts, audit
from storage.alerts import Alert
from storage.audit import AuditRow
from storage.database import Database, Session, table
from storage.job_runs import JobRun, RunState

MONDAY = datetime(2026, 11, 23, 8, 40, tzinfo=HOME)
HOURS = timedelta(hours=1)


def mon_fri(day: date) -> bool:
    return day.weekday() < 5


@pytest.mark.parametrize(
    ("when", "now", "slot"),
    [
        (daily("08:40"), "2026-11-23 08:39:59", "2026-11-22 08:40"),
        (daily("08:40"), "2026-11-23 08:40:00", "2026-11-23 08:40"),
        (workdays("08:40"), "2026-11-23 08:39:59", "2026-11-20 08:40"),
        (workdays("08:40"), "2026-11-22 23:59:59", "2026-11-20 08:40"),
        (Every(5), "2026-11-23 00:04:59", "2026-11-23 00:00"),
        (Every(5), "2026-11-23 00:05:00", "2026-11-23 00:05"),
    ],
)
def test_the_slot_that_came_last(when: When, now: str, slot: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=HOME)
    found = latest(when, at, mon_fri)
    assert found == datetime.fromisoformat(slot).replace(tzinfo=HOME)
    assert found is not None
    assert latest(when, following(when, at, mon_fri), mon_fri) == following(when, at, mon_fri)
    assert following(when, found, mon_fri) > at


def note(db: Session, what: str, now: datetime) -> None:
    audit.note(db, "", "job", what, now)


def done(database: Database) -> list[str]:
    with database.reading() as db:
        return [row.object for row in db.exec(select(AuditRow).order_by(AuditRow.id))]  # type: ignore[arg-type]


def job(*, late: timedelta = 12 * HOURS, when: When | None = None) -> Job:
    def work(db: Session, now: datetime) -> None:
        note(db, f"{now:%m-%d %H:%M}", now)

    return Job("morning", when or daily("08:40"), Once(work), late)


def strike(database: Database, work: Job, now: datetime, owner: str = "one") -> runs.Outcome | None:
    return runs.strike(database, [work], now, owner).get(work.name)


def lease_is_over(database: Database) -> None:
    with database.unit_of_work() as db:
        db.run(update(table(JobRun)).values(lease=MONDAY - timedelta(days=400)))


def test_once_a_slot_whoever_hears_it(database: Database) -> None:
    assert strike(database, job(), MONDAY) == Ran(1)
    assert strike(database, job(), MONDAY) is None
    assert strike(database, job(), MONDAY + 2 * HOURS, "two") is None
    assert strike(database, job(), MONDAY + 24 * HOURS, "two") == Ran(1)
    assert done(database) == ["11-23 08:40", "11-24 08:40"]


@pytest.mark.parametrize("schedulers", [2, 3])
def test_several_schedulers_over_the_same_slots(database: Database, schedulers: int) -> None:
    """C2: as many effects as there are slots, each once."""
    urls = str(database.engine.url.render_as_string(hide_password=False))
    others = [Database(urls) for _ in range(schedulers)]
    together = Barrier(schedulers)
    parts = job(when=Every(1))
    moments = [MONDAY + timedelta(minutes=n) for n in range(12)]

    def hear(owner: int) -> None:
        for now in moments:
            together.wait()
            runs.strike(others[owner], [parts, in_pieces()], now, f"process {owner}")

    with ThreadPoolExecutor(schedulers) as pool:
        list(pool.map(hear, range(schedulers)))
    for each in others:
        each.close()
    assert sorted(d for d in done(database) if "piece" not in d) == [
        f"{now:%m-%d %H:%M}" for now in moments
    ]
    pieces = [d for d in done(database) if "piece" in d]
    assert sorted(pieces) == sorted(f"piece {n} {now:%H:%M}" for n in range(3) for now in moments)


def in_pieces(trouble: Iterator[int] | None = None) -> Job:
    def read(_: Session, at: Strike) -> Iterator[Part]:
        for n in range(3):

            def part(db: Session, n: int = n) -> None:
                if n == 1 and trouble and next(trouble) == 0:
                    raise ValueError("a poor day")
                note(db, f"piece {n} {at.at:%H:%M}", at.now)

            yield part

    return Job("pieces", Every(1), InParts((read,)), 12 * HOURS)


@pytest.mark.parametrize(
    ("asleep", "outcome"),
    [
        (timedelta(seconds=5), Ran(1)),
        (3 * HOURS, Ran(1)),
        (12 * HOURS, Ran(1)),
        (12 * HOURS + timedelta(seconds=1), Expired()),
    ],
)
def test_woken_late_a_job_is_done_until_its_cut_off(
    database: Database, asleep: timedelta, outcome: runs.Outcome
) -> None:
    """C1: late until the cut-off, to the second; then a person is told."""
    strike(database, job(), MONDAY - 24 * HOURS)
    assert strike(database, job(), MONDAY + asleep) == outcome
    with database.reading() as db:
        told = [each.what for each in alerts.open_ones(db)]
    assert told == (["job_expired"] if outcome == Expired() else [])
    assert strike(database, job(), MONDAY + asleep) is None


def test_three_days_missed_are_one_run(database: Database) -> None:
    strike(database, job(), MONDAY)
    assert strike(database, job(), MONDAY + 74 * HOURS) == Ran(1)
    assert done(database) == ["11-23 08:40", "11-26 10:40"]


def test_a_clock_put_back_repeats_nothing(database: Database) -> None:
    """C4."""
    every = job(when=Every(1))
    strike(database, every, MONDAY)
    assert strike(database, every, MONDAY - HOURS) is None
    assert strike(database, every, MONDAY + timedelta(minutes=1)) == Ran(1)
    assert len(done(database)) == 2


def test_a_job_that_breaks_is_tried_again_and_told(database: Database) -> None:
    tries = count()

    def work(db: Session, now: datetime) -> None:
        note(db, "begun", now)
        if next(tries) < 2:
            raise ValueError("a poor day")

    poor = Job("poor", daily("08:40"), Once(work), 12 * HOURS)
    assert strike(database, poor, MONDAY) == Broke(1)
    assert strike(database, poor, MONDAY) == NotOurs()  # not before its wait is over
    lease_is_over(database)
    assert strike(database, poor, MONDAY, "two") == Broke(2)
    lease_is_over(database)
    assert strike(database, poor, MONDAY) == Ran(1)
    assert done(database) == ["begun"]  # what a broken try had written is undone
    with database.reading() as db:
        [alert] = db.exec(select(Alert))
        assert alerts.open_ones(db) == []
    assert (alert.what, alert.times, alert.detail) == ("job_failed", 2, "poor ValueError")


def test_a_job_that_always_breaks_is_given_up(database: Database) -> None:
    def work(_: Session, __: datetime) -> None:
        raise ValueError("never")

    poor = Job("poor", daily("08:40"), Once(work), 12 * HOURS)
    for tries in range(1, 6):
        assert strike(database, poor, MONDAY) == Broke(tries)
        lease_is_over(database)
    assert strike(database, poor, MONDAY) is None
    with database.reading() as db:
        assert db.exec(select(JobRun.state)).one() == RunState.FAILED


def test_parts_that_break_in_the_middle_go_on(database: Database) -> None:
    trouble = iter([0, 1])
    assert strike(database, in_pieces(trouble), MONDAY) == Broke(1)
    lease_is_over(database)
    assert strike(database, in_pieces(trouble), MONDAY, "two") == Ran(3)
    assert done(database) == [f"piece {n} 08:40" for n in (0, 0, 1, 2)]  # a part does no harm twice


def test_who_was_paused_past_the_lease_does_nothing_more(database: Database) -> None:
    """C3: the zombie finds that the slot is another's."""

    def read(db: Session, at: Strike) -> Iterator[Part]:
        yield lambda db: note(db, "first", at.now)

        def paused(_: Session) -> None:
            pass

        yield paused
        lease_is_over(database)
        assert strike(database, in_one(), MONDAY, "two") == Ran(1)

    def in_one() -> Job:
        def read(_: Session, at: Strike) -> Iterator[Part]:
            yield lambda db: note(db, "another", at.now)

        return Job("long", daily("08:40"), InParts((read,)), 12 * HOURS)

    slow = Job("long", daily("08:40"), InParts((read,)), 12 * HOURS)
    assert strike(database, slow, MONDAY) == NotOurs()
    assert done(database) == ["another"]


def test_a_job_of_workdays_keeps_to_make_up_days(database: Database) -> None:
    """2026-10-10 is a Saturday that is worked, 2026-10-01 a Thursday that is not."""
    work = job(when=Daily(workdays("08:40").at, only_workdays=True))
    for day in (datetime(2026, 10, 1, 9, tzinfo=HOME), datetime(2026, 10, 10, 9, tzinfo=HOME)):
        strike(database, work, day)
    assert done(database) == ["10-10 09:00"]
