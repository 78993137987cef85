"""What a row of the accounts' file says."""

import re
from dataclasses import dataclass

from bot.files.tables import Fault, Row, Table
from handlers.registry.rules import words
from handlers.registry.rules.cells import Cells, prepared
from handlers.registry.rules.troubles import Trouble

COLUMNS = ("member_id", "platform", "user")
PLATFORM = re.compile(r"[a-z][a-z0-9_-]{0,30}", re.ASCII)


@dataclass(frozen=True)
class AccountLine:
    row: Row
    member_id: str
    platform: str
    user: str


def read(table: Table) -> tuple[list[AccountLine], list[Fault], list[str]]:
    table, faults, unused = prepared(table, COLUMNS, COLUMNS)
    lines = []
    for row in table.rows:
        cells = Cells(row, frozenset(table.columns))
        lines.append(line_of(cells))
        faults += cells.faults
    return lines, faults + twice(lines), unused


def line_of(cells: Cells) -> AccountLine:
    said = cells.raw("platform")
    platform = words.PLATFORM_WORDS.get(said, said.lower())
    if not PLATFORM.fullmatch(platform):
        cells.wrong("platform", Trouble.NOT_A_PLATFORM, said)
    user = cells.words("user", most=128, needed=True)
    return AccountLine(cells.row, cells.id("member_id"), platform, user)


def twice(lines: list[AccountLine]) -> list[Fault]:
    """An account belongs to one person."""
    owner: dict[tuple[str, str], AccountLine] = {}
    faults = []
    for line in lines:
        first = owner.setdefault((line.platform, line.user), line)
        if first is not line:
            row = str(first.row.number)
            faults.append(line.row.fault("user", Trouble.REPEATED, line.user, row))
    return faults
