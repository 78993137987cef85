"""A12 of the fault matrix: told to stop in the middle of fifty visits.

The process ends well and in time; who got no answer asks again, and is answered once.
"""

import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text as sql

from bot.webhooks import Request, Response
from storage import migrating
from storage.database import Database
from tests.faults.checking import Told, each_was_told_once, keep, recorded
from tests.faults.town import settle, wechat
from tests.faults.victim import Job, Victim
from tests.platforms import payloads

ROUNDS = 1
AT_ONCE = 50


def test_told_to_stop_among_fifty_visits(database_url: str, tmp_path: Path) -> None:
    chance = random.Random(20261123)
    as_if_migrated(database_url)
    activity = settle(database_url, ROUNDS * AT_ONCE)
    told: Told = defaultdict(set)
    owing: list[Job] = []
    unanswered = 0

    for first in range(0, ROUNDS * AT_ONCE, AT_ONCE):
        jobs = [*owing, *(wechat(number) for number in range(first, first + AT_ONCE))]
        with running(database_url, tmp_path) as (process, port):
            keep(told, asyncio.run(visits(port, jobs, process, chance.uniform(0, 0.04))))
            assert process.wait(20) == 0
        owing = [job for job in jobs if job[0] not in told]
        unanswered += len(owing)
    survivor = Victim(database_url)
    keep(told, survivor.ask(owing))
    keep(told, survivor.ask([wechat(number) for number in range(ROUNDS * AT_ONCE)]))
    survivor.stop()

    assert unanswered >= ROUNDS * AT_ONCE // 10
    assert len(told) == ROUNDS * AT_ONCE
    assert each_was_told_once(told)
    assert recorded(database_url, activity) == ROUNDS * AT_ONCE


def as_if_migrated(url: str) -> None:
    """The tables of the tests are made from the source; the program asks which they are."""
    newest = max(path.name[:4] for path in migrating.FOLDER.glob("versions/*.py"))
    database = Database(url)
    with database.engine.begin() as connection:
        connection.execute(sql("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        connection.execute(sql("INSERT INTO alembic_version VALUES (:at)"), {"at": newest})
    database.close()


@contextmanager
def running(url: str, folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The assistant as an operator starts it, and its port. Stopped at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    mine = {name: value for name, value in os.environ.items() if not name.startswith("ZHIBU_")}
    mine |= {
        "ZHIBU_DATABASE_URL": url,
        "ZHIBU_PORT": str(port),
        "ZHIBU_DEMO": "false",
        "ZHIBU_WECHAT_APP_ID": payloads.APP_ID,
        "ZHIBU_WECHAT_APP_SECRET": "unused",
        "ZHIBU_WECHAT_TOKEN": payloads.TOKEN,
        "ZHIBU_WECHAT_MODE": "plain",
    }
    with (folder / "log").open("ab") as log:
        command = [sys.executable, "-m", "bot", "run"]
        process = subprocess.Popen(command, env=mine, stdout=log, stderr=log)
    try:
        yield process, port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


async def visits(
    port: int, jobs: Sequence[Job], process: subprocess.Popen[bytes], after: float
) -> dict[int, Response]:
    """The process is to stop `after` so many seconds; a tenth come when it is gone."""
    while not await listens(port):
        assert process.poll() is None
        await asyncio.sleep(0.05)  # it needs the machine more than we do
    early = len(jobs) - len(jobs) // 10
    begun = [asyncio.ensure_future(visit(port, request)) for _, request in jobs[:early]]
    await asyncio.wait(begun, timeout=after)
    process.send_signal(signal.SIGTERM)
    answers = await asyncio.gather(*begun)
    await asyncio.to_thread(process.wait, 20)
    answers += [await visit(port, request) for _, request in jobs[early:]]
    return {number: each for (number, _), each in zip(jobs, answers, strict=True) if each}


async def listens(port: int) -> bool:
    try:
        _, out = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    out.close()
    return True


async def visit(port: int, request: Request) -> Response | None:
    """None: the connection was refused or cut, as a platform would see it."""
    body = request.body
    head = (
        f"POST {payloads.target(request)} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n"
        f"content-length: {len(body)}\r\n\r\n"
    )
    try:
        heard, out = await asyncio.open_connection("127.0.0.1", port)
        out.write(head.encode() + body)
        answer = await asyncio.wait_for(heard.read(), 25)
        out.close()
    except OSError:
        return None
    start, _, said = answer.partition(b"\r\n\r\n")
    return Response(int(start.split()[1]), said) if said else None
