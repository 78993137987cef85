"""Letters: claims out of a backlog, and how fast and how evenly a lane sends.

python -m benchmarks.delivery [--backlog 200000] [--letters 13000] [--slow 1500]

* `claim`: 50 out of a backlog, the whole unit of work (found, judged, merged, committed).
* `urgent`: an urgent letter behind that backlog, from writing to its call.
* `fast`, `slow`: a lane at 1,000/s and at 30/s, against a stand-in in the same process that
  answers after 40 ms. All letters at 1,000/s; at 30/s a shorter run of the real clock, because
  13,000 take seven minutes of any sender. The floor is letters / rate.
* `peer`: CPU of a message through our whole path, from the outbox over HTTP to a stand-in of the
  Bot API in another process, beside python-telegram-bot's AIORateLimiter over the same HTTP.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median, quantiles

from sqlalchemy import insert

import bot.app  # its platforms declare their limits
from bot import clock
from bot.messages import Reply
from scheduler.delivery.claiming import claim
from scheduler.delivery.routing import route
from storage import outbox
from storage.database import Database, table
from storage.lanes import Limits, declare
from storage.members import Account, Member
from storage.outbox import Post, Rank

RTT = 0.04
assert bot.app


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
    say = Reply(text="请于明天下午两点半到三楼会议室参加主题党日。")
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
    people = 13_000
    noon = clock.now().replace(year=2026, month=11, day=23, hour=12, minute=0)
    with town(people, "bench") as database:
        declare("bench", Limits(per_second=1000))
        letters(database, backlog, people, Rank.URGENT)
        begun = time.perf_counter()
        while database_route(database, noon):
            pass
        routed = time.perf_counter() - begun
        took, statement = [], []
        for n in range(200):
            begun = time.perf_counter()
            with database.unit_of_work() as db:
                claimed = claim(db, noon, "bench", "me")
            took.append((time.perf_counter() - begun) * 1000)
            assert sum(len(each.letters) for each in claimed.parcels) == 50, n
        print(f"route: {backlog / routed:,.0f} letters/s")
        report("claim of 50, the whole unit of work", took)


def database_route(database: Database, now: object) -> int:
    with database.unit_of_work() as db:
        return route(db, now, ["bench"])  # type: ignore[arg-type]


def report(what: str, milliseconds: list[float]) -> None:
    p95 = quantiles(milliseconds, n=20)[-1]
    print(f"{what}: median {median(milliseconds):.2f} ms, p95 {p95:.2f} ms", flush=True)
