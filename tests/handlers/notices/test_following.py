"""What becomes of a notice: receipts, a reminder, a change, a recall."""

import pytest

from handlers.notices.actions import reminding
from storage.members import Role
from storage.outbox import State
from tests.handlers.notices.town import letters, set_states
from tests.world import World, say


def test_a_receipt_counts_once_and_only_of_readers(town: World) -> None:
    li, wang, wu = town.talker("李书记"), town.talker("王芳"), town.talker("吴八")
    li.says("发通知：大家周五学习")
    li.taps("要确认收到")
    mine = next(each for each in letters(town) if each.to == "王芳")

    assert wu.presses(mine, "确认收到").startswith("这条通知不是发给您的")
    assert wang.presses(mine, "确认收到") == "已确认收到：「大家周五学习。」"
    assert wang.presses(mine, "确认收到") == "已确认收到：「大家周五学习。」"
    assert town.talker("赵四").says("收到") == "已确认收到：「大家周五学习。」"
    assert town.talker("赵四").says("收到") == "好的。"
    assert li.says("谁还没确认") == (
        "11月23日（周一）09:00 的通知（园林局第一党支部全体党员，4 人）：还没发 4。\n"
        "已确认 2 人，还没确认 2 人：孙退休、李书记\n"
        "［1 提醒还没确认的］［2 改内容］［3 撤回没发出的］"
    )
    in_group = li.says("通知发得怎么样了", group="G")
    assert in_group.endswith("已确认 2 人，还没确认 2 人。")
    assert "孙退休" not in in_group


def test_reminded_once_and_not_after_confirming(town: World) -> None:
    li, sun = town.talker("李书记"), town.talker("孙退休")
    li.says("发通知，要求回执：大家周五学习")
    assert "请大家确认收到。" in town.last.text
    li.says("1")
    town.talker("王芳").says("收到")
    li.says("谁还没确认")

    assert li.taps("提醒").startswith("已提醒还没确认的 3 位")
    again = letters(town, "receipt")
    assert {each.to for each in again} == {"李书记", "赵四", "孙退休"}
    assert sun.presses(again[0], "确认收到").startswith("已确认收到")
    assert {e.to: e.state for e in letters(town, "receipt")}["孙退休"] == State.CANCELLED
    assert "提醒" not in li.says("通知情况")


def test_many_are_reminded_by_the_clock_but_for_whoever_has_confirmed(
    town: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminding, "FEW", 1)
    monkeypatch.setattr(reminding, "AT_ONCE", 2)
    li = town.talker("李书记")
    li.says("发通知，要求回执：大家周五学习")
    li.says("1")
    li.says("谁还没确认")
    assert li.taps("提醒").startswith("已提醒还没确认的 4 位")
    assert letters(town, "receipt") == []

    town.talker("王芳").says("收到")
    with town.database.reading() as db:
        parts = list(reminding.in_parts(db, town.now))
    town.talker("赵四").says("收到")
    for part in [*parts, *parts]:
        with town.database.unit_of_work() as db:
            part(db)
    assert {each.to for each in letters(town, "receipt")} == {"李书记", "孙退休"}
    with town.database.reading() as db:
        assert list(reminding.in_parts(db, town.now)) == []
    li.says("撤回通知")
    assert {each.state for each in letters(town, "receipt")} == {State.CANCELLED}


def test_edit_says_exactly_who_gets_what(town: World) -> None:
    li = town.talker("李书记")
    li.says("发通知：大家周五学习")
    li.says("1")
    set_states(town, 王芳=State.SENT, 赵四=State.SENDING)

    assert li.says("改通知：大家周六学习") == ("已按旧文发送 2 人，其余 2 人将收到新文。")
    texts = {each.to: (say(each).text[-7:], each.version) for each in letters(town)}
    assert texts == {
        "王芳": ("大家周五学习。", 1),
        "赵四": ("大家周五学习。", 1),
        "李书记": ("大家周六学习。", 2),
        "孙退休": ("大家周六学习。", 2),
    }
    set_states(town, 王芳=State.SENT, 赵四=State.SENT, 李书记=State.SENT, 孙退休=State.FAILED)
    assert li.says("通知改成：大家周日学习") == (
        "已经发给 3 人了，发出去的改不了。要更正，请再发一条通知。"
    )


def test_two_change_it_at_once(town: World) -> None:
    li, zhao = town.talker("李书记"), town.member("赵副", "B1", Role.DEPUTY_SECRETARY)
    li.says("发通知：大家周五学习")
    li.says("1")
    li.says("通知情况")
    li.taps("改内容")
    town.at("9:02")
    zhao.says("通知情况")
    zhao.taps("改内容")
    assert zhao.says("大家周六学习").startswith("已改好，5 人都将收到新文")

    assert li.says("大家周日学习") == (
        "这条通知已被赵副在 09:02 改成「大家周六学习。」，您写的「大家周日学习。」没有用上。"
        "要改请再发「通知情况」。"
    )
    assert {say(each).text[-7:] for each in letters(town)} == {"大家周六学习。"}


def test_recall_is_honest(town: World) -> None:
    li = town.talker("李书记")
    assert li.says("撤回通知").startswith("最近没有发过通知")
    li.says("发通知：大家周五学习")
    li.says("1")
    set_states(town, 王芳=State.SENT)

    assert li.says("撤回刚才的通知") == (
        "已停下：3 人不会再收到；1 人已经发出，多数平台收不回来。要更正，请再发一条通知。"
    )
    assert li.says("撤回通知") == "这条通知之前已经撤回：已送到 1，不再发 3。"
    assert {each.to: each.state for each in letters(town)} == {
        "王芳": State.SENT,
        "李书记": State.CANCELLED,
        "赵四": State.CANCELLED,
        "孙退休": State.CANCELLED,
    }


def test_undo_said_alone_only_where_there_is_something(town: World) -> None:
    li, wang = town.talker("李书记"), town.talker("王芳")
    assert wang.says("撤销").startswith("现在没有要撤的。请假、补签想撤回")
    assert li.says("撤销").startswith("现在没有要撤的。没有点「发出」的")
    li.says("发通知：大家周五学习")
    li.says("1")

    assert li.says("撤销") == "已撤回，一个也没有发出，4 人都不会收到。"
