"""What a row of the members' file says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.files.tables import Fault, Row, Table
from handlers.registry.rules import words
from handlers.registry.rules.cells import Cells, nearest, prepared, repeated
from handlers.registry.rules.troubles import Trouble

COLUMNS = (
    "member_id",
    "name",
    "branch_id",
    "group",
    "role",
    "status",
    "accepted_on",
    "full_on",
    "is_leader",
    "retired",
    "chase_exempt",
    "theme_opt_in",
    "away_from",
    "mobile_from",
    "abroad_from",
    "dues_paid_through",
)
DAYS = ("away_from", "mobile_from", "abroad_from", "dues_paid_through")
"""An empty cell means that they are back, or that it is not known."""
AHEAD = timedelta(days=366)
"""Nobody pays, or leaves, for longer in advance: another day is a slip of the pen."""
NEEDED = ("member_id", "name", "branch_id")
LEFT = "left"
"""The status of somebody who belongs to no branch any more."""

Post = tuple[str, str]
"""A role, and the organisation in which it is held."""


@dataclass(frozen=True)
class MemberLine:
    row: Row
    id: str
    facts: Mapping[str, Any]
    """Of the member's own columns, those that the file speaks of."""
    branch_id: str
    """Empty for whoever has left."""
    group_id: str | None
    """None: the file does not say."""
    posts: frozenset[Post] | None
    """None: the file does not say."""


def read(table: Table) -> tuple[list[MemberLine], list[Fault], list[str]]:
    """The rows as values; everything that is wrong with them; and the columns not used."""
    table, faults, unused = prepared(table, COLUMNS, NEEDED)
    columns = frozenset(table.columns)
    lines = []
    for row in table.rows:
        cells = Cells(row, columns)
        lines.append(line_of(cells))
        faults += cells.faults
    faults += repeated([(line.id, line.row) for line in lines], "member_id")
    return lines, faults, unused


def line_of(cells: Cells) -> MemberLine:
    facts = facts_of(cells)
    branch_id = cells.id("branch_id", needed=facts.get("status") != LEFT)
    if branch_id and facts.get("status") == LEFT:
        cells.wrong("branch_id", Trouble.LEFT_WITH_BRANCH, branch_id)
    group_id = cells.id("group", needed=False) if cells.has("group") else None
    posts = posts_of(cells, branch_id, group_id or "") if cells.has("role") else None
    return MemberLine(cells.row, cells.id("member_id"), facts, branch_id, group_id, posts)


def facts_of(cells: Cells) -> dict[str, Any]:
    facts: dict[str, Any] = {"name": cells.words("name", most=40, needed=True)}
    if cells.has("status"):
        facts["status"] = cells.choice("status", words.STATUS_WORDS, default="full")
    for column in ("accepted_on", "full_on", *DAYS):
        if cells.has(column):
            facts[column] = cells.day(column)
    for column, default in (("is_leader", False), ("retired", False), ("theme_opt_in", False)):
        if cells.has(column):
            facts[column] = cells.flag(column, default)
    if cells.has("chase_exempt"):
        facts["chase_exempt"] = cells.choice("chase_exempt", words.EXEMPT_WORDS)
    accepted, full = facts.get("accepted_on"), facts.get("full_on")
    if accepted and full and full < accepted:
        cells.wrong("full_on", Trouble.FULL_BEFORE_ACCEPTED, str(full), str(accepted))
    return facts


def far_ahead(line: MemberLine, as_of: date) -> list[tuple[str, date]]:
    """Columns with a day that can only be a slip of the pen."""
    days = [(column, line.facts.get(column)) for column in DAYS]
    return [(column, day) for column, day in days if day and day > as_of + AHEAD]


def posts_of(cells: Cells, branch_id: str, group_id: str) -> frozenset[Post]:
    """«secretary», «org_commissioner;group_leader», or «secretary@BR-A2» for another branch's."""
    posts = set()
    for said in cells.raw("role").replace("；", ";").split(";"):
        word, _, elsewhere = said.strip().partition("@")
        if not word:
            continue
        role = words.ROLE_WORDS.get(word) or words.ROLE_WORDS.get(word.lower())
        if role is None:
            cells.wrong("role", Trouble.NOT_A_CHOICE, word, nearest(word, words.ROLE_WORDS))
        elif role == "member":
            continue
        elif role == "group_leader" and not (elsewhere or group_id):
            cells.wrong("role", Trouble.LEADER_WITHOUT_GROUP, word)
        else:
            own = group_id if role == "group_leader" else branch_id
            posts.add((role, elsewhere or own))
    return frozenset(posts)
