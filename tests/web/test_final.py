"""A final in a hall, on a real screen: asked, buzzed for, revealed; a minute without network."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from handlers.contests.actions import running
from storage import members
from storage.members import Role
from tests.handlers.contests.playing import FINAL, answer, plan, secretary
from tests.handlers.studying import with_bank
from tests.web.window import Window
from tests.world import Talker, World


@pytest.fixture
def database_url(blank_file: Path, tmp_path: Path) -> str:
    """What a browser shows is the same on both kinds."""
    shutil.copyfile(blank_file, tmp_path / "test.db")
    return f"sqlite:///{tmp_path}/test.db"


@pytest.fixture
def hall(world: World, tmp_path: Path) -> World:
    """Two teams, each with somebody in the hall."""
    with_bank(world)
    world.member("李书记", role=Role.SECRETARY)
    with world.database.unit_of_work() as db:
        running.make(db, plan(world, tmp_path, FINAL), "李书记", world.now)
    for branch in ("甲支部", "乙支部"):
        world.organisation(branch, under="B1")
        world.member(f"{branch}选手", branch=branch).says("参赛")
    return world


def player(world: World, name: str) -> Talker:
    return world.talker(name)


def test_the_wall_shows_a_question_who_buzzed_and_the_answer_once_revealed(
    hall: World, window: Window
) -> None:
    page = window.enter(hall, "李书记").open("/screen/final/1")
    boss = secretary(hall)
    expect(page.get_by_role("heading", name="应知应会竞赛 决赛")).to_be_visible()
    expect(page.get_by_text("还没有得分")).to_be_visible()
    assert window.faults() == []

    boss.says("开抢 1")
    expect(page.get_by_text("第 1 题，共 2 题")).to_be_visible()
    assert page.locator("#options .right").count() == 0
    player(hall, "乙支部选手").says("公开姓名")
    for name in ("乙支部选手", "甲支部选手"):
        player(hall, name).says("抢答")
    expect(page.locator("#buzzed li")).to_have_count(2)
    assert page.locator("#buzzed li").all_inner_texts() == [
        "乙支部 乙支部选手最先", "甲支部＋0.00 秒",
    ]  # fmt: skip
    assert window.faults() == []

    boss.says("揭晓")
    expect(page.locator("#options .right")).to_have_count(1)
    expect(page.get_by_text("正确答案")).to_be_visible()
    expect(page.get_by_text("抢答顺序")).to_be_visible()
    boss.says("开抢 2")
    expect(page.get_by_text("第 2 题，共 2 题")).to_be_visible()
    expect(page.locator("#options .right")).to_have_count(0)


def test_the_standing_moves_while_they_play(hall: World, window: Window) -> None:

    page = window.enter(hall, "李书记").open("/screen/final/1")
    boss, wang = secretary(hall), player(hall, "甲支部选手")
    boss.says("开抢 1")
    wang.says("开始答题")
    answer(hall, wang)
    expect(page.locator("#teams")).to_contain_text("甲支部")
    boss.says("开抢 2")
    wang.says("继续答题")
    answer(hall, wang)
    expect(page.locator("#teams li").first).to_contain_text("2分")


def test_a_minute_without_network(hall: World, window: Window) -> None:
    page = window.enter(hall, "李书记").page
    page.clock.install()
    window.open("/screen/final/1")
    boss = secretary(hall)
    boss.says("开抢 1")
    expect(page.get_by_text("第 1 题，共 2 题")).to_be_visible()

    page.context.set_offline(True)
    page.clock.run_for(60_000)
    expect(page.get_by_role("status")).to_have_text("网络断开，正在重连")
    expect(page.get_by_text("第 1 题，共 2 题")).to_be_visible()
    boss.says("开抢 2")
    page.context.set_offline(False)
    page.clock.run_for(10_000)
    expect(page.get_by_text("第 2 题，共 2 题")).to_be_visible()


def test_no_answer_leaves_before_it_is_revealed(hall: World, window: Window) -> None:
    """Neither in the page nor in anything that it could be told."""
    from storage import questions
    from web import channels

    boss = secretary(hall)
    boss.says("开抢 1")
    with hall.database.reading() as db:
        told = channels.wall(db, hall.now, 1)
        question = questions.bank(db)["Q001"].question
    assert told
    assert told["question"]["right"] == ()
    assert question.explanation
    assert question.explanation not in repr(told)
    page = window.enter(hall, "李书记").open("/screen/final/1")
    assert question.explanation not in page.content()


def test_the_stage_from_the_desk(hall: World, window: Window) -> None:
    page = window.enter(hall, "李书记").page
    page.get_by_role("link", name="题库").click()
    page.get_by_role("link", name="竞赛").click()
    assert window.faults() == []
    page.get_by_role("button", name="上大屏并开抢").click()
    expect(page.locator("#said")).to_have_text("第 1 题已上大屏，大家发「抢答」。")
    assert player(hall, "甲支部选手").says("抢答") == "收到，您是第 1 个。"
    page.get_by_role("button", name="停抢").click()
    expect(page.locator("#said")).to_have_text("抢答已停，题目留在大屏上。")
    page.get_by_role("button", name="揭晓答案").click()
    expect(page.locator("#said")).to_have_text("第 1 题的答案已在大屏上。")
    expect(page.get_by_role("button", name="揭晓答案")).to_have_count(0)
    assert window.faults() == []


def test_whose_final_it_is(hall: World, window: Window) -> None:
    hall.member("外人", role=Role.SECRETARY, branch="B9")
    with hall.database.reading() as db:
        assert members.names(db, ["外人"])
    page = window.enter(hall, "外人").open("/screen/final/1")
    expect(page.get_by_role("heading", name="没有找到")).to_be_visible()
