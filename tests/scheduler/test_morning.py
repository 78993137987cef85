"""The message of the morning, on the demonstration's reference day and after it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlmodel import select

from handlers.duties.actions.planning import SEED
from scheduler import runs
from scheduler.timetable import TIMETABLE
from storage import courtesy, ladders
from storage.courtesy import Courtesy
from storage.database import Database, table
from storage.duties import Duty
from storage.ladders import Case, Step
from storage.members import Appointment, Member
from storage.outbox import Letter
from tests.scheduler.strikes import (
    NOVEMBER,
    SECRETARIES,
    demo,
    letters,
    mornings,
    reads,
    speaking,
    strike,
)
from tests.world import World


@pytest.fixture
def before(database: Database) -> World:
    """The first morning is still to come."""
    return demo(World(database))


@pytest.fixture
def world(database: Database) -> World:
    """The clock has struck on the first morning."""
    return demo(World(database), struck=True)


ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For those that live through many mornings: the ladder, day by day, does so on both databases."""


def steps(world: World, rule_id: str, org_id: str) -> list[tuple[str, int, str, str, str]]:
    """(day, rung, to, channel, instead of), of what the ladder did for one duty."""
    with world.database.reading() as db:
        found = db.exec(
            select(Step)
            .join(Duty)
            .where(Duty.rule_id == rule_id, Duty.org_id == org_id, Step.sort == "rung")
            .order_by(Step.on, Step.number)  # type: ignore[arg-type]
        ).all()
    return [(f"{s.on:%m-%d}", s.number, s.to, s.channel, s.instead_of) for s in found]


def test_each_secretary_has_exactly_one_message(before: World) -> None:
    strike(before)
    before.now += timedelta(minutes=1)
    strike(before)
    strike(before, "another")
    found = letters(before)
    assert set(SECRETARIES) <= set(found)
    assert not {"M007", "M032", "M033", "M043"} & set(found)  # never chased


def test_what_it_says(world: World) -> None:
    assert reads(world, speaking(world, "M089")) == (
        "伍书记早。今天有 4 件事要看：\n"
        "1. 11月主题党日，剩 2 天（11月25日前）\n"
        "2. 机关党支部（支委会）任期届满，剩 7 天（11月30日前）\n"
        "3. 机关基层党组织书记年度述职，剩 38 天（12月31日前）\n"
        "4. 谈心谈话，剩 38 天（12月31日前）\n"
        "［1 安排主题党日］［2 第 2 件已办］［3 第 3 件已办］"
    )


@ON_SQLITE
def test_one_tap_closes_an_item_and_it_does_not_come_again(world: World) -> None:
    hotline = speaking(world, "M089")
    reads(world, hotline)
    said = hotline.taps("第 2 件已办")
    assert said == "已记：机关党支部（支委会）任期届满，11月23日（周一）办结。"
    mornings(world, "12-4")
    with world.database.reading() as db:
        later = db.exec(select(Letter.body).where(Letter.to == "M089", Letter.due > NOVEMBER)).all()
    assert later
    assert not [body for body in later if "任期届满" in body]


def test_nothing_wrong_nothing_said(world: World) -> None:
    with world.database.unit_of_work() as db:
        db.run(update(table(Duty)).values(state="done"))
    mornings(world, "11-27")
    with world.database.reading() as db:
        assert not db.exec(select(Letter).where(Letter.due > NOVEMBER)).all()


def test_the_ladder_day_by_day(world: World) -> None:
    """主题党日 of BR-D1 is due on Wednesday 25 November: the secretary that day, the organisation
    commissioner on Saturday, which is Monday, the committee's digest on Monday, the list after
    ten days, which is a Saturday again."""
    mornings(world, "12-16")
    assert steps(world, "OL06", "BR-D1") == [
        ("11-25", 0, "M089", "private", ""),
        ("11-30", 1, "M090", "private", ""),
        ("11-30", 2, "M002", "digest", "vacant"),
        ("12-07", 3, "M002", "supervision_list", ""),
        ("12-15", 4, "M002", "circular_candidate", ""),
    ]


@ON_SQLITE
def test_holding_it_stops_the_ladder(world: World) -> None:
    mornings(world, "11-26")
    world.activity("11月主题党日", "BR-D1", starts=world.now.replace(hour=15), status="done")
    mornings(world, "12-7")
    assert [step[:3] for step in steps(world, "OL06", "BR-D1")] == [("11-25", 0, "M089")]


@ON_SQLITE
def test_of_what_is_arranged_nobody_is_reminded(before: World) -> None:
    """BR-D1 arranges its theme day for the evening of the due day. It is not held: then the ladder
    begins the morning after, and its days count from the due day as always."""
    before.activity("11月主题党日", "BR-D1", starts=before.at("11-25 18:00").now)
    before.now = NOVEMBER
    strike(before)
    assert "主题党日" not in letters(before)["M089"].text
    mornings(before, "11-25")
    assert steps(before, "OL06", "BR-D1") == []
    mornings(before, "11-30")
    assert [step[:3] for step in steps(before, "OL06", "BR-D1")] == [
        ("11-26", 0, "M089"),
        ("11-30", 1, "M090"),
        ("11-30", 2, "M002"),
    ]


