"""A contest at its peak: answers through the writer as the platforms bring them, each on disk
before it is acknowledged; and standings over millions of answers, from counters.

python -m benchmarks.contest [--people 13000] [--questions 20] [--rate 300] [--seconds 20]
                             [--answers 4700000]
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import func, insert, select, text

from benchmarks.town import organisations, population
from bot import clock
from bot.app import writer
from bot.messages import Address, Incoming
from handlers.bank.actions import importing
from handlers.contests.actions import running
from handlers.contests.rules.reading import ContestPlan, RoundPlan
from storage import contests, migrating, questions
from storage.contests import Answer, Player, Result, Sitting
from storage.database import Database, Session, table

NUMBERS = {"seconds_each": 600, "seconds": 14_400, "grace": 3, "attempts": 1, "papers": 1}


def build(database: Database, people: int, asked: int, now: datetime) -> None:
    """Everybody has joined and opened the paper: the same `asked` single choices."""
    migrating.migrate(database)
    with database.unit_of_work() as db:
        organisations(db, 78)
        population(db, people, 78, now)
        importing.load_demo(db, now)
        single = [id for id, e in questions.bank(db).items() if e.question.kind == "single"]
        heat = RoundPlan(
            "海选", "individual", now - timedelta(hours=1), now + timedelta(hours=9),
            {**NUMBERS, "best_of": 5}, (), tuple(single[:asked]),
        )  # fmt: skip
        running.make(db, ContestPlan("竞赛", rounds=[heat]), "", now)
        who = [f"M{n}" for n in range(people)]
        player = {"contest_id": 1, "named": False, "joined_at": now}
        db.run(insert(table(Player)), [{"member_id": m, "team": "B1", **player} for m in who])
        sitting = {
            "round_id": 1, "number": 1, "paper": 0, "place": 0, "marked": "", "score": 0,
            "spent_ms": 0, "started_at": now, "shown_at": now,
        }  # fmt: skip
        rows = [{"id": n + 1, "member_id": m, **sitting} for n, m in enumerate(who)]
        db.run(insert(table(Sitting)), rows)
        zero = {"round_id": 1, "team": "B1", "score": 0, "spent_ms": 0}
        db.run(insert(table(Result)), [{"member_id": m, **zero} for m in who])


async def storm(database: Database, people: int, asked: int, rate: int, seconds: int) -> None:
    """`rate` answers a second, of everybody in turn; 0: as fast as they are taken."""
    write = writer(database)
    loop, numbers = asyncio.get_running_loop(), count()
    took: list[float] = []

    async def answer(number: int) -> None:
        person, place = number % people, number // people
        began = loop.time()
        await write.ask(
            Incoming(
                id=f"{number}", sender=Address("wechat", f"o{person}"), at=clock.now(),
                tap=f"c:{person + 1}:{place}:0",
            )
        )  # fmt: skip
        took.append(loop.time() - began)

    waiting: set[asyncio.Task[None]] = set()
    start, most = loop.time(), people * asked
    while loop.time() - start < seconds and (number := next(numbers)) < most:
        if rate:
            await asyncio.sleep(max(0.0, start + number / rate - loop.time()))
        elif number % 500 == 499:
            await asyncio.gather(*waiting)
        waiting.add(task := asyncio.ensure_future(answer(number)))
        task.add_done_callback(waiting.discard)
    await asyncio.gather(*waiting)
    spent = loop.time() - start
    await asyncio.to_thread(write.close)
    took.sort()
    with database.reading() as db:
        saved = db.run(select(func.count()).select_from(table(Answer))).scalar_one()
        total = contests.totals(db, 1, {})
        kept = {r.member_id: r.score for r in db.exec(select(Result)).scalars()}
    assert saved == len(took), (saved, len(took))
    assert all(kept[each.member_id] == each.score for each in total.values())
    print(
        f"{len(took)} answers in {spent:.1f} s: {len(took) / spent:.0f}/s, median"
        f" {took[len(took) // 2] * 1000:.0f} ms, p99 {took[len(took) * 99 // 100] * 1000:.0f} ms;"
        f" every one saved, counters equal the recount"
    )


def standings(database: Database, people: int, answers: int) -> None:
    """With so many answers in the table, which no standing reads."""
    with database.unit_of_work() as db:
        db.run(text("DELETE FROM contest_answer"))
        db.run(
            text(
                "INSERT INTO contest_answer (attempt_id, place, said, right, late, ms)"
                " WITH RECURSIVE n(x) AS (SELECT 0 UNION ALL SELECT x + 1 FROM n WHERE x < :most)"
                " SELECT x % :people + 1, x / :people, '0', x % 3 = 0, 0, 1000 + x % 997 FROM n"
            ),
            {"most": answers - 1, "people": people},
        )
        db.run(
            text("UPDATE contest_result SET score = rowid % 360, spent_ms = rowid * 7919 % 900000")
        )
    with database.reading() as db:
        for name, what in measured(db).items():
            what()
            began = time.perf_counter()
            for _ in range(20):
                what()
            spent = (time.perf_counter() - began) / 20 * 1000
            print(f"{answers} answers, {people} players: {name} {spent:.2f} ms")


def measured(db: Session) -> dict[str, Callable[[], object]]:
    mine = contests.my_result(db, 1, "M77")
    assert mine
    return {
        "top ten": lambda: contests.top(db, 1, 10),
        "own rank": lambda: contests.rank(db, mine),
        "teams by their best five": lambda: contests.teams(db, 1, 5),
    }


def main() -> None:
    options = argparse.ArgumentParser()
    for name, usual in (
        ("people", 13_000), ("questions", 20), ("rate", 300), ("seconds", 20),
        ("answers", 4_700_000),
    ):  # fmt: skip
        options.add_argument(f"--{name}", type=int, default=usual)
    said = options.parse_args()
    for rate in (said.rate, 0):
        with tempfile.TemporaryDirectory() as folder:
            database = Database(f"sqlite:///{folder}/contest.db")
            build(database, said.people, said.questions, clock.now())
            asyncio.run(storm(database, said.people, said.questions, rate, said.seconds))
            if not rate:
                standings(database, said.people, said.answers)
            database.close()


if __name__ == "__main__":
    main()
