"""What is owed, asked in the demonstration on 23 November 2026 at nine."""

from datetime import date, datetime
from pathlib import Path

import pytest

from bot.clock import HOME
from handlers.duties.actions import planning
from handlers.duties.actions.planning import Planned
from handlers.registry.actions import load_demo
from storage import activities, duties
from storage.activities import Activity, Status
from storage.duties import Anchor, Duty, Row
from storage.members import Account, Role
from storage.organisation import Organisation
from tests.scheduler.strikes import without_tasks
from tests.world import Talker, World

NOVEMBER = datetime(2026, 11, 23, 9, 0, tzinfo=HOME)


def plan(world: World) -> Planned:
    with world.database.unit_of_work() as db:
        return planning.plan(db, planning.rulebook(), world.now)


def rows(world: World) -> list[Row]:
    with world.database.reading() as db:
        return list(duties.every(db))


def change(world: World, org_id: str, **facts: object) -> None:
    with world.database.unit_of_work() as db:
        org = db.get(Organisation, org_id)
        for name, value in facts.items():
            setattr(org, name, value)
        db.add(org)


@pytest.fixture
def demo(world: World) -> World:
    world.now = NOVEMBER
    with world.database.unit_of_work() as db:
        load_demo(db, world.now)
    without_tasks(world)
    plan(world)
    return world


def speaking(world: World, member_id: str) -> Talker:
    world.add(
        Account(
            platform="fake",
            user=member_id,
            member_id=member_id,
            bound_at=world.now,
            consent="1",
        )
    )
    return world.stranger(member_id)


def test_the_years_activities_fulfil_their_duties(demo: World) -> None:
    recorded = {"OL01", "OL02", "OL03", "OL04", "OL06"}
    past = [row for row in rows(demo) if row.rule_id in recorded and row.due < NOVEMBER.date()]  # type: ignore[operator]
    assert len(past) == 27 + 90 + 80 + 27 + 98
    assert {row.state for row in past} == {"done"}
    assert all(row.fulfilled_by.startswith("activity:") for row in past)


def test_a_second_plan_changes_nothing(demo: World) -> None:
    before = rows(demo)
    assert plan(demo) == Planned(0, 0, 0)
    assert rows(demo) == before


def test_a_secretary_sees_what_is_due(demo: World) -> None:
    hotline = speaking(demo, "M089")
    assert hotline.says("今天要看什么") == (
        "没有逾期的事，7 天内到期 2 件：\n"
        "1. 主题党日，剩 2 天（11月25日（周三）前）\n"
        "2. 机关党支部（支委会）任期届满，剩 7 天（11月30日（周一）前）\n"
        "［1 第 2 件已办］"
    )
    assert (
        hotline.taps("第 2 件已办") == "已记：机关党支部（支委会）任期届满，11月23日（周一）办结。"
    )
    assert "任期届满" not in hotline.says("逾期")
    assert plan(demo).altered == 0  # what somebody said stays said


def test_theme_day_passed_without_a_record_is_overdue(demo: World) -> None:
    demo.at("11-27 8:40")
    assert plan(demo).new > 0
    hotline = speaking(demo, "M089")
    assert hotline.says("哪些事逾期了").startswith(
        "逾期 1 件，7 天内到期 1 件：\n1. 主题党日还没有记录，过了 2 天（11月25日前）\n"
    )
    with demo.database.unit_of_work() as db:
        held = db.get(Activity, next(a.id for a in activities.between(
            db, ["BR-D1"], NOVEMBER, NOVEMBER.replace(day=26)
        )))  # fmt: skip
        assert held
        held.status = Status.DONE
        db.add(held)
    assert plan(demo).altered == 1
    assert hotline.says("逾期").startswith("没有逾期的事")


def test_the_committee_sees_counts_by_branch(demo: World) -> None:
    demo.at("11-27 8:40")
    plan(demo)
    office = speaking(demo, "M002")
    said = office.says("逾期")
    assert "有逾期的支部 1 个：青禾市便民热线办党支部 1 件。" in said


def test_a_member_sees_only_what_is_his(demo: World) -> None:
    member = speaking(demo, "M005")
    assert member.says("我还欠什么") == "您这里没有逾期的事，7 天内也没有到期的。"
    demo.at("12-5 9:00")
    assert member.says("我还欠什么") == (
        "您这里没有逾期的事。7 天内有 1 件：\n"
        "1. 按月交纳党费，剩 5 天（12月10日（周四）前）\n"
        "［1 第 1 件已办］"
    )
    assert member.taps("第 1 件已办") == "已记：按月交纳党费，12月5日（周六）办结。"
    assert member.says("我还欠什么").startswith("您这里没有逾期的事，")
    assert member.says("逾期") == "您这里没有逾期的事，7 天内也没有到期的。"
    assert member.says("哪个支部还没交").startswith("别人的进度只有支部书记")