def test_arranging_is_one_tap_away(world: World) -> None:
    hotline = speaking(world, "M089")
    reads(world, hotline)
    assert hotline.taps("安排主题党日") == "「主题党日」什么时候？比如「周五下午三点」。"


def test_who_is_away_is_stood_in_for(world: World) -> None:
    world.at("11-24 18:00")
    with world.database.unit_of_work() as db:
        db.run(
            update(table(Member))
            .where(table(Member).c.id == "M089")
            .values(chase_exempt="on_leave")
        )
        courtesy.save(
            db,
            Courtesy(member_id="M090", quiet_from=world.now, quiet_until=world.now + timedelta(30)),
        )
    mornings(world, "11-25")
    assert "M089" not in letters(world)
    assert steps(world, "OL06", "BR-D1") == [("11-25", 0, "M002", "private", "M089")]


def test_a_vacant_post_falls_to_the_next(before: World) -> None:
    with before.database.unit_of_work() as db:
        of = table(Appointment).c
        db.run(
            update(table(Appointment)).where(of.member_id == "M089").values(until=date(2026, 11, 1))
        )
    strike(before)
    mornings(before, "11-25")
    assert steps(before, "OL06", "BR-D1") == [("11-25", 0, "M090", "private", "vacant")]


@ON_SQLITE
def test_an_edited_ladder_leaves_open_cases_alone(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mornings(world, "11-25")
    own = tmp_path / "rules.yaml"
    edited = SEED.read_text("utf-8").replace(
        "- {after_days: 3,  to: org_commissioner,    channel: private}",
        "- {after_days: 1,  to: committee_office,    channel: private}",
    )
    assert edited != SEED.read_text("utf-8")
    own.write_text(
        edited.replace('rules_version: "2026-11-draft-1"', 'rules_version: "ours"'), "utf-8"
    )
    monkeypatch.setenv("ZHIBU_RULES", str(own))
    mornings(world, "11-30")
    assert [step[1:3] for step in steps(world, "OL06", "BR-D1")] == [
        (0, "M089"),
        (1, "M090"),
        (2, "M002"),
    ]
    with world.database.reading() as db:
        versions = {
            case.rules_version
            for case in db.exec(
                select(Case).join(Duty).where(Duty.rule_id == "OL06", Duty.org_id == "BR-D1")
            )
        }
    assert versions == {"2026-11-draft-1"}


@ON_SQLITE
def test_what_is_a_members_own_goes_to_him_alone(world: World) -> None:
    """党费 falls due on 10 December: once three days before, once on the day, no sums."""
    mornings(world, "12-7")
    assert letters(world)["M005"].text == "钱五，早上好。12月按月交纳党费，剩 3 天（12月10日前）。"
    for officer in ("M001", "M002"):
        assert "党费（" not in letters(world)[officer].text
    mornings(world, "12-10")
    assert "今天到期" in letters(world)["M005"].text
    mornings(world, "12-16")
    with world.database.reading() as db:
        told = [row for row in ladders.told_on(db, world.now.date()) if row.rule_id == "DU01"]
    assert not told
    mornings(world, "12-17")
    with world.database.reading() as db:
        told = [row for row in ladders.told_on(db, world.now.date()) if row.rule_id == "DU01"]
    assert {row.role for row in told} == {"org_commissioner"}


def test_anniversaries_only_for_those_who_like_them(before: World) -> None:
    with before.database.unit_of_work() as db:
        db.run(update(table(Member)).values(theme_opt_in=False))
    strike(before)
    assert not [reply for reply in letters(before).values() if "政治生日" in reply.text]


def test_a_term_six_months_ahead(world: World) -> None:
    """BR-D1 was elected on 2023-11-30 for three years; BR-A1's term ends on 2027-03-12."""
    with world.database.reading() as db:
        told = {
            row.org_id: row.number
            for row in ladders.told_on(db, NOVEMBER.date())
            if row.rule_id == "TM01"
        }
    assert told == {"BR-A1": 180, "BR-A2": 180, "BR-A3": 30, "BR-D1": 30}


def test_after_three_days_of_sleep_there_is_one(world: World) -> None:
    world.at("11-26 11:40")
    strike(world)
    with world.database.reading() as db:
        sent = db.exec(select(Letter.due).where(Letter.to == "M089")).all()
    assert [f"{due:%m-%d %H:%M}" for due in sorted(sent)] == [
        "11-23 09:00",
        "11-26 08:40",
    ]  # three hours late
    assert steps(world, "OL06", "BR-D1") == [("11-26", 0, "M089", "private", "")]


def test_too_late_it_waits_for_the_next_morning(world: World) -> None:
    world.at("11-24 20:41")
    strike(world)
    assert letters(world) == {}
    world.at("11-25 8:40")
    strike(world)
    assert "M089" in letters(world)


def test_two_schedulers_send_one(before: World) -> None:
    url = before.database.engine.url.render_as_string(hide_password=False)
    others = [Database(url) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda n: runs.strike(others[n], TIMETABLE, before.now, f"p{n}"), range(2)))
    for each in others:
        each.close()
    found = letters(before)
    assert set(SECRETARIES) <= set(found)
