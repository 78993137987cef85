"""The corpus: 12 classes of expressions, each expectation derived a second time on a calendar.

A tenth of each class is held out and scored apart. At the first run, before any mistake had been
seen, 88 of 90 held-out rows were right and 2 silently wrong; the tenth was drawn anew as rows were
added, so what it scores now is no longer that of rows never seen. Of sixty more, written later and
run once before anything was mended, 56 were right, one silently wrong (大大后天).
Run `python -m tests.understanding.times.test_corpus` for the table.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import islice

import pytest
from dateutil.rrule import rrulestr

from bot.understanding.times import Day, Deadline, Moment, Recurrence, Shift, Span, find
from tests.understanding.times import derived
from tests.understanding.times.scoring import ROWS, Row, Verdict, judge

CLASSES = sorted({row.kind for row in ROWS})
RECURRING = [row for row in ROWS if row.kind == "recurrences"]


def name(row: Row) -> str:
    return f"{row.now:%m-%d %H:%M} {row.text}"


def test_the_corpus_is_large_enough() -> None:
    held = Counter(row.kind for row in ROWS if row.held_out)
    all_of = Counter(row.kind for row in ROWS)

    assert len(ROWS) >= 600
    assert len(CLASSES) == 12
    assert all(abs(held[kind] - all_of[kind] / 10) <= 0.5 for kind in CLASSES)
    assert len({(row.now, row.text) for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("kind", CLASSES)
def test_the_expectations_are_what_a_calendar_says(kind: str) -> None:
    for row in ROWS:
        if row.kind == kind != "recurrences":
            derivation = derived.derive(row.now.replace(tzinfo=None), row.derivation)
            assert derivation == row.expected, row.text


@pytest.mark.parametrize("kind", CLASSES)
def test_it_is_understood(kind: str) -> None:
    judged = {row: judge(row) for row in ROWS if row.kind == kind}
    wrong = {
        f"{r.now:%m-%d %H:%M} {r.text}": said for r, (v, said) in judged.items() if v != "right"
    }

    assert wrong == {}


def test_deadlines_are_deadlines() -> None:
    values = [f.value for r in ROWS if r.kind == "deadlines" for f in find(r.text, now=r.now)]

    assert all(isinstance(value, Deadline) for value in values)


@pytest.mark.parametrize("row", RECURRING, ids=name)
def test_a_recurrence_falls_on_the_days_it_should(row: Row) -> None:
    """The rule with its exceptions, expanded by dateutil, against trying every single day."""
    [found] = find(row.text, now=row.now)
    assert isinstance(found.value, Recurrence)
    wanted = derived.occurrences(row.now.replace(tzinfo=None), row.derivation, 8)

    assert _begins(found.value) == wanted[0]
    assert list(islice(_expanded(found.value, row.now), len(wanted))) == wanted


def _begins(value: Recurrence) -> date:
    match value.first:
        case Day(day):
            return day
        case Moment(at):
            return at.date()
        case Span(start, _):
            return start.date()


def _expanded(value: Recurrence, now: datetime) -> Iterable[date]:
    """Plain occurrences less the skipped, with the added, the moved where they were moved to."""
    moved = {move.planned: move.to for move in value.moved}
    start = datetime.combine(_begins(value), time())
    if value.shift in (Shift.LATER, Shift.EARLIER) or value.moved:
        start -= timedelta(15)  # the first may have been moved to where it is
    rule = ";".join(
        part for part in value.rule.split(";") if not part.startswith(("BYH", "BYMINUTE"))
    )
    plain = (at.date() for at in islice(rrulestr(rule, dtstart=start), 400))
    until = start.date() + timedelta(366)
    days = {moved.get(day, day) for day in plain if day not in value.skipped}
    days |= set(value.added)
    first = _begins(value)
    return (day for day in sorted(days) if day >= first and (day <= until or not value.added))


def test_it_is_right_enough_and_hardly_ever_silent() -> None:
    verdicts = [(row.held_out, judge(row)[0]) for row in ROWS]
    held = [verdict for held_out, verdict in verdicts if held_out]

    assert held.count(Verdict.RIGHT) / len(held) >= 0.97
    assert sum(verdict is Verdict.SILENT for _, verdict in verdicts) / len(verdicts) <= 0.005


def table() -> str:
    """Right, asked and silently wrong for each class, the held-out tenth apart."""
    counted: dict[tuple[str, bool], Counter[Verdict]] = defaultdict(Counter)
    for row in ROWS:
        counted[row.kind, row.held_out][judge(row)[0]] += 1
    lines = [f"{'class':<12}{'built on':>18}{'held out':>18}   (right/asked/silently wrong)"]
    for kind in CLASSES:
        cells = ["/".join(str(counted[kind, held][v]) for v in Verdict) for held in (False, True)]
        lines.append(f"{kind:<12}{cells[0]:>18}{cells[1]:>18}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())  # noqa: T201
