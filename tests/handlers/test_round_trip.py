"""The law of files: what is imported, exported and imported elsewhere is the same database."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import SQLModel

from bot.clock import HOME
from bot.files.reading import read
from bot.files.tables import Block, Table
from bot.files.writing import as_yaml, write
from handlers.registry import actions
from handlers.registry.actions import Applied, Listing, Plan, Subject
from handlers.registry.rules import accounts, activities, members, organisations, tasks, words
from storage import roster
from storage.activities import Activity
from storage.database import Database, table
from storage.duties import Anchor
from storage.members import Account, Appointment, Member, Membership
from storage.organisation import Organisation, Placement
from storage.tasks import Task, TaskItem

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=HOME)
COLUMNS: Mapping[Subject, Sequence[str]] = {
    Subject.ORGANISATION: organisations.COLUMNS,
    Subject.MEMBERS: members.COLUMNS,
    Subject.ACCOUNTS: accounts.COLUMNS,
    Subject.ACTIVITIES: activities.COLUMNS,
    Subject.TASKS: tasks.COLUMNS,
}
"""What goes both ways; of candidates only days come in, which stand in the database as anchors."""
KEPT: tuple[type[SQLModel], ...] = (
    *(Organisation, Placement, Member, Membership, Appointment, Account, Activity),
    *(TaskItem, Task, Anchor),
)
NOT_COMPARED = {"id", "item_id", "secret"}
"""Numbers that the database gives, and what is drawn anew."""
FORMS = ("csv", "xlsx", "yaml")

WORDS = st.text(
    st.characters(exclude_categories=("C", "Z"), exclude_characters="\ufeff"),
    min_size=1,
    max_size=8,
) | st.sampled_from(["=1+1", "'=x", "@王", "+8", "－1", 'a"b', "a,b", "007", "null", "~"])
DAYS = st.dates(date(1950, 1, 1), date(2026, 11, 1))


@dataclass(frozen=True)
class Files:
    rows: Mapping[Subject, Sequence[Mapping[str, str]]]


def maybe(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.just("") | values


@st.composite
def registers(draw: st.DrawFn) -> Files:
    orgs = list(draw(organisation_rows()))
    branches = [row["id"] for row in orgs if row["type"] == "branch"]
    people = [draw(member_row(f"M{n}", branches)) for n in range(draw(st.integers(1, 6)))]
    led: set[str] = set()
    for person in people:  # a branch has one secretary
        branch = person["branch_id"]
        if branch and branch not in led and draw(st.booleans()):
            led.add(branch)
            person["role"] = "secretary;org_commissioner"
    orgs[0]["officers"] = draw(st.sampled_from(["", "M0", "M0:operator"]))
    bound = [
        {"member_id": person["member_id"], "platform": "wecom", "user": f"u{n}"}
        for n, person in enumerate(people)
        if draw(st.booleans())
    ]
    held = [draw(activity_row(f"A{n}", orgs)) for n in range(draw(st.integers(0, 3)))]
    tasks = [draw(task_row(f"T{n}", orgs)) for n in range(draw(st.integers(0, 3)))]
    return Files(
        {
            Subject.TASKS: tasks,
            Subject.ORGANISATION: orgs,
            Subject.MEMBERS: people,
            Subject.ACCOUNTS: bound,
            Subject.ACTIVITIES: held,
        }
    )


@st.composite
def organisation_rows(draw: st.DrawFn) -> list[dict[str, str]]:
    rows = [{"id": "W", "type": "work_committee", "parent_id": ""}]
    for n in range(draw(st.integers(1, 3))):
        organ = f"O{n}"
        rows.append({"id": organ, "type": "organ", "parent_id": "W"})
        above = organ
        if draw(st.booleans()):
            above = f"P{n}"
            kind = draw(st.sampled_from(["organ_committee", "general_branch"]))
            rows.append({"id": above, "type": kind, "parent_id": organ})
        branch = f"B{n}"
        under = draw(st.sampled_from([above, above, "W"]))  # not always of the nested form
        rows.append({"id": branch, "type": "branch", "parent_id": under})
        rows.append({"id": f"B{n}-G1", "type": "party_group", "parent_id": branch})
    empty = dict.fromkeys(organisations.COLUMNS, "")
    return [
        empty
        | {
            "name": draw(WORDS),
            "note": draw(maybe(WORDS)),
            "elected_on": draw(maybe(DAYS.map(str))),
            "theme_day": draw(maybe(st.integers(1, 31).map(str))),
            "has_committee": draw(st.sampled_from("01")),
        }
        | row
        for row in rows
    ]


@st.composite
def member_row(draw: st.DrawFn, id: str, branches: Sequence[str]) -> dict[str, str]:
    has_left = draw(st.integers(0, 9)) == 0
    branch = "" if has_left else draw(st.sampled_from(branches))
    accepted = draw(DAYS)
    return {
        "member_id": id,
        "name": draw(WORDS),
        "branch_id": branch,
        "group": draw(st.sampled_from(["", f"{branch}-G1"])) if branch else "",
        "role": "member",
        "status": "left" if has_left else draw(st.sampled_from(["full", "probationary"])),
        "accepted_on": draw(maybe(st.just(str(accepted)))),
        "full_on": draw(maybe(st.just(str(accepted + timedelta(days=365))))),
        "is_leader": draw(st.sampled_from("01")),
        "retired": draw(st.sampled_from("01")),
        "chase_exempt": draw(maybe(st.sampled_from([*words.EXEMPTIONS]))),
        "theme_opt_in": draw(st.sampled_from("01")),
        **{column: draw(maybe(DAYS.map(str))) for column in members.DAYS},
    }


@st.composite
def activity_row(draw: st.DrawFn, ref: str, orgs: Sequence[Mapping[str, str]]) -> dict[str, str]:
    starts = draw(st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)))  # noqa: DTZ001
    counts = maybe(st.integers(0, 500).map(str))
    return dict.fromkeys(activities.COLUMNS, "") | {
        "activity_id": ref,
        "org_id": draw(st.sampled_from([row["id"] for row in orgs])),
        "type": draw(st.sampled_from([*words.KINDS])),
        "title": draw(WORDS),
        "start_at": f"{starts:%Y-%m-%dT%H:%M}",
        "minutes": draw(st.integers(1, 600).map(str)),
        "venue": draw(maybe(WORDS)),
        "expected": draw(counts),
        "present": draw(counts),
        "check_in": draw(st.sampled_from([*words.MANNERS])),
        "study_hours": draw(st.sampled_from(["0", "2.0", "10.7"])),
        "status": draw(st.sampled_from([*words.STATES])),
        "audience": draw(maybe(st.sampled_from([*words.AUDIENCES]))),
    }


@st.composite
def task_row(draw: st.DrawFn, number: str, orgs: Sequence[Mapping[str, str]]) -> dict[str, str]:
    due, state = draw(DAYS), draw(st.sampled_from([*tasks.STATES]))
    units = draw(st.lists(st.sampled_from([row["id"] for row in orgs]), min_size=1, unique=True))
    return dict.fromkeys(tasks.COLUMNS, "") | {
        "task_id": number,
        "list": draw(maybe(WORDS)),
        "kind": draw(st.sampled_from([*tasks.KINDS])),
        "title": draw(WORDS),
        "owners": ";".join(units),
        "due_on": str(due),
        "extended_to": draw(maybe(st.just(str(due + timedelta(days=3))))),
        "priority": draw(st.sampled_from([*tasks.PRIORITIES])),
        "status": state,
        "completed_on": draw(maybe(DAYS.map(str))) if state == "closed" else "",
        "evidence": draw(maybe(WORDS)),
        "goal": draw(maybe(WORDS)),
        "found_on": draw(maybe(DAYS.map(str))),
        "restricted": draw(st.sampled_from("01")),
    }


@contextmanager
def empty_database(folder: Path, name: str) -> Iterator[Database]:
    database = Database(f"sqlite:///{folder}/{name}.db")
    database.create_tables()
    yield database
    database.close()


def taken(database: Database, subject: Subject, path: Path) -> int:
    """Import a file; the number of changes."""
    source: Table | Block = read(path)
    with database.unit_of_work() as db:
        plan = actions.plan(db, subject, source, now=NOW, as_of=NOW.date())
        assert isinstance(plan, Plan), plan
        outcome = actions.apply(db, plan, source, actor="operator")
    assert isinstance(outcome, Applied)
    return len(plan.writes)


def put_out(database: Database, folder: Path, form: str) -> dict[Subject, Path]:
    paths = {}
    for subject in COLUMNS:
        with database.unit_of_work() as db:
            listed = actions.export(db, Listing(subject), now=NOW, actor="operator")
        path = paths[subject] = folder / f"{subject}.{form}"
        if form == "yaml" and listed.document:
            path.write_bytes(as_yaml(listed.document))
        else:
            write(path, subject, listed.columns, listed.rows)
    return paths


def everything(database: Database) -> dict[str, list[Any]]:
    def plain(model: type[SQLModel], row: object) -> tuple[str, ...]:
        columns = table(model).columns.keys()
        keyed = NOT_COMPARED if model not in (Organisation, Member) else {"secret"}
        return tuple(repr(getattr(row, name)) for name in columns if name not in keyed)

    with database.reading() as db:
        return {
            model.__name__: sorted(plain(model, row) for row in roster.every(db, model))
            for model in KEPT
        }


@pytest.mark.parametrize("form", FORMS)
def test_what_goes_out_comes_in_as_the_same(form: str) -> None:
    @settings(max_examples=15 if form == "csv" else 4)  # the others: their form
    @given(registers())
    def law(files: Files) -> None:
        with TemporaryDirectory() as name:
            folder = Path(name)
            given_ = {subject: folder / f"given-{subject}.csv" for subject in COLUMNS}
            for subject, rows in files.rows.items():
                write(given_[subject], subject, COLUMNS[subject], rows)
            with empty_database(folder, "first") as first:
                all_of(first, given_)
                paths = put_out(first, folder, form)
                assert sum(taken(first, subject, path) for subject, path in paths.items()) == 0
                with empty_database(folder, "second") as second:
                    all_of(second, paths)
                    assert everything(second) == everything(first)

    law()


def all_of(database: Database, paths: Mapping[Subject, Path]) -> None:
    for subject in (*COLUMNS, Subject.ORGANISATION):  # its officers are members by then
        taken(database, subject, paths[subject])
