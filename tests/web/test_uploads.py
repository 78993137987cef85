"""Registers and workdays that come as a file: looked at, confirmed, or told what is wrong."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from storage.members import Member, Role
from tests.web.desk import OURS, Desk, Forms
from tests.world import World
from web.app import Console
from web.guard import form_token

Desks = Callable[..., Desk]
MEMBERS = (
    "member_id,name,branch_id,group,role,status,accepted_on,full_on,"
    "is_leader,retired,chase_exempt,theme_opt_in\n"
)
ROW = "M{n:03},{name},B1,,member,full,2010-01-01,2011-01-01,0,0,,1\n"


def upload(browser: Desk, data: bytes, name: str = "名册.csv") -> str:
    """Where one is sent to, or what is said."""
    path = "/console/people/import"
    given = Forms(browser.get(path).text).found[path]
    answer = browser.ask(
        "POST",
        path,
        data={**given, "subject": "members"},
        files={"file": (name, data)},
        headers=OURS,
    )
    return answer.headers.get("location", "") or answer.text


def register(*names: str) -> bytes:
    rows = "".join(ROW.format(n=n, name=name) for n, name in enumerate(names, start=1))
    return (MEMBERS + rows).encode()


def people(world: World) -> list[str]:
    with world.database.reading() as db:
        rows = db.exec(select(Member).where(Member.id.startswith("M")))
        return [row.name for row in sorted(rows, key=lambda row: row.id)]


def test_an_import_is_shown_then_confirmed(world: World, office: Desk, console: Console) -> None:
    there = upload(office, register("甲一", "乙二"))
    preview = office.get(there).text
    assert "新增 2" in preview
    assert "甲一" in preview
    assert people(world) == []

    key = there.rpartition("/")[2]
    found = console.imports.of(key, "主任", world.now)
    assert found is not None
    thread = console.imports.begin(found)
    assert thread is not None
    thread.join(10)

    assert people(world) == ["甲一", "乙二"]
    assert "导入好了：新增 2，更改 0" in office.get(there).text
    office.fill(there, "/console/leave")


def test_confirming_twice_writes_once(world: World, office: Desk, console: Console) -> None:
    there = upload(office, register("甲一"))
    csrf = form_token(office.cookies["__Host-zhibu-desk"], f"{there}/confirm")
    for _ in range(2):
        assert office.post(f"{there}/confirm", {"csrf": csrf}).status_code == 303
    found = console.imports.of(there.rpartition("/")[2], "主任", world.now)
    assert found is not None
    assert console.imports.begin(found) is None
    console.imports.wait()
    assert people(world) == ["甲一"]


def test_what_is_wrong_is_said_by_row_and_nothing_is_done(world: World, office: Desk) -> None:
    said = upload(office, register("甲一", ""))

    assert "第 3 行" in said
    assert people(world) == []


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"PK\x03\x04 no zip", "名册.xlsx"),
        (b"\xd0\xcf\x11\xe0", "old.xls"),
        (b"\x00\x01\x02", "../../etc/passwd"),
        (b"", "empty.csv"),
        (b"!!python/object/apply:os.system ['true']", "x.yaml"),
    ],
)
def test_what_is_no_register_is_refused(world: World, office: Desk, data: bytes, name: str) -> None:
    said = upload(office, data, name)

    assert said == "/console/people/import" or "<html" in said
    assert people(world) == []


def test_what_another_uploaded_is_not_there(world: World, office: Desk, desk: Desks) -> None:
    there = upload(office, register("甲一"))
    world.member("副主任", branch="WC", role=Role.COMMITTEE_OFFICE)
    other = desk().enter(world, "副主任")

    assert other.get(there).status_code == 404
    world.now += timedelta(minutes=30)
    office.enter(world, "主任")
    assert office.get(there).status_code == 404


def test_a_file_that_is_too_large_is_not_read(world: World, office: Desk) -> None:
    path = "/console/people/import"
    given = Forms(office.get(path).text).found[path]
    answer = office.ask(
        "POST", path, data=given, files={"file": ("x", b"x" * 5_300_000)}, headers=OURS
    )
    assert answer.status_code == 413


def test_workdays_of_a_year_that_nobody_knows(world: World, office: Desk) -> None:
    path = "/console/settings/workdays"
    given = Forms(office.get("/console/settings").text).found[path]
    days = "日期,是否工作日\n2027-01-01,0\n2027-01-02,0\n2027-01-03,1\n".encode()
    office.ask("POST", path, data=given, files={"file": ("2027.csv", days)}, headers=OURS)

    assert "已导入工作日：2027 年" in office.get("/console/settings").text
