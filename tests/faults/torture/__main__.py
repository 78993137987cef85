"""`python -m tests.faults.torture [--real | --mutants] [--seeds 5] [--database both]`

In virtual time, with real processes (`--real`), or builds that are broken on purpose (`--mutants`).
A line a run and a verdict; fails when a correct build is blamed or a broken one is not."""

import argparse
import logging
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from itertools import count
from pathlib import Path

import psycopg
import pytest
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from sandbox.checker import Report
from storage.database import Database
from tests.faults.torture.deaf import INBOUND
from tests.faults.torture.inbound import Inbound
from tests.faults.torture.mutants import MUTANTS, play
from tests.faults.torture.real import RealRun
from tests.faults.torture.virtual import Run
from tests.postgres import cluster

ENOUGH_KILLS, ENOUGH_UNCLEAR = 50, 20
"""A run with fewer is not a test."""
BOTH = ("sqlite", "postgresql")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--database", choices=(*BOTH, "both"), default="sqlite")
    parser.add_argument("--real", action="store_true", help="processes, kill -9 and SIGSTOP")
    parser.add_argument("--keep", type=Path, help="a folder for transcripts and logs, with --real")
    parser.add_argument("--mutants", action="store_true", help="broken builds instead")
    asked = parser.parse_args()
    logging.disable(logging.CRITICAL)  # what goes wrong is meant to
    kinds = BOTH if asked.database == "both" else (asked.database,)
    seeds = range(1, asked.seeds + 1)
    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    ) as progress:
        if asked.mutants:
            ok = broken(seeds, progress)
        else:
            size = asked.people, asked.kills
            how = in_processes(*size, asked.keep) if asked.real else in_virtual_time(*size)
            ok = correct(kinds, seeds, how, asked.kills, progress)
    sys.exit(0 if ok else 1)


Told = Callable[[], None]
How = Callable[[str, int, Told], Report]
"""A run on an empty database, by its seed; a kill after the other is told of."""


def in_processes(people: int, kills: int, keep: Path | None) -> How:
    def run(url: str, seed: int, told: Told) -> Report:
        with tempfile.TemporaryDirectory() as passing:
            folder = keep / f"{url.partition(':')[0]}-{seed}" if keep else Path(passing)
            folder.mkdir(parents=True, exist_ok=True)
            return RealRun(url, folder, seed, people, kills, told=told).play()

    return run


def in_virtual_time(people: int, kills: int) -> How:
    def run(url: str, seed: int, told: Told) -> Report:
        database = Database(url)
        report = Run(database, seed, people, kills).play()
        database.close()
        for _ in range(kills):
            told()
        return report

    return run


def correct(
    kinds: Sequence[str], seeds: Sequence[int], run: How, kills: int, progress: Progress
) -> bool:
    task = progress.add_task("kills", total=len(kinds) * len(seeds) * kills)
    reports: list[Report] = []
    for kind in kinds:
        with databases(kind) as fresh:
            for seed in seeds:
                report = run(fresh(), seed, lambda: progress.advance(task))
                reports.append(report)
                progress.print(f"{kind} seed {seed}: {report}", soft_wrap=True)
                for finding in report.findings[:5]:
                    progress.print(f"    {finding}", soft_wrap=True, markup=False)
    summed_up = verdict(reports)
    progress.print(summed_up, soft_wrap=True)
    return summed_up.startswith("OK")


def verdict(reports: Sequence[Report]) -> str:
    """OK when nothing speaks against any of them, and each was a test at all."""
    extra = sum(each.extra for each in reports)
    unclear, cut = sum(each.unclear for each in reports), sum(each.cut for each in reports)
    figures = (
        f"{len(reports)} runs, {sum(each.kills for each in reports)} kills: "
        f"lost {sum(each.by_rule['L'] for each in reports)}, "
        f"extra {extra} <= {unclear} uncertain + {cut} cut, "
        f"none above {max(each.most for each in reports)}"
    )
    for each in reports:
        if each.kills < ENOUGH_KILLS or each.unclear < ENOUGH_UNCLEAR:
            return f"NOT A TEST: {each.kills} kills and {each.unclear} uncertain answers in a run"
    holds = all(each.ok and each.extra <= each.unclear + each.cut for each in reports)
    return f"{'OK' if holds else 'NOT OK'}: {figures}"


def broken(seeds: Sequence[int], progress: Progress) -> bool:
    task = progress.add_task("broken builds", total=(len(MUTANTS) + len(INBOUND)) * len(seeds))
    escaped = []
    with databases("sqlite") as fresh:
        for name in (*MUTANTS, *INBOUND):
            rules: list[str] = []
            for seed in seeds:
                database = Database(fresh())
                with pytest.MonkeyPatch.context() as patch:
                    found = play_broken(name, database, seed, patch).by_rule
                database.close()
                progress.advance(task)
                rules.append("".join(sorted(found)))
            caught = sum(map(bool, rules))
            progress.print(f"{name:24} caught in {caught} of {len(seeds)}: {' '.join(rules)}")
            escaped += [name] if caught < len(seeds) else []
    progress.print(f"NOT OK: not always caught: {', '.join(escaped)}" if escaped else "OK")
    return not escaped


def play_broken(name: str, database: Database, seed: int, patch: pytest.MonkeyPatch) -> Report:
    if name in INBOUND:
        INBOUND[name](patch)
        return Inbound(database, seed).play()
    MUTANTS[name].breaks(patch)
    return play(MUTANTS[name], database, seed)


@contextmanager
def databases(kind: str) -> Iterator[Callable[[], str]]:
    """Makes as many as are asked for, empty but for the tables."""
    numbers = count(1)
    with (
        tempfile.TemporaryDirectory() as folder,
        cluster() if kind == "postgresql" else nullcontext("") as server,
    ):

        def fresh() -> str:
            name = f"torture_{next(numbers)}"
            url = server.format(name=name) if server else f"sqlite:///{Path(folder) / name}.db"
            if server:
                with psycopg.connect(server.format(name="postgres"), autocommit=True) as admin:
                    admin.execute(f"CREATE DATABASE {name}".encode())
            database = Database(url)
            database.create_tables()
            database.close()
            return url

        yield fresh


if __name__ == "__main__":
    main()
