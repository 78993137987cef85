"""Above five hundred recipients a second person confirms, with a minute to undo."""

from storage.outbox import State
from tests.handlers.notices.town import letters, office, order, tick
from tests.world import World, say


def test_above_the_limit_a_second_person_and_a_minute(city: World) -> None:
    qian = office(city, "钱主任")
    zheng = order(city)
    assert city.last.text == (
        "要发给 8 人，需要第二位确认，已请钱主任看。确认前一条也不发，发「撤销」可以收回。"
    )
    tick(city, "9:05")
    assert letters(city) == []
    [asked] = letters(city, "confirm")
    assert asked.to == "钱主任"
    assert (
        say(asked).text
        == "郑主任请您确认一条通知，发给市直机关工委全体党员，8 人：\n「周五大扫除。」"
    )
    assert zheng.presses(asked, "确认发出") == "这是您自己起草的，要由另一位来确认。"
    li = city.talker("李书记")
    assert li.presses(asked, "确认发出").startswith("这份通知已经不在了")

    city.at("9:10:05")
    assert qian.presses(asked, "确认发出").startswith(
        "已确认，09:11:05 开始发给市直机关工委全体党员，8 人。"
    )
    assert qian.presses(asked, "确认发出").startswith("11月23日（周一）09:00 的通知")
    [told] = [each for each in letters(city, "confirm") if each.to == "郑主任"]
    assert say(told).text.startswith("钱主任已确认，09:11:05 开始发")
    tick(city, "9:11:04")
    assert letters(city) == []
    tick(city, "9:11:05")
    assert len(letters(city)) == 8
    assert zheng.presses(told, "撤销").startswith("已撤回，一个也没有发出，8 人都不会收到")


def test_taken_back_within_the_minute(city: World) -> None:
    qian = office(city, "钱主任")
    zheng = order(city)
    [asked] = letters(city, "confirm")
    qian.presses(asked, "确认发出")

    city.at("9:00:59")
    assert zheng.says("撤销") == "已撤回，一个也没有发出，8 人都不会收到。"
    tick(city, "9:05")
    assert letters(city) == []
    assert qian.presses(asked, "确认发出").endswith("已撤回；不再发 8。")


def test_taken_back_before_anybody_confirmed(city: World) -> None:
    qian = office(city, "钱主任")
    zheng = order(city)
    [asked] = letters(city, "confirm")

    assert zheng.says("撤销") == "已撤回，一个也没有发出，8 人都不会收到。"
    [asked] = letters(city, "confirm")
    assert (asked.state, asked.reason) == (State.CANCELLED, "recalled")
    assert qian.presses(asked, "确认发出").endswith("已撤回；不再发 8。")
    tick(city, "9:05")
    assert letters(city) == []


def test_what_the_second_person_declines_is_not_sent(city: World) -> None:
    qian = office(city, "钱主任")
    order(city)
    [asked] = letters(city, "confirm")

    assert qian.presses(asked, "不同意") == "好的，没有发，已告诉郑主任。"
    assert qian.presses(asked, "确认发出").endswith("已撤回；不再发 8。")
    tick(city, "9:30")
    assert letters(city) == []


def test_nobody_else_may_confirm(city: World) -> None:
    order(city)
    assert city.last.text.endswith("现在没有别人可以确认。没有发出。")
    tick(city, "9:30")
    assert letters(city) == []


def test_a_change_needs_the_second_person_too(city: World) -> None:
    qian = office(city, "钱主任")
    zheng = order(city)
    [old] = letters(city, "confirm")
    assert zheng.says("改通知：周六大扫除").startswith("人数多，改动也要第二位确认，已请钱主任看")
    assert qian.presses(old, "确认发出").startswith("内容刚刚改过")
    new = letters(city, "confirm")[-1]
    qian.presses(new, "确认发出")
    tick(city, "9:02")
    assert {say(each).text[-6:] for each in letters(city)} == {"周六大扫除。"}

    zheng.says("改通知：周日大扫除")
    assert {say(each).text[-6:] for each in letters(city)} == {"周六大扫除。"}
    newest = letters(city, "confirm")[-1]
    assert qian.presses(newest, "确认发出").startswith("11月23日")
    assert {say(each).text[-6:] for each in letters(city)} == {"周日大扫除。"}
