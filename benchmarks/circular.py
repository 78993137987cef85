"""A quarter of a whole city, counted and written as it is sent out.

python -m benchmarks.circular [--city FILE] [--postgresql] [--rounds 5]

Counted anew each time by a process that has just opened its database; to be done within ten
seconds, with Word and Excel.
"""

import sys
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import TypeVar

from rich.progress import track

from benchmarks import city
from benchmarks.city import people, place
from handlers.console.actions import entering
from handlers.reports.actions import drafting, printing
from handlers.reports.actions.printing import Form
from handlers.reports.rules import figures, freezing, paper, spans
from handlers.reports.rules.freezing import Document
from storage.database import Database

GOAL = 10.0
"""Seconds from asking to the last file."""
QUARTER = "2026-Q3"
Made = TypeVar("Made")


def main() -> None:
    parser = place.asks()
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    with place.opened(asked) as url:
        took: dict[str, list[float]] = defaultdict(list)
        for _ in track(range(asked.rounds), "circulars"):
            database = Database(url)
            records = made(database, took)
            database.close()
    middle = {part: median(times) for part, times in took.items()}
    for part, seconds in middle.items():
        worst = max(took[part])
        print(f"{part:10}{seconds:8.2f} s, worst {worst:.2f} s")
    whole = middle["counted"] + middle["frozen"] + middle[Form.DOCX] + middle[Form.XLSX]
    print(f"{QUARTER}, {records:,} records: {whole:.2f} s with Word and Excel, goal {GOAL} s")
    sys.exit(whole > GOAL)


def made(database: Database, took: dict[str, list[float]]) -> int:
    """Every part's seconds go to `took`; how many records stand behind the numbers."""

    def timed(part: str, work: Callable[[], Made]) -> Made:
        began = time.perf_counter()
        result = work()
        took[part].append(time.perf_counter() - began)
        return result

    document = timed("counted", lambda: counted(database))
    numbers, records = timed("frozen", lambda: freezing.written(document))
    frozen = freezing.read(numbers, lambda: records)
    words = paper.paper(frozen, city.NOW.date())
    for form in Form:
        timed(form, partial(printing.made, frozen, words, form, city.NOW))
    return sum(len(each.records) for each in frozen.figures)


def counted(database: Database) -> Document:
    days = spans.days_of(QUARTER)
    wanted = [each.id for each in figures.TABLE]
    with database.looking() as db:
        who = entering.who(db, people.OFFICE, city.NOW)
        assert who
        assert days
        found = drafting.counted(db, who, "WC", days, "", city.NOW, wanted)
    assert isinstance(found, Document), found
    return found


if __name__ == "__main__":
    main()
