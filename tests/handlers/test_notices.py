"""发通知: what, to whom, seen first, confirmed, followed; by those who may."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select

from bot.clock import HOME
from bot.messages import Reply
from handlers.notices.actions.posting import post_in_parts
from storage import members
from storage.broadcasts import Broadcast, Recipient, Stage
from storage.database import Session
from storage.members import Account, Appointment, Role
from storage.organisation import OrgKind
from storage.outbox import Letter, Rank, State
from tests.world import Talker, World


@pytest.fixture
def town(world: World) -> World:
    """A committee's office, an organ with two branches, two groups; nine people."""
    world.organisation("WC", kind=OrgKind.WORK_COMMITTEE, name="市直机关工委")
    world.organisation("PC", "WC", OrgKind.ORGAN_COMMITTEE, "园林局机关党委")
    world.organisation("B1", "PC", name="园林局第一党支部")
    world.organisation("B2", "PC", name="园林局第二党支部")
    world.organisation("G1", "B1", OrgKind.PARTY_GROUP, "第一党小组")
    world.organisation("G2", "B1", OrgKind.PARTY_GROUP, "第二党小组")
    world.member("李书记", "B1", Role.SECRETARY, group="G1")
    world.member("王芳", "B1", group="G1")
    world.member("赵四", "B1", group="G2", status="probationary")
    world.member("孙退休", "B1", group="G2", retired=True)
    world.member("周书记", "B2", Role.SECRETARY)
    world.member("吴八", "B2")
    return world


EVERYBODY = {"李书记", "王芳", "赵四", "孙退休", "周书记", "吴八", "郑主任"}


def talker(world: World, name: str) -> Talker:
    return Talker(world, world.stranger(name).address, id=name)


def office(world: World, name: str = "郑主任") -> Talker:
    return world.member(name, "WC", Role.COMMITTEE_OFFICE)


def letters(world: World, kind: str = "notice") -> list[Letter]:
    with world.database.reading() as db:
        query = select(Letter).where(Letter.kind == kind).order_by(col(Letter.to))
        return list(db.execute(query).scalars())


def said(letter: Letter) -> Reply:
    return Reply.model_validate_json(letter.body)


def tick(world: World, words: str = "") -> None:
    if words:
        world.at(words)
    with world.database.reading() as db:
        parts = list(post_in_parts(db, world.now))
    for part in parts:
        with world.database.unit_of_work() as db:
            part(db)


def set_states(world: World, **states: str) -> None:
    """As if they had been sent: member to state."""
    with world.database.unit_of_work() as db:
        for letter in db.execute(select(Letter).where(Letter.kind == "notice")).scalars():
            letter.state = states.get(letter.to, letter.state)
            db.add(letter)


def press(who: Talker, letter: Letter, label: str) -> str:
    [tap] = [each.tap for each in said(letter).buttons if label in each.label]
    return who.world.hear(who.address, tap=tap)


def test_in_one_line_seen_then_sent(town: World) -> None:
    li = talker(town, "李书记")

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
    assert said(sent[0]) == Reply(text="园林局第一党支部通知：周五下午三点三楼开会，请准时参加。")
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
    assert f"「{text}」" in talker(town, "李书记").says(words)


def test_by_dialogue(town: World) -> None:
    li = talker(town, "李书记")

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
def test_to_whom(town: World, who: str, words: str, to: set[str]) -> None:
    office(town)
    shown = talker(town, who).says(words)
    assert f"{len(to)} 人。能收到" in shown
    talker(town, who).says("1")

    assert {each.to for each in letters(town)} == to


def test_whoever_stands_above_is_asked_to_whom(town: World) -> None:
    zheng = office(town)

    assert zheng.says("发通知：周五下午三点开会") == ("发给谁？\n［1 全体党员］［2 各支部书记］")
    assert zheng.says("2").startswith("发给：市直机关工委支部书记，2 人。")


def test_those_who_have_not_checked_in(town: World) -> None:
    li = talker(town, "李书记")
    assert li.says("给还没签到的发通知：请尽快签到").startswith("今天没有正在签到的活动")
    town.activity("主题党日", branch="B1")
    talker(town, "王芳").says("签到")

    assert li.says("给还没签到的发通知：请尽快签到").startswith(
        "发给：「主题党日」还没签到的，3 人。"
    )
    li.says("发出")
    assert {each.to for each in letters(town)} == {"李书记", "赵四", "孙退休"}


