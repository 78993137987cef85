"""By which index SQLite goes where a city has hundreds of thousands of rows: it decides without
looking at them, so an empty table shows it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from storage import activities, attendance, duties, ladders, requests, sent, sheets
from storage.database import Database
from storage.reports import held
from storage.tasks import reading as tasks

DAYS = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}
ORGS, RULES = {"orgs": ["B1", "B2"]}, {"rules": ["OL01", "OL02"]}
UNTIL = {"until": date(2026, 11, 23)}
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
SENT = {"first": NOW, "last": NOW, "not": ["quiz"], "skip": 0, "most": 50}
MONTH = ORGS | {"from": NOW, "till": NOW, "gone": "cancelled"}
PLANS = [
    (activities.BETWEEN, MONTH, "activity_of_organisation (org_id=? AND starts>? AND starts<?)"),
    (attendance.COUNTS_BETWEEN, MONTH, "activity_of_organisation (org_id=? AND starts>"),
    (attendance.BELONGING, ORGS | {"day": DAYS["first"]}, "ix_membership_branch_id (branch_id=?)"),
    (attendance.BELONGING, ORGS | {"day": DAYS["first"]}, "ix_membership_group_id (group_id=?)"),
    (held.HELD, MONTH, "activity_of_organisation (org_id=? AND starts>"),
    (held.HELD, MONTH, "SEARCH attendance USING PRIMARY KEY (activity_id=?)"),
    (duties.OPEN_OF, ORGS | UNTIL, "duty_of_organisation"),
    (duties.OPEN_BY, ORGS | UNTIL | RULES, "duty_of_organisation"),
    (duties.OPEN_FOR, UNTIL | {"subject": "member:M1"}, "sqlite_autoindex_duty_1"),
    (
        duties.OF_SUBJECT,
        UNTIL | {"subject": "member:M1", "rule": "DU01"},
        "sqlite_autoindex_duty_1",
    ),
    (duties.DUE_IN, ORGS | RULES | DAYS | {"skip": 0, "most": 50}, "duty_of_organisation"),
    (duties.COUNTED_IN, ORGS | RULES | DAYS, "duty_of_organisation"),
    (duties.OF_BODIES, ORGS | DAYS, "duty_of_a_body"),
    (ladders.CASES_OF, ORGS, "duty_of_organisation"),
    (ladders.REMINDED_OF, ORGS, "duty_of_organisation"),
    (requests.PENDING, ORGS, "attendance_request_one_pending"),
    (tasks.WAITING, ORGS, "task_open"),
    (tasks.SUMMARIES, ORGS | {"today": date(2026, 11, 23)}, "task_of_organisation"),
    (sent.AHEAD, ORGS | SENT, "letter_ahead"),
    (sent.BEHIND, ORGS | SENT, "letter_of_organisation"),
    (sheets.IN_ORDER, {"activity": 1}, "PRIMARY KEY (activity_id=?)"),
]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path}/plans.db")
    database.create_tables()
    yield database
    database.close()


@pytest.mark.parametrize(("statement", "values", "by"), PLANS)
def test_the_index_that_is_taken(
    database: Database, statement: Any, values: dict[str, Any], by: str
) -> None:
    said: list[tuple[str, Any]] = []

    @event.listens_for(database.readers, "before_cursor_execute")
    def heard(_: Any, cursor: Any, words: str, given: Any, *more: Any) -> None:
        said.append((words, given))

    with database.reading() as db:
        db.run(statement, values).all()
        words, given = said[-1]
        driver: Any = db.connection().connection.driver_connection
        plan = [row[3] for row in driver.execute(f"EXPLAIN QUERY PLAN {words}", given)]

    assert any(by in step for step in plan), plan
