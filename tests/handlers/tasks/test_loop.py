"""Handed out, reported, accepted or returned, extended, handed over."""

from datetime import date

from storage import tasks
from storage.members import Role
from tests.handlers.tasks.town import Town


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


def test_a_task_from_being_handed_out_to_being_accepted(town: Town) -> None:
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


def test_a_report_can_be_taken_back(town: Town) -> None:
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


def test_whoever_looks_sees_who_was_asked_and_since_when(town: Town) -> None:
    li, zhao = town.secretaries[0], town.member
    town.hand_out()
    li.says("A1")
    li.taps("转交")
    li.says("赵四")
    town.world.at("9:30")

    asked = "11月23日 09:00 已请赵四接办，还没接下；接下之前仍由原来的同志办。"
    assert asked in li.says("A1")
    assert asked in town.world.hear(town.office.address, tap="task_look:1")
    assert "请您接办，点「接下」就归您办" in zhao.says("A1")
    assert "11月23日 09:00 李书记转交给赵四" in town.world.hear(li.address, tap="task_past:1")
    assert zhao.says("A1").endswith("［1 接下］［2 经过］")
    assert zhao.taps("接下").startswith("现在由您办")
    assert "已请" not in zhao.says("A1")


def test_it_may_be_taken_back_or_offered_to_another(town: Town) -> None:
    """Nobody is asked twice, and who was asked is told that they need not."""
    li, zhao = town.secretaries[0], town.member
    wu = town.world.member("吴五", branch="B1")
    town.hand_out()
    for _ in range(2):
        town.world.hear(li.address, tap="task_tell:1:hand_over")
        last = li.says("赵四")
    assert last.startswith("11月23日 09:00 已经请赵四接办核对名册（A1），等对方点「接下」")
    assert len(town.letters(zhao)) == 1

    town.world.hear(li.address, tap="task_tell:1:hand_over")
    assert li.says("吴五").startswith("已请吴五接办")
    assert town.letters(zhao)[-1].text == "核对名册（A1）不用您接办了，谢谢。"
    assert town.world.hear(zhao.address, tap="task:1:take").startswith("没有找到这件任务")

    li.says("A1")
    assert li.taps("收回转交") == "已收回转交，仍由您办：核对名册（A1）。"
    assert town.letters(wu)[-1].text == "核对名册（A1）不用您接办了，谢谢。"
    assert town.world.hear(li.address, tap="task:1:keep") == "这一条已经处理过了，没有改动。"
    assert "已请" not in li.says("A1")


def test_what_is_settled_need_not_be_taken(town: Town) -> None:
    li, zhao = town.secretaries[0], town.member
    town.hand_out()
    town.world.hear(li.address, tap="task_to:1:赵四")
    li.says("A1 办完了")
    assert town.letters(zhao)[-1].text == "核对名册（A1）不用您接办了，谢谢。"


def test_not_to_somebody_elsewhere(town: Town) -> None:
    li = town.secretaries[0]
    town.hand_out()
    li.says("A1")
    li.taps("转交")
    assert li.says("王书记").startswith("没找到这位同志。")
    assert li.says("赵四").startswith("已请赵四接办")


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


def test_the_next_secretary_finds_it(town: Town) -> None:
    """A task belongs to the unit: it follows the post."""
    li = town.secretaries[0]
    town.hand_out()
    town.world.resign(li, on=date(2026, 11, 24))
    town.world.at("11-25 9:00")
    new = town.world.member("周新", branch="B1", role=Role.SECRETARY)
    assert new.says("我的任务").startswith("您手上有 1 件：\n1. 核对名册（A1）")
    assert li.says("我的任务") == "您手上没有要办的事。"
