"""Letters: claims out of a backlog, and how fast and how evenly a lane sends.

python -m benchmarks.delivery [--backlog 200000] [--letters 13000] [--slow 1500]

* `claim`: 50 out of a backlog, the whole unit of work (found, judged, merged, committed).
* `fast`, `slow`: a lane at 1,000/s and at 30/s, against a stand-in in the same process that
  answers after 40 ms. All letters at 1,000/s; at 30/s a shorter run of the real clock, because
  13,000 take seven minutes of any sender. The floor is letters / rate.
* `peer`: CPU of a message through our whole path, from the outbox over HTTP to a stand-in of the
  Bot API in another process, beside python-telegram-bot's AIORateLimiter, which has no outbox, on
  the same kind of loop; at 30/s and at 1,000/s.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from statistics import median, quantiles
from typing import Any

import uvloop
from sqlalchemy import insert

import bot.app
from benchmarks.checkin import free_port
from bot import clock
from bot.messages import Address, Incoming, Reply
from bot.platforms import telegram
from scheduler.delivery import Delivery
from scheduler.delivery.claiming import claim
from scheduler.delivery.routing import route
from storage import claims as outbox_claims
from storage import outbox
from storage.database import Database, table
from storage.lanes import Limits, declare
from storage.members import Account, Member
from storage.outbox import Post, Rank, State

RTT = 0.04
PEOPLE = 13_000
WORDS = "请于明天下午两点半到三楼会议室参加主题党日。"
assert bot.app  # the platforms that it imports declare their limits


@contextmanager
def town(people: int, platform: str) -> Iterator[Database]:
    with tempfile.TemporaryDirectory(prefix="zhibu-bench-") as folder:
        database = Database(f"sqlite:///{folder}/zhibu.db")
        database.create_tables()
        now = clock.now()
        member = {"status": "full", "is_leader": False, "retired": False, "chase_exempt": ""}
        account = {"platform": platform, "bound_at": now, "via": "x", "consent": "1"}
        with database.unit_of_work() as db:
            db.run(
                insert(table(Member)),
                [
                    {**member, "id": f"M{n}", "name": f"M{n}", "theme_opt_in": True}
                    for n in range(people)
                ],
            )
            db.run(
                insert(table(Account)),
                [
                    {**account, "user": str(1000 + n), "member_id": f"M{n}", "unreachable": ""}
                    for n in range(people)
                ],
            )
        yield database
        database.close()


def letters(database: Database, count: int, people: int, rank: Rank = Rank.URGENT) -> None:
    """Urgent where the hour of the day must not matter."""
    now = clock.now()
    say = Reply(text=WORDS)
    with database.unit_of_work() as db:
        outbox.post(
            db,
            [
                Post(
                    key=f"{rank}:{n}",
                    to=f"M{n % people}",
                    kind="bench",
                    say=say,
                    cause="bench",
                    due=now,
                    rank=rank,
                )
                for n in range(count)
            ],
            now,
        )


def claims(backlog: int) -> None:
    """Alone, and with everything that is judged and written around it."""
    noon = clock.now().replace(year=2026, month=11, day=23, hour=12, minute=0)
    with town(PEOPLE, "bench") as database:
        declare("bench", Limits(per_second=1000))
        letters(database, backlog, PEOPLE)
        begun = time.perf_counter()
        while routed(database, noon):
            pass
        print(f"given their lane: {backlog / (time.perf_counter() - begun):,.0f} letters/s")
        alone, whole = [], []
        for n in range(200):
            with database.unit_of_work() as db:
                begun = time.perf_counter()
                found = outbox_claims.claim(db, "bench", f"x{n}", 50, noon, noon)
                alone.append((time.perf_counter() - begun) * 1000)
            assert len(found) == 50
        for _ in range(200):
            begun = time.perf_counter()
            with database.unit_of_work() as db:
                claim(db, noon, "bench", "me")
            whole.append((time.perf_counter() - begun) * 1000)
        report(f"claim of 50 out of {backlog:,}", alone)
        report("with judging, merging, the lane's clock and the commit", whole)


def routed(database: Database, now: datetime) -> int:
    with database.unit_of_work() as db:
        return route(db, now, ["bench"])


def report(what: str, milliseconds: list[float]) -> None:
    p95 = quantiles(milliseconds, n=20)[-1]
    print(f"{what}: median {median(milliseconds):.2f} ms, p95 {p95:.2f} ms", flush=True)


class StandIn:
    name = "bench"

    def __init__(self) -> None:
        self.at: list[float] = []

    async def send(self, to: Address, reply: Reply, *, key: str) -> None:
        self.at.append(time.perf_counter())
        await asyncio.sleep(RTT)


async def sent_by(delivery: Delivery, count: int, done: Callable[[], int]) -> tuple[float, float]:
    """Seconds on the wall, and of the processor."""
    wall, cpu = time.perf_counter(), time.process_time()
    running = asyncio.ensure_future(delivery.run())
    while done() < count:  # noqa: ASYNC110 nothing tells when a phone has it
        await asyncio.sleep(0.01)
    took = time.perf_counter() - wall
    delivery.stop()
    await running
    return took, time.process_time() - cpu


def pace(rate: float, count: int) -> None:
    with town(min(count, PEOPLE), "bench") as database:
        declare("bench", Limits(per_second=rate))
        letters(database, count, PEOPLE)
        stand_in = StandIn()
        delivery = Delivery(database, {"bench": stand_in})
        took, cpu = uvloop.run(sent_by(delivery, count, lambda: len(stand_in.at)))
        with database.reading() as db:
            assert outbox.counts(db, "bench") == {State.SENT: count}
    floor = count / rate
    most = max(bisect_right(stand_in.at, at + 1) - n for n, at in enumerate(stand_in.at))
    print(
        f"{count} at {rate:.0f}/s: {took:.1f} s = {took / floor:.3f} × floor, "
        f"at most {most} in any second, {cpu / count * 1000:.2f} ms CPU each",
        flush=True,
    )


def peer(count: int) -> None:
    """Both against the same process, one after the other."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.peers.bot_api", str(port), str(RTT)]
    server = subprocess.Popen(command)
    try:
        time.sleep(1.5)
        for rate, letters_sent in ((30.0, count), (1000.0, PEOPLE)):
            theirs = uvloop.run(limited(port, letters_sent, rate))
            ours = whole_path(port, letters_sent, rate)
            print(
                f"CPU of a message at {rate:.0f}/s: ours {ours:.2f} ms, "
                f"AIORateLimiter {theirs:.2f} ms: {ours / theirs:.2f} ×",
                flush=True,
            )
    finally:
        server.terminate()