def test_nobody_closes_what_is_not_theirs(demo: World) -> None:
    demo.at("12-5 9:00")
    other, member = speaking(demo, "M089"), speaking(demo, "M005")
    member.says("我还欠什么")
    tap = demo.last.buttons[0].tap
    assert demo.hear(other.address, tap=tap) == "这一件不归您管，没有改动。"
    assert demo.hear(member.address, tap=tap).startswith("已记")
    assert demo.hear(member.address, tap=tap) == "这一件已经办结，或者不再需要了。"


def test_a_missing_day_is_asked_of_the_secretary(demo: World) -> None:
    change(demo, "BR-D1", theme_day=None)
    assert plan(demo).missing == 1
    assert "还缺一个日期：青禾市便民热线办党支部（示例）每月几号过主题党日" in speaking(
        demo, "M089"
    ).says("逾期")
    change(demo, "BR-D1", theme_day=25)
    assert plan(demo).missing == 0
    assert "还缺" not in demo.stranger("M089").says("逾期")


def test_a_moved_theme_day_moves_what_is_open(demo: World) -> None:
    change(demo, "BR-D1", theme_day=27)
    plan(demo)
    mine = ("OL06", "org:BR-D1", "open")
    found = [each for each in rows(demo) if (each.rule_id, each.subject, each.state) == mine]
    assert sorted(each.due for each in found if each.due)[:2] == [
        date(2026, 11, 27),
        date(2026, 12, 28),
    ]


def test_a_candidates_days_are_planned_as_they_are_entered(world: World) -> None:
    world.member("李强", role=Role.SECRETARY)
    day = date(2026, 11, 6)
    with world.database.unit_of_work() as db:
        for field in ("candidate.applied_on", "candidate.pre_review_on"):
            duties.set_anchor(db, Anchor(
                subject="candidate:K03", field=field, org_id="B1", day=day, by="李强", at=world.now
            ))  # fmt: skip
    plan(world)
    found = {row.rule_id: row for row in rows(world) if row.subject == "candidate:K03"}
    assert found["MD15"].due == date(2026, 12, 6)
    assert found["MD13"].state == "done"
    assert "MD17" not in found


def test_after_leaving_the_rules_a_duty_is_cancelled(world: World) -> None:
    world.member("李强", role=Role.SECRETARY)
    plan(world)
    row = Duty(
        rule_id="OLD", rules_version="0", subject="org:B1", occurrence="2026", org_id="B1",
        due=date(2026, 12, 31), state="open",
    )  # fmt: skip
    world.add(row)
    plan(world)
    assert [each.state for each in rows(world) if each.rule_id == "OLD"] == ["cancelled"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            "三会一课多久开一次",
            "支部党员大会：每季度至少 1 次。《中国共产党支部工作条例（试行）》第十一条、第十四条，"
            "原文已核对\n支部委员会会议：每月至少 1 次。",
        ),
        (
            "公示期要几天",
            "发展对象公示（不少于五个工作日）：从公示之日起不少于 5 个工作日。《中国共产党发展党员",
        ),
        ("支委会一届几年", "机关党支部（支委会）任期届满：每届 3 年。"),
        ("换届要提前多久请示", "机关党支部（支委会）任期届满：每届 3 年。"),
        ("党费按什么比例交", "按月交纳党费：每月至少 1 次"),
        ("党小组会是每月一次吗", "党小组会：每月至少 1 次"),
        ("什么是第一议题", "第一议题：每次会议至少 1 次（次数或天数为本单位口径）。《各地机关"),
        ("请假要找谁批", "这一条我手里没有依据"),
    ],
)
def test_rules_are_quoted_with_their_article(world: World, asked: str, said: str) -> None:
    assert world.member("王芳").says(asked).startswith(said)


def test_how_well_a_quotation_is_verified_is_said(world: World) -> None:
    wang = world.member("王芳")
    assert "（次数或天数为本单位口径）" in wang.says("党课多久上一次")
    assert "未核对，仅供参考" in wang.says("双报到一年几次")


def test_a_deployments_own_rules(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "rules.yaml"
    own.write_text(planning.SEED.read_text().replace('"2026-11-draft-1"', '"ours"'))
    monkeypatch.setenv("ZHIBU_RULES", str(own))
    assert planning.rulebook().version == "ours"
    own.write_text("rules: []")
    with pytest.raises(planning.RulesUnusable):
        planning.rulebook()


def test_the_committee_reads_a_few_lines_and_taps_for_more(demo: World) -> None:
    office = speaking(demo, "M002")
    first = office.says("逾期")
    numbered = [line for line in first.splitlines() if line[:1].isdigit()]
    assert [line[0] for line in numbered] == list("12345")
    assert len(first.partition("［")[0]) <= 260
    more = office.taps("更多")
    assert [line[:2] for line in more.splitlines()[1:6]] == ["6.", "7.", "8.", "9.", "10"]
    while "更多" in more:
        more = office.taps("更多")
    assert "…… 还有" not in more
