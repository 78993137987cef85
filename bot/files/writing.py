"""Writing tables: .csv, .xlsx or .yaml, by the ending of the name."""

import csv
import io
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from bot.files import text
from bot.files.formulas import disarmed
from bot.files.tables import Unreadable

Cells = Mapping[str, str]
Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def write(path: Path, name: str, columns: Sequence[str], rows: Sequence[Cells]) -> None:
    """Whole or not at all, and only for the eyes of who writes it: 0600. Raises `Unreadable`."""
    match path.suffix.lower():
        case ".csv":
            data = as_csv(columns, rows)
        case ".xlsx":
            data = as_workbook(name, columns, rows)
        case ".yaml" | ".yml":
            data = as_yaml({str(name): list(brief(columns, rows))})
        case _:
            raise Unreadable(text.NO_SUCH_FORM)
    put(path, data)


def brief(columns: Sequence[str], rows: Sequence[Cells]) -> Iterator[Cells]:
    """Without what is empty; but the first names every column, so that none is unsaid."""
    for at, row in enumerate(rows):
        yield {key: row[key] for key in columns if row[key] or not at}


def put(path: Path, data: bytes) -> None:
    aside = path.with_name(f".{path.name}.part")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    aside.replace(path)


def as_csv(columns: Sequence[str], rows: Sequence[Cells]) -> bytes:
    """With a byte order mark, because spreadsheets take anything else for their own encoding."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([disarmed(row[key]) for key in columns] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_workbook(name: str, columns: Sequence[str], rows: Sequence[Cells]) -> bytes:
    """Every cell is text: a number like 007 stays one, and no formula can begin."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    from xlsxwriter import Workbook  # two megabytes, for whoever exports

    with Workbook(out, options) as workbook:
        sheet = workbook.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        bold = workbook.add_format({"bold": True})
        for at, column in enumerate(columns):
            sheet.write_string(0, at, column, bold)
        for line, row in enumerate(rows, start=1):
            for at, column in enumerate(columns):
                if row[column]:
                    sheet.write_string(line, at, row[column])
    return out.getvalue()


def as_yaml(document: Mapping[str, Any]) -> bytes:
    words = yaml.dump(document, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=200)
    return str(words).encode()
