"""How right the understanding is on a corpus: one way of counting for tests and benchmarks."""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.understanding import Names, Understander, Understanding

CORPUS = Path(__file__).parent / "corpus"
SHARED = Path(__file__).parents[3] / "shared" / "domain"


@dataclass(frozen=True)
class Row:
    text: str
    intent: str
    slots: Mapping[str, Any]


@dataclass(frozen=True)
class Result:
    row: Row
    heard: Understanding

    @property
    def right(self) -> bool:
        return self.heard.likeliest == self.row.intent

    @property
    def slots_right(self) -> bool:
        return self.right and comparable(self.heard.slots) == comparable(self.row.slots)

    @property
    def acted_wrongly(self) -> bool:
        """A change would have been made that nobody asked for."""
        return self.heard.changes and self.heard.sure and not self.right


@dataclass(frozen=True)
class Score:
    rows: int
    intents: float
    slots: float
    """The share of rows of which every slot is right and none is too many."""
    changes: int
    wrong_changes: int

    @property
    def precision_of_changes(self) -> float:
        return 1 - self.wrong_changes / self.changes if self.changes else 1.0


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [Row(r["text"], r["intent"], json.loads(r["slots"])) for r in csv.DictReader(file)]


def measure(
    understander: Understander, rows: Sequence[Row], now: datetime, names: Names
) -> list[Result]:
    return [Result(row, understander.understand(row.text, now=now, names=names)) for row in rows]


def score(results: Sequence[Result]) -> Score:
    made = [each for each in results if each.heard.changes and each.heard.sure]
    return Score(
        rows=len(results),
        intents=sum(each.right for each in results) / len(results),
        slots=sum(each.slots_right for each in results) / len(results),
        changes=len(made),
        wrong_changes=sum(not each.right for each in made),
    )


def comparable(slots: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of an RRULE have no order."""
    rule = slots.get("rrule")
    return {**slots, "rrule": frozenset(rule.split(";"))} if isinstance(rule, str) else {**slots}
