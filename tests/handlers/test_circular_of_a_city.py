"""A quarter of 280 branches: counted once by us and once by hand, and printed in time."""

import io
from collections import defaultdict
from datetime import date, datetime, timedelta
from time import perf_counter
from typing import Any

import openpyxl
import pytest
from sqlalchemy import insert, text

from bot.clock import HOME
from handlers.reports.actions import counting, printing
from handlers.reports.actions.printing import Form
from handlers.reports.rules import figures, freezing, paper, spans
from handlers.reports.rules.freezing import Document
from storage import activities, members, organisation
from storage.activities import Activity
from storage.attendance import Attendance
from storage.database import table
from storage.members import Member, Membership
from storage.organisation import Organisation, OrgKind, Placement
from tests.handlers.test_tables import blank_member
from tests.world import LONG_AGO, World

BRANCHES, MEMBERS, MEETINGS = 280, 10, 6
NOW = datetime(2026, 10, 9, 10, 0, tzinfo=HOME)
IN_TIME = 10.0


@pytest.fixture
def city(world: World) -> World:
    """280 branches under fourteen organs; who comes follows from the numbers of the rows."""
    world.now = NOW
    world.organisation("WC", kind=OrgKind.WORK_COMMITTEE, name="市直机关工委")
    for n in range(14):
        world.organisation(f"PC{n}", under="WC", kind=OrgKind.ORGAN_COMMITTEE, name=f"机关{n}")
    branches = [(f"B{n:03}", f"PC{n % 14}") for n in range(BRANCHES)]
    people = [(f"{branch}-{n}", branch) for branch, _ in branches for n in range(MEMBERS)]
    with world.database.unit_of_work() as db:
        db.run(insert(table(Organisation)), [blank_branch(id) for id, _ in branches])
        db.run(
            insert(table(Placement)),
            [{"org_id": o, "parent_id": p, "since": LONG_AGO, "approval": ""} for o, p in branches],
        )
        db.run(insert(table(Member)), [blank_member(id) for id, _ in people])
        db.run(
            insert(table(Membership)),
            [{"member_id": m, "branch_id": b, "since": LONG_AGO} for m, b in people],
        )
        db.run(
            insert(table(Activity)),
            [meeting(n, branches[n // MEETINGS][0]) for n in range(BRANCHES * MEETINGS)],
        )
        db.run(insert(table(Attendance)), [
            arrival(n, m) for n in range(BRANCHES * MEETINGS)
            for m in range(MEMBERS) if (n + m) % 4
        ])  # fmt: skip
        organisation.changed(db)
        members.changed(db)
        activities.changed(db)
    return world


def blank_branch(id: str) -> dict[str, object]:
    return {
        "id": id, "name": f"{id}党支部", "kind": "branch", "leading_group": "",
        "has_committee": False, "note": "",
    }  # fmt: skip


def meeting(n: int, branch: str) -> dict[str, object]:
    starts = datetime(2026, 6, 25, 9, 0, tzinfo=HOME) + timedelta(days=n % MEETINGS * 20)
    return {
        "id": n + 1, "org_id": branch, "kind": "theme_day" if n % 2 else "party_lecture",
        "title": "会", "starts": starts, "minutes": 60, "venue": "", "audience": "all",
        "manner": "word", "code": "", "secret": "", "opens": starts, "closes": starts,
        "study_hours": 0, "series": "", "status": "planned", "made_by": "",
    }  # fmt: skip


def arrival(n: int, m: int) -> dict[str, object]:
    return {
        "activity_id": n + 1, "member_id": f"B{n // MEETINGS:03}-{m}",
        "state": "on_leave" if (n + m) % 4 == 3 else "present", "at": NOW, "source": "word",
        "by": "x", "entered_at": NOW, "reason": "",
    }  # fmt: skip


def recount(world: World) -> dict[str, tuple[int, int]]:
    """Branch to came and expected of July to September, by plain SQL and plain reckoning."""
    came: dict[str, int] = defaultdict(int)
    expected: dict[str, int] = defaultdict(int)
    with world.database.engine.connect() as connection:
        for org, count in connection.execute(text(
            "SELECT a.org_id, COUNT(*) FROM activity a JOIN attendance t ON t.activity_id = a.id "
            "WHERE t.state = 'present' AND a.starts >= '2026-06-30 16:00:00' "
            "AND a.starts < '2026-09-30 16:00:00' GROUP BY a.org_id"
        )):  # fmt: skip
            came[org] = count
        for (org,) in connection.execute(text(
            "SELECT org_id FROM activity WHERE starts >= '2026-06-30 16:00:00' "
            "AND starts < '2026-09-30 16:00:00'"
        )):  # fmt: skip
            expected[org] += MEMBERS
    return {org: (came[org], expected[org]) for org in expected}


def test_a_quarter_of_280_branches(city: World) -> None:
    begun = perf_counter()
    with city.database.reading() as db:
        wanted = figures.chosen("")
        made = counting.document(db, "WC", spans.quarter(2026, 3), "", wanted, NOW)
    document = freezing.read(freezing.written(made))
    files = {form: print_as(document, form) for form in Form}
    assert perf_counter() - begun < IN_TIME

    counted = recount(city)
    attendance = document.figure("attendance")
    assert attendance
    assert {org: (part, whole) for org, _, part, whole in attendance.rows} == counted
    assert attendance.sum == figures.Sum(
        sum(part for part, _ in counted.values()), sum(whole for _, whole in counted.values())
    )
    book = openpyxl.load_workbook(io.BytesIO(files[Form.XLSX]))
    assert book["数字"].max_row == BRANCHES + 4  # the head, the sum, a gap, and of when it is
    rows: list[Any] = list(book["记录"].iter_rows(min_row=2, values_only=True))
    rows = [row for row in rows if row[0] == "到会"]
    assert (sum(r[4] for r in rows), sum(r[5] for r in rows)) == (
        attendance.sum.part,
        attendance.sum.whole,
    )


def print_as(document: Document, form: Form) -> bytes:
    return printing.made(document, paper.paper(document, date(2026, 10, 9)), form, NOW)


def test_organs_add_up_to_the_city(city: World) -> None:
    quarter = spans.quarter(2026, 3)
    with city.database.reading() as db:
        whole = counting.document(db, "WC", quarter, "", figures.TABLE, NOW).sums
        parts = [
            counting.document(db, f"PC{n}", quarter, "", figures.TABLE, NOW).sums for n in range(14)
        ]

    for id, total in whole.items():
        assert sum(each[id].part for each in parts) == total.part
        assert sum(each[id].whole for each in parts) == total.whole
