"""Many at once, the same twice, two phones, midnight; and every refusal with its way out."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlmodel import func, select

from bot.messages import Address, Kind
from handlers.checkin.rules.checking_in import rotating_code
from storage.activities import Audience, Manner, SignUp
from storage.attendance import Attendance, State
from storage.members import Account, Role
from tests.world import Talker, World

SECRET = "a secret of this test"


def on_record(world: World) -> int:
    with world.database.reading() as db:
        return db.exec(select(func.count()).select_from(Attendance)).one()


def batch(world: World, people: list[Talker], text: str = "签到") -> list[str]:
    heard = [world.incoming(each.address, text=text) for each in people]
    return [reply.text for reply in world.answer(*heard)]


@contextmanager
def statements(world: World) -> Iterator[list[str]]:
    """What reaches the database, savepoints aside."""
    seen: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        if "SAVEPOINT" not in statement:
            seen.append(statement)

    event.listen(world.database.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(world.database.engine, "before_cursor_execute", note)


def test_forty_at_once(world: World) -> None:
    world.activity()
    crowd = [world.member(f"党员{n}") for n in range(40)]
    world.member("没来的")
    assert batch(world, crowd) == [
        f"已签到：主题党日，09:00。今天到会 {n}／41 人。" for n in range(1, 41)
    ]
    assert on_record(world) == 40


def test_a_crowd_asks_no_more_of_the_database_than_a_few(world: World) -> None:
    """Whatever a check-in reads is read once for the batch; what it writes is written together."""
    world.activity()
    people = [world.member(f"党员{n}") for n in range(60)]
    batch(world, people[:2])
    with statements(world) as few:
        batch(world, people[2:5])
    with statements(world) as many:
        batch(world, people[5:60])
    assert len(many) == len(few)
    assert on_record(world) == 60


def test_exempt_members_and_volunteers_in_one_crowd(world: World) -> None:
    shift = world.activity("文明引导", audience=Audience.SIGNED_UP)
    people = [world.member(f"党员{n}") for n in range(6)]
    world.add(SignUp(activity_id=shift, member_id="党员0", at=world.now))
    li = world.member("李强", role=Role.SECRETARY)
    assert batch(world, people)[-1] == "已签到：文明引导，09:00。今天到会 6／6 人。"
    assert li.says("签到情况").startswith(
        "11月23日（周一）文明引导：应到 6，已到 6，请假 0，还没有记录 0。"
    )

    world.at("11-24 9:00").activity("主题党日")
    old = [world.member(f"老党员{n}", chase_exempt="aged_or_infirm") for n in range(3)]
    assert batch(world, [*people, *old[:2]])[-1] == "已签到：主题党日，09:00。今天到会 8／9 人。"
    assert li.says("签到情况").startswith(
        "11月24日（周二）主题党日：应到 9，已到 8，请假 0，还没有记录 1。"
    )


def test_the_same_message_twice_gets_the_same_answer(world: World) -> None:
    world.activity()
    wang = world.member("王芳")
    heard = world.incoming(wang.address, text="签到")
    first = world.answer(heard)
    assert [reply.text for reply in first] == ["已签到：主题党日，09:00。今天到会 1／1 人。"]
    for _ in range(3):
        assert [reply.text for reply in world.answer(heard)] == [first[0].text]
    assert on_record(world) == 1


def test_two_phones_of_one_member_in_one_batch(world: World) -> None:
    world.activity()
    wang, li = world.member("王芳"), world.member("李强")
    other = Address("other", "wang")
    account = Account(platform="other", user="wang", member_id="王芳", bound_at=world.now)
    account.consent = "1"
    world.add(account)
    both = [wang, Talker(world, other, id="王芳"), li]
    assert batch(world, both) == [
        "已签到：主题党日，09:00。今天到会 1／2 人。",
        "您已于 09:00 签到：主题党日，不用再签。",
        "已签到：主题党日，09:00。今天到会 2／2 人。",
    ]
    assert on_record(world) == 2


def test_around_midnight_the_day_is_that_of_the_message(world: World) -> None:
    starts = world.now.replace(hour=23, minute=30)
    world.activity("跨年学习", starts=starts, minutes=60)
    early, late = world.member("王芳"), world.member("李强")
    world.at("23:59:59")
    assert early.says("签到").startswith("已签到（迟到）：跨年学习，23:59。")
    world.at("11-24 0:00:00")
    assert late.says("签到").startswith("已签到（迟到）：跨年学习，11月24日（周二）00:00。")
    assert early.says("签到") == "您已于 23:59 签到：跨年学习，不用再签。"
    world.at("11-24 0:30:00")
    assert world.member("赵四").says("签到").startswith("已签到（迟到）")
    world.at("11-24 0:30:01")
    assert "00:30 已经结束" in world.member("周七").says("签到")
    with world.database.reading() as db:
        days = {row.member_id: row.at.date().day for row in db.exec(select(Attendance))}
    assert days == {"王芳": 23, "李强": 24, "赵四": 24}


def test_a_rotating_code_serves_everyone_in_its_slot_and_nobody_later(world: World) -> None:
    world.activity(manner=Manner.ROTATING, secret=SECRET)
    people = [world.member(f"党员{n}") for n in range(50)]
    code = rotating_code(SECRET, world.now)
    told = batch(world, people[:49], f"签到 {code}")
    assert all(each.startswith("已签到") for each in told)
    world.now += timedelta(seconds=60)  # a photo of it, passed on
    assert people[49].scans(f"in-1-{code}").startswith("这个码已失效")
    assert on_record(world) == 49


# every refusal, and what to do next


def guest(world: World) -> str:
    return world.stranger().says("签到")


def nothing_today(world: World) -> str:
    return world.member("王芳").says("签到")


def next_one(world: World) -> str:
    world.activity(starts=world.now + timedelta(hours=3))
    return world.member("王芳").says("签到")


def too_early(world: World) -> str:
    world.activity(manner=Manner.CODE, code="4826", starts=world.now + timedelta(hours=1))
    return world.member("王芳").says("签到 4826")


def too_late(world: World) -> str:
    world.activity()
    world.at("10:30:01")
    return world.member("王芳").says("签到")


def code_wanted(world: World) -> str:
    world.activity(manner=Manner.CODE, code="4826")
    return world.member("王芳").says("签到")


def qr_wanted(world: World) -> str:
    world.activity(manner=Manner.ROTATING, secret=SECRET)
    return world.member("王芳").says("签到")


def code_wrong(world: World) -> str:
    world.activity(manner=Manner.CODE, code="4826")
    return world.member("王芳").says("签到 1111")


def code_stale(world: World) -> str:
    world.activity(manner=Manner.ROTATING, secret=SECRET)
    old = rotating_code(SECRET, world.now - timedelta(seconds=60))
    return world.member("王芳").says(f"签到 {old}")


def no_such_code(world: World) -> str:
    world.activity()
    return world.member("王芳").says("签到 9999")


def not_expected(world: World) -> str:
    number = world.activity(branch="B2")
    return world.hear(world.member("王芳").address, tap=f"in:{number}")


def already(world: World) -> str:
    world.activity()
    wang = world.member("王芳")
    wang.says("签到")
    return wang.says("签到")


def annulled(world: World) -> str:
    number = world.activity()
    wang = world.member("王芳")
    row = Attendance(
        activity_id=number,
        member_id="王芳",
        state=State.ANNULLED,
        at=world.now,
        source="word",
        by="王芳",
        entered_at=world.now,
    )
    world.add(row)
    return wang.says("签到")


def for_a_colleague(world: World) -> str:
    world.activity()
    world.member("李二")
    return world.member("王芳").says("签到 李二")


def by_proxy(world: World) -> str:
    return world.member("王芳").says("代签")


def no_post(world: World) -> str:
    return world.member("王芳").says("开始签到")


def a_place(world: World) -> str:
    return world.member("王芳").sends(Kind.PLACE)


REFUSALS: list[tuple[Callable[[World], str], str, str]] = [
    (guest, "先绑定一下身份", "邀请码"),
    (nothing_today, "现在没有可以签到的活动", "「本周活动」"),
    (next_one, "现在没有可以签到的活动", "11:30 开放签到"),
    (too_early, "「主题党日」11月23日（周一）09:30 开放签到", "「签到」"),
    (too_late, "「主题党日」的签到 10:30 已经结束", "「补签」"),
    (code_wanted, "「主题党日」要口令", "「签到 口令」"),
    (qr_wanted, "「主题党日」要现场口令", "扫屏幕上的二维码"),
    (code_wrong, "口令和「主题党日」对不上", "请组织委员点名"),
    (code_stale, "这个码已失效", "请再扫一下"),
    (no_such_code, "没有口令为 9999 的活动", "直接发「签到」"),
    (not_expected, "这场活动的名单里没有您", "请告诉现场的组织委员"),
    (already, "您已于 09:00 签到", "不用再签"),
    (annulled, "「主题党日」的签到已由组织者更正", "请当面找组织委员"),
    (for_a_colleague, "代签不行，签到要本人来", "李二到场后可以自己签"),
    (by_proxy, "代签不行，签到要本人来", "七天内能申请补签"),
    (no_post, "这件事要由", "可以请他们帮忙"),
    (a_place, "不需要位置", "发「签到」就行"),
]


@pytest.mark.parametrize(
    ("refused", "why", "instead"), REFUSALS, ids=[each[0].__name__ for each in REFUSALS]
)
def test_every_refusal_says_why_and_what_to_do_instead(
    world: World, refused: Callable[[World], str], why: str, instead: str
) -> None:
    said = refused(world)
    assert why in said
    assert instead in said
    assert len(said) <= 120
    assert "！" not in said


def test_a_secretary_who_means_a_colleague_is_shown_the_roll(world: World) -> None:
    world.activity()
    world.member("李二")
    li = world.member("李强", role=Role.SECRETARY)
    assert li.says("签到 李二") == (
        "签到要本人来，不能代签。您是组织者，现场看到人了可以发「点名 李二」。"
    )
    assert on_record(world) == 0
