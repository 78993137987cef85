"""Study hours: counted from attendance, asked for only where the record has all of them."""

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import select

from bot.clock import HOME
from handlers.duties.actions import planning
from storage.activities import Activity
from storage.attendance import Attendance, State
from storage.duties import Duty
from storage.members import Membership, Role
from storage.outbox import Letter
from tests.scheduler.strikes import mornings
from tests.world import Talker, World

AUTUMN = datetime(2026, 11, 23, 8, 0, tzinfo=HOME)


@pytest.fixture
def world(world: World) -> World:
    world.now = AUTUMN
    return world


def studied(world: World, talker: Talker, day: date, hours: float, branch: str = "B1") -> int:
    """They came to something that counts so much."""
    starts = datetime.combine(day, datetime.min.time(), HOME) + timedelta(hours=9)
    id = world.activity("集中学习", branch, starts=starts, kind="training", study_hours=hours)
    world.add(
        Attendance(
            activity_id=id,
            member_id=talker.id,
            state=State.PRESENT,
            at=starts,
            source="word",
            by=talker.id,
            entered_at=starts,
        )
    )
    return id


def duties(world: World) -> list[tuple[str, str, str, str]]:
    """(whose, occurrence, state, by what) of what is asked for in hours."""
    with world.database.unit_of_work() as db:
        planning.plan(db, planning.rulebook(), world.now)
    with world.database.reading() as db:
        rows = db.exec(select(Duty).where(Duty.rule_id == "TR01").order_by(Duty.id)).all()  # type: ignore[arg-type]
        return [(row.subject, row.occurrence, row.state, row.fulfilled_by) for row in rows]


def told_of_hours(world: World) -> list[str]:
    with world.database.reading() as db:
        rows = db.exec(select(Letter).order_by(Letter.id)).all()  # type: ignore[arg-type]
    return [row.body for row in rows if "学时" in row.body]


def test_a_first_start_asks_nobody_for_the_past(world: World) -> None:
    wang = world.member("王芳")
    studied(world, wang, date(2026, 11, 5), 2)

    assert duties(world) == []
    mornings(world, "12-31")
    assert told_of_hours(world) == []


@pytest.mark.parametrize(("first", "asked"), [("2026-02-01", True), ("2026-02-02", False)])
def test_hours_are_asked_for_where_the_year_is_on_record_from_its_beginning(
    world: World, first: str, asked: bool
) -> None:
    wang = world.member("王芳")
    studied(world, wang, date.fromisoformat(first), 2)

    assert [each[1:3] for each in duties(world) if each[1] == "2026"] == [("2026", "open")] * asked


def test_who_came_from_elsewhere_is_not_asked_for_hours_that_nobody_here_knows(
    world: World,
) -> None:
    wang, li = world.member("王芳"), world.member("李明", "B2")
    studied(world, wang, date(2026, 1, 8), 2)
    studied(world, li, date(2026, 1, 8), 2, "B2")
    world.transfer(li, "B1", date(2026, 6, 1))

    assert {each[0] for each in duties(world)} == {"member:王芳", "member:李明"}

    with world.database.unit_of_work() as db:
        for row in db.exec(select(Membership).where(Membership.member_id == "李明")):
            row.since = date(2026, 6, 1)
            db.add(row)
    assert {each[0] for each in duties(world) if each[2] == "open"} == {"member:王芳"}


def test_enough_hours_fulfil_it_by_the_activity_that_made_it_enough(world: World) -> None:
    wang = world.member("王芳")
    studied(world, wang, date(2026, 1, 8), 31.9)
    assert duties(world) == [("member:王芳", "2026", "open", "")]

    last = studied(world, wang, date(2026, 3, 9), 0.1)
    assert duties(world) == [("member:王芳", "2026", "done", f"activity:{last}")]

    with world.database.unit_of_work() as db:  # it turns out that they were not there
        row = db.get(Attendance, (last, wang.id))
        assert row
        row.state = State.ANNULLED
        db.add(row)
    assert duties(world) == [("member:王芳", "2026", "open", "")]


def test_who_lacks_hours_is_told_in_private_how_many_there_are(world: World) -> None:
    wang = world.member("王芳")
    world.member("书记", role=Role.SECRETARY)
    studied(world, wang, date(2026, 1, 8), 20)
    duties(world)
    mornings(world, "12-1")

    *_, said = [each for each in told_of_hours(world) if "这里记到 20 学时" in each]
    assert "党员年度集中学习培训32学时：12月31日（周四），还有 30 天，这里记到 20 学时" in said


def test_ones_own_hours_say_since_when_they_are_counted(world: World) -> None:
    wang, li = world.member("王芳"), world.member("李书记", role=Role.SECRETARY)
    assert wang.says("我的学时") == (
        "2026年这里还没有您的学时记录。全年一般不少于 32 学时。"
        "来参加计学时的活动签个到，就自动记上。"
    )
    studied(world, wang, date(2026, 1, 8), 2)
    studied(world, wang, date(2026, 2, 9), 10.7)
    assert wang.says("还差多少学时") == (
        "您2026年记到 12.7 学时（2 场），全年一般不少于 32，还差 19.3。"
        "支部从 1月8日起才在这里记。在别处参加的培训不在这个数里，以支部登记为准。"
    )
    studied(world, li, date(2026, 3, 9), 56)
    assert "您2026年记到 56 学时（1 场），56 学时已经够了。" in li.says("我的学时够了吗")


def test_what_is_arranged_in_the_chat_counts_by_itself(world: World) -> None:
    secretary = world.member("李书记", role=Role.SECRETARY)
    secretary.says("安排活动 明天下午三点 主题党日 三楼会议室")
    secretary.taps("发布")

    with world.database.reading() as db:
        [row] = db.exec(select(Activity)).all()
    assert (row.kind, row.study_hours) == ("theme_day", 2.0)
