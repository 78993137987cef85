"""Reading a file by what it holds, not by what it is called."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bot.files import text
from bot.files.documents import read_document
from bot.files.formulas import restored
from bot.files.opening import ROWS_AT_MOST
from bot.files.tables import Block, Fault, Misshapen, Row, Table, Unreadable
from bot.files.workbooks import Sheet, read_workbook

MEGABYTES_AT_MOST = 5
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def read(path: Path) -> Table | Block:
    """A table, or the root of a YAML document that is none. Raises `Unreadable`."""
    data = content(path)
    if data.startswith(ZIP):
        return table_of_sheets(read_workbook(path))
    if data.startswith(OLE):
        raise Unreadable(text.OLD_WORKBOOK)
    words = decoded(data)
    if path.suffix.lower() in {".yaml", ".yml"}:
        return read_document(words)
    return table_of_sheets([Sheet("", list(lines_of_csv(words)))], restore=True)


def content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MEGABYTES_AT_MOST * 1_000_000:
            raise Unreadable(text.too_large(MEGABYTES_AT_MOST))
        data = path.read_bytes()
    except OSError:
        raise Unreadable(text.NOT_THERE) from None
    if not data.strip():
        raise Unreadable(text.EMPTY)
    return data


def decoded(data: bytes) -> str:
    """UTF-8 with or without a byte order mark, else GB18030, which old spreadsheets write."""
    if b"\0" in data:
        raise Unreadable(text.NOT_A_TABLE)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(text.NOT_DECODED)


def lines_of_csv(words: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Each record with the line it begins on."""
    head = words.split("\n", 1)[0]
    delimiter = max(",\t;", key=head.count)
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1
    except csv.Error:
        raise Unreadable(text.broken_csv(begins)) from None


def table_of_sheets(sheets: Iterable[Sheet], *, restore: bool = False) -> Table:
    """The sheets one under the other: each has its own line of column names, the first that is
    not empty. Sheets without anything are passed over."""
    columns: dict[str, None] = {}
    rows: list[Row] = []
    faults: list[Fault] = []
    for sheet in sheets:
        written = [(number, trimmed(cells)) for number, cells in sheet.lines]
        written = [(number, cells) for number, cells in written if cells]
        if not written:
            continue
        (at, names), *lines = written
        faults += faults_in_head(sheet.name, at, names)
        columns |= dict.fromkeys(names)
        for number, cells in lines:
            if extra := cells[len(names) :]:
                row = Row(number, {}, sheet.name)
                faults.append(row.fault("", Misshapen.EXTRA_CELLS, "、".join(filter(None, extra))))
            values = [restored(cell) for cell in cells] if restore else cells
            filled = dict(zip(names, [*values, *[""] * len(names)], strict=False))
            rows.append(Row(number, filled, sheet.name))
    if not columns:
        raise Unreadable(text.EMPTY)
    if len(rows) > ROWS_AT_MOST:
        raise Unreadable(text.too_many_rows(ROWS_AT_MOST))
    return Table(tuple(columns), rows, tuple(faults))


def trimmed(cells: Sequence[str]) -> list[str]:
    """Without blanks around the cells, and without empty cells at the end."""
    tidy = [cell.strip() for cell in cells]
    while tidy and not tidy[-1]:
        tidy.pop()
    return tidy


def faults_in_head(sheet: str, at: int, names: Sequence[str]) -> Iterator[Fault]:
    for index, name in enumerate(names):
        if not name:
            yield Fault(at, str(index + 1), Misshapen.COLUMN_UNNAMED, sheet=sheet)
        elif name in names[:index]:
            yield Fault(at, name, Misshapen.COLUMN_TWICE, sheet=sheet)
