"""Lists of items for many units at once: read from a file, counted, listed in no time."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from bot.files.reading import read
from bot.files.tables import Table
from bot.messages import Refusal
from handlers.registry import text
from handlers.registry.actions import Faulty, Plan, Subject, apply, load_demo, plan
from handlers.tasks.actions import letters, listing, morning, stepping
from handlers.tasks.actions.stepping import Wish
from handlers.tasks.rules.machine import State, Step
from storage import members, organisation, tasks
from storage.members import Role
from storage.organisation import OrgKind
from storage.outbox import Letter
from storage.tasks import Task, TaskItem
from tests.handlers.test_duties import speaking
from tests.world import Talker, World

HEAD = "task_id,title,owners,due_on,priority,status,evidence,goal"
Town = tuple[World, Talker, list[Talker]]


@pytest.fixture
def town(world: World) -> Town:
    world.organisation("WC", kind=OrgKind.WORK_COMMITTEE, name="机关工委")
    for n in (1, 2, 3):
        world.organisation(f"B{n}", "WC", name=f"第{'一二三'[n - 1]}党支部")
    office = world.member("孙科长", branch="B3")
    world.appoint(office, "WC", Role.COMMITTEE_OFFICE)
    led = [world.member(f"书记{n}", branch=f"B{n}", role=Role.SECRETARY) for n in (1, 2, 3)]
    return world, office, led


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Table]:
    def written(rows: str, head: str = HEAD) -> Table:
        path = tmp_path / "清单.csv"
        path.write_text(f"{head}\n{rows}", "utf-8")
        found = read(path)
        assert isinstance(found, Table)
        return found

    return written


def planned(world: World, source: Table) -> Plan | Faulty:
    with world.database.reading() as db:
        return plan(db, Subject.TASKS, source, now=world.now, as_of=world.now.date())


def taken(world: World, source: Table) -> int:
    """How many letters are written."""
    shown = planned(world, source)
    assert isinstance(shown, Plan), shown
    with world.database.unit_of_work() as db:
        apply(db, shown, source, actor="operator")
        return letters.announce(db, world.now)


def test_a_list_is_handed_out_with_one_letter_for_each(
    town: Town, file: Callable[..., Table]
) -> None:
    world, office, (first, *_) = town
    source = file(
        "1,核对名册,各支部,2026-12-04,高,,文字,\n"
        "2,更新版面,第一党支部;B2,2026-12-11,,,,窗口换新\n"
        "3,走访慰问,B1,2026-11-20,,已办结,,\n"
    )
    shown = planned(world, source)
    assert isinstance(shown, Plan)
    assert [entry.id for entry in shown.new] == ["1", "2", "3"]
    assert taken(world, source) == 3
    with world.database.reading() as db:
        bodies = db.exec(select(Letter.body).where(Letter.to == "书记1")).all()
    assert len(bodies) == 1
    assert "布置了 2 件任务" in bodies[0]
    assert first.says("我的任务").startswith("您手上有 2 件：\n1. 核对名册（1），剩 11 天")
    assert office.says("任务清单 2 怎么样了").startswith("更新版面（2），12月11日（周五）前，2 个")
    assert "业务目标：窗口换新" in first.says("任务 2")
    assert isinstance(again := planned(world, source), Plan)
    assert again.writes == ()


def test_all_that_is_wrong_is_said_where_it_is_and_nothing_taken(
    town: Town, file: Callable[..., Table]
) -> None:
    source = file(
        "1,,B1,2026-12-04,,,,\n"
        "2,更新版面,B9,12月4日,特急,,,\n"
        "3,走访慰问,B1:无此人,2026-12-04,,,,\n"
        "3,走访,B1,2026-12-05,,,,\n"
    )
    faulty = planned(town[0], source)
    assert isinstance(faulty, Faulty)
    assert [text.fault(each) for each in faulty.faults] == [
        "第 2 行「title」：是空的。请填写。",
        "第 3 行「due_on」：写的是「12月4日」。请写成 2026-11-23。",
        "第 3 行「owners」：没有编号为 B9 的组织。请更正编号，或先导入这个组织。",
        "第 3 行「priority」：写的是「特急」。可以写 紧急。",
        "第 4 行「owners」：没有编号为 无此人 的党员。请先导入党员，或更正编号。",
        "第 5 行「due_on」：写的是「2026-12-05」。与第 4 行同一编号却不一样，请改成一致或换编号。",
        "第 5 行「title」：写的是「走访」。与第 4 行同一编号却不一样，请改成一致或换编号。",
    ]
    with town[0].database.reading() as db:
        assert not db.exec(select(TaskItem)).all()


def test_a_list_that_comes_again_corrects_the_item_and_leaves_the_state(
    town: Town, file: Callable[..., Table]
) -> None:
    world, office, (first, second, _) = town
    taken(world, file("1,核对名册,B1;B2,2026-12-04,,,,\n"))
    first.says("任务 1")
    first.taps("完成")
    second.says("任务 1")
    second.taps("延期")
    second.taps("延一周")
    office.says("待验收")
    office.taps("通过")
    office.says("待验收")
    office.taps("同意")
    corrected = file("1,核对名册和电话,B1;B2;B3,2026-12-05,,,,\n")
    shown = planned(world, corrected)
    assert isinstance(shown, Plan)
    assert [each.column for each in shown.changed[0].changes] == ["title", "due"]
    assert taken(world, corrected) == 1  # the third branch is told
    with world.database.reading() as db:
        rows = db.exec(select(Task).order_by(Task.org_id)).all()
        assert [(row.state, row.due) for row in rows] == [
            ("closed", date(2026, 12, 5)),
            ("issued", date(2026, 12, 11)),
            ("issued", date(2026, 12, 5)),
        ]


def test_findings_are_a_list_of_their_own(town: Town, file: Callable[..., Table]) -> None:
    world, office, (first, *_) = town
    head = "finding_id,org_id,finding,found_on,due_on,state,closed_on"
    taken(world, file("F05,B1,换届请示未按时准备,2026-10-19,2026-11-20,overdue,\n", head))
    assert office.says("问题清单") == (
        "在整改的问题 1 项，逾期 1 项：\n"
        "1. 换届请示未按时准备（F05）｜第一党支部，过了 3 天（11月20日前），还没有签收\n"
        "［1 看第 1 件］［2 全部催一下］"
    )
    assert first.says("F05整改进展：请示已拟好，正在走流程").startswith("已记进展：换届请示")
    assert first.says("F05申请延期三天，等批复").startswith(
        "换届请示未按时准备（F05）是 11月20日前的"
    )
    assert first.says("F05整改完成：请示已批复").startswith("已报完成：换届请示未按时准备（F05）")
    office.says("待验收")
    assert office.taps("通过") == (
        "复核通过：换届请示未按时准备（F05），第一党支部。可以销号了。\n［1 销号］"
    )
    assert office.taps("销号") == "已销号：换届请示未按时准备（F05），第一党支部。"
    assert office.says("督办清单") == "没有在整改的问题，都销号了。"


def test_what_is_restricted_is_seen_by_few(town: Town) -> None:
    world, office, (first, *_) = town
    deputy = world.member("副书记", branch="B1", role=Role.DEPUTY_SECRETARY)
    office.says("发现问题：第一党支部组织生活不正常，软弱涣散，12月20日前整改")
    assert "限阅：只有该单位负责人和交办单位看得到。" in world.last.text
    office.says("布置")
    assert first.says("我的任务").startswith("您手上有 1 件：\n1. 组织生活不正常（W1）")
    assert office.says("问题清单").startswith("在整改的问题 1 项：")
    assert deputy.says("问题清单") == "没有在整改的问题，都销号了。"
    assert deputy.says("W1").startswith("没有找到编号 W1")
    assert world.member("赵四", branch="B1").says("W1").startswith("没有找到编号 W1")


def test_a_finding_is_not_re_checked_by_who_reported_it(town: Town) -> None:
    world, office, (first, *_) = town
    office.says("发现问题：第一党支部版面陈旧，12月20日前整改")
    office.says("布置")
    world.appoint(first, "WC", Role.COMMITTEE_OFFICE)
    first.says("W1整改完成：已换新")
    first.says("待验收")
    assert first.taps("通过") == "整改要由另一位同志复核。请办公室其他同志点「通过」。"
    office.says("待验收")
    assert office.taps("通过").startswith("复核通过")


def many(world: World, items: int = 20, units: int = 78) -> list[str]:
    world.organisation("WC", kind=OrgKind.WORK_COMMITTEE, name="机关工委")
    ids = [world.organisation(f"U{n:02}", "WC", name=f"第{n}单位党支部") for n in range(units)]
    with world.database.unit_of_work() as db:
        for n in range(items):
            item = TaskItem(
                number=f"T{n:02}", title=f"第 {n} 项", due=date(2026, 11, 10 + n), org_id="WC",
                issued_by="operator", issued_at=world.now,
            )  # fmt: skip
            tasks.issue(db, item, [(unit, "") for unit in ids])
    return ids


def test_1560_tasks_are_listed(world: World) -> None:
    ids = many(world)
    office = world.member("孙科长", branch=ids[0])
    world.appoint(office, "WC", Role.COMMITTEE_OFFICE)
    with world.database.reading() as db:
        tree = organisation.tree(db, world.now.date())
        actor = members.speaker(db, office.id, tree)
        assert actor
        found = listing.overdue(db, actor, world.now)
        assert len(found.rows) == 13 * 78
        assert len(found.by_unit) == 78
        digest = morning.digest(db, world.now, ids)
    assert (digest.issued, digest.overdue, digest.nil) == (1560, 13 * 78, 78)
    assert office.says("逾期任务").startswith("逾期任务 1014 件，涉及 78 个单位：")


STEPS = st.lists(
    st.tuples(st.integers(1, 12), st.sampled_from(list(Step)), st.sampled_from("书科")), max_size=30
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_the_states_always_sum_up_to_items_times_units(
    law_world: World, steps: list[tuple[int, Step, str]]
) -> None:
    """Whatever anybody tries: nothing is lost, nothing comes into being."""
    world = law_world
    with world.database.unit_of_work() as db:
        tree = organisation.tree(db, world.now.date())
        actors = {"书": members.speaker(db, "书记", tree), "科": members.speaker(db, "科长", tree)}
        for task_id, step, who in steps:
            actor = actors[who]
            assert actor
            wish = Wish(step, "因为", date(2027, 1, 1), "书记")
            with suppress(Refusal):
                stepping.take(db, actor, world.now, task_id, wish)
        ids = [f"U{n:02}" for n in range(4)]
        found = tasks.counts(db, ids, world.now.date())
        assert sum(each.tasks for each in found) == 3 * 4
        assert {each.state for each in found} <= set(State)
        for org in ids:
            assert sum(each.tasks for each in found if each.org_id == org) == 3


@pytest.fixture
def law_world(world: World) -> World:
    ids = many(world, items=3, units=4)
    world.member("书记", branch=ids[0], role=Role.SECRETARY)
    office = world.member("科长", branch=ids[1])
    world.appoint(office, "WC", Role.COMMITTEE_OFFICE)
    return world


def test_the_demonstration_has_something_for_this_week(world: World) -> None:
    with world.database.unit_of_work() as db:
        load_demo(db, world.now)
    zhang, office = speaking(world, "M001"), speaking(world, "M002")
    assert zhang.says("本周任务") == (
        "您这里没有逾期的事。6 天内有 2 件：\n"
        "1. 更新党员活动室版面（2），剩 4 天（11月27日（周五）前）\n"
        "2. 报送志愿服务计划（3），剩 4 天（11月27日（周五）前）\n"
        "［1 第 1 件完成］［2 第 2 件完成］"
    )
    late = speaking(world, "M060").says("本周任务")
    assert late.startswith(
        "有 1 件过了日子还没有记录，6 天内另有 2 件：\n1. 核对党员名册和联系方式"
    )
    said = office.says("逾期任务")
    assert said.startswith("逾期任务 3 件，涉及 3 个单位：")
    assert "青禾市园林养护局督查队党支部（示例）：逾期 1 件" in said
    assert office.says("任务清单 1 怎么样了").startswith(
        "核对党员名册和联系方式（1），11月20日（周五）前，9 个单位：\n"
    )
    with world.database.reading() as db:
        assert not db.exec(select(Letter)).all()  # nobody is written to
