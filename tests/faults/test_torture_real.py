"""B1, B22 with real processes: kill -9 in the middle of a broadcast, SIGSTOP beyond the lease.

A short one; `python -m tests.faults.torture --real --database both` is a long one.
"""

from pathlib import Path

from tests.faults.torture.real import RealRun, Waits

KILLS = 16


def test_killed_and_stopped_nothing_is_lost_or_said_a_third_time(
    database_url: str, tmp_path: Path
) -> None:
    run = RealRun(database_url, tmp_path, people=20, kills=KILLS, pauses=1, waits=Waits(1.2))
    report = run.play()
    assert report.findings == []
    assert report.kills >= KILLS
    assert report.shown > 0
    assert report.most <= 2
    assert report.extra <= report.unclear + report.cut