def test_who_may(town: World) -> None:
    office(town)
    wang, li = talker(town, "王芳"), talker(town, "李书记")

    assert wang.says("发通知：大家周五学习").startswith("这件事要由")
    assert li.says("给园林局第二党支部发通知：周五学习").startswith("那个支部不归您这里")
    assert li.says("给第三党小组发通知：周五学习") == "您这里没有第三党小组。"
    li.says("发通知：大家周五学习")
    [send, *_] = town.last.buttons
    assert town.hear(wang.address, tap=send.tap).startswith("这件事要由")
    zhou = talker(town, "周书记")
    assert town.hear(zhou.address, tap=send.tap).startswith("这份通知已经不在了")
    assert letters(town) == []


def test_a_repeated_click_is_one_notice(town: World) -> None:
    li = talker(town, "李书记")
    li.says("发通知：大家周五学习")
    [send, receipt, *_] = town.last.buttons
    town.hear(li.address, tap=send.tap)

    for again in (send, receipt, send):
        assert town.hear(li.address, tap=again.tap).startswith(
            "11月23日（周一）09:00 的通知（园林局第一党支部全体党员，4 人）：还没发 4。"
        )
    assert len(letters(town)) == 4


def test_what_was_changed_since_is_shown_again(town: World) -> None:
    li = talker(town, "李书记")
    li.says("发通知：大家周五学习")
    [old, *_] = town.last.buttons
    li.taps("改内容")
    li.says("大家周六学习")

    assert "「大家周六学习。」" in town.hear(li.address, tap=old.tap)
    assert letters(town) == []


def test_nothing_classified_and_new_links_are_shown(town: World) -> None:
    li = talker(town, "李书记")

    assert li.says("发通知：请领取机密级文件").startswith("像是涉密内容")
    words = "发通知：请看 https://a.example.cn/x 报名"
    assert "第一次发 a.example.cn 的链接" in li.says(words)
    li.says("1")
    assert "第一次发" not in li.says(words)


def test_at_night_it_waits_unless_urgent(town: World) -> None:
    li = talker(town, "李书记")
    town.at("21:00")

    shown = li.says("发通知：大家周五学习")
    assert "现在是休息时间，早上 8:00 起送到。" in shown
    assert "［1 明早发出］［2 加急，现在发］" in shown
    li.says("2")
    assert {each.rank for each in letters(town)} == {Rank.URGENT}
    assert said(letters(town)[0]).text.startswith("【紧急】")
    assert "加急：夜里和休息日也送。" in li.says("发紧急通知：下午两点开会")


# receipts


def test_receipts(town: World) -> None:
    li, wang, wu = talker(town, "李书记"), talker(town, "王芳"), talker(town, "吴八")
    li.says("发通知：大家周五学习")
    li.taps("要确认收到")
    mine = next(each for each in letters(town) if each.to == "王芳")

    assert press(wu, mine, "确认收到").startswith("这条通知不是发给您的")
    assert press(wang, mine, "确认收到") == "已确认收到：「大家周五学习。」"
    assert press(wang, mine, "确认收到") == "已确认收到：「大家周五学习。」"
    assert talker(town, "赵四").says("收到") == "已确认收到：「大家周五学习。」"
    assert talker(town, "赵四").says("收到") == "好的。"
    assert li.says("谁还没确认") == (
        "11月23日（周一）09:00 的通知（园林局第一党支部全体党员，4 人）：还没发 4。\n"
        "已确认 2 人，还没确认 2 人：孙退休、李书记\n"
        "［1 提醒还没确认的］［2 改内容］［3 撤回没发出的］"
    )
    in_group = li.says("通知发得怎么样了", group="G")
    assert in_group.endswith("已确认 2 人，还没确认 2 人。")
    assert "孙退休" not in in_group


def test_reminded_once_and_not_after_confirming(town: World) -> None:
    li, sun = talker(town, "李书记"), talker(town, "孙退休")
    li.says("发通知，要求回执：大家周五学习")
    assert "请大家确认收到。" in town.last.text
    li.says("1")
    talker(town, "王芳").says("收到")
    li.says("谁还没确认")

    assert li.taps("提醒").startswith("已提醒还没确认的 3 位")
    again = letters(town, "receipt")
    assert {each.to for each in again} == {"李书记", "赵四", "孙退休"}
    assert press(sun, again[0], "确认收到").startswith("已确认收到")
    assert {e.to: e.state for e in letters(town, "receipt")}["孙退休"] == State.CANCELLED
    assert "提醒" not in li.says("通知情况")


