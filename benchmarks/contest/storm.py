"""A real server, a crowd of players, a kill -9 in the middle, and the audit afterwards."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import insert
from sqlmodel import select

from benchmarks.checkin import free_port, serving, zhibu
from bot import clock
from bot.questions import LETTERS, order_for
from handlers.bank.actions import importing
from handlers.contests.actions import running
from handlers.contests.rules.reading import ContestPlan, RoundPlan
from storage import contests, questions
from storage.contests import Answer, Heat, Player, Result, Sitting
from storage.database import Database, Session, table

NUMBERS = {"seconds_each": 600, "seconds": 14_400, "grace": 3, "attempts": 1, "papers": 1}
TEAMS = 238


def contest(database: Database, people: int, asked: int, now: datetime) -> None:
    """Open, of `asked` single choices, and everybody has joined; nobody has begun."""
    with database.unit_of_work() as db:
        importing.load_demo(db, now)
        single = [id for id, e in questions.bank(db).items() if e.question.kind == "single"]
        assert len(single) >= asked, f"only {len(single)} single choices in the demonstration"
        heat = RoundPlan(
            "海选", "individual", now - timedelta(hours=1), now + timedelta(hours=9),
            {**NUMBERS, "best_of": 5}, (), tuple(single[:asked]),
        )  # fmt: skip
        made = running.make(db, ContestPlan("竞赛", rounds=[heat]), "", now)
        assert isinstance(made, running.Made), made
        player = {"contest_id": 1, "named": False, "joined_at": now}
        db.run(
            insert(table(Player)),
            [{"member_id": f"M{n}", "team": f"B{n % TEAMS}", **player} for n in range(people)],
        )


def storm(people: int, asked: int, rate: int, seconds: int) -> None:
    whole = people * asked / rate
    cut = round((min(seconds, whole) if seconds else whole) * 2 / 3)
    folder = Path(tempfile.mkdtemp(prefix="zhibu-bench-", dir=Path.cwd()))
    try:
        port = free_port()
        command, env = zhibu(folder, people, port)
        database = Database(env["ZHIBU_DATABASE_URL"])
        contest(database, people, asked, clock.now())
        numbers = [port, people, asked, rate, seconds, cut - 2]  # whoever is cut off, is after it
        crowd = [sys.executable, "-m", "benchmarks.contest.crowd", *map(str, numbers)]
        acknowledged = folder / "acknowledged"
        with serving(command, env, port) as server:
            load = subprocess.Popen([*crowd, str(acknowledged)], stdout=subprocess.PIPE, text=True)
            assert load.stdout
            load.stdout.readline()  # everybody has begun
            with suppress(subprocess.TimeoutExpired):
                load.wait(cut)
            os.kill(server.pid, signal.SIGKILL)
            server.wait()
            killed = time.perf_counter()
            with serving(command, env, port):
                down = time.perf_counter() - killed
                report = json.loads(load.stdout.read())
                load.wait()
        print(f"load average {os.getloadavg()[0]:.1f}; {json.dumps(report, ensure_ascii=False)}")
        print(
            f"killed with -9 after {cut} s, up again {down:.1f} s later;"
            f" {audit(database, acknowledged)}"
        )
        database.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def audit(database: Database, acknowledged: Path) -> str:
    """AssertionError unless every acknowledged answer is there as it was given, each once, and
    the counters are what the answers add up to."""
    with database.reading() as db:
        [heat] = contests.heats(db).values()
        sittings = {int(s.member_id[1:]): s.id for s in db.exec(select(Sitting))}
        saved = {(a.attempt_id, a.place): a.said for a in db.exec(select(Answer))}
        told = 0
        for line in acknowledged.read_text().splitlines():
            person, place, letter = line.split()
            sitting = sittings[int(person)]
            option = option_behind(db, heat, sitting, int(place), letter)
            assert saved[sitting, int(place)] == str(option), line
            told += 1
        total = contests.totals(db, heat.round.id, {})
        best = contests.best_of(total.values())
        kept = {r.member_id: (r.score, r.spent_ms) for r in db.exec(select(Result))}
        assert kept == {who: best[who] if best.get(who, (0, 0))[0] else (0, 0) for who in kept}
    return f"{told} acknowledged, {len(saved)} saved, none lost, none twice, counters = recount"


def option_behind(db: Session, heat: Heat, sitting: int, place: int, letter: str) -> int:
    id, version = heat.round.papers[0][place]
    question = questions.text_of(db, id, version)
    return order_for(question, f"{sitting}:{place}")[LETTERS.index(letter)]
