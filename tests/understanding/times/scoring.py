"""How a row of the corpus is judged; the benchmark judges other libraries by the same rules."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.understanding.times import Day, Found, Unclear, Value, find, iso

ZONE = ZoneInfo("Asia/Shanghai")
_CORPUS = Path(__file__).with_name("corpus.csv")


@dataclass(frozen=True)
class Row:
    kind: str
    held_out: bool
    now: datetime
    text: str
    said: tuple[str, ...]
    expected: str
    derivation: str


class Verdict(StrEnum):
    RIGHT = "right"
    ASKED = "asked"  # not understood, or more readings than expected: a question too many
    SILENT = "silently wrong"  # a value that nobody meant, without a question


def rows() -> Iterator[Row]:
    """The corpus; 【】 in a text marks the expressions, without them the whole text is one."""
    with _CORPUS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            text = row["text"]
            said = tuple(part.split("】")[0] for part in text.split("【")[1:])
            plain = text.replace("【", "").replace("】", "")
            none = row["expected"] == "none"
            yield Row(
                row["class"],
                row["held_out"] == "x",
                datetime.fromisoformat(row["now"]).replace(tzinfo=ZONE),
                plain,
                said or (() if none else (plain,)),
                row["expected"],
                row["derivation"],
            )


ROWS = tuple(rows())


def written(value: Value) -> str:
    if isinstance(value, Unclear):
        return "ask"
    return iso(value) + (f" {value.part}" if isinstance(value, Day) and value.part else "")


def answer(found: tuple[Found, ...]) -> str:
    """What was found, as the corpus writes it."""
    readings = (" ? ".join(written(v) for v in (f.value, *f.others)) for f in found)
    return " ; ".join(readings) or "none"


def judge(row: Row) -> tuple[Verdict, str]:
    found = find(row.text, now=row.now)
    said = answer(found)
    if said == row.expected and tuple(f.text for f in found) == row.said:
        return Verdict.RIGHT, said
    definite = said != "none" and "?" not in said and "ask" not in said
    return (Verdict.SILENT if definite else Verdict.ASKED), said
