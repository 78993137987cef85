"""Workbooks of several sheets, for people to read and reckon with: numbers are numbers, and no
text can become a formula or a link. The bytes depend on what is written and on nothing else."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

Cell = str | int
WIDEST = 40
"""Characters of a column; beyond it the text is wrapped by whoever reads."""


@dataclass(frozen=True)
class Sheet:
    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    note: str = ""
    """Stands under the rows: for whom it is, and of when."""


def as_sheets(sheets: Sequence[Sheet], made: datetime) -> bytes:
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    from xlsxwriter import Workbook  # two megabytes, for whoever exports

    with Workbook(out, options) as workbook:
        workbook.set_properties({"created": made.replace(tzinfo=None, microsecond=0)})
        bold = workbook.add_format({"bold": True, "text_wrap": True})
        for each in sheets:
            page = workbook.add_worksheet(each.name)
            page.freeze_panes(1, 0)
            page.repeat_rows(0)
            page.set_paper(9)
            page.fit_to_pages(1, 0)
            for at, wide in enumerate(widths(each)):
                page.set_column(at, at, wide)
            for at, column in enumerate(each.columns):
                page.write_string(0, at, column, bold)
            for line, row in enumerate(each.rows, start=1):
                for at, cell in enumerate(row):
                    if isinstance(cell, int):
                        page.write_number(line, at, cell)
                    elif cell:
                        page.write_string(line, at, cell)
            if each.note:
                page.write_string(len(each.rows) + 2, 0, each.note)
    return out.getvalue()


def widths(sheet: Sheet) -> Iterator[int]:
    """By the head and the first rows; Chinese characters are two wide."""
    for at, column in enumerate(sheet.columns):
        shown = [column, *(str(row[at]) for row in sheet.rows[:50])]
        yield min(WIDEST, 3 + max(sum(2 if ord(c) > 255 else 1 for c in each) for each in shown))