def whole_path(port: int, count: int, rate: float) -> float:
    os.environ |= {
        "ZHIBU_TELEGRAM_TOKEN": "1:x",
        "ZHIBU_TELEGRAM_MODE": "polling",
        "ZHIBU_TELEGRAM_API_BASE": f"http://127.0.0.1:{port}",
    }
    declare("telegram", replace(telegram.LIMITS, per_second=rate))

    async def nobody(_: Incoming) -> None: ...

    async def send_all(database: Database) -> float:
        platform = telegram.connect(nobody)
        assert platform is not None
        delivery = Delivery(database, {"telegram": platform})

        def done() -> int:
            with database.reading() as db:
                return outbox.counts(db, "bench").get(State.SENT, 0)

        await sent_by(delivery, 20, done)  # connections are open, everything is loaded
        begun, before = done(), time.process_time()
        again = Delivery(database, {"telegram": platform})
        running = asyncio.ensure_future(again.run())
        await asyncio.sleep(count / rate)
        again.stop()
        await running  # with what is in the air, and its records
        spent, sent = time.process_time() - before, done() - begun
        await platform.close()
        return spent / sent * 1000

    with town(count * 2, "telegram") as database:
        letters(database, count * 2, count * 2)
        return uvloop.run(send_all(database))


async def limited(port: int, count: int, rate: float) -> float:
    from telegram.ext import AIORateLimiter, ExtBot
    from telegram.request import HTTPXRequest

    limiter = AIORateLimiter(overall_max_rate=1, overall_time_period=1.02 / rate)
    request = HTTPXRequest(connection_pool_size=64, pool_timeout=600)
    base = f"http://127.0.0.1:{port}/bot"
    bot: Any = ExtBot("1:x", base_url=base, request=request, rate_limiter=limiter)
    await limiter.initialize()
    await asyncio.gather(*(bot.send_message(n, "热身") for n in range(20)))
    before = time.process_time()
    await asyncio.gather(*(bot.send_message(100 + n, WORDS) for n in range(count)))
    return (time.process_time() - before) / count * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--backlog", type=int, default=200_000)
    parser.add_argument("--letters", type=int, default=13_000)
    parser.add_argument("--slow", type=int, default=1_500)
    parser.add_argument("--peer", type=int, default=1_200)
    parser.add_argument("--only", choices=["claim", "fast", "slow", "peer"])
    wanted = parser.parse_args()
    parts: dict[str, Callable[[], None]] = {
        "claim": lambda: claims(wanted.backlog),
        "fast": lambda: pace(1000.0, wanted.letters),
        "slow": lambda: pace(30.0, wanted.slow),
        "peer": lambda: peer(wanted.peer),
    }
    for name, part in parts.items():
        if wanted.only in {None, name}:
            part()


if __name__ == "__main__":
    main()
