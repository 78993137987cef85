"""A circular at the desk: built, vouched for by two, down to its records, taken along."""

import re
from pathlib import Path

import pytest
from sqlmodel import select

from storage.keyring import Keyring
from storage.members import Role
from storage.outbox import Letter
from tests.handlers.test_circulars import circulars, officer, organ
from tests.web.desk import Desk
from tests.world import World
from web.app import Console

__all__ = ["organ"]
NEW = "/console/reports/new"


def sit(world: World, who: str) -> Desk:
    return Desk(Console(world.database, keys=Keyring(Path()), now=lambda: world.now)).enter(
        world, who
    )


def test_from_the_form_to_the_file(organ: World) -> None:
    officer(organ, "陈委员")
    officer(organ, "赵书记")
    one, other = sit(organ, "陈委员"), sit(organ, "赵书记")
    one.fill("/console/reports", NEW, period="2026-Q3", org="PC", topic="", figure="attendance")
    [row] = circulars(organ)
    here = f"/console/reports/{row.id}"

    assert "共4人次，应到人次共8人次，占50%。" in one.get(here).text
    assert "主题党日" in one.get(f"{here}/of/attendance").text
    assert one.get(f"{here}/of/lectures").status_code == 404
    units = re.findall(rf'href="({here}/of/attendance\?org=[^"]+)"', one.get(here).text)
    assert units
    for each in units:
        assert "主题党日" in one.get(each).text
    assert one.get(f"{here}/of/attendance?org=B99").status_code == 404
    assert "approve" not in one.get(here).text
    one.fill(here, f"{here}/check")
    with organ.database.reading() as db:
        assert db.exec(select(Letter.to).where(Letter.kind == "circular")).all() == ["赵书记"]
    assert "等赵书记签发" in one.get(here).text
    assert "等赵书记签发" not in other.get(here).text
    assert "看数字再签发" in other.get("/console").text
    assert "看数字再签发" not in one.get("/console").text
    other.fill(here, f"{here}/approve")
    one.fill("/console", f"{here}/publish")

    assert circulars(organ)[0].state == "published"
    for form, begins in (("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF")):
        answer = other.get(f"{here}/as/{form}")
        assert answer.content.startswith(begins)
        assert "filename*=UTF-8" in answer.headers["content-disposition"]
    assert other.get(f"{here}/as/exe").status_code == 404
    assert all(form in circulars(organ)[0].files for form in ("docx", "xlsx", "pdf"))


def test_who_has_nobody_to_approve_is_told_what_to_do(organ: World) -> None:
    officer(organ, "陈委员")
    one = sit(organ, "陈委员")
    one.fill("/console/reports", NEW, period="2026-Q3", org="PC", topic="", figure="held")
    here = f"/console/reports/{circulars(organ)[0].id}"
    one.fill(here, f"{here}/check")

    assert "名册里还没有第二位能签发的。请先在「人员」里导入" in one.get(here).text


@pytest.mark.parametrize("topic", ["学习时长", "党员排名", "请各支部上报到会人数"])
def test_what_would_burden_is_not_drafted(organ: World, topic: str) -> None:
    officer(organ, "陈委员")
    browser = sit(organ, "陈委员")
    told = browser.fill("/console/reports", NEW, period="2026-Q3", org="PC", topic=topic)

    assert told.status_code == 422
    assert "没有起草" in told.text
    assert "2026〕12号" in told.text, "with the clause"
    assert topic in told.text, "and with what was written"
    assert circulars(organ) == []


def test_a_branch_sees_what_is_published_about_it_and_no_form(organ: World) -> None:
    organ.member("支书", role=Role.SECRETARY)
    page = sit(organ, "支书").get("/console/reports").text

    assert "还没有通报" in page
    assert NEW not in page
