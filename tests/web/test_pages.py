"""What pages show, to whom, and what their forms do."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from bot.messages import Reply
from handlers.contests.actions import running
from storage import outbox, questions
from storage.audit import AuditRow
from storage.duties import RulesInForce
from storage.members import Role
from storage.outbox import Post
from tests.handlers.contests.playing import FINAL, plan
from tests.handlers.studying import with_bank
from tests.web.desk import Desk, Forms
from tests.web.test_roles import owed, to_confirm
from tests.world import World

Desks = Callable[..., Desk]


@pytest.fixture
def zhang(world: World, desk: Desks) -> Desk:
    world.member("张一", role=Role.SECRETARY)
    return desk().enter(world, "张一")


def letter(key: str, to: str, kind: str, org_id: str, words: str, world: World) -> Post:
    due = world.now + timedelta(hours=1)
    return Post(
        key=key, to=to, kind=kind, say=Reply(text=words), cause="x:1", due=due, org_id=org_id
    )


def test_messages_of_ones_own_organisation_and_nothing_personal(world: World, zhang: Desk) -> None:
    world.member("钱五")
    world.member("外人", branch="B9")
    with world.database.unit_of_work() as db:
        posts = [
            letter("1", "钱五", "notice", "B1", "周五开会", world),
            letter("2", "钱五", "own", "B1", "记得吃药", world),
            letter("3", "外人", "notice", "B9", "别家的事", world),
        ]
        outbox.post(db, posts, world.now)
    page = zhang.get("/console/letters").text

    assert "周五开会" in page
    assert "等着发" in page
    assert "记得吃药" not in page
    assert "别家的事" not in page
    with world.database.unit_of_work() as db:
        outbox.cancel(db, "x:1", "done", world.now)
    assert "周五开会" not in zhang.get("/console/letters").text
    world.now += timedelta(hours=2)
    zhang.enter(world, "张一")
    assert "事情已经办了" in zhang.get("/console/letters?show=past").text


def test_the_record_of_ones_own_people(world: World, zhang: Desk) -> None:
    world.member("外人", branch="B9", role=Role.SECRETARY).says("控制台")
    page = zhang.get("/console/audit").text

    assert "进入控制台" in page
    assert "外人" not in page
    assert "看了操作记录" in zhang.get("/console/audit").text


def test_reading_names_is_on_record(world: World, zhang: Desk) -> None:
    number = world.activity()
    zhang.get(f"/console/activities/{number}")
    zhang.get(f"/console/activities/{number}/sheet")
    zhang.get("/console/people/in/B1")
    zhang.get("/console/people/of/张一")

    with world.database.reading() as db:
        noted = {row.action for row in db.exec(select(AuditRow))}
    assert {"read_attendance", "export_attendance", "read_roster", "read_member"} <= noted


def test_the_sheet_is_text_and_says_who_took_it(world: World, desk: Desks) -> None:
    world.member("=1+1", role=Role.SECRETARY)
    browser = desk().enter(world, "=1+1")
    number = world.activity("会/议:一?")
    answer = browser.get(f"/console/activities/{number}/sheet")

    assert "%2F" not in answer.headers["content-disposition"]
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}
    assert sheet["A2"].value == "=1+1"
    assert "=1+1于 2026-11-23 09:00 导出" in str(sheet["A3"].value)


def test_a_task_goes_out_and_comes_back(world: World, office: Desk, desk: Desks) -> None:
    world.member("张一", role=Role.SECRETARY)
    zhang = desk().enter(world, "张一")
    path = "/console/tasks/new"
    given = Forms(office.get(path).text).found[path]
    office.post(path, {**given, "title": "核对名册", "due": "2026-12-01", "to": ["B1"]})
    assert "已布置：核对名册（A1），交给 1 个单位" in office.get("/console/tasks").text

    report = "/console/tasks/1/report"
    zhang.fill("/console/tasks", report, words="=HYPERLINK(1) 核对完了")
    assert "已报完成：核对名册（A1）" in zhang.get("/console/tasks").text
    assert "核对完了" in office.get("/console/tasks").text
    office.fill("/console/tasks", "/console/tasks/1/return", words="少一栏")
    assert "已退回：核对名册（A1）" in office.get("/console/tasks").text
    zhang.fill("/console/tasks", report, words="补好了")
    office.fill("/console/tasks", "/console/tasks/1/accept")
    assert "1／1 办结" in office.get("/console/tasks").text
    assert "已办结" in office.get("/console/tasks/items/1").text


def test_whoever_looks_sees_to_whom_a_task_was_offered(
    world: World, office: Desk, desk: Desks
) -> None:
    """Whoever offered it takes it back there, and whoever was asked takes it."""
    zhang = world.member("张一", role=Role.SECRETARY)
    li = world.member("李二", role=Role.DEPUTY_SECRETARY)
    inside = desk().enter(world, "张一")
    path = "/console/tasks/new"
    given = Forms(office.get(path).text).found[path]
    office.post(path, {**given, "title": "核对名册", "due": "2026-12-01", "to": ["B1"]})
    offered = "已请李二接办，还没接下"
    for _ in range(2):
        world.hear(zhang.address, tap="task_to:1:李二")
        assert offered in inside.get("/console/tasks").text
        assert offered in office.get("/console/tasks/items/1").text
        inside.fill("/console/tasks", "/console/tasks/1/keep")
        assert "已收回转交：核对名册（A1）" in inside.get("/console/tasks").text
        assert offered not in office.get("/console/tasks/items/1").text

    world.hear(zhang.address, tap="task_to:1:李二")
    asked = desk().enter(world, li.id)
    assert "收回转交" not in asked.get("/console/tasks").text
    asked.fill("/console/tasks", "/console/tasks/1/take")
    assert "已接下：核对名册（A1）" in asked.get("/console/tasks").text
    assert "李二" in office.get("/console/tasks/items/1").text


def test_nobody_hands_work_to_units_of_others(world: World, office: Desk, desk: Desks) -> None:
    world.organisation("B9")
    path = "/console/tasks/new"
    given = Forms(office.get(path).text).found[path]
    office.post(path, {**given, "title": "核对名册", "due": "2026-12-01", "to": ["B1", "B9"]})

    assert "还没有布置下去的任务" in office.get("/console/tasks").text


PASTED = """1. 灭火器的喷嘴应对准哪里？
A. 火焰根部
B. 火焰顶部
答案：A
"""


def test_a_question_is_seen_as_members_see_it_then_written(world: World, zhang: Desk) -> None:
    path = "/console/bank/new"
    given = Forms(zhang.get(path).text).found[path]
    preview = zhang.post(path, {**given, "words": PASTED}).text
    assert "A 火焰根部\nB 火焰顶部\n回字母就行。" in preview
    assert "您还没有写过题" in zhang.get("/console/bank").text

    zhang.post(path, {**given, "words": PASTED, "sure": "1"})

    page = zhang.get("/console/bank").text
    assert "灭火器的喷嘴应对准哪里？" in page
    with world.database.reading() as db:
        [(number, entry)] = questions.bank(db).items()
    assert (entry.org_id, entry.author) == ("B1", "张一")
    zhang.fill(f"/console/bank/of/{number}", f"/console/bank/of/{number}/withdrawn")
    assert "已撤下" in zhang.get("/console/bank").text


def test_nobody_rewrites_a_question_of_others(world: World, zhang: Desk, desk: Desks) -> None:
    world.member("外人", branch="B9", role=Role.SECRETARY)
    path, other = "/console/bank/new", desk().enter(world, "外人")
    given = Forms(other.get(path).text).found[path]
    other.post(path, {**given, "words": PASTED, "sure": "1"})
    with world.database.reading() as db:
        [number] = questions.bank(db)
    given = Forms(zhang.get(path).text).found[path]
    told = zhang.post(path, {**given, "words": PASTED})  # nor is it told that the key is the same
    assert "由别人管" in told.text
    assert "灭火器" in told.text, "what was written is not lost"
    zhang.post(path, {**given, "words": PASTED.replace("顶部", "中部"), "sure": "1"})

    with world.database.reading() as db:
        assert questions.bank(db)[number].version == 1
    assert zhang.get(f"/console/bank/of/{number}").status_code == 404


def test_who_plays_sees_no_key_until_the_round_has_ended(
    world: World, zhang: Desk, tmp_path: Path
) -> None:
    with_bank(world)
    with world.database.unit_of_work() as db:
        running.make(db, plan(world, tmp_path, FINAL), "张一", world.now)
    page, key = "/console/bank/of/Q001", "119是火警电话"
    assert key in zhang.get(page).text
    world.talker("张一").says("参赛")
    assert "答案等竞赛结束以后再看" in zhang.get(page).text
    assert key not in zhang.get(page).text
    assert "推荐每分钟100至120次" in zhang.get("/console/bank/of/Q010").text


def test_what_is_to_be_held_is_arranged_from_today(world: World, zhang: Desk) -> None:
    """One tap leads to the first question; what is arranged in time is not asked for again."""
    world.add(RulesInForce(hash="x", version="1", since=world.now))
    world.add(owed("B1", (world.now + timedelta(days=2)).date(), rule="OL06"))
    plan = "/console/activities/plan"
    asked = zhang.fill("/console", plan).text

    assert "「主题党日」什么时候" in asked
    asked = zhang.post(plan, {**Forms(asked).found[plan], "line": "明天下午三点"}).text
    shown = zhang.post(plan, {**Forms(asked).found[plan], "line": "三楼"}).text
    [publish] = [each for each in Forms(shown).found if each.endswith("/publish")]
    zhang.post(publish, Forms(shown).found[publish])

    today = zhang.get("/console").text
    assert "已安排在11月24日（周二）" in today
    assert plan not in Forms(today).found


def test_a_notice_to_many_waits_on_today_for_a_second_person(world: World, zhang: Desk) -> None:
    world.member("外人", role=Role.DEPUTY_SECRETARY)
    world.add(to_confirm(world, "B1"))
    world.add(to_confirm(world, "B1"))
    here = "/console/notices/{}/{}"
    assert zhang.get("/console").text.count("周五下午三点开会") == 2

    again = Forms(zhang.get("/console").text).found[here.format(1, "yes")]
    zhang.fill("/console", here.format(1, "yes"))
    assert "已确认，09:01:00 开始发给全体党员，600 人" in zhang.get("/console").text
    zhang.fill("/console", here.format(2, "no"))
    assert "没有发，已告诉外人" in zhang.get("/console").text
    zhang.post(here.format(1, "yes"), again)
    assert "这条通知已经定了" in zhang.get("/console").text
    assert "周五下午三点开会" not in zhang.get("/console").text


def test_quiet_hours_are_set_and_lifted_in_settings(world: World, zhang: Desk) -> None:
    path = "/console/settings"
    zhang.fill(path, f"{path}/quiet", begins="22:00", ends="06:30")
    assert "每天 22:00 到 06:30 不打扰您" in zhang.get(path).text
    assert "没有看懂这个时间" in zhang.fill(path, f"{path}/quiet", begins="7:0x", ends="07:00").text
    zhang.fill(path, f"{path}/disturb")
    assert "免打扰取消了" in zhang.get(path).text


def test_a_code_is_shown_once(world: World, zhang: Desk) -> None:
    world.member("钱五")
    page = zhang.fill("/console/people/of/钱五", "/console/people/of/钱五/invite")

    assert "这里也只显示这一次" in page.text
    assert "这里也只显示这一次" not in zhang.get("/console/people/of/钱五").text
