"""Tables by talking, fetched at the desk; the ledger of a year, with nothing typed for it; and
calendars under an address of one's own."""

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import icalendar
import openpyxl
import pytest
from sqlalchemy import insert, select

from bot.app import dispatcher
from bot.clock import HOME
from bot.routing import Links
from handlers.reports.actions import feeds, tables
from handlers.reports.actions.counting import Records
from handlers.reports.rules.spans import month, year
from handlers.reports.rules.tables import Table, table_named
from storage import activities, audit, reports
from storage.attendance import Attendance
from storage.audit import AuditRow
from storage.database import table
from storage.duties import Duty
from storage.keyring import Keyring
from storage.members import Member, Membership, Role
from tests.handlers.many import arrival, blank_member
from tests.handlers.test_circulars import came
from tests.handlers.test_console import dismiss
from tests.web.desk import Desk
from tests.world import LONG_AGO, World
from web.app import Console

Desks = Callable[[], Desk]
LINK = "http://desk.test/console/enter#{token}"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=HOME)


@pytest.fixture
def branch(world: World) -> World:
    """A branch with a secretary; two of three came to the theme day."""
    world.dispatcher = dispatcher(Links(console=LINK))
    world.organisation("B1", name="办公室党支部")
    secretary = world.member("张一", role=Role.SECRETARY)
    wang = world.member("王芳")
    world.member("李二")
    came(world, world.activity(starts=world.now - timedelta(days=3)), secretary, wang)
    world.add(
        Duty(
            rule_id="OL06", rules_version="1", subject="org:B1", occurrence="2026-11", org_id="B1",
            state="done", due=date(2026, 11, 20), done_on=date(2026, 11, 20),
            fulfilled_by="activity:1",
        )
    )  # fmt: skip
    return world


@pytest.fixture
def desk(branch: World) -> Desks:
    return lambda: Desk(Console(branch.database, keys=Keyring(Path()), now=lambda: branch.now))


def opened(body: bytes) -> "openpyxl.Workbook":
    return openpyxl.load_workbook(io.BytesIO(body))


def test_this_months_sheet_is_ready_in_a_sentence(branch: World, desk: Desks) -> None:
    secretary = branch.stranger("张一")
    said = secretary.says("导出本月签到表")
    assert "办公室党支部2026年11月签到表备好了，09:15 前有效" in said
    assert "打开控制台" in said

    browser = desk().enter(branch, "张一")
    assert "办公室党支部2026年11月签到表.xlsx" in browser.get("/console/reports").text
    answer = browser.get("/console/files/1")
    book = opened(answer.content)
    assert [cell.value for cell in book["场次"][2]][5:8] == [3, 2, 0]
    assert [
        [c.value for c in row][2:4] for row in book["名单"].iter_rows(min_row=2, max_row=4)
    ] == [
        ["张一", "到会"],
        ["李二", "还没有记录"],
        ["王芳", "到会"],
    ]
    assert "由张一于2026年11月23日09:00导出" in str(book["名单"].cell(6, 1).value)


def test_only_the_session_that_came_first_and_only_for_a_while(branch: World, desk: Desks) -> None:
    branch.stranger("张一").says("导出本月签到表")
    one, other = desk().enter(branch, "张一"), desk().enter(branch, "张一")

    assert one.get("/console/files/1").status_code == 200
    assert one.get("/console/files/1").status_code == 200
    assert "另一处打开过" in other.get("/console/files/1").text
    branch.now += timedelta(minutes=15)
    assert "过了 15 分钟" in one.get("/console/files/1").text


def test_what_somebody_else_asked_for_is_not_there(branch: World, desk: Desks) -> None:
    branch.stranger("张一").says("导出本月签到表")
    branch.member("赵六", role=Role.DEPUTY_SECRETARY)

    assert desk().enter(branch, "赵六").get("/console/files/1").status_code == 404


def test_who_took_what_is_on_record(branch: World, desk: Desks) -> None:
    branch.stranger("张一").says("导出今年台账")
    desk().enter(branch, "张一").get("/console/files/1")

    with branch.database.reading() as db:
        rows = db.run(select(audit_of.action, audit_of.actor)).all()
    assert ("want_file", "张一") in rows
    assert ("export_ledger", "张一") in rows


audit_of = table(AuditRow).c
assert audit.NOTE.table.name == "audit"


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("导出签到表", Table.ATTENDANCE),
        ("导出今年台账", Table.LEDGER),
        ("把名册导出来", Table.ROSTER),
        ("任务清单", Table.TASKS),
        ("导出逾期任务清单", Table.TASKS),
        ("应办清单", Table.DUTIES),
        ("attendance sheet", Table.ATTENDANCE),
        ("名單", None),
        ("excel", None),
    ],
)
def test_which_table_is_meant(said: str, what: Table | None) -> None:
    assert table_named(said) == what


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("导出积分表", "「积分」不能导出成表"),
        ("导出服务时长表", "这一种还没有记录"),
        ("导出excel", "要导出哪一种"),
    ],
)
def test_what_is_no_table_here(branch: World, said: str, answer: str) -> None:
    assert answer in branch.stranger("张一").says(said)


def test_members_take_no_tables_and_groups_hear_nothing(branch: World) -> None:
    assert branch.stranger("王芳").says("导出签到表").startswith("这件事要由支部书记")
    assert branch.stranger("张一").says("导出签到表", group="g") == "表格的事已私信您，群里不发。"


def test_without_a_console_one_is_told_the_other_way(branch: World) -> None:
    branch.dispatcher = dispatcher()

    assert "zhibu export ledger" in branch.stranger("张一").says("导出今年台账")


