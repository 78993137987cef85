"""Work that is handed out, by talking: from the committee to a branch, and back again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pytest
from sqlmodel import select

from bot.messages import Reply
from handlers.duties.actions import planning
from handlers.tasks.actions import letters, morning
from storage import duties, tasks
from storage.database import Session
from storage.members import Role
from storage.organisation import OrgKind
from storage.outbox import Letter
from storage.tasks import Task, TaskItem, TaskStep
from tests.world import Talker, World

UNITS = ("B1", "B2", "B3")


@dataclass
class Town:
    world: World
    office: Talker
    secretaries: list[Talker]
    member: Talker

    def letters(self, to: Talker) -> list[Reply]:
        with self.world.database.reading() as db:
            rows = db.exec(select(Letter).where(Letter.to == to.id).order_by("id")).all()
            return [Reply.model_validate_json(each.body) for each in rows]

    def taps_letter(self, who: Talker, label: str) -> str:
        """The button of the letter that came last."""
        shown = [each for each in self.letters(who)[-1].buttons if each.label == label]
        return self.world.hear(who.address, tap=shown[0].tap)

    def states(self) -> list[str]:
        with self.world.database.reading() as db:
            return [each.state for each in db.exec(select(Task).order_by("id")).all()]

    def steps(self) -> list[tuple[str, str, str]]:
        with self.world.database.reading() as db:
            rows = db.exec(select(TaskStep).order_by("id")).all()
            return [(each.by, each.step, each.state) for each in rows]

    def hand_out(self, words: str = "布置任务：各支部核对名册，下周五前") -> str:
        self.office.says(words)
        return self.office.says("布置")


def issue_many(db: Session, world: World, items: int, units: Sequence[str] = UNITS) -> None:
    for n in range(1, items + 1):
        item = TaskItem(
            number=f"T{n}", title=f"第 {n} 项", due=date(2026, 12, 1 + n % 20), org_id="WC",
            issued_by="operator", issued_at=world.now,
        )  # fmt: skip
        tasks.issue(db, item, [(unit, "") for unit in units])


@pytest.fixture
def town(world: World) -> Town:
    world.organisation("WC", kind=OrgKind.WORK_COMMITTEE, name="机关工委")
    for n, name in enumerate(("第一党支部", "第二党支部", "第三党支部"), start=1):
        world.organisation(f"B{n}", "WC", name=name)
    office = world.member("孙科长", branch="B3", role=None)
    world.appoint(office, "WC", Role.COMMITTEE_OFFICE)
    secretaries = [
        world.member(name, branch=f"B{n}", role=Role.SECRETARY)
        for n, name in enumerate(("李书记", "王书记", "张书记"), start=1)
    ]
    return Town(world, office, secretaries, world.member("赵四", branch="B1"))


def test_a_line_is_shown_back_and_handed_out(town: Town) -> None:
    li = town.secretaries[0]
    assert town.office.says("布置任务：各支部核对名册，下周五前") == (
        "布置：核对名册，12月4日（周五）前。交给第一党支部、第二党支部、第三党支部。\n"
        "［1 布置］［2 改时限］［3 不布置了］"
    )
    assert town.states() == []
    assert town.office.says("1") == (
        "已布置：核对名册（A1），3 个单位，通知 3 位负责人。发「A1 进展」随时可看。"
    )
    assert town.states() == ["issued"] * 3
    [letter] = town.letters(li)
    assert letter.text == "机关工委布置了一件任务：核对名册（A1），12月4日前。"
    assert [each.label for each in letter.buttons] == ["签收", "完成", "看看"]
    assert town.letters(town.member) == []


def test_the_loop(town: Town) -> None:
    li, office = town.secretaries[0], town.office
    town.hand_out("布置任务：各支部核对名册，附一句说明，下周五前")
    assert town.taps_letter(li, "签收") == "已签收 1 件。发「我的任务」可以看到全部。"
    assert li.says("我的任务") == (
        "您手上有 1 件：\n1. 核对名册（A1），剩 11 天（12月4日（周五）前）\n"
        "［1 完成］［2 报进展］［3 延期］［4 转交］"
    )
    assert li.taps("报进展") == "进展到哪了？一句话就行。"
    assert li.says("还差两个人") == "已记进展：核对名册（A1）——还差两个人。"
    assert li.says("A1 办完了").startswith("核对名册（A1）办好了。一句话说明或发链接就行")
    assert li.says("24 人都核对了").startswith("已报完成：核对名册（A1），等机关工委验收。")

    assert office.says("待验收") == (
        "第一党支部报核对名册（A1）完成：24 人都核对了。\n［1 通过］［2 退回］"
    )
    office.taps("退回")
    assert office.says("缺入党日期") == "已退回第一党支部：核对名册（A1），原因已转告。"
    assert town.letters(li)[-1].text.startswith("核对名册（A1）退回来了：缺入党日期。")
    town.taps_letter(li, "完成")
    li.says("补齐了")
    office.says("待验收")
    assert office.taps("通过") == "已办结：核对名册（A1），第一党支部。"
    assert town.letters(li)[-1].text == "核对名册（A1）已验收，办结了。"
    assert town.states() == ["closed", "issued", "issued"]
    assert [step for _, step, _ in town.steps()] == [
        "sign", "progress", "report", "return", "report", "accept",
    ]  # fmt: skip
    assert li.says("我的任务") == "您手上没有要办的事。"
    assert town.world.hear(office.address, tap="task_past:1").startswith(
        "核对名册（A1），11月23日布置。\n11月23日 09:00 李书记签收\n"
        "11月23日 09:00 李书记报进展：还差两个人\n"
    )


def test_too_quick(town: Town) -> None:
    li = town.secretaries[0]
    town.hand_out()
    town.taps_letter(li, "完成")
    assert li.taps("撤回") == "已撤回：核对名册（A1），还在办理中。"
    assert town.office.says("待验收") == "没有等您验收或答复的任务。"


def test_an_extension_is_asked_for_and_decided_by_one_tap(town: Town) -> None:
    li, wang, _ = town.secretaries
    town.hand_out()
    li.says("A1")
    li.taps("延期")
    assert li.says("再给三天，等上级批复") == (
        "已提出：核对名册（A1）延到 12月7日（周一）。结果会告诉您。"
    )
    assert town.letters(town.office)[-1].text == (
        "第一党支部想把核对名册（A1）从 12月4日延到 12月7日，因为等上级批复。"
    )
    assert town.taps_letter(town.office, "同意").startswith(
        "已同意：核对名册（A1），第一党支部延到 12月7日（周一）。"
    )
    assert "同意延期，现在是 12月7日前" in town.letters(li)[-1].text
    assert town.taps_letter(town.office, "同意") == "这一条已经处理过了，没有改动。"

    wang.says("A1")
    wang.taps("延期")
    assert wang.taps("延一周").startswith("已提出")
    assert town.taps_letter(town.office, "不同意").startswith("没有同意延期")
    assert "仍是 12月4日前" in town.letters(wang)[-1].text


def test_after_the_day_an_extension_is_refused_with_a_way_on(town: Town) -> None:
    li = town.secretaries[0]
    town.hand_out()
    town.world.at("12-5 9:00")
    li.says("A1")
    assert li.taps("延期") == (
        "核对名册（A1）是 12月4日前的，日子已过，不能再延。"
        "请先报进展说明情况，或直接联系布置的同志；办好后照常点「完成」。"
    )


def test_handed_over_with_one_tap_to_take_it(town: Town) -> None:
    li, zhao = town.secretaries[0], town.member
    town.hand_out()
    li.says("A1")
    assert li.taps("转交") == "核对名册（A1）转给谁？请发姓名，例如赵四。\n［1 赵四］"
    assert li.taps("赵四") == "已请赵四接办：核对名册（A1）。对方点「接下」之前，仍由您办。"
    assert town.letters(zhao)[-1].text == "李书记想请您接办：核对名册（A1），12月4日前。"
    assert "核对名册（A1）" in li.says("我的任务")
    assert town.taps_letter(zhao, "接下") == "现在由您办：核对名册（A1），12月4日（周五）前。"
    assert li.says("我的任务") == "您手上没有要办的事。"
    assert zhao.says("我的任务").startswith("您手上有 1 件：")
    town.taps_letter(zhao, "接下")
    assert zhao.says("核对名册办完了").startswith("已报完成")


def test_not_to_somebody_elsewhere(town: Town) -> None:
    li = town.secretaries[0]
    town.hand_out()
    li.says("A1")
    li.taps("转交")
    assert li.says("王书记").startswith("没找到这位同志。")
    assert li.says("赵四").startswith("已请赵四接办")


def test_who_may_not(town: Town) -> None:
    """A stranger to a task is not even told how far it is."""
    li, wang, _ = town.secretaries
    town.hand_out()
    town.taps_letter(li, "完成")
    theirs = town.world.last.buttons[0].tap  # «撤回»
    for other in (wang, town.member):
        assert town.world.hear(other.address, tap=theirs).startswith("没有找到这件任务")
    assert town.world.hear(li.address, tap="task:1:accept") == "这一步不归您办，没有改动。"
    assert town.world.hear(town.office.address, tap="task:1:take_back").startswith("这一步不归您办")
    assert town.member.says("布置任务：各支部核对名册，下周五前").startswith("这件事要由")
    assert li.says("布置任务：第二党支部 核对名册，下周五前").startswith("布置给谁？")
    assert town.states() == ["reported", "issued", "issued"]


def test_within_a_branch_it_is_nobody_elses_business(town: Town) -> None:
    li, zhao = town.secretaries[0], town.member
    li.says("布置任务：赵四 整理台账，下周三前")
    assert li.says("布置").startswith("已布置：整理台账（A1），1 个单位，通知 1 位负责人。")
    assert zhao.says("我的任务").startswith("您手上有 1 件：\n1. 整理台账（A1）")
    town.world.at("12-3 9:00")
    assert town.office.says("逾期任务") == "没有逾期的任务。"
    assert town.office.says("A1") == "没有找到编号 A1 的任务。发「我的任务」可以看到编号。"
    assert li.says("逾期任务").startswith("逾期任务 1 件：\n1. 整理台账（A1），过了 1 天")


def test_the_committee_sees_counts_and_reminds_once_a_day(town: Town) -> None:
    li, wang, zhang = town.secretaries
    town.hand_out()
    zhang.says("A1 办完了")
    town.world.at("12-8 9:00")
    assert town.office.says("逾期任务") == (
        "逾期任务 2 件，涉及 2 个单位：\n"
        "1. 第一党支部：逾期 1 件，在办 1 件\n2. 第二党支部：逾期 1 件，在办 1 件\n"
        "［1 看第 1 家］［2 看第 2 家］［3 全部催一下］"
    )
    town.office.taps("看第 2 家")
    assert town.world.last.text.startswith("第二党支部在办 1 件：\n1. 核对名册（A1），过了 4 天")
    town.office.says("逾期任务")
    assert town.office.taps("全部催一下").startswith("要催 2 件，私下提醒 2 位承办人：")
    assert len(town.letters(li)) == 1  # nothing before the second tap
    assert town.office.taps("提醒他们") == "已提醒 2 位承办人，共 2 件。今天不会重复催同一件。"
    assert [each.text for each in town.letters(li)[1:]] == [
        "提醒一下，有 1 件任务：\n核对名册（A1），过了 4 天（12月4日前）"
    ]
    assert len(town.letters(zhang)) == 1
    assert town.office.says("催一下").startswith("现在没有要催的")
    assert town.world.hear(town.office.address, tap="task:1:nudge") == (
        "今天已经催过这一件了，明天还可以再催。"
    )
    town.world.at("12-9 9:00")
    assert town.office.says("催一下王书记").startswith("要催 1 件，私下提醒 1 位承办人：")
    town.office.taps("提醒他们")
    assert (len(town.letters(li)), len(town.letters(wang))) == (2, 3)


def test_whoever_is_never_chased_is_not(town: Town) -> None:
    town.world.member("钱老", branch="B4", role=Role.SECRETARY, chase_exempt="aged_or_infirm")
    town.world.place("B4", "WC")
    town.hand_out()
    town.world.at("12-8 9:00")
    town.office.says("催一下")
    assert "私下提醒 3 位承办人" in town.world.last.text


def test_nil_returns_and_one_item_over_all_units(town: Town) -> None:
    li, wang, zhang = town.secretaries
    town.hand_out()
    li.says("签收")
    zhang.says("A1 办完了")
    assert town.office.says("零报告") == "布置后还没有任何回音的单位 1 个：\n第二党支部（1 件）"
    assert town.office.says("任务清单 1 怎么样了") == (
        "核对名册（A1），12月4日（周五）前，3 个单位：\n"
        "已签收 1，还没有签收 1，已报完成，待验收 1。\n［1 全部通过］［2 全部催一下］"
    )
    assert town.office.taps("全部通过") == "已通过 1 件：核对名册（A1）。"
    assert wang.says("任务 1").startswith("核对名册（A1）｜第二党支部\n还没有签收")


def test_several_tasks_are_told_in_one_letter(town: Town) -> None:
    with town.world.database.unit_of_work() as db:
        issue_many(db, town.world, items=5)
    town.office.says("布置任务：各支部核对名册，下周五前")
    town.office.says("布置")
    [letter] = town.letters(town.secretaries[0])
    assert letter.text.startswith("机关工委布置了 6 件任务：")
    assert "…… 还有 3 件" in letter.text


def test_what_is_asked_one_by_one(town: Town) -> None:
    office = town.office
    assert office.says("布置任务").startswith("要布置什么？")
    assert office.says("核对名册").startswith("布置给谁？")
    assert office.says("各支部") == ("「核对名册」什么时候前完成？例如「下周五」「12月15日」。")
    assert office.says("12月15日").startswith("布置：核对名册，12月15日（周二）前。交给第一党支部")
    assert office.taps("改时限").startswith("「核对名册」什么时候前")
    office.says("12月16日")
    assert office.says("不布置了") == "好的，没有布置。"
    assert town.states() == []


def test_the_morning_says_only_what_is_wrong(town: Town) -> None:
    li, wang, _ = town.secretaries
    town.hand_out()
    wang.says("A1 办完了")
    town.world.at("12-5 8:30")
    with town.world.database.reading() as db:
        found = morning.matters(db, town.world.now)
        assert {who: [each.text for each in lines] for who, lines in found.items()} == {
            "李书记": ["核对名册（A1），过了 1 天（12月4日前）"],
            "张书记": ["核对名册（A1），过了 1 天（12月4日前）"],
            "孙科长": ["有 1 件报上来，等您验收或答复"],
        }
        digest = morning.digest(db, town.world.now, ["B1", "B2", "B3"])
    assert (digest.issued, digest.waiting, digest.overdue, digest.nil) == (3, 1, 2, 2)
    tap = found["李书记"][0].button
    assert tap
    assert town.world.hear(li.address, tap=tap.tap).startswith("已报完成")


def test_the_next_secretary_finds_it(town: Town) -> None:
    """A task belongs to the unit: it follows the post."""
    li = town.secretaries[0]
    town.hand_out()
    town.world.resign(li, on=date(2026, 11, 24))
    town.world.at("11-25 9:00")
    new = town.world.member("周新", branch="B1", role=Role.SECRETARY)
    assert new.says("我的任务").startswith("您手上有 1 件：\n1. 核对名册（A1）")
    assert li.says("我的任务") == "您手上没有要办的事。"


def test_the_sums_and_the_way_to_what_is_behind(town: Town) -> None:
    town.hand_out()
    town.secretaries[2].says("A1 办完了")
    town.world.at("12-8 9:00")
    assert town.office.says("任务情况") == (
        "任务共 3 件：办结 0，待验收 1，逾期 2（2 个单位），零报告 2 个单位。\n"
        "［1 逾期任务］［2 零报告］"
    )
    assert town.office.taps("零报告").startswith("布置后还没有任何回音的单位 2 个：")


def test_what_is_withdrawn_is_told_to_whoever_has_it(town: Town) -> None:
    li, wang, _ = town.secretaries
    town.hand_out()
    li.says("A1 办完了")
    town.office.says("待验收")
    town.office.taps("通过")
    assert wang.says("撤销任务 A1").startswith("没有可撤销的")
    assert town.office.says("撤销任务 1") == (
        "撤销核对名册（A1）？还有 2 个单位没办结，会告诉他们不用再办。\n［1 撤销］［2 先不撤］"
    )
    assert town.office.taps("撤销") == "已撤销：核对名册（A1），2 个单位已通知。"
    assert town.states() == ["closed", "withdrawn", "withdrawn"]
    assert town.letters(wang)[-1].text == "核对名册（A1）已撤销，不用再办了。"
    assert wang.says("我的任务") == "您手上没有要办的事。"


def test_what_is_no_task_is_reminded_of_elsewhere(town: Town) -> None:
    assert "看「签到情况」" in town.office.says("催一下没签到的")
    assert "看「签收情况」" in town.office.says("催一下没回执的")


def test_a_letter_that_is_not_needed_any_more_is_called_back(town: Town) -> None:
    town.hand_out()
    town.secretaries[0].says("A1 办完了")
    with town.world.database.reading() as db:
        rows = db.exec(select(Letter).order_by("id")).all()
        assert [each.state for each in rows] == ["cancelled", "waiting", "waiting"]


def test_a_finding_climbs_the_ladder_of_the_rules_and_stops(town: Town) -> None:
    """It is a duty by its day on record; no tap but the re-check ends it."""
    li, office = town.secretaries[0], town.office
    office.says("发现问题：第一党支部版面陈旧，12月1日前整改")
    office.says("布置")
    with town.world.database.unit_of_work() as db:
        planning.plan(db, planning.rulebook(), town.world.now)
        [duty] = [each for each in duties.every(db) if each.subject == "finding:W1"]
    assert (duty.rule_id, duty.due, duty.state) == ("LD08", date(2026, 12, 1), "open")
    assert town.world.hear(li.address, tap=f"duty:{duty.id}") == "这一件不归您管，没有改动。"
    li.says("W1整改完成：已换新")
    office.says("待验收")
    office.taps("通过")
    office.taps("销号")
    with town.world.database.reading() as db:
        done = duties.one(db, duty.id)
        assert done
        assert (done.state, done.fulfilled_by) == ("done", "task:1")


def test_a_question_meanwhile_is_not_put_on_record(town: Town) -> None:
    li = town.secretaries[0]
    town.hand_out("布置任务：各支部核对名册，附一句说明，下周五前")
    assert li.says("A1 办完了").startswith("核对名册（A1）办好了。")
    assert li.says("任务清单1怎么样了").startswith("核对名册（A1）｜第一党支部\n还没有签收")
    assert town.states() == ["issued"] * 3


def test_whoever_is_slower_changes_nothing(town: Town) -> None:
    """Two officers tap at the same time."""
    town.hand_out()
    with town.world.database.unit_of_work() as db:
        assert tasks.change(db, 1, "issued", {"state": "signed"})
        assert not tasks.change(db, 1, "issued", {"state": "reported"})
    assert town.states()[0] == "signed"


def test_who_is_appointed_later_is_told_in_the_morning(town: Town) -> None:
    world = town.world
    world.organisation("B9", "WC", name="第九党支部")
    assert "第九党支部还没有负责人，通知不到" in town.office.says(
        "布置任务：第九党支部核对名册，下周五前"
    )
    town.office.says("布置")
    new = world.member("周新", branch="B9", role=Role.SECRETARY)
    assert town.letters(new) == []
    world.at("11-24 8:20")
    with world.database.unit_of_work() as db:
        assert letters.announce(db, world.now) == 1
        assert letters.announce(db, world.now) == 0
    assert town.letters(new)[0].text.startswith("机关工委布置了一件任务：核对名册（A1）")
