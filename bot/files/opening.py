"""Run as a program of its own: opens one workbook within limits, and prints its cells as JSON.

It imports nothing of ours, so that it starts quickly and nothing of ours is in its memory.
"""

import json
import sys
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

ROWS_AT_MOST = 20_000
COLUMNS_AT_MOST = 100
TOO_MANY_ROWS, TOO_MANY_COLUMNS = 20, 21
"""Exit codes; 1 is a workbook that cannot be read, anything else an end by force."""
CPU_SECONDS = 8
MEMORY = 400_000_000
"""Bytes of address space, of which Python itself takes some fifty million."""

CellValue = int | float | str | bool | time | date | datetime | timedelta


def main(path: str) -> int:
    from python_calamine import load_workbook  # not for those who only read the limits above

    limit_myself()
    workbook = load_workbook(path)
    sheets: list[tuple[str, list[list[str]]]] = []
    for name in workbook.sheet_names:
        if verdict := read_sheet(workbook, name, sheets):
            return verdict
    sys.stdout.buffer.write(json.dumps(sheets).encode())
    return 0


def read_sheet(
    workbook: "CalamineWorkbook", name: str, into: list[tuple[str, list[list[str]]]]
) -> int:
    sheet = workbook.get_sheet_by_name(name)
    if sheet.total_height > ROWS_AT_MOST + 1:
        return TOO_MANY_ROWS
    if sheet.total_width > COLUMNS_AT_MOST:
        return TOO_MANY_COLUMNS
    rows = sheet.to_python(skip_empty_area=False)
    into.append((name, [[as_text(value) for value in row] for row in rows]))
    return 0


def as_text(value: CellValue) -> str:
    """Days as 2026-11-23, moments as 2026-11-23T09:00, whole numbers without a point."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        at_midnight = value.time() == time()
        return value.date().isoformat() if at_midnight else value.isoformat(timespec="minutes")
    return str(value)


def limit_myself() -> None:
    try:
        import resource
    except ImportError:  # Windows: the time limit and the look from outside remain
        return
    for what, most in ((resource.RLIMIT_CPU, CPU_SECONDS), (resource.RLIMIT_AS, MEMORY)):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # macOS knows no limit of address space
            continue


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
