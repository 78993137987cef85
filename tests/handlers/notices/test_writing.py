"""发通知: what, to whom, seen first, confirmed once; by those who may."""

from datetime import datetime

import pytest

from bot.clock import HOME
from bot.messages import Reply
from storage.outbox import Rank
from tests.handlers.notices.town import EVERYBODY, letters, office
from tests.world import World, say


def test_in_one_line_seen_then_sent(town: World) -> None:
    li = town.talker("李书记")

    assert li.says("发通知：周五下午三点三楼开会，请准时参加") == (
        "发给：园林局第一党支部全体党员，4 人。能收到：fake 4。\n"
        "「周五下午三点三楼开会，请准时参加。」\n"
        "［1 发出］［2 发出，要确认收到］［3 改内容］［4 不发了］"
    )
    assert letters(town) == []
    assert li.says("1") == ("已发出：园林局第一党支部全体党员，4 人。发「通知情况」看谁收到了。")
    sent = letters(town)
    assert {each.to for each in sent} == {"李书记", "王芳", "赵四", "孙退休"}
    assert {each.key for each in sent} == {f"broadcast:1:{each.to}" for each in sent}
    assert say(sent[0]) == Reply(text="园林局第一党支部通知：周五下午三点三楼开会，请准时参加。")
    assert {(e.rank, e.reader_may, e.author, e.author_may, e.org_id) for e in sent} == {
        (Rank.NORMAL, "read_notices", "李书记", "send_notice", "B1")
    }
    assert sent[0].until == datetime(2026, 11, 27, 15, 0, tzinfo=HOME)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("通知大家明天9:30开会", "明天9:30开会。"),
        ("发通知：9:30开会，请准时", "9:30开会，请准时。"),
        (
            "通知大家，值班表已更新，详见https://a.example.com/x",
            "值班表已更新，详见https://a.example.com/x",
        ),
        ("通知第一支部的人周五大扫除", "周五大扫除。"),
        (
            "发通知：请各位(含预备党员)带好身份证,周五见!",
            "请各位（含预备党员）带好身份证，周五见。",
        ),
    ],
)
def test_the_text_is_kept_whole(town: World, words: str, text: str) -> None:
    assert f"「{text}」" in town.talker("李书记").says(words)


@pytest.mark.parametrize("words", ["发送", "发吧", "是的", "发出去吧", "1"])
def test_the_preview_is_answered_in_ones_own_words(town: World, words: str) -> None:
    li = town.talker("李书记")
    li.says("发通知：明天停电")

    assert li.says(words).startswith("已发出：园林局第一党支部全体党员，4 人。")


def test_a_notice_is_written_question_by_question(town: World) -> None:
    li = town.talker("李书记")

    assert li.says("发通知") == "通知什么？请把要发的话整段发给我。"
    assert "「明天停电，请早到」" not in li.says("明天停电，请早到")
    assert li.taps("改内容") == "通知什么？请把要发的话整段发给我。"
    assert "「后天停电。」" in li.says("后天停电")
    assert li.taps("不发了") == "好的，没有发，谁也没有看到。"
    assert letters(town) == []


@pytest.mark.parametrize(
    ("who", "words", "to"),
    [
        ("李书记", "给第一党小组发通知：周五学习", {"李书记", "王芳"}),
        ("李书记", "发通知给第2小组：周五学习", {"赵四", "孙退休"}),
        ("李书记", "通知预备党员：周五交思想汇报", {"赵四"}),
        ("李书记", "给老党员发通知：周五走访", {"孙退休"}),
        ("李书记", "发通知：大家周五学习", {"李书记", "王芳", "赵四", "孙退休"}),
        ("郑主任", "通知各支部书记周一开会", {"李书记", "周书记"}),
        (
            "郑主任",
            "给全体党员发通知，周五大扫除",
            EVERYBODY,
        ),
        ("郑主任", "给园林局第二党支部发个通知，下周交总结", {"周书记", "吴八"}),
        ("郑主任", "给第二支部发通知：下周交总结", {"周书记", "吴八"}),
    ],
)
def test_whom_the_words_address(town: World, who: str, words: str, to: set[str]) -> None:
    office(town)
    shown = town.talker(who).says(words)
    assert f"{len(to)} 人。能收到" in shown
    town.talker(who).says("1")

    assert {each.to for each in letters(town)} == to