# changing and calling back


def test_edit_says_exactly_who_gets_what(town: World) -> None:
    li = talker(town, "李书记")
    li.says("发通知：大家周五学习")
    li.says("1")
    set_states(town, 王芳=State.SENT, 赵四=State.SENDING)

    assert li.says("改通知：大家周六学习") == ("已按旧文发送 2 人，其余 2 人将收到新文。")
    texts = {each.to: (said(each).text[-7:], each.version) for each in letters(town)}
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
    li, zhao = talker(town, "李书记"), town.member("赵副", "B1", Role.DEPUTY_SECRETARY)
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
    assert {said(each).text[-7:] for each in letters(town)} == {"大家周六学习。"}


def test_recall_is_honest(town: World) -> None:
    li = talker(town, "李书记")
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
    li, wang = talker(town, "李书记"), talker(town, "王芳")
    assert wang.says("撤销").startswith("这句没听懂")
    assert li.says("撤销").startswith("这句没听懂")
    li.says("发通知：大家周五学习")
    li.says("1")

    assert li.says("撤销") == "已撤回，一个也没有发出，4 人都不会收到。"


# above five hundred


@pytest.fixture
def city(town: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Five hundred are three here."""
    monkeypatch.setattr("handlers.notices.rules.wording.SECOND_ABOVE", 3)
    return town


def order(city: World) -> Talker:
    zheng = office(city)
    zheng.says("给全体党员发通知：周五大扫除")
    zheng.says("1")
    return zheng


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
        said(asked).text
        == "郑主任请您确认一条通知，发给市直机关工委全体党员，8 人：\n「周五大扫除。」"
    )
    assert press(zheng, asked, "确认发出") == "这是您自己起草的，要由另一位来确认。"
    li = talker(city, "李书记")
    assert press(li, asked, "确认发出").startswith("这份通知已经不在了")

    city.at("9:10:05")
    assert press(qian, asked, "确认发出").startswith(
        "已确认，09:11:05 开始发给市直机关工委全体党员，8 人。"
    )
    assert press(qian, asked, "确认发出").startswith("11月23日（周一）09:00 的通知")
    [told] = [each for each in letters(city, "confirm") if each.to == "郑主任"]
    assert said(told).text.startswith("钱主任已确认，09:11:05 开始发")
    tick(city, "9:11:04")
    assert letters(city) == []
    tick(city, "9:11:05")
    assert len(letters(city)) == 8
    assert press(zheng, told, "撤销").startswith("已撤回，一个也没有发出，8 人都不会收到")


def test_taken_back_within_the_minute(city: World) -> None:
    qian = office(city, "钱主任")
    zheng = order(city)
    [asked] = letters(city, "confirm")
    press(qian, asked, "确认发出")

    city.at("9:00:59")
    assert zheng.says("撤销") == "已撤回，一个也没有发出，8 人都不会收到。"
    tick(city, "9:05")
    assert letters(city) == []
    assert press(qian, asked, "确认发出").endswith("已撤回；不再发 8。")


def test_taken_back_before_anybody_confirmed(city: World) -> None:
    qian = office(city, "钱主任")
    zheng = order(city)
    [asked] = letters(city, "confirm")

    assert zheng.says("撤销") == "已撤回，一个也没有发出，8 人都不会收到。"
    [asked] = letters(city, "confirm")
    assert (asked.state, asked.reason) == (State.CANCELLED, "recalled")
    assert press(qian, asked, "确认发出").endswith("已撤回；不再发 8。")
    tick(city, "9:05")
    assert letters(city) == []


def test_declined(city: World) -> None:
    qian = office(city, "钱主任")
    order(city)
    [asked] = letters(city, "confirm")

    assert press(qian, asked, "不同意") == "好的，没有发，已告诉郑主任。"
    assert press(qian, asked, "确认发出").endswith("已撤回；不再发 8。")
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
    assert press(qian, old, "确认发出").startswith("内容刚刚改过")
    new = letters(city, "confirm")[-1]
    press(qian, new, "确认发出")
    tick(city, "9:02")
    assert {said(each).text[-6:] for each in letters(city)} == {"周六大扫除。"}

    zheng.says("改通知：周日大扫除")
    assert {said(each).text[-6:] for each in letters(city)} == {"周六大扫除。"}
    newest = letters(city, "confirm")[-1]
    assert press(qian, newest, "确认发出").startswith("11月23日")
    assert {said(each).text[-6:] for each in letters(city)} == {"周日大扫除。"}


# the author leaves


def test_the_author_leaves_the_post(city: World) -> None:
    qian = office(city, "钱主任")
    order(city)
    press(qian, letters(city, "confirm")[0], "确认发出")
    city.now += timedelta(days=1)
    with city.database.unit_of_work() as db:
        row = db.execute(select(Appointment).where(Appointment.member_id == "郑主任")).scalar_one()
        row.until = city.now.date()
        db.add(row)
        members.changed(db)

    tick(city)
    assert letters(city) == []
    [held] = [each for each in letters(city, "confirm") if each.cause.startswith("held")]
    assert held.to == "钱主任"
    assert said(held).text.startswith("发给市直机关工委全体党员的通知停住了")
    tick(city)
    press(qian, held, "接着发")
    tick(city)
    assert {each.author for each in letters(city)} == {"钱主任"}


def test_what_was_held_at_the_last_moment_is_taken_over(town: World) -> None:
    """The author left after all letters were written: delivery holds them."""
    li, zhao = talker(town, "李书记"), town.member("赵副", "B1", Role.DEPUTY_SECRETARY)
    li.says("发通知：大家周五学习")
    li.says("1")
    with town.database.unit_of_work() as db:
        for letter in db.execute(select(Letter)).scalars():
            letter.state, letter.reason = State.HELD, "author"
            db.add(letter)

    assert "停住 5。" in zhao.says("通知情况")
    assert "还没发 5。" in zhao.taps("由我接着发")
    assert {(e.state, e.author) for e in letters(town)} == {(State.WAITING, "赵副")}
    assert "由我接着发" not in zhao.says("通知情况")


# in parts


def done_and_undone(world: World, part: Callable[[Session], object]) -> None:
    """As if the process had died before the commit."""
    with world.database.unit_of_work() as db:
        part(db)
        raise ZeroDivisionError


def test_killed_in_the_middle_it_goes_on(town: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.notices.actions.posting.AT_ONCE", 2)
    monkeypatch.setattr("handlers.notices.actions.releasing.AT_ONCE", 0)
    li = talker(town, "李书记")
    li.says("发通知：大家周五学习")
    li.says("1")
    with town.database.reading() as db:
        first, second, *_ = post_in_parts(db, town.now)
    for part in (first, second):
        with town.database.unit_of_work() as db:
            part(db)
    assert "准备中；还没发 4" in li.says("通知情况")
    assert len(letters(town)) == 2
    with pytest.raises(ZeroDivisionError):
        done_and_undone(town, second)
    town.member("新来的", "B1")

    tick(town)
    tick(town)

    assert {each.to for each in letters(town)} == {"李书记", "王芳", "赵四", "孙退休"}
    assert "准备中" not in li.says("通知情况")
    with town.database.reading() as db:
        row = db.execute(select(Broadcast)).scalar_one()
        fixed = db.execute(select(Recipient)).scalars().all()
        assert (row.stage, row.count, len(fixed)) == (Stage.COMPLETE, 4, 4)


# whom nobody reaches


def test_out_of_reach(town: World) -> None:
    li = talker(town, "李书记")
    assert li.says("联系不上") == "您这里的同志都联系得上。"
    with town.database.unit_of_work() as db:
        db.delete(db.get_one(Account, ("fake", "王芳")))
        blocked = db.get_one(Account, ("fake", "赵四"))
        blocked.unreachable = "unfollowed"
        db.add(blocked)

    assert li.says("联系不上") == (
        "4 人里有 2 人收不到消息。\n"
        "王芳：还没绑定，请发「邀请码 姓名」给他们绑定\n"
        "赵四：取消了关注，请当面请他们重新关注"
    )
    assert li.says("联系不上", group="G") == "4 人里有 2 人收不到消息。"
    assert "能收到：fake 2。还有 2 人联系不上" in li.says("发通知：大家周五学习")
    assert talker(town, "吴八").says("联系不上").startswith("这件事要由")
