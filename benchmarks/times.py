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
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from tests.understanding.times import derived
from tests.understanding.times.scoring import ROWS, Row

Reading = tuple[str, datetime | None, datetime | None]
"""What kind it is, where it begins, and (if it is said) where it ends."""

Reader = Callable[[str, datetime], list[Reading]]
DIGITS = "9" * 2000


def ours() -> Reader:
    from bot.understanding.times import Deadline, Unclear, find, iso

    def read(text: str, now: datetime) -> list[Reading]:
        values = [v for f in find(text, now=now)[:1] for v in (f.value, *f.others)]
        kept = [value for value in values if not isinstance(value, Unclear)]
        return [reading(iso(v.until if isinstance(v, Deadline) else v)) for v in kept]

    return read


def jionlp() -> Reader:
    import jionlp_time

    def read(text: str, now: datetime) -> list[Reading]:
        found = jionlp_time.parse_time(text, time_base=now.replace(tzinfo=None).timestamp())
        match found["type"]:
            case "time_delta":
                return [(_length(found["time"]), None, None)]
            case "time_period":
                point = found["time"]["point"]
                start = point["time"][0] if point else None
                at = datetime.fromisoformat(start) if start else None
                return [("every " + _length(found["time"]["delta"]), at, None)]
            case _:
                return [("", *(_time(at) for at in found["time"]))]

    return read


def _time(written: str) -> datetime | None:
    return None if written in ("inf", "-inf") else datetime.fromisoformat(written)


def _length(delta: Any) -> str:
    if not isinstance(delta, dict):
        return "?"
    minutes = {
        "day": 1440,
        "hour": 60,
        "minute": 1,
        "second": 1 / 60,
        "month": 43200,
        "year": 518400,
    }
    minutes |= {"week": 10080, "workday": 1440, "quarter": 129600}
    return f"{sum(minutes.get(unit, 0) * amount for unit, amount in delta.items()):g}"


def recognizers() -> Reader:
    from recognizers_date_time import recognize_datetime

    def read(text: str, now: datetime) -> list[Reading]:
        found = recognize_datetime(text, "zh-cn", reference=now.replace(tzinfo=None))
        resolved = found[0].resolution if found else None
        return [_resolved(value, now) for value in (resolved or {}).get("values", ())]

    return read


def _resolved(value: dict[str, str], now: datetime) -> Reading:
    def at(written: str) -> datetime:
        clock = len(written) <= 8
        return datetime.fromisoformat(f"{now:%Y-%m-%d} {written}" if clock else written)

    if value["type"] == "set":
        return ("every " + value["timex"], None, None)
    if value["type"] == "duration":
        return (f"{float(value['value']) / 60:g}", None, None)
    if "value" in value:
        return ("" if value["value"] != "not resolved" else "?", at(value["value"]), None)
    first, last = at(value["start"]), at(value["end"])
    return ("", first, last - timedelta(seconds=1) if value["type"][:4] == "date" else last)


def dateparser() -> Reader:
    import dateparser as library

    def read(text: str, now: datetime) -> list[Reading]:
        settings: Any = {"RELATIVE_BASE": now.replace(tzinfo=None)}
        found = library.parse(text, languages=["zh"], settings=settings)
        return [("", found, None)] if found else []

    return read


READERS: dict[str, Callable[[], Reader]] = {
    "ours": ours,
    "jionlp-time": jionlp,
    "recognizers-text": recognizers,
    "dateparser": dateparser,
}


def reading(written: str) -> Reading:
    """A slot, as a kind with a beginning and an end."""
    if written.startswith("FREQ"):
        return ("rule " + written, None, None)
    if written.startswith("P"):
        return (_iso_length(written), None, None)
    first, last = _bounds(written.split()[0])
    return ("", first, last)


def _iso_length(written: str) -> str:
    days, _, clock = written[1:].partition("T")
    units = {"D": 1440.0, "M": 43200.0, "Y": 518400.0}
    return f"{_sum(days, units) + _sum(clock, {'H': 60.0, 'M': 1.0, 'S': 1 / 60}):g}"


