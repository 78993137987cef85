"""What the organisations' file says: one row each, or one document that is nested as they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.files.tables import Block, Fault, Row, Table
from handlers.registry.rules import words
from handlers.registry.rules.cells import Cells, prepared, repeated
from handlers.registry.rules.nesting import flattened
from handlers.registry.rules.troubles import Trouble

COLUMNS = (
    "id",
    "name",
    "type",
    "parent_id",
    "leading_group",
    "elected_on",
    "term_years",
    "theme_day",
    "dues_day",
    "has_committee",
    "note",
    "officers",
)
NEEDED = ("id", "name", "type", "parent_id")
ROLE_OF_OFFICERS = {
    "work_committee": "committee_office",
    "organ_committee": "organ_committee",
    "organ_discipline_committee": "organ_committee",
    "general_branch": "organ_committee",
    "organ": "organ_committee",
}
"""What officers are who are named without a role."""
ROLES_OF_OFFICERS = frozenset({"committee_office", "organ_committee", "operator"})
"""The posts that this file decides; those of a branch stand in the members' file."""

Officer = tuple[str, str]
"""A member, and the role."""


@dataclass(frozen=True)
class OrgLine:
    row: Row
    id: str
    facts: Mapping[str, Any]
    """Of the organisation's own columns, those that the file speaks of."""
    parent_id: str | None
    officers: frozenset[Officer] | None
    """None: the file does not say."""


def read(source: Table | Block) -> tuple[list[OrgLine], list[Fault], list[str]]:
    """The rows as values; everything that is wrong with them; and the columns not used."""
    table = source if isinstance(source, Table) else flattened(source)
    table, faults, unused = prepared(table, COLUMNS, NEEDED)
    lines = []
    for row in table.rows:
        cells = Cells(row, frozenset(row.cells))  # in a nested file not all rows speak of all
        lines.append(line_of(cells))
        faults += cells.faults
    faults += repeated([(line.id, line.row) for line in lines], "id")
    return lines, faults, unused


def line_of(cells: Cells) -> OrgLine:
    facts: dict[str, Any] = {
        "name": cells.words("name", most=60, needed=True),
        "kind": cells.choice("type", words.ORG_WORDS),
    }
    if not cells.raw("type"):
        cells.wrong("type", Trouble.EMPTY)
    for column, most in (("leading_group", 60), ("note", 200)):
        if cells.has(column):
            facts[column] = cells.words(column, most=most)
    if cells.has("elected_on"):
        facts["elected_on"] = cells.day("elected_on")
    for column, low, high in (("term_years", 1, 10), ("theme_day", 1, 31), ("dues_day", 1, 31)):
        if cells.has(column):
            facts[column] = cells.number(column, low, high)
    if cells.has("has_committee"):
        facts["has_committee"] = cells.flag("has_committee", False)
    officers = officers_of(cells, facts["kind"]) if cells.has("officers") else None
    parent_id = cells.id("parent_id", needed=False) or None
    return OrgLine(cells.row, cells.id("id"), facts, parent_id, officers)


def officers_of(cells: Cells, kind: str) -> frozenset[Officer]:
    """«M002», «M002;M005:operator»."""
    officers = set()
    for said in cells.raw("officers").replace("；", ";").split(";"):
        member_id, _, role = said.strip().partition(":")
        if not member_id:
            continue
        role = role or ROLE_OF_OFFICERS.get(kind, "")
        if role not in ROLES_OF_OFFICERS:
            cells.wrong("officers", Trouble.NOT_OFFICERS, said)
        officers.add((member_id, role))
    return frozenset(officers)
