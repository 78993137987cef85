"""B1, B22 with real processes: kill -9 in the middle of a broadcast, SIGSTOP beyond the lease.

A short one, on both databases at once, for most of it is waiting;
`python -m tests.faults.torture --real --database both` is a long one.
"""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.faults.torture.real import RealRun, Waits

KILLS = 10


def test_killed_and_stopped_nothing_is_lost_or_said_a_third_time(
    blank_file: Path, postgres_url: str, tmp_path: Path
) -> None:
    shutil.copyfile(blank_file, tmp_path / "test.db")
    runs = []
    for number, url in enumerate((f"sqlite:///{tmp_path}/test.db", postgres_url)):
        folder = tmp_path / str(number)
        folder.mkdir()
        runs.append(RealRun(url, folder, people=20, kills=KILLS, pauses=1, waits=Waits(1.2)))
    with ThreadPoolExecutor(len(runs)) as pool:
        reports = list(pool.map(RealRun.play, runs))
    assert [report.findings for report in reports] == [[], []]
    for report in reports:
        assert report.kills >= KILLS
        assert report.shown > 0
        assert report.most <= 2
        assert report.extra <= report.unclear + report.cut
