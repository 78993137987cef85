"""Writes docs/glossary.md from storage/seeds/glossary.csv: `python docs/glossary.py`.

The table is what programs and people edit; the page is for reading. A test says when they differ.
"""

import csv
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path

HERE = Path(__file__).parent
TABLE = HERE.parent / "storage" / "seeds" / "glossary.csv"
PAGE = HERE / "glossary.md"
HEAD = """\
# Glossary

What a thing is called by its users, and by the program: one name each, everywhere.
Made from `storage/seeds/glossary.csv` by `python docs/glossary.py`; edit the table, not this page.
"""


def page() -> str:
    with TABLE.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    areas = groupby(rows, key=lambda row: row["area"])
    return "\n".join([HEAD, *("\n".join(section(area, words)) for area, words in areas)])


def section(area: str, rows: Iterable[Mapping[str, str]]) -> Iterable[str]:
    yield f"## {area}\n"
    yield "| 中文 | identifier | kind | note |"
    yield "| --- | --- | --- | --- |"
    for row in rows:
        yield f"| {row['zh']} | `{row['identifier']}` | {row['kind']} | {row['note']} |"
    yield ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
