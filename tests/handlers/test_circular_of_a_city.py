"""A quarter of 280 branches: counted once by us and once by hand, and printed."""

import csv
import io
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from pypdf import PdfReader
from sqlalchemy import insert, text

from bot.clock import HOME
from handlers.reports.actions import counting, printing
from handlers.reports.actions.printing import Form
from handlers.reports.rules import figures, freezing, paper, spans
from handlers.reports.rules.freezing import Document
from storage import activities, members, organisation
from storage.activities import Activity
from storage.attendance import Attendance
from storage.database import Database, table
from storage.members import Member, Membership
from storage.organisation import Organisation, OrgKind, Placement
from tests.handlers.many import blank_member
from tests.office import CSV, Office
from tests.world import LONG_AGO, World

BRANCHES, MEMBERS, MEETINGS = 280, 10, 6
NOW = datetime(2026, 10, 9, 10, 0, tzinfo=HOME)
MOST_PAGES = 16


@pytest.fixture
def city(world: World) -> World:
    return lived(world)


@pytest.fixture(scope="module")
def once(blank_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """For what is the same on both kinds of database once it has been counted."""
    path = tmp_path_factory.mktemp("city") / "city.db"
    shutil.copyfile(blank_file, path)
    database = Database(f"sqlite:///{path}")
    yield lived(World(database))
    database.close()


@pytest.fixture(scope="module")
def circular(once: World) -> Document:
    with once.database.reading() as db:
        return counting.document(db, "WC", spans.quarter(2026, 3), "", figures.chosen(""), NOW)


def lived(world: World) -> World:
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
            for m in range(MEMBERS) if turn(n, m)
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


def turn(n: int, m: int) -> int:
    """Other numbers in every branch."""
    return (n * n // 5 + 3 * m) % 7


def arrival(n: int, m: int) -> dict[str, object]:
    return {
        "activity_id": n + 1, "member_id": f"B{n // MEETINGS:03}-{m}",
        "state": "on_leave" if turn(n, m) == 3 else "present", "at": NOW, "source": "word",
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
    with city.database.reading() as db:
        wanted = figures.chosen("")
        made = counting.document(db, "WC", spans.quarter(2026, 3), "", wanted, NOW)
    document = read_again(made)
    files = {form: print_as(document, form) for form in Form}

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


def test_libreoffice_reads_the_numbers_of_the_recount(
    once: World, circular: Document, office: Office, tmp_path: Path
) -> None:
    """As anybody opens them: the pages of the document, and every sheet as text."""
    document = read_again(circular)
    counted = recount(once)
    came, expected = (sum(each) for each in zip(*counted.values(), strict=True))
    for form in (Form.DOCX, Form.XLSX):
        (tmp_path / f"{form}.{form}").write_bytes(print_as(document, form))

    [pages] = office.convert(tmp_path / "docx.docx", "pdf")
    assert_pages(PdfReader(pages), counted, came, expected)

    sheets = {
        path.stem.partition("-")[2]: list(csv.reader(path.read_text("utf-8").splitlines()))
        for path in office.convert(tmp_path / "xlsx.xlsx", CSV)
    }
    head, *rows = sheets["数字"]
    at, of = head.index("到会（人次）"), head.index("到会·分母")
    read = {row[0].removesuffix("党支部"): (int(row[at]), int(row[of])) for row in rows[:BRANCHES]}
    assert read == counted
    assert [int(rows[BRANCHES][each]) for each in (at, of)] == [came, expected]
    records = [row for row in sheets["记录"] if row[0] == "到会"]
    assert (sum(int(r[4]) for r in records), sum(int(r[5]) for r in records)) == (came, expected)


def assert_pages(
    pages: PdfReader, counted: dict[str, tuple[int, int]], came: int, expected: int
) -> None:
    """A4, numbered outside, a row for each branch and no more, signed where something stands."""
    raw = [page.extract_text() for page in pages.pages]
    said = [words.replace(" ", "") for words in raw]
    whole = "".join(said).replace("\n", "")
    percent = came * 100 // expected
    assert f"共{came}人次，应到人次共{expected}人次，占{percent}%。" in whole
    row = r"^(B\d{3}) ?党支部 \d+ 1／1 (\d+)／(\d+) "
    found = {
        branch: (int(part), int(of))
        for words in raw
        for branch, part, of in re.findall(row, words, re.MULTILINE)
    }
    assert found == counted
    assert {(round(p.mediabox.width), round(p.mediabox.height)) for p in pages.pages} == {
        (595, 842)
    }
    assert all(f"—{number}—" in words for number, words in enumerate(said, start=1))
    assert "数字截至" in said[-1]
    assert "市直机关工委" in said[-1]
    assert len(said) <= MOST_PAGES


def test_the_layout_of_official_documents(circular: Document) -> None:
    """GB/T 9704-2012: A4, margins, faces and sizes, 28 points between lines; as Word reads them."""
    with ZipFile(io.BytesIO(print_as(circular, Form.DOCX))) as packed:
        body = packed.read("word/document.xml").decode()
        settings = packed.read("word/settings.xml").decode()
        feet = [packed.read(n).decode() for n in packed.namelist() if "footer" in n]

    size = re.search(r'<w:pgSz w:w="(\d+)" w:h="(\d+)"', body)
    assert size
    assert [millimetres(each) for each in size.groups()] == [210, 297]
    for side, wide in (("top", 37), ("bottom", 35), ("left", 28), ("right", 26)):
        found = re.search(rf'<w:pgMar[^>]*w:{side}="(\d+)"', body)
        assert found
        assert millimetres(found[1]) == wide
    for face, half_points in (
        ("方正小标宋简体", 44), ("黑体", 32), ("楷体_GB2312", 32), ("仿宋_GB2312", 32),
    ):  # fmt: skip
        assert re.search(
            rf'w:eastAsia="{face}"[^>]*/>(?:<w:[^>]*>)*?<w:sz w:val="{half_points}"', body
        )
    outside = body.partition("<w:tbl>")[0]
    spaced = re.findall(r"<w:spacing ([^>]*)/>", outside)
    assert spaced
    assert all('w:line="560"' in each and 'w:lineRule="exact"' in each for each in spaced)
    assert body.count("<w:tblHeader/>") == 1
    assert "<w:evenAndOddHeaders/>" in settings
    assert [foot.count("PAGE") for foot in feet] == [1, 1]
    assert all('w:eastAsia="宋体"' in foot and '<w:sz w:val="28"' in foot for foot in feet)


def millimetres(twentieths: str) -> int:
    return round(int(twentieths) / 20 / 72 * 25.4)


def read_again(made: Document) -> Document:
    numbers, records = freezing.written(made)
    return freezing.read(numbers, lambda: records)


def print_as(document: Document, form: Form) -> bytes:
    return printing.made(document, paper.paper(document, date(2026, 10, 9)), form, NOW)


def test_organs_add_up_to_the_city(once: World) -> None:
    quarter = spans.quarter(2026, 3)
    with once.database.reading() as db:
        whole = counting.document(db, "WC", quarter, "", figures.TABLE, NOW).sums
        parts = [
            counting.document(db, f"PC{n}", quarter, "", figures.TABLE, NOW).sums for n in range(14)
        ]

    for id, total in whole.items():
        assert sum(each[id].part for each in parts) == total.part
        assert sum(each[id].whole for each in parts) == total.whole
