"""催办 by hand, what is put before a person, and what will be said in a fortnight."""

import pytest
from sqlmodel import select

from handlers.duties.actions import ahead
from handlers.duties.actions.planning import rulebook
from storage import ladders, members, organisation
from storage.database import Session
from storage.duties import Duty
from storage.ladders import Step
from storage.outbox import Letter, State
from tests.scheduler.strikes import NOVEMBER, demo, letters, mornings, reads, speaking
from tests.world import World


@pytest.fixture
def world(world: World) -> World:
    return demo(world, struck=True)


def theme_day(db: Session) -> int:
    found = select(Duty.id).where(
        Duty.rule_id == "OL06", Duty.org_id == "BR-D1", Duty.occurrence == "2026-11"
    )
    return db.exec(found).one()


def test_reminded_by_hand_and_not_twice_a_day(world: World) -> None:
    mornings(world, "11-27")
    world.at("11-27 10:00")
    office = speaking(world, "M002")
    with world.database.reading() as db:
        tap = f"press:{theme_day(db)}"
    assert world.hear(office.address, tap=tap) == (
        "已提醒伍八十九：主题党日。今天不会再提醒第二次。"
    )
    told = letters(world, "press")["M089"]
    assert told.text == "李二提醒您：11月主题党日还没有记录，过了 2 天（11月25日前）。"
    assert world.hear(office.address, tap=tap) == "今天已经提醒过伍八十九了，明天再看。"
    assert set(letters(world, "press")) == {"M089"}


def test_whoever_the_clock_has_told_today_is_not_pressed(world: World) -> None:
    mornings(world, "11-25")
    with world.database.reading() as db:
        tap = f"press:{theme_day(db)}"
    office = speaking(world, "M002")
    assert world.hear(office.address, tap=tap).startswith("今天已经提醒过伍八十九")


def test_only_those_above_may_press(world: World) -> None:
    with world.database.reading() as db:
        tap = f"press:{theme_day(db)}"
    assert world.hear(speaking(world, "M001").address, tap=tap) == (
        "这一件不归您管，没有提醒任何人。"
    )
    assert "由" in world.hear(speaking(world, "M005").address, tap=tap)
    assert letters(world, "press") == {}


def test_a_branch_is_reminded_of_all_that_is_overdue(world: World) -> None:
    mornings(world, "12-3")
    office = speaking(world, "M002")
    office.says("逾期")
    said = office.taps("催一下青禾市便民热线办")
    assert said == (
        "已提醒伍八十九：青禾市便民热线办党支部（示例）逾期的 2 件。今天不会再提醒第二次。"
    )
    assert letters(world, "press")["M089"].text == (
        "李二提醒您，有 2 件：\n"
        "1. 11月主题党日还没有记录，过了 8 天（11月25日前）\n"
        "2. 机关党支部（支委会）任期届满还没有记录，过了 3 天（11月30日前）"
    )
    office.says("逾期")
    assert office.taps("催一下青禾市便民热线办") == "今天已经提醒过伍八十九了，明天再看。"
    assert "不归您管" in world.hear(speaking(world, "M001").address, tap="press_unit:BR-D1")


def test_closing_calls_back_what_is_not_yet_on_its_way(world: World) -> None:
    mornings(world, "11-27")
    office, hotline = speaking(world, "M002"), speaking(world, "M089")
    with world.database.reading() as db:
        duty = theme_day(db)
    world.hear(office.address, tap=f"press:{duty}")
    world.hear(hotline.address, tap=f"duty:{duty}")
    with world.database.reading() as db:
        state = db.exec(select(Letter.state).where(Letter.kind == "press")).one()
    assert state == State.CANCELLED


def test_a_circular_is_only_ever_proposed(world: World) -> None:
    mornings(world, "12-15")
    office = speaking(world, "M002")
    morning = reads(world, office)
    assert "要不要通报，由您定" in morning or "另有" in morning
    said = office.says("督办建议")
    assert "青禾市便民热线办党支部（示例）：11月主题党日，过了 20 天，可考虑通报" in said
    assert "系统不会自己发" in said
    assert speaking(world, "M005").says("督办建议").startswith("这件事要由")
    with world.database.reading() as db:
        beyond = db.exec(select(Step.to).where(Step.channel == "circular_candidate")).all()
    assert set(beyond) == {"M002"}


def test_a_fortnight_ahead_in_chat(world: World) -> None:
    hotline = speaking(world, "M089")
    said = hotline.says("未来两周提醒")
    assert said.startswith(
        "要是没有新的记录，会这样提醒（工作日 08:40，每人一条）：\n"
        "11月24日（周二）\n"
        "· 您、余九十：11月主题党日（提前 1 天）\n"
        "11月25日（周三）\n"
        "· 您：11月主题党日（到期当天）\n"
    )
    assert speaking(world, "M005").says("未来两周提醒").startswith("这件事要由")


def test_what_is_foreseen_is_what_is_told(world: World) -> None:
    """For the branch of the hotline: day by day, line by line."""
    with world.database.reading() as db:
        actor = members.speaker(db, "M089", organisation.tree(db, world.now.date()))
        assert actor
        foreseen = {
            (each.day, each.to, each.owed.id, each.sort, each.number)
            for each in ahead.ahead(db, actor, world.now, 14)
            if each.to
        }
    known = rulebook().by_id
    mornings(world, "12-7")
    with world.database.reading() as db:
        orgs = set(organisation.tree(db, world.now.date()).below("BR-D1"))
        told = {
            (row.on, row.to, row.duty_id, row.sort, row.number)
            for row in db.exec(select(Step))
            if (duty := db.get(Duty, row.duty_id))
            and duty.org_id in orgs
            and row.on > NOVEMBER.date()
            and (row.to == "M089" or not known[duty.rule_id].private)
        }
    assert len(told) > 10
    assert told == foreseen


def test_a_step_is_on_record_for_why(world: World) -> None:
    with world.database.reading() as db:
        steps = ladders.steps_of(db, theme_day(db))
    assert {(step.to, step.sort, step.number) for step in steps} == {
        ("M089", "before", 3),
        ("M090", "before", 3),
    }
