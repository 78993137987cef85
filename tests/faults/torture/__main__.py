"""`python -m tests.faults.torture --seeds 5 [--database URL] [--mutants]`: prints a line a run, and
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
from tests.faults.torture.virtual import Run


@contextmanager
def fresh(url: str) -> Iterator[Database]:
    """An empty database with all tables; `url` must name an empty one, or be left out."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(url or f"sqlite:///{Path(folder) / 'torture.db'}")
        database.create_tables()
        yield database
        database.close()


def correct(seeds: int, people: int, kills: int, url: str) -> bool:
    ok = True
    for seed in range(1, seeds + 1):
        with fresh(url) as database:
            report = Run(database, seed, people, kills).play()
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
    parser.add_argument("--mutants", action="store_true", help="broken builds instead")
    asked = parser.parse_args()
    if asked.mutants:
        sys.exit(0 if broken(asked.seeds) else 1)
    sys.exit(0 if correct(asked.seeds, asked.people, asked.kills, asked.database) else 1)


if __name__ == "__main__":
    main()
