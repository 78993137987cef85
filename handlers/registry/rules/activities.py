"""What a row of the activities' file says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any

from bot.files.tables import Fault, Row, Table
from handlers.registry.rules import words
from handlers.registry.rules.cells import Cells, prepared, repeated
from handlers.registry.rules.troubles import Trouble

COLUMNS = (
    "activity_id",
    "org_id",
    "type",
    "title",
    "start_at",
    "minutes",
    "venue",
    "expected",
    "present",
    "on_leave",
    "check_in",
    "study_hours",
    "series",
    "status",
    "audience",
    "code",
    "opens_at",
    "closes_at",
)
NEEDED = ("activity_id", "org_id", "type", "title", "start_at")
OPENS_BEFORE = timedelta(minutes=30)
BY_SIGNING_UP = frozenset(
    {
        "volunteer",
        "volunteer_shift",
        "training",
        "contest",
        "observation_meeting",
        "work_meeting",
        "coop_group",
        "inspection",
        "research",
        "report_back",
        "commendation",
    }
)
"""Hosted above the branch, they are for those who come from the branches, not for everybody."""
CODE = re.compile(r"[A-Za-z0-9]{3,12}", re.ASCII)


@dataclass(frozen=True)
class ActivityLine:
    row: Row
    ref: str
    facts: Mapping[str, Any]
    """Of the activity's columns, those that the file speaks of."""
    audience: str | None
    """None: the file does not say."""


def read(table: Table, zone: tzinfo) -> tuple[list[ActivityLine], list[Fault], list[str]]:
    table, faults, unused = prepared(table, COLUMNS, NEEDED)
    columns = frozenset(table.columns)
    lines = []
    for row in table.rows:
        cells = Cells(row, columns)
        lines.append(line_of(cells, zone))
        faults += cells.faults
    faults += repeated([(line.ref, line.row) for line in lines], "activity_id")
    return lines, faults, unused


def line_of(cells: Cells, zone: tzinfo) -> ActivityLine:
    facts: dict[str, Any] = {
        "org_id": cells.id("org_id"),
        "kind": cells.choice("type", words.KIND_WORDS),
        "title": cells.words("title", most=80, needed=True),
    }
    if not cells.raw("type"):
        cells.wrong("type", Trouble.EMPTY)
    facts |= counts_of(cells) | manner_of(cells) | times_of(cells, zone)
    for column, most in (("venue", 80), ("series", 40)):
        if cells.has(column):
            facts[column] = cells.words(column, most=most)
    if cells.has("study_hours"):
        facts["study_hours"] = cells.amount("study_hours", 0, 200) or 0.0
    if cells.has("status"):
        facts["status"] = cells.choice("status", words.STATE_WORDS, default="planned")
    audience = cells.choice("audience", words.AUDIENCE_WORDS) or None
    return ActivityLine(cells.row, cells.id("activity_id"), facts, audience)


def counts_of(cells: Cells) -> dict[str, Any]:
    columns = ("expected", "present", "on_leave")
    return {f"reported_{it}": cells.number(it, 0, 100_000) for it in columns if cells.has(it)}


def manner_of(cells: Cells) -> dict[str, Any]:
    """A code that is wanted but not given is made when the row is written."""
    facts: dict[str, Any] = {}
    if cells.has("check_in"):
        facts["manner"] = cells.choice("check_in", words.MANNER_WORDS, default="word")
    if code := cells.raw("code"):
        if not CODE.fullmatch(code):
            cells.wrong("code", Trouble.NOT_A_CODE, code)
        facts["code"] = code
    return facts


def times_of(cells: Cells, zone: tzinfo) -> dict[str, Any]:
    starts = cells.moment("start_at", zone)
    if starts is None:
        if not cells.raw("start_at"):
            cells.wrong("start_at", Trouble.EMPTY)
        return {}
    minutes = cells.number("minutes", 1, 7 * 24 * 60) or 90
    opens, closes = usual_window(starts, minutes)
    said = {"opens": cells.moment("opens_at", zone), "closes": cells.moment("closes_at", zone)}
    if (said["closes"] or closes) <= (said["opens"] or opens):
        cells.wrong("closes_at", Trouble.CLOSES_TOO_EARLY, cells.raw("closes_at"))
    window = {name: moment for name, moment in said.items() if moment}
    return {"starts": starts, "minutes": minutes, **window}


def usual_window(starts: datetime, minutes: int) -> tuple[datetime, datetime]:
    """When check-in opens and closes, where nobody says so."""
    return starts - OPENS_BEFORE, starts + timedelta(minutes=minutes)


def audience_of(kind: str, above_branches: bool) -> str:
    """Who is expected, where the file does not say."""
    if kind == "committee_meeting":
        return "officers"
    return "signed_up" if above_branches and kind in BY_SIGNING_UP else "all"