def test_whoever_stands_above_is_asked_to_whom(town: World) -> None:
    zheng = office(town)

    assert zheng.says("发通知：周五下午三点开会") == ("发给谁？\n［1 全体党员］［2 各支部书记］")
    assert zheng.says("2").startswith("发给：市直机关工委支部书记，2 人。")


def test_those_who_have_not_checked_in(town: World) -> None:
    li = town.talker("李书记")
    assert li.says("给还没签到的发通知：请尽快签到").startswith("今天没有正在签到的活动")
    town.activity("主题党日", branch="B1")
    town.talker("王芳").says("签到")

    assert li.says("给还没签到的发通知：请尽快签到").startswith(
        "发给：「主题党日」还没签到的，3 人。"
    )
    li.says("发出")
    assert {each.to for each in letters(town)} == {"李书记", "赵四", "孙退休"}


def test_who_may_write_to_whom(town: World) -> None:
    office(town)
    wang, li = town.talker("王芳"), town.talker("李书记")

    assert wang.says("发通知：大家周五学习").startswith("这件事要由")
    assert li.says("给园林局第二党支部发通知：周五学习").startswith("那个支部不归您这里")
    assert li.says("给第三党小组发通知：周五学习") == "您这里没有第三党小组。"
    li.says("发通知：大家周五学习")
    [send, *_] = town.last.buttons
    assert town.hear(wang.address, tap=send.tap).startswith("这件事要由")
    zhou = town.talker("周书记")
    assert town.hear(zhou.address, tap=send.tap).startswith("这份通知已经不在了")
    assert letters(town) == []


def test_a_repeated_click_is_one_notice(town: World) -> None:
    li = town.talker("李书记")
    li.says("发通知：大家周五学习")
    [send, receipt, *_] = town.last.buttons
    town.hear(li.address, tap=send.tap)

    for again in (send, receipt, send):
        assert town.hear(li.address, tap=again.tap).startswith(
            "11月23日（周一）09:00 的通知（园林局第一党支部全体党员，4 人）：还没发 4。"
        )
    assert len(letters(town)) == 4


def test_what_was_changed_since_is_shown_again(town: World) -> None:
    li = town.talker("李书记")
    li.says("发通知：大家周五学习")
    [old, *_] = town.last.buttons
    li.taps("改内容")
    li.says("大家周六学习")

    assert "「大家周六学习。」" in town.hear(li.address, tap=old.tap)
    assert letters(town) == []


def test_nothing_classified_and_new_links_are_shown(town: World) -> None:
    li = town.talker("李书记")

    assert li.says("发通知：请领取机密级文件").startswith("像是涉密内容")
    words = "发通知：请看 https://a.example.cn/x 报名"
    assert "第一次发 a.example.cn 的链接" in li.says(words)
    li.says("1")
    assert "第一次发" not in li.says(words)


def test_at_night_it_waits_unless_urgent(town: World) -> None:
    li = town.talker("李书记")
    town.at("21:00")

    shown = li.says("发通知：大家周五学习")
    assert "现在是休息时间，早上 8:00 起送到。" in shown
    assert "［1 明早发出］［2 加急，现在发］" in shown
    li.says("2")
    assert {each.rank for each in letters(town)} == {Rank.URGENT}
    assert say(letters(town)[0]).text.startswith("【紧急】")
    assert "加急：夜里和休息日也送。" in li.says("发紧急通知：下午两点开会")