def _sum(written: str, units: dict[str, float]) -> float:
    total, digits = 0.0, ""
    for letter in written:
        if letter in units:
            total, digits = total + float(digits) * units[letter], ""
        else:
            digits += letter
    return total


def _bounds(written: str) -> tuple[datetime, datetime | None]:
    """Where a slot begins and ends; a clock time has no end."""
    if "/" in written:
        first, last = written.split("/")
        return datetime.fromisoformat(first), _end(last)
    if "W" in written:
        monday = datetime.strptime(written + "-1", "%G-W%V-%u")  # noqa: DTZ007
        return monday, _end(f"{monday + timedelta(6):%Y-%m-%d}")
    if "Q" in written:
        year, quarter = int(written[:4]), int(written[-1])
        return datetime.combine(date(year, 3 * quarter - 2, 1), _MIDNIGHT), _month_end(
            year, 3 * quarter
        )
    if len(written) == 4:
        return datetime.fromisoformat(f"{written}-01-01"), _end(f"{written}-12-31")
    if len(written) == 7:
        return datetime.fromisoformat(f"{written}-01"), _month_end(*map(int, written.split("-")))
    return datetime.fromisoformat(written), None if "T" in written else _end(written)


_MIDNIGHT = datetime.min.time()


def _end(written: str) -> datetime:
    return datetime.fromisoformat(written if "T" in written else f"{written}T23:59:59")


def _month_end(year: int, month: int) -> datetime:
    following = date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
    return _end(following.isoformat())


def right(row: Row, found: list[Reading]) -> bool:
    """Whether one of the readings is one of those expected; parts of a day are let pass."""
    if row.expected in ("ask", "none"):
        return not found
    wanted = [reading(option) for option in row.expected.split(" ; ")[0].split(" ? ")]
    return any(_same(row, want, got) for want in wanted for got in found)


def _same(row: Row, wanted: Reading, got: Reading) -> bool:
    kind, first, last = wanted
    if kind.startswith("rule"):
        return kind == got[0] or _same_recurrence(row, kind, got)
    if got[0] or kind:
        return kind == got[0]
    if got[1] is None or first is None:
        return False
    start, end = got[1].replace(tzinfo=None), got[2]
    if row.kind == "deadlines" and end is not None:
        start, end = end.replace(tzinfo=None), None  # from now until then
    if last is None:
        return start == first
    day = first.date() == last.date()
    if day and (end is None or " " in row.expected):
        return start.date() == first.date()
    return (
        start == first and end is not None and abs(end.replace(tzinfo=None) - last) <= timedelta(1)
    )


def _same_recurrence(row: Row, rule: str, got: Reading) -> bool:
    """One point and one distance, as the others write it: right if both are."""
    each = {"DAILY": "1440", "WEEKLY": "10080", "MONTHLY": "43200", "YEARLY": "518400"}
    timex = {"DAILY": "P1D", "WEEKLY": "P1W", "MONTHLY": "P1M", "YEARLY": "P1Y"}
    freq = rule.split("FREQ=")[1].split(";")[0]
    if "," in rule or "INTERVAL" in rule or freq not in each:
        return False
    if got[1] is None:
        return got[0] == "every " + _timex(rule, timex[freq])
    first = derived.occurrences(row.now.replace(tzinfo=None), row.derivation, 1)
    return got[0] == "every " + each[freq] and got[1].date() in (first[0], row.now.date())


def _timex(rule: str, plain: str) -> str:
    """XXXX-WXX-5T15:30, as TIMEX3 writes every Friday at half past three."""
    parts = dict(part.split("=") for part in rule.removeprefix("rule ").split(";"))
    codes = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
    day = f"XXXX-WXX-{codes.index(parts['BYDAY']) + 1}" if parts.get("BYDAY") in codes else ""
    minute = f":{int(parts['BYMINUTE']):02}" if parts.get("BYMINUTE", "0") != "0" else ""
    clock = f"T{int(parts['BYHOUR']):02}{minute}" if "BYHOUR" in parts else ""
    return day + clock or plain


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
        "from benchmarks.times import DIGITS, READERS, ROWS, _quietly\n"
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
