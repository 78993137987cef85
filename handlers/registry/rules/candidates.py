"""What a row of the candidates' file says: a number, a branch, and days. Names are not kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.files.tables import Fault, Row, Table
from handlers.registry.rules.cells import Cells, prepared, repeated

DAYS = (
    "applied_on", "talked_on", "activist_on", "object_agreed_on", "publicity_from", "object_on",
    "review_done_on", "training_done_on", "branch_review_on", "pre_review_on", "accepted_on",
    "approved_on", "probation_ends_on", "full_meeting_on", "full_approved_on",
)  # fmt: skip
"""As the rules count from them, in the order in which they come."""
NEEDED = ("candidate_id", "branch_id")


@dataclass(frozen=True)
class CandidateLine:
    row: Row
    candidate_id: str
    branch_id: str
    days: Mapping[str, date]
    """Those that are known; an empty cell changes nothing."""


def read(table: Table) -> tuple[list[CandidateLine], list[Fault], list[str]]:
    table, faults, unused = prepared(table, (*NEEDED, *DAYS), NEEDED)
    lines = []
    for row in table.rows:
        cells = Cells(row, frozenset(table.columns))
        days = {name: day for name in DAYS if (day := cells.day(name))}
        line = CandidateLine(row, cells.id("candidate_id"), cells.id("branch_id"), days)
        lines.append(line)
        faults += cells.faults
    ids = [(line.candidate_id, line.row) for line in lines]
    return lines, faults + repeated(ids, "candidate_id"), unused
