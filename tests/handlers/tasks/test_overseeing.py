"""Who may see what, counts for the committee, and reminding once a day."""

from datetime import timedelta

from sqlmodel import select

from storage.members import Role
from storage.outbox import Letter
from tests.handlers.tasks.town import Town


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
    with town.world.database.reading() as db:
        nudged = db.exec(select(Letter).where(Letter.key.contains(":nudge:"))).all()  # type: ignore[attr-defined]
        assert {each.until for each in nudged} == {town.world.now + timedelta(hours=12)}
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
