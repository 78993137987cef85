"""Standings of a city's contests over years of answers: from counters, checked against a recount.

The answers are written past the assistant, round by round as one of them would have left them;
what a standing costs depends on the tables alone.
"""

import os
import random
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import islice
from pathlib import Path
from statistics import median

from rich.progress import track
from sqlalchemy import insert
from sqlmodel import col, select

from benchmarks.contest.storm import TEAMS, contest
from benchmarks.town import build
from bot import clock
from handlers.contests.actions import running, staging, standing
from storage import contests
from storage.contests import Answer, Result, Sitting
from storage.database import Database, Session, table

REPEATS = 50
CHUNK = 20_000


def standings(people: int, asked: int, answers: int) -> None:
    now = clock.now()
    rounds = max(1, round(answers / (people * asked)))
    with tempfile.TemporaryDirectory(prefix="zhibu-bench-") as folder:
        file = Path(folder) / "contests.db"
        url = f"sqlite:///{file}"
        build(url, people, TEAMS, now)
        database = Database(url)
        contest(database, people, asked, now)
        for number in track(range(1, rounds + 1), f"seeding {rounds * people * asked} answers"):
            with database.unit_of_work() as db:
                if number > 1:
                    another_round(db, number, now)
                played(db, number, people, asked, now)
        recounted = sum(counted_again(database, n) for n in track(range(1, rounds + 1), "recount"))
        print(
            f"{rounds * people * asked} answers in {rounds} rounds of {people} players,"
            f" {file.stat().st_size >> 20} MB; {recounted} counters = recount;"
            f" load average {os.getloadavg()[0]:.1f}"
        )
        with database.reading() as db:
            for name, ask in asked_of(db, (rounds + 1) // 2, now).items():
                print(f"  {name}: {measured(ask)}")
        database.close()


def another_round(db: Session, number: int, now: datetime) -> None:
    first = next(iter(contests.heats(db).values())).round
    facts = {"id": number, "number": number, "name": f"第 {number} 轮", "kind": "final"}
    copied = first.model_copy(update=facts)
    db.add(contests.Round(**copied.model_dump()))
    db.flush()
    contests.changed(db)


def played(db: Session, number: int, people: int, asked: int, now: datetime) -> None:
    """Everybody's answers, sittings and counters, added up as they are thrown."""
    dice = random.Random(number)
    sittings, answers, results = [], [], []
    for person in range(people):
        id = (number - 1) * people + person + 1
        score = spent = until_last_right = 0
        for place in range(asked):
            right, ms = dice.random() < 0.3 + person % 7 / 10, dice.randint(900, 29_000)
            spent += ms
            if right:
                score, until_last_right = score + 1, spent
            answers.append(
                {"attempt_id": id, "place": place, "said": "0", "right": right, "late": False,
                 "ms": ms}
            )  # fmt: skip
        who = {"round_id": number, "member_id": f"M{person}", "score": score}
        sittings.append(
            {**who, "id": id, "number": 1, "paper": 0, "place": asked, "marked": "",
             "started_at": now, "shown_at": now, "finished_at": now, "spent_ms": spent}
        )  # fmt: skip
        results.append({**who, "team": f"B{person % TEAMS}", "spent_ms": until_last_right})
    for model, rows in ((Sitting, sittings), (Answer, answers), (Result, results)):
        waiting = iter(rows)
        while chunk := list(islice(waiting, CHUNK)):
            db.run(insert(table(model)), chunk)


def counted_again(database: Database, round_id: int) -> int:
    """AssertionError unless every counter is what the answers add up to."""
    with database.reading() as db:
        best = contests.best_of(contests.totals(db, round_id, {}).values())
        rows = db.exec(select(Result).where(col(Result.round_id) == round_id))
        kept = {row.member_id: (row.score, row.spent_ms) for row in rows}
    assert kept == best
    return len(kept)


def asked_of(db: Session, round_id: int, now: datetime) -> Mapping[str, Callable[[], object]]:
    heat = contests.heats(db)[round_id]
    first, final = contests.top(db, round_id, 1)[0].member_id, max(contests.heats(db))
    results = db.exec(select(Result).where(col(Result.round_id) == round_id))
    last = min(results, key=lambda each: each.worth)
    return {
        "leaderboard, top ten": lambda: contests.top(db, round_id, 10),
        "own rank, the first": lambda: rank(db, round_id, first),
        "own rank, the last": lambda: rank(db, round_id, last.member_id),
        "teams by their best five": lambda: contests.teams(db, round_id, 5, 10),
        "leaderboard with names and teams, as told": lambda: standing.board(db, heat, now),
        "page on the wall": lambda: staging.wall(db, final, now),
        "an organiser's overview of the round": lambda: running.state(db, heat),
    }


def rank(db: Session, round_id: int, member_id: str) -> int:
    mine = contests.my_result(db, round_id, member_id)
    assert mine
    return contests.rank(db, mine)


def measured(ask: Callable[[], object]) -> str:
    ask()
    took = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        ask()
        took.append((time.perf_counter() - began) * 1000)
    return f"median {median(took):.2f} ms, worst of {REPEATS} {max(took):.2f} ms"
