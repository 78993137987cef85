"""Whether what a reader found is what the corpus expects."""

from datetime import timedelta

from benchmarks.times.slots import Reading, reading
from tests.understanding.times import derived
from tests.understanding.times.scoring import Row


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
