"""Authors who leave, parts cut short, and whom nobody reaches."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from handlers.notices.actions.posting import post_in_parts
from storage import members
from storage.broadcasts import Broadcast, Recipient, Stage
from storage.database import Session
from storage.members import Account, Appointment, Role
from storage.outbox import Letter, State
from tests.handlers.notices.town import letters, office, order, tick
from tests.world import World, say


def test_the_author_leaves_the_post(city: World) -> None:
    qian = office(city, "钱主任")
    order(city)
    qian.presses(letters(city, "confirm")[0], "确认发出")
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
    assert say(held).text.startswith("发给市直机关工委全体党员的通知停住了")
    tick(city)
    qian.presses(held, "接着发")
    tick(city)
    assert {each.author for each in letters(city)} == {"钱主任"}


def test_what_was_held_at_the_last_moment_is_taken_over(town: World) -> None:
    """The author left after all letters were written: delivery holds them."""
    li, zhao = town.talker("李书记"), town.member("赵副", "B1", Role.DEPUTY_SECRETARY)
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


def done_and_undone(world: World, part: Callable[[Session], object]) -> None:
    """As if the process had died before the commit."""
    with world.database.unit_of_work() as db:
        part(db)
        raise ZeroDivisionError


def test_killed_in_the_middle_it_goes_on(town: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.notices.actions.posting.AT_ONCE", 2)
    monkeypatch.setattr("handlers.notices.actions.releasing.AT_ONCE", 0)
    li = town.talker("李书记")
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


def test_out_of_reach(town: World) -> None:
    li = town.talker("李书记")
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
    assert town.talker("吴八").says("联系不上").startswith("这件事要由")
