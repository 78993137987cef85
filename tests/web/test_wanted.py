"""What is asked for on a page: a table, a calendar, a question to be changed."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from io import BytesIO

import pytest
from openpyxl import load_workbook

from storage import audit, questions
from storage.duties import RulesInForce
from storage.members import Role
from storage.organisation import OrgKind
from tests.handlers.test_console import dismiss
from tests.web.desk import Desk, Forms
from tests.web.test_every_route import guarded
from tests.web.test_pages import PASTED
from tests.web.test_roles import owed
from tests.world import World


@pytest.fixture
def zhang(world: World, desk: Callable[..., Desk]) -> Desk:
    world.member("张一", role=Role.SECRETARY)
    return desk().enter(world, "张一")


def test_a_ledger_is_asked_for_on_the_page_and_fetched(world: World, zhang: Desk) -> None:
    world.activity("支部党员大会")
    path = "/console/files/new"
    ready = zhang.fill("/console/reports", path, what="ledger", period="2026").headers["location"]
    assert "支部工作台账" in zhang.get("/console/reports").text

    book = load_workbook(BytesIO(zhang.get(ready).content))
    assert "支部党员大会" in str([c.value for s in book for row in s.iter_rows() for c in row])


def test_nobody_wants_a_table_of_others(world: World, zhang: Desk) -> None:
    world.organisation("B9", name="别的支部")
    path = "/console/files/new"
    given = Forms(zhang.get("/console/reports").text).found[path]
    for org in ("B9", "B404", ""):
        answer = zhang.post(path, {**given, "what": "roster", "period": "2026", "org": org})
        assert "/console/files/" not in answer.headers.get("location", "")
        assert "名册" not in zhang.get("/console/reports").text.partition("<form")[0]


@pytest.mark.parametrize("what", ["attendance", "ledger"])
def test_those_above_get_no_name_and_the_branch_has_its_own(
    world: World, desk: Callable[..., Desk], zhang: Desk, what: str
) -> None:
    """T44: by the same form; each taking is on record, and each table says for whom it is."""
    world.organisation("PC", kind=OrgKind.ORGAN_COMMITTEE)
    world.place("B1", "PC")
    world.appoint(world.member("陈委员", branch="B0"), "PC", Role.ORGAN_COMMITTEE)
    world.activity()
    world.talker("张一").says("签到")
    world.transfer(world.member("王芳"), "B2", world.now.date())
    above = desk().enter(world, "陈委员")
    found = {}
    for number, browser in ((1, zhang), (2, above)):
        given = Forms(browser.get("/console/reports").text).found["/console/files/new"]
        browser.post("/console/files/new", given | {"what": what, "period": "2026", "org": "B1"})
        book = load_workbook(BytesIO(browser.get(f"/console/files/{number}").content))
        found[number] = str([cell.value for sheet in book for row in sheet for cell in row])
        marks = [str(sheet.cell(sheet.max_row, 1).value) for sheet in book]
        assert all("导出" in each for each in marks), marks

    name = "张一" if what == "attendance" else "王芳"
    assert name in found[1].replace("由张一于", "")
    assert name not in found[2]
    assert "主题党日" in found[2]
    with world.database.reading() as db:
        done = [(each.actor, each.action) for each in audit.latest(db, None, 2**31 - 1, 100)]
    for actor in ("张一", "陈委员"):
        assert {(actor, "want_file"), (actor, f"export_{what}")} <= set(done)


def test_a_table_does_not_outlive_the_post_that_allowed_it(
    world: World, desk: Callable[..., Desk], zhang: Desk
) -> None:
    """T33: in again by another post, within the quarter of an hour."""
    zhang.fill("/console/reports", "/console/files/new", what="roster", period="2026")
    dismiss(world, "张一")
    world.organisation("B2")
    world.appoint(world.talker("张一"), "B2", Role.SECRETARY)
    again = desk().enter(world, "张一").get("/console/files/1")

    assert again.status_code == 404
    assert "没有可以导出的组织" in again.text


def test_a_sheet_that_is_taken_along_is_on_record(world: World, zhang: Desk) -> None:
    world.activity()
    assert zhang.get("/console/activities/1/sheet").status_code == 200
    with world.database.reading() as db:
        [row] = [each for each in audit.latest(db, None, 99, 9) if "export" in each.action]
    assert (row.actor, row.object) == ("张一", "activity:1")


def test_a_calendar_is_given_once_renewed_and_taken_back(world: World, zhang: Desk) -> None:
    world.activity("支部党员大会")
    path, here = "/console/settings", "/console/settings/calendar"
    first = calendar_in(zhang.fill(path, here).text)
    kept = zhang.get(first)
    assert "支部党员大会" in kept.text
    assert guarded(kept)
    assert "calendar/" not in zhang.get(path).text.replace(here, "")

    second = calendar_in(zhang.fill(path, here).text)
    assert zhang.get(first).status_code == 404
    assert zhang.get(second).status_code == 200
    zhang.fill(path, f"{here}/stop")
    assert zhang.get(second).status_code == 404


def calendar_in(page: str) -> str:
    [address] = re.findall(r"https://chat\.test(/calendar/[\w-]{43}\.ics)", page)
    return str(address)


def test_a_question_is_changed_as_it_stands(world: World, zhang: Desk) -> None:
    path = "/console/bank/new"
    given = Forms(zhang.get(path).text).found[path]
    zhang.post(path, {**given, "words": PASTED, "sure": "1"})
    with world.database.reading() as db:
        [number] = questions.bank(db)
    page = zhang.get(f"{path}?of={number}").text
    assert "改这一题" in page
    words = unescape(page.partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0])

    assert "改 1 题" in zhang.post(path, {**given, "words": words.replace("顶部", "中部")}).text


def test_what_the_rules_will_say(world: World, zhang: Desk) -> None:
    """Beforehand, as in chat: nothing of it is on its way yet."""
    world.add(RulesInForce(hash="x", version="1", since=world.now))
    world.add(owed("B1", date(2026, 12, 3), "2026-12", "OL06"))
    page = zhang.get("/console/letters?show=planned").text

    assert re.findall(r"<h2>(.*)</h2>", page) == [
        "11月26日（周四）",
        "11月30日（周一）",
        "12月2日（周三）",
        "12月3日（周四）",
        "12月7日（周一）",
    ]
    assert "12月主题党日" in page
    assert "提前 7 天" in page
    assert "到期当天" in page
    assert "12月主题党日" not in zhang.get("/console/letters").text
