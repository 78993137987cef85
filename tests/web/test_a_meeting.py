"""A meeting from the desk, as the README tells it: planned, shown in the room, forty come, closed,
and the sheet taken along."""

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from bot.app import dispatcher
from bot.routing import Links
from storage.members import Role
from tests.web.window import Window
from tests.world import World
from web import live

FORTY = 40
OBSERVE = """() => {
  const came = document.getElementById("came");
  window.seen = [came.textContent];
  new MutationObserver(() => window.seen.push(came.textContent))
    .observe(came, {childList: true, characterData: true, subtree: true});
}"""


@pytest.fixture
def database_url(blank_file: Path, tmp_path: Path) -> str:
    """What a browser shows is the same on both kinds."""
    shutil.copyfile(blank_file, tmp_path / "test.db")
    return f"sqlite:///{tmp_path}/test.db"


def test_a_meeting_from_the_desk(world: World, window: Window, tmp_path: Path) -> None:
    zhang = world.member("张一", role=Role.SECRETARY)
    people = [world.member(f"党员{number:02d}") for number in range(1, FORTY + 1)]
    world.dispatcher = dispatcher(Links(console=f"{window.served.url}/console/enter#{{token}}"))

    page = window.page
    said = zhang.says("控制台")
    page.goto(next(line for line in said.split() if line.startswith("http")))
    page.get_by_role("button", name="进入").first.click()
    page.wait_for_url("**/console")

    page.get_by_role("link", name="活动", exact=True).click()
    page.wait_for_url("**/console/activities")
    page.get_by_role("link", name="安排一场").first.click()
    page.get_by_label("安排").fill("今天上午九点半开支部党员大会，三楼会议室")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="发布").click()
    page.get_by_role("link", name="支部党员大会").click()
    expect(page.get_by_text("正在签到，到")).to_be_visible()
    activity = page.url

    page.get_by_role("link", name="投影").click()
    expect(page.locator("#expected")).to_have_text(str(FORTY + 1))
    page.evaluate(OBSERVE)
    for member in people[:-1]:
        assert member.says("签到").startswith("已签到：支部党员大会")
    expect(page.locator("#came")).to_have_text(str(FORTY - 1))
    people[-1].says("签到")
    expect(page.locator("#came")).to_have_text(str(FORTY))
    seen = [int(each) for each in page.evaluate("window.seen")]
    assert seen == sorted(set(seen)), "never back, and never twice the same"
    assert (seen[0], seen[-2:]) == (0, [FORTY - 1, FORTY])
    assert live.LOOK <= 0.5, "what is looked for twice a second is there within one"

    page.goto(activity)
    page.get_by_role("button", name="结束签到").click()
    expect(page.get_by_role("status")).to_contain_text("「支部党员大会」签到已结束")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载签到表").click()
    file = tmp_path / "sheet.xlsx"
    waiting.value.save_as(file)
    assert waiting.value.suggested_filename == "2026-11-23 支部党员大会 签到表.xlsx"
    [sheet] = load_workbook(file).worksheets
    rows = [[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert rows[0][:4] == ["姓名", "编号", "记录", "时间"]
    assert sum(row[2] == "到会" for row in rows) == FORTY
    assert rows[-1][0].startswith("由张一于 2026-11-23 09:00 导出")
