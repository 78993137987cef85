"""`python -m tests.faults.torture --seeds 5 [--real] [--database URL] [--mutants]`: a line a run;
fails when a correct build is blamed or a broken one is not."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from storage.database import Database
from tests.faults.torture.mutants import MUTANTS, play
from tests.faults.torture.real import RealRun
from tests.faults.torture.virtual import Run


@contextmanager
def fresh(url: str) -> Iterator[Database]:
    """An empty database with all tables; `url` must name an empty one, or be left out."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(url or f"sqlite:///{Path(folder) / 'torture.db'}")
        database.create_tables()
        yield database
        database.close()


def correct(seeds: int, people: int, kills: int, url: str, real: bool) -> bool:
    ok = True
    for seed in range(1, seeds + 1):
        with fresh(url) as database, tempfile.TemporaryDirectory() as folder:
            report = Run(database, seed, people, kills).play() if not real else None
            if report is None:
                where = database.engine.url.render_as_string(hide_password=False)
                at_once = 1 if where.startswith("sqlite") else 2
                where = where.replace("postgresql+psycopg", "postgresql")
                run = RealRun(where, Path(folder), seed, people, kills, at_once=at_once)
                report = run.play()
        print(f"seed {seed}: {report}", flush=True)
        for finding in report.findings[:5]:
            print(f"    {finding}")
        ok = ok and report.ok
    return ok


def broken(seeds: int) -> bool:
    ok = True
    for name, mutant in MUTANTS.items():
        caught = 0
        for seed in range(1, seeds + 1):
            with fresh("") as database, pytest.MonkeyPatch.context() as patch:
                mutant.breaks(patch)
                caught += not play(mutant, database, seed).ok
        print(f"{name}: caught {caught} of {seeds}", flush=True)
        ok = ok and caught == seeds
    return ok


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--database", default="", help="empty: a new SQLite file for each run")
    parser.add_argument("--real", action="store_true", help="processes and kill -9")
    parser.add_argument("--mutants", action="store_true", help="broken builds instead")
    asked = parser.parse_args()
    if asked.mutants:
        sys.exit(0 if broken(asked.seeds) else 1)
    ok = correct(asked.seeds, asked.people, asked.kills, asked.database, asked.real)
    sys.exit(0 if ok else 1)


if __name__ == "__main__":
    main()
