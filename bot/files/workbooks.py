"""Reading .xlsx that strangers have made: looked over from outside, then opened in a child.

The package that reads it is fast, but any reader can be made to fill the memory; so what is
opened has been counted before, and who opens it may be lost.
"""

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

from bot.files import text
from bot.files.opening import COLUMNS_AT_MOST, ROWS_AT_MOST, TOO_MANY_COLUMNS, TOO_MANY_ROWS
from bot.files.tables import Unreadable

PARTS_AT_MOST = 200
UNPACKED_AT_MOST = 30_000_000
RATIO_AT_MOST = 100
"""A table packs to a tenth; what packs to a hundredth was made to be unpacked."""
SMALL = 1_000_000
"""Bytes. Below it, how well something packs does not matter."""
ROWS_LOOKED_AT = 10 * ROWS_AT_MOST
"""Rows that are only formatted do not count, but even these have an end."""
SECONDS_AT_MOST = 10

CHILD = Path(__file__).with_name("opening.py")
DECLARES = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")


@dataclass(frozen=True)
class Sheet:
    name: str
    lines: Sequence[tuple[int, Sequence[str]]]


def read_workbook(path: Path) -> list[Sheet]:
    """Raises `Unreadable`."""
    try:
        with ZipFile(path) as archive:
            look_over(archive)
    except (BadZipFile, ZlibError, EOFError, NotImplementedError, RuntimeError, OSError):
        raise Unreadable(text.BROKEN_WORKBOOK) from None
    return opened(path)


def look_over(archive: ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > PARTS_AT_MOST:
        raise Unreadable(text.too_many_parts(PARTS_AT_MOST))
    if sum(part.file_size for part in parts) > UNPACKED_AT_MOST or any(map(is_bomb, parts)):
        raise Unreadable(text.TOO_HEAVY)
    for part in parts:
        look_at_name(part.filename.lower())
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        raise Unreadable(text.NOT_A_TABLE)
    for part in parts:
        with archive.open(part) as file:  # who lies about the size is found out here
            look_at_content(file.read(part.file_size + 1))


def is_bomb(part: ZipInfo) -> bool:
    return part.file_size > max(SMALL, RATIO_AT_MOST * part.compress_size)


def look_at_name(name: str) -> None:
    if name.endswith("vbaproject.bin") or "/macrosheets/" in name or "/activex/" in name:
        raise Unreadable(text.MACROS)
    if "externallinks/" in name:
        raise Unreadable(text.LINKED)
    if name.endswith((".zip", ".xlsx", ".xlsm", ".gz", ".7z", ".rar")) or "embeddings/" in name:
        raise Unreadable(text.NESTED_ARCHIVE)


def look_at_content(data: bytes) -> None:
    if data.startswith(b"PK\x03\x04"):
        raise Unreadable(text.NESTED_ARCHIVE)
    if DECLARES.search(data):
        raise Unreadable(text.SUSPICIOUS)
    if sum(1 for _ in ROW.finditer(data)) > ROWS_LOOKED_AT:
        raise Unreadable(text.too_many_rows(ROWS_AT_MOST))


def opened(path: Path) -> list[Sheet]:
    """By a child with limits of its own: what goes wrong there ends there."""
    command = [sys.executable, "-I", str(CHILD), str(path)]
    try:
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, timeout=SECONDS_AT_MOST, check=False
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(text.TOO_HEAVY) from None
    match done.returncode:
        case 0:
            sheets = json.loads(done.stdout)
            return [Sheet(name, list(enumerate(rows, start=1))) for name, rows in sheets]
        case code if code == TOO_MANY_ROWS:
            raise Unreadable(text.too_many_rows(ROWS_AT_MOST))
        case code if code == TOO_MANY_COLUMNS:
            raise Unreadable(text.too_many_columns(COLUMNS_AT_MOST))
        case 1:
            raise Unreadable(text.BROKEN_WORKBOOK)
        case _:  # killed at one of its limits
            raise Unreadable(text.TOO_HEAVY)
