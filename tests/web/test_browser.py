"""The console in a real browser: for the eye, the ear, the keyboard, and for an attacker."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import update

from bot.messages import Reply
from handlers.bank.actions.importing import load_demo
from handlers.contests.actions import running
from storage import members, outbox
from storage.activities import Manner
from storage.attendance import Attendance
from storage.contests import Contest, Round
from storage.database import table
from storage.duties import RulesInForce
from storage.members import Member, Role
from storage.organisation import OrgKind
from storage.outbox import Post
from tests.handlers.contests.playing import FINAL, plan
from tests.web.hostile import FOREIGN, HOSTILE, ONE
from tests.web.test_roles import filled, handed_out, owed
from tests.web.window import Window
from tests.world import Talker, World

PATHS = (
    "/console",
    "/console/activities",
    "/console/activities/plan",
    "/console/activities/1",
    "/console/activities/1?show=came",
    "/console/activities/2",
    "/console/duties",
    "/console/duties/beside",
    "/console/duties/each",
    "/console/tasks",
    "/console/tasks/new",
    "/console/tasks/items/1",
    "/console/people",
    "/console/people/in/B1",
    "/console/people/of/钱五",
    "/console/bank",
    "/console/bank/new",
    "/console/bank/of/Q001",
    "/console/reach",
    "/console/letters",
    "/console/letters?show=past",
    "/console/audit",
    "/console/settings",
    "/console/settings/password",
    "/console/settings/rules",
    "/screen/1",
)


@pytest.fixture
def database_url(blank_file: Path, tmp_path: Path) -> str:
    """What a browser shows is the same on both kinds."""
    shutil.copyfile(blank_file, tmp_path / "test.db")
    return f"sqlite:///{tmp_path}/test.db"


@pytest.fixture
def zhang(world: World) -> Talker:
    """A secretary with something of everything on the desk."""
    return lived(world, ("钱五", "孙六", "周七", "吴八"), "主题党日")


def lived(world: World, names: tuple[str, ...], title: str) -> Talker:
    zhang = world.member("张一", role=Role.SECRETARY)
    talkers = [world.member(name) for name in names]
    world.activity(title)
    world.activity(f"支部大会{title}", starts=world.now.replace(hour=15), venue=title)
    talkers[0].says("签到")
    world.hear(talkers[1].address, text="请假 今天的支部大会")
    for button in world.last.buttons[:1]:
        world.hear(talkers[1].address, tap=button.tap)
    world.organisation("WC", kind=OrgKind.WORK_COMMITTEE)
    handed_out(world, "B1")
    with world.database.unit_of_work() as db:
        load_demo(db, world.now)
    world.add(RulesInForce(hash="x", version="1", since=world.now))
    for n, days in enumerate((-3, 4)):
        due = date(2026, 11, 23) + timedelta(days)
        world.add(owed("B1", due, str(n), "R-DUES"))
    return zhang


def test_the_link_leaves_no_token_in_the_history(
    world: World, window: Window, zhang: Talker
) -> None:
    page = window.open("/console/enter")
    page.get_by_text("用密码进入").click()
    assert window.faults() == []
    page.goto(window.link(world, "张一"))
    expect(page.get_by_role("button", name="进入").first).to_be_focused()
    assert page.url.endswith("/console/enter"), "the token stays in no history"
    assert window.faults() == []


def test_by_keyboard_alone(world: World, window: Window, zhang: Talker) -> None:
    page = window.page
    page.goto(window.link(world, "张一"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/console")
    page.keyboard.press("Tab")
    expect(page.get_by_text("跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="同意孙六的请假", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("已同意孙六的请假：支部大会主题党日。")
    expect(page.get_by_text("等您决定")).to_have_count(0)
    assert window.faults() == []


def test_an_activity_in_one_line(world: World, window: Window, zhang: Talker) -> None:
    page = window.enter(world, "张一").page
    page.get_by_role("link", name="活动", exact=True).click()
    page.wait_for_url("**/console/activities")
    page.get_by_role("link", name="安排一场").first.click()
    page.get_by_placeholder("周五下午三点").fill("周五下午三点开支部党员大会")
    page.keyboard.press("Enter")
    expect(page.get_by_text("「支部党员大会」在哪里？")).to_be_visible()
    page.keyboard.type("二楼会议室")
    page.keyboard.press("Enter")
    expect(page.get_by_text("11月27日（周五）15:00–16:00")).to_be_visible()
    assert window.faults() == []
    page.get_by_role("button", name="发布").click()
    expect(page.get_by_role("status")).to_contain_text(
        "已发布：支部党员大会，11月27日（周五）15:00"
    )
    expect(page.get_by_role("link", name="支部党员大会")).to_be_visible()


def test_who_comes_is_on_the_page_at_once(world: World, window: Window, zhang: Talker) -> None:
    page = window.enter(world, "张一").open("/console/activities/1")
    came = page.locator("[data-count=came]")
    expect(came).to_have_text("1")

    zhang.says("签到")

    expect(came).to_have_text("2")
    expect(page.get_by_role("checkbox", name="张一")).to_have_count(0)


def test_who_signed_on_paper_is_ticked_off(world: World, window: Window, zhang: Talker) -> None:
    page = window.enter(world, "张一").open("/console/activities/1")
    page.get_by_role("checkbox", name="周七").check()
    page.get_by_role("checkbox", name="吴八").check()
    page.get_by_role("button", name="记为到会").click()
    expect(page.get_by_role("status")).to_contain_text("已记到会：")
    page.get_by_role("link", name="已到").click()
    expect(page.get_by_role("row", name="周七")).to_contain_text("张一登记")


def test_the_screen_turns_and_outlives_a_minute_without_network(
    world: World, window: Window, zhang: Talker
) -> None:
    rotate(world)
    page = window.enter(world, "张一").page
    page.clock.install()
    window.open("/screen/1")
    code, picture = page.locator("#code"), page.locator("#qr img.on")
    first = code.inner_text()
    expect(picture).to_have_count(1)
    expect(page.locator("#came")).to_have_text("1")
    zhang.says(f"签到 {first.replace(' ', '')}")
    expect(page.locator("#came")).to_have_text("2")
    assert window.faults() == []

    page.evaluate("document.body.classList.add('long')")
    page.evaluate("document.querySelector('h1').textContent = '联学共建'.repeat(12)")
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight"), "all in sight"

    page.context.set_offline(True)
    seen = [first]
    for _ in range(3):
        page.clock.run_for(20_000)
        expect(code).not_to_have_text(seen[-1])
        seen.append(code.inner_text())
        expect(picture).to_have_count(1)
    assert len(set(seen)) == 4
    page.clock.run_for(20_000)
    expect(code).to_have_text("稍候")
    expect(page.get_by_role("status")).to_have_text("网络断开，正在重连")


def rotate(world: World) -> None:
    from storage import activities

    with world.database.unit_of_work() as db:
        activities.amend(db, 1, manner=Manner.ROTATING, secret="s" * 32)


def test_nothing_that_members_write_becomes_markup(
    world: World, window: Window, tmp_path: Path
) -> None:
    """T25: everything that an attacker might be called, and written wherever something is."""
    lived(world, tuple(f"{payload}{n}" for n, payload in enumerate(HOSTILE)), ONE[:38])
    for n, payload in enumerate(HOSTILE):
        world.activity(payload, starts=world.now + timedelta(days=1, minutes=n))
    written_everywhere(world, tmp_path)
    window.enter(world, "张一")
    window.open("/console/requests").get_by_role("button", name="同意").first.click()
    expect(window.page.get_by_role("status")).to_contain_text("已同意")
    for path in (*PATHS, "/console/contests", "/console/reports", "/screen/final/1"):
        page = window.open(path)
        assert page.locator(FOREIGN).count() == 0, path
        assert page.evaluate("window.run") is None, path
        assert "49" not in page.title(), path
    assert ONE in window.open("/screen/final/1").inner_text("h1")


def written_everywhere(world: World, folder: Path) -> None:
    with world.database.unit_of_work() as db:
        db.get_one(Member, "张一").name = ONE
        members.changed(db)
        db.run(update(table(Attendance)).values(reason=ONE))
        made = running.make(db, plan(world, folder, FINAL), "张一", world.now)
        assert isinstance(made, running.Made)
        db.run(update(table(Contest)).values(name=ONE))
        db.run(update(table(Round)).values(name=ONE))
        said = Reply(text=ONE, title=ONE, fields={ONE: ONE})
        due = world.now + timedelta(hours=1)
        letter = Post(key="x", to="张一", kind="notice", say=said, cause="x:1", due=due)
        outbox.post(db, [letter], world.now)


def test_others_see_nothing_of_ours(world: World, window: Window, zhang: Talker) -> None:
    filled(world)
    window.enter(world, "张一")
    for path in PATHS[:2]:
        assert "外人" not in window.open(path).content()


def test_what_goes_wrong_is_said_and_what_was_written_stays(
    world: World, window: Window, zhang: Talker
) -> None:
    """Refused, cut off, no longer in: on the page as it stands; and a second click is none."""
    world.activity("党课", starts=world.now + timedelta(days=1))
    page = window.enter(world, "张一").open("/console/activities/3")
    said, field = page.locator("#said"), page.locator("#to")
    button = page.get_by_role("button", name="改到这个时间")
    field.fill("过两天再说")
    button.click()
    expect(said).to_contain_text("没有看懂改到什么时候")
    field.fill("周五下午三点")

    page.context.set_offline(True)
    button.click()
    expect(said).to_contain_text("没有收到服务器的回答")
    page.context.set_offline(False)
    assert all("htmx:" in each for each in window.wrong), "what was cut off on purpose"
    window.wrong.clear()

    world.now += timedelta(hours=2)
    button.click()
    expect(said).to_contain_text("登录过期了")
    Window(page.context.new_page(), window.served).enter(world, "张一")
    button.click()
    expect(said).to_contain_text("请再点一次")
    expect(field).to_have_value("周五下午三点")

    sent: list[str] = []
    page.on("request", lambda each: sent.append(each.method))
    button.dblclick()
    expect(said).to_have_text("已改期：「党课」11月27日（周五）15:00。")
    assert sent.count("POST") == 1