def test_the_ledger_of_a_year_needs_nobody_to_type(branch: World) -> None:
    book = ledger(branch, "B1", persons=True)

    assert book.sheetnames == ["概况", "场次", "应办事项", "任务", "人员变动"]
    assert [cell.value for cell in book["应办事项"][2]] == [
        "办公室党支部", "主题党日", "2026-11", "2026-11-20", "2026-11-20", "活动记录 1",
    ]  # fmt: skip
    counted = {row[0].value: row[1].value for row in book["概况"].iter_rows(min_row=2)}
    assert counted["到会（人次）"] == 2
    assert counted["应办事项已办结（件）"] == 1


def test_those_above_take_counts_and_no_names(branch: World) -> None:
    assert "人员变动" not in ledger(branch, "B1", persons=False).sheetnames


def ledger(world: World, org: str, *, persons: bool) -> "openpyxl.Workbook":
    with world.database.unit_of_work() as db:
        body = tables.as_file(
            db, Table.LEDGER, org, year(2026), world.now, by=("张一", "张一"), persons=persons
        )
    return opened(body)


def test_the_counts_are_those_of_each_activitys_own_sheet(branch: World) -> None:
    """Counted anew by another way: one activity at a time, as the sheet shows it."""
    from handlers.checkin.actions.sheet import sheet
    from handlers.console.actions.entering import who

    with branch.database.unit_of_work() as db:
        speaker = who(db, "张一", branch.now)
        assert speaker
        found = Records(db, "B1", month(2026, 11), branch.now).meetings
        sheets = [sheet(db, speaker, branch.now, each.id).sums for each in found]

    assert [(each.expected, each.came, each.on_leave) for each in found] == [
        (each.expected, each.came, each.on_leave) for each in sheets
    ]


def test_twelve_thousand_lines_in_seconds(branch: World) -> None:
    """Four hundred members at thirty activities."""
    with branch.database.unit_of_work() as db:
        ids = [f"N{n:03}" for n in range(400)]
        db.run(insert(table(Member)), [blank_member(each) for each in ids])
        db.run(
            insert(table(Membership)),
            [{"member_id": each, "branch_id": "B1", "since": LONG_AGO} for each in ids],
        )
    held = [branch.activity(starts=NOW - timedelta(days=n)) for n in range(1, 31)]
    with branch.database.unit_of_work() as db:
        rows = [arrival(activity, each) for activity in held for each in ids]
        db.run(insert(table(Attendance)), rows)
        activities.changed(db)

    with branch.database.unit_of_work() as db:
        body = tables.as_file(
            db, Table.ATTENDANCE, "B1", year(2026), branch.now, by=("张一", "张一"), persons=True
        )
    assert opened(body)["名单"].max_row > 12_000


def test_a_calendar_that_other_programs_read(branch: World, desk: Desks) -> None:
    branch.activity(
        "十二月主题党日；请带笔记本，" + "很长的题目" * 20, starts=NOW + timedelta(days=9)
    )
    secretary = branch.stranger("张一")
    address = secretary.says("日历订阅").split("\n")[1]
    answer = desk().get(address.removeprefix("http://desk.test"))

    assert answer.headers["content-type"].startswith("text/calendar")
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    found = icalendar.Calendar.from_ical(answer.content)
    assert not found.errors
    titles = {str(each["SUMMARY"]): each for each in found.walk("VEVENT")}
    coming = titles["十二月主题党日；请带笔记本，" + "很长的题目" * 20]
    assert coming.decoded("DTSTART") == NOW + timedelta(days=9)
    assert {each["UID"] for each in titles.values()} == {"activity-1@zhibu", "activity-2@zhibu"}
    assert "王芳" not in answer.text


def test_an_open_duty_is_a_whole_day_of_who_looks_after_it(branch: World) -> None:
    branch.add(
        Duty(
            rule_id="OL06", rules_version="1", subject="org:B1", occurrence="2026-12", org_id="B1",
            state="open", due=date(2026, 12, 20),
        )
    )  # fmt: skip

    assert "到期：主题党日" in str(feed(branch, "张一"))
    assert "到期" not in str(feed(branch, "王芳"))
    dismiss(branch, "张一")
    assert "到期" not in str(feed(branch, "张一"))


def feed(world: World, who: str) -> list[str]:
    world.stranger(who).says("日历订阅")
    secret = world.last.text.split("/calendar/")[1].split(".ics")[0]
    with world.database.reading() as db:
        body = feeds.read(db, secret, world.now)
    assert body
    return [str(each["SUMMARY"]) for each in icalendar.Calendar.from_ical(body).walk("VEVENT")]


def test_an_address_ends_with_a_new_one_and_with_a_word(branch: World, desk: Desks) -> None:
    wang = branch.stranger("王芳")
    first = address_of(wang.says("日历订阅"))
    second = address_of(wang.says("日历订阅"))

    assert desk().get(first).status_code == 404
    assert desk().get(second).status_code == 200
    assert "已停用" in wang.says("停用日历")
    assert desk().get(second).status_code == 404
    assert "没有在用" in wang.says("停用日历")
    assert desk().get("/calendar/x.ics").status_code == 404


def address_of(said: str) -> str:
    return said.split("\n")[1].removeprefix("http://desk.test")


def test_of_the_secret_only_a_digest_is_kept(branch: World) -> None:
    secret = address_of(branch.stranger("王芳").says("日历订阅"))[10:53]
    with branch.database.reading() as db:
        kept = db.run(select(table(reports.CalendarFeed))).one()

    assert secret not in str(kept)
