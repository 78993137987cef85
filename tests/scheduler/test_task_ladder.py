"""The ladder of what is handed out, morning by morning: blue, yellow, red, the next person, and
whoever issued it."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot.clock import HOME
from handlers.duties.actions.planning import SEED
from handlers.duties.rules.issued import STAGES
from handlers.tasks.rules import stages
from scheduler import morning
from storage import courtesy, tasks
from storage.courtesy import Courtesy
from storage.duties import Duty
from storage.ladders import Step
from storage.members import Role
from storage.organisation import OrgKind
from tests.scheduler.strikes import letters, mornings, reads, strike
from tests.world import Talker, World

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=HOME)
FRIDAY = "12月4日"
Told = list[tuple[str, str, int, str, str, str]]


@pytest.fixture
def office(world: World) -> Talker:
    """A committee with one branch: its office, a secretary, a deputy and a member."""
    world.now = MONDAY
    world.organisation("WC", None, OrgKind.WORK_COMMITTEE, "机关工委")
    world.organisation("B1", "WC", name="第一支部")
    world.member("李书记", role=Role.SECRETARY, accepted_on=None)
    world.member("王副书记", role=Role.DEPUTY_SECRETARY)
    world.member("张三")
    office = world.member("办公室", "B1")
    world.appoint(office, "WC", Role.COMMITTEE_OFFICE)
    return office


def hand_out(talker: Talker, words: str) -> None:
    talker.says(words)
    assert "已布置" in talker.taps("布置")


def told(world: World) -> Told:
    """(day, sort, number, to, channel, instead of), of all tasks."""
    with world.database.reading() as db:
        found = db.exec(
            select(Step)
            .join(Duty)
            .where(Duty.rule_id == tasks.RULE)
            .order_by(Step.on, Step.sort, Step.number)  # type: ignore[arg-type]
        ).all()
    return [(f"{s.on:%m-%d}", s.sort, s.number, s.to, s.channel, s.instead_of) for s in found]


def lines(world: World, who: str) -> list[str]:
    """What the one message of this morning is made of, for them."""
    assert who in letters(world)
    with world.database.reading() as db:
        return [each.text for each in morning.gathered(db, world.now)[who]]


def test_the_stages_are_those_of_the_lists() -> None:
    assert STAGES == (stages.BLUE_DAYS, stages.YELLOW_DAYS)


def test_morning_by_morning(world: World, office: Talker) -> None:
    """Due on Friday 4 December; the third day after it, like the first, is said on Monday."""
    hand_out(office, f"布置任务：各支部核对名册，{FRIDAY}前")
    mornings(world, "12-14")
    assert told(world) == [
        ("11-27", "before", 7, "李书记", "private", ""),
        ("12-01", "before", 3, "李书记", "private", ""),
        ("12-04", "rung", 0, "李书记", "private", ""),
        ("12-07", "rung", 1, "李书记", "private", ""),
        ("12-07", "rung", 2, "王副书记", "private", ""),
        ("12-09", "rung", 3, "办公室", "digest", ""),
        ("12-14", "rung", 4, "办公室", "supervision_list", ""),
    ]


@pytest.mark.parametrize(
    ("day", "who", "said"),
    [
        ("11-27", "李书记", "核对名册（A1），剩 7 天（12月4日（周五）前）"),
        ("12-1", "李书记", "核对名册（A1），剩 3 天（12月4日（周五）前）"),
        ("12-4", "李书记", "核对名册（A1），今天到期"),
        ("12-7", "李书记", "核对名册（A1），过了 3 天（12月4日前）"),
        ("12-7", "王副书记", "核对名册（A1），过了 3 天（12月4日前）"),
        ("12-9", "办公室", "您布置的任务逾期 1 件：第一支部 1 件"),
        ("12-14", "办公室", "拖得较久，要不要列入督办，由您定"),
    ],
)
def test_each_is_told_in_the_one_message_of_the_morning(
    world: World, office: Talker, day: str, who: str, said: str
) -> None:
    hand_out(office, f"布置任务：各支部核对名册，{FRIDAY}前")
    mornings(world, day)
    assert [each for each in lines(world, who) if said in each]


@pytest.mark.parametrize(("second", "reminded"), [(-1, False), (0, True)])
def test_to_the_second(world: World, office: Talker, second: int, reminded: bool) -> None:
    hand_out(office, f"布置任务：各支部核对名册，{FRIDAY}前")
    mornings(world, "11-26")
    world.at("11-27 8:40")
    world.now += timedelta(seconds=second)
    strike(world)
    assert bool(told(world)) is reminded


@pytest.mark.parametrize("on_day", ["12-2", "12-4", "12-7"])
def test_a_report_stops_it_and_a_return_goes_on_where_it_was(
    world: World, office: Talker, on_day: str
) -> None:
    hand_out(office, f"布置任务：各支部核对名册，{FRIDAY}前")
    mornings(world, on_day)
    before = told(world)
    secretary = world.stranger("李书记")
    secretary.says("A1办完了")
    mornings(world, "12-18")
    assert told(world) == before

    world.now = world.now.replace(hour=10)
    office.says("待验收")
    office.taps("退回")
    office.says("还差两个人")
    mornings(world, "12-21")
    after = [each for each in told(world) if each not in before]
    assert after
    assert {each[0] for each in after} == {"12-21"}
    numbers = [each[1:3] for each in told(world)]
    assert len(numbers) == len(set(numbers))  # each step once


def test_whoever_has_it_in_person_comes_first_then_the_unit_then_the_issuer(
    world: World, office: Talker
) -> None:
    secretary = world.stranger("李书记")
    hand_out(secretary, f"布置任务：张三整理台账，{FRIDAY}前")
    mornings(world, "12-14")
    assert [(each[0], each[3]) for each in told(world)] == [
        ("11-27", "张三"),
        ("12-01", "张三"),
        ("12-04", "张三"),
        ("12-07", "张三"),
        ("12-07", "李书记"),
        ("12-09", "李书记"),
        ("12-14", "李书记"),
    ]  # what a unit hands out among its own people goes no further


def test_who_is_away_is_stood_in_for(world: World, office: Talker) -> None:
    hand_out(office, f"布置任务：各支部核对名册，{FRIDAY}前")
    mornings(world, "12-2")
    with world.database.unit_of_work() as db:
        until = world.now + timedelta(30)
        courtesy.save(db, Courtesy(member_id="李书记", quiet_from=world.now, quiet_until=until))
    mornings(world, "12-4")
    assert told(world)[-1] == ("12-04", "rung", 0, "王副书记", "private", "李书记")
    assert lines(world, "王副书记")


def test_more_time_begins_anew(world: World, office: Talker) -> None:
    hand_out(office, f"布置任务：各支部核对名册，{FRIDAY}前")
    mornings(world, "12-4")
    world.now = world.now.replace(hour=10)
    secretary = world.stranger("李书记")
    secretary.says("任务 A1")
    secretary.taps("延期")
    secretary.says("12月18日，等批复")
    office.says("待验收")
    mornings(world, "12-7")
    assert [each for each in told(world) if each[0] == "12-07"]  # not granted yet
    world.now = world.now.replace(hour=10)
    office.says("待验收")
    office.taps("同意")
    count = len(told(world))
    mornings(world, "12-10")
    assert len(told(world)) == count
    mornings(world, "12-18")
    assert [each[:4] for each in told(world)[count:]] == [
        ("12-11", "before", 7, "李书记"),
        ("12-15", "before", 3, "李书记"),
        ("12-18", "rung", 0, "李书记"),
    ]


def test_an_edited_ladder_leaves_open_cases_alone(
    world: World, office: Talker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    hand_out(office, f"布置任务：各支部核对名册，{FRIDAY}前")
    hand_out(office, "布置任务：各支部报送计划，12月8日前")
    mornings(world, "12-4")
    own, words = tmp_path / "rules.yaml", SEED.read_text("utf-8")
    line = "- {after_days: 3,  to: unit_lead,           channel: private}"
    assert line in words
    own.write_text(words.replace(line, line.replace("3, ", "1, ")), "utf-8")
    monkeypatch.setenv("ZHIBU_RULES", str(own))
    mornings(world, "12-9")
    deputy = [each[0] for each in told(world) if each[3] == "王副书记"]
    assert deputy == ["12-07", "12-09"]  # the third day of the one, the first of the other


def test_many_tasks_are_one_message_and_one_tap_closes_one(world: World, office: Talker) -> None:
    for what in ("核对名册", "报送计划", "整理台账"):
        hand_out(office, f"布置任务：各支部{what}，{FRIDAY}前")
    mornings(world, "12-4")
    secretary = world.stranger("李书记")
    said = reads(world, Talker(world, secretary.address, "李书记"))
    assert "3 件" in said or "另有" in said
    assert "已报" in secretary.taps("完成") or "报" in world.last.text


def test_two_weeks_ahead_name_it_by_its_title(world: World, office: Talker) -> None:
    hand_out(office, f"布置任务：各支部核对名册，{FRIDAY}前")
    mornings(world, "11-24")
    said = world.stranger("李书记").says("未来两周提醒")
    assert "您：核对名册（提前 7 天）" in said
    assert "核对名册" not in world.stranger("张三").says("未来两周提醒")


def test_two_weeks_ahead_from_above_however_much_there_is(world: World, office: Talker) -> None:
    """What is overdue below is not the office's; what does not fit is one tap away."""
    hand_out(office, f"布置任务：各支部核对名册，{FRIDAY}前")
    mornings(world, "12-9")
    said = office.says("未来两周提醒")
    assert said.startswith("要是没有新的记录")
    while "更多" in said:
        before, said = said, office.taps("更多")
        assert said.splitlines()[1] not in before
