"""Chinese time expressions: ours beside jionlp-time, recognizers-text and dateparser.

python -m benchmarks.times [--show NAME]

Everyone reads the corpus of tests/understanding/times with the same clocks, each in a process of
its own. The others are given the bare expression where ours has to find it in a sentence, any one
of their readings may be the right one, and no echo is asked of them. `silent` is a value that
nobody meant, given without a question; `nothing` is no answer, or a question.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import warnings
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from benchmarks.times.judging import right
from benchmarks.times.readers import READERS, Reader
from benchmarks.times.slots import Reading
from tests.understanding.times.scoring import ROWS

DIGITS = "9" * 2000


@dataclass(frozen=True)
class Result:
    right: int
    held_right: int
    silent: int
    nothing: int
    median_ms: float
    worst_ms: float


def measure(name: str, show: bool) -> Result:
    warnings.simplefilter("ignore")
    read = READERS[name]()
    counts, took, held = {"right": 0, "silent": 0, "nothing": 0}, [], 0
    for row in ROWS:
        text = row.text if name == "ours" or not row.said else row.said[0]
        started = time.process_time()
        found = _quietly(read, text, row.now)
        took.append((time.process_time() - started) * 1000)
        verdict = "right" if right(row, found) else "silent" if found else "nothing"
        counts[verdict] += 1
        held += verdict == "right" and row.held_out
        if show and verdict != "right":
            print(f"{verdict:8} {row.text}  wanted {row.expected}, got {found}", file=sys.stderr)
    return Result(
        counts["right"], held, counts["silent"], counts["nothing"],
        median(took), max(took),
    )  # fmt: skip


def _quietly(read: Reader, text: str, now: datetime) -> list[Reading]:
    """The libraries raise on what they do not understand: that is no answer, and fair."""
    try:
        return read(text, now)
    except Exception:
        return []


MODULES = {
    "ours": "bot.understanding.times",
    "jionlp-time": "jionlp_time",
    "recognizers-text": "recognizers_date_time",
    "dateparser": "dateparser",
}
_LOAD = """
import datetime, pathlib, re, sys, time, types
def resident():  # pages of 4 KiB; the peak would be the parent's, which exec keeps
    return int(pathlib.Path("/proc/self/statm").read_text().split()[1]) / 256
alone = types.ModuleType("bot.understanding")  # ours without the rest of the understanding
alone.__path__ = ["bot/understanding"]
sys.modules["bot.understanding"] = alone
before, started = resident(), time.process_time()
import {module}
took = (time.process_time() - started) * 1000
print(f"{{took:.0f}} {{resident() - before:.1f}}")
"""


def loading(name: str) -> list[str]:
    """Milliseconds and megabytes of importing it, from compiled files."""
    with tempfile.TemporaryDirectory() as compiled:
        env = {**os.environ, "PYTHONPYCACHEPREFIX": compiled, "PYTHONPATH": "."}
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        command = [sys.executable, "-W", "ignore", "-c", _LOAD.format(module=MODULES[name])]
        for _ in range(2):
            done = subprocess.run(command, capture_output=True, text=True, check=True, env=env)
    return done.stdout.split()


def on_digits(name: str) -> str:
    """Milliseconds for 2,000 digits, in a process that is stopped after a minute."""
    code = (
        "import time, warnings; warnings.simplefilter('ignore')\n"
        "from benchmarks.times.__main__ import DIGITS, READERS, ROWS, _quietly\n"
        f"read = READERS[{name!r}](); _quietly(read, '明天', ROWS[0].now)\n"
        "start = time.process_time(); _quietly(read, DIGITS, ROWS[0].now)\n"
        "print(round((time.process_time() - start) * 1000, 1))"
    )
    try:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, timeout=60
        )
    except subprocess.TimeoutExpired:
        return "> 60000"
    return done.stdout.split("\n")[-2] if done.returncode == 0 else "fails"


def table() -> None:
    held = sum(row.held_out for row in ROWS)
    print(f"{len(ROWS)} expressions, {held} of them held out")
    head = (
        "right",
        "held out",
        "silent",
        "nothing",
        "median ms",
        "worst ms",
        "2,000 digits",
        "load ms",
        "MB",
    )
    print(f"{'':18}" + "".join(f"{title:>13}" for title in head))
    for name in READERS:
        command = [sys.executable, "-W", "ignore", "-m", "benchmarks.times", "--only", name]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        r = Result(**json.loads(done.stdout.splitlines()[-1]))
        share = [
            r.right / len(ROWS),
            r.held_right / held,
            r.silent / len(ROWS),
            r.nothing / len(ROWS),
        ]
        cells = [f"{value:.1%}" for value in share] + [f"{r.median_ms:.3f}", f"{r.worst_ms:.1f}"]
        cells += [on_digits(name), *loading(name)]
        print(f"{name:18}" + "".join(f"{cell:>13}" for cell in cells), flush=True)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("--only", choices=READERS, help="one reader, as JSON")
    arguments.add_argument("--show", choices=READERS, help="what one reader got wrong")
    chosen = arguments.parse_args()
    if chosen.show or chosen.only:
        result = measure(chosen.show or chosen.only, show=bool(chosen.show))
        print(json.dumps(result.__dict__))
    else:
        table()


if __name__ == "__main__":
    main()
