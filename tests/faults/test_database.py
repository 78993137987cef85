"""D4, D8, D10, D12, D14 of the fault matrix: what the database does to us in the middle of visits.

Nothing that was acknowledged is missing, and nothing is done twice.
"""

import asyncio
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import psycopg
from sqlalchemy import Connection
from sqlalchemy import text as sql

from bot.app import writer
from bot.health import webhooks
from bot.reception import Reception
from bot.webhooks import Request
from storage.database import Database
from tests.faults.checking import Told, each_was_told_once, keep, recorded
from tests.faults.town import settle, wechat
from tests.faults.victim import Job, doors

ROUNDS, AT_ONCE = 16, 6
PEOPLE = ROUNDS * AT_ONCE
Trouble = Callable[[int], None]
"""What happens before the so-manieth round of visits; at `ROUNDS` it is over."""


def holds(database: Database, trouble: Trouble) -> int:
    """How many visits were not acknowledged, of whom all come again in the end."""
    url = database.engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
    activity = settle(url, PEOPLE)
    told, refused = asyncio.run(visits(database, trouble))
    assert len(told) == PEOPLE
    assert each_was_told_once(told)
    assert recorded(url, activity) == PEOPLE
    return refused


async def visits(database: Database, trouble: Trouble) -> tuple[Told, int]:
    reception = Reception(writer(database), database, deadline=300)
    door = doors(reception)["/webhooks/wechat"]
    told: Told = defaultdict(set)

    async def ask(jobs: Sequence[Job]) -> int:
        answers = await asyncio.gather(*(door(request) for _, request in jobs))
        keep(told, {number: each for (number, _), each in zip(jobs, answers, strict=True)})
        return sum(each.status != 200 for each in answers)

    refused = 0
    everybody = [wechat(number) for number in range(PEOPLE)]
    for number in range(ROUNDS):
        trouble(number)
        refused += await ask(everybody[number * AT_ONCE : (number + 1) * AT_ONCE])
    trouble(ROUNDS)
    assert await ask(everybody) == 0
    await reception.close()
    return told, refused


def test_nobody_knows_whether_it_was_committed(database: Database) -> None:
    """D12: the answer to every other COMMIT is lost, half of them before it was done."""
    chance = random.Random(20261123)
    dialect: Any = database.engine.dialect
    commit, broken = dialect.do_commit, dialect.loaded_dbapi.OperationalError
    cuts: list[str] = []

    def do_commit(connection: Any) -> None:
        fate = chance.choice(["", "", "before", "after"])
        if fate != "before":
            commit(connection)
        if fate:
            cuts.append(fate)
            raise broken(f"cut {fate} the commit")

    def trouble(number: int) -> None:
        dialect.do_commit = commit if number == ROUNDS else do_commit

    holds(database, trouble)
    assert min(cuts.count("before"), cuts.count("after")) >= ROUNDS // 4


def test_the_disk_is_full(on_sqlite: Database) -> None:
    """D4: what could not be written was not acknowledged, and works when there is room again."""

    def trouble(number: int) -> None:
        if number in (5, ROUNDS):
            with on_sqlite.engine.connect() as connection:  # the one that writes
                now = connection.execute(sql("PRAGMA page_count")).scalar_one()
                most = now if number == 5 else 1_000_000
                connection.execute(sql(f"PRAGMA max_page_count = {most}"))

    assert holds(on_sqlite, trouble) > PEOPLE // 2
    with on_sqlite.reading() as db:
        assert db.run(sql("PRAGMA integrity_check")).scalar_one() == "ok"


def test_postgresql_is_restarted(postgres_url: str) -> None:
    """D10: every connection is gone, again and again; the next visit finds a new one."""
    database = Database(postgres_url)
    others = "datname = current_database() AND pid <> pg_backend_pid()"
    end_all = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"

    def trouble(number: int) -> None:
        if number < ROUNDS:
            with psycopg.connect(postgres_url, autocommit=True) as admin:
                admin.execute(end_all)

    assert holds(database, trouble) == 0
    database.close()


def test_what_is_committed_survives_a_power_cut(on_sqlite: Database) -> None:
    """D8: on every connection, not on the first alone."""
    for engine in (on_sqlite.engine, on_sqlite.readers):
        opened = [engine.connect() for _ in range(3)]
        for each in opened:
            said = [
                driver(each).execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("journal_mode", "synchronous", "foreign_keys")
            ]
            assert said == ["wal", 2, 1]
        for each in opened:
            each.close()


def driver(connection: Connection) -> Any:
    """Asked there, it does not begin to write."""
    return connection.connection.driver_connection


async def test_no_connection_is_left(postgres_url: str) -> None:
    """D14: who asks is told so within two seconds, and not kept waiting."""
    database = Database(postgres_url)
    pool: Any = database.engine.pool
    assert pool.timeout() <= 2
    pool._timeout = 0.01
    opened = [database.engine.connect() for _ in range(pool.size() + pool._max_overflow)]
    answer = await webhooks(database)["/readyz"](Request("GET", "/readyz", {}, {}, b""))
    assert (answer.status, answer.body) == (503, b"database: TimeoutError")
    for each in opened:
        each.close()
    database.close()
