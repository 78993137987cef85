"""From the outbox to a phone: once, in order, and never lost. On both databases."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from bot.messages import Address, Button, Reply, SendFailed
from scheduler.delivery.text import RESENT
from storage import alerts, inbox
from storage.alerts import Alert
from storage.lanes import OTHERS
from storage.outbox import Rank
from tests.delivery.conftest import PostOffice, StandIn, Taken


def test_a_letter_is_sent_once(office: PostOffice, fake: StandIn) -> None:
    key = office.posts(office.member("王芳"))

    assert office.works() == 1
    assert office.works() == 0
    assert fake.got == [("王芳", "开会")]
    assert office.state(key) == ("sent", "")
    assert office.attempts() == ["sent"]


def test_never_before_it_is_due(office: PostOffice, fake: StandIn) -> None:
    office.posts(office.member("王芳"), due=office.world.now + timedelta(minutes=5))

    assert office.waits(minutes=4, seconds=59).works() == 0
    assert office.waits(seconds=1).works() == 1


def test_told_to_wait_the_lane_waits_and_nothing_is_sent_twice(
    office: PostOffice, fake: StandIn
) -> None:
    keys = [office.posts(office.member(name)) for name in ("王芳", "李强", "赵四")]
    fake.trouble = [SendFailed("slow down", retry_after=timedelta(seconds=30))]

    office.works()
    assert fake.calls == 1
    assert office.waits(seconds=29).works() == 0
    assert office.waits(seconds=1).works() == 3
    assert sorted(user for user, _ in fake.got) == ["李强", "王芳", "赵四"]
    assert {office.state(key) for key in keys} == {("sent", "")}


def test_another_lane_goes_on(office: PostOffice, fake: StandIn) -> None:
    other = office.platforms["other"] = StandIn("other")
    office.posts(office.member("王芳"))
    office.posts(office.member("李强", "other"))
    fake.trouble = [SendFailed("slow down", retry_after=timedelta(minutes=30))]

    office.works()
    assert [user for user, _ in other.got] == ["other-李强"]


def test_what_nobody_knows_is_said_once_more_and_says_so(office: PostOffice, fake: StandIn) -> None:
    key = office.posts(office.member("王芳"))
    fake.trouble = [Taken()]

    office.works()
    office.waits(minutes=1).works()
    assert [text for _, text in fake.got] == ["开会", f"{RESENT}开会"]
    assert office.state(key) == ("sent", "")
    assert office.attempts() == ["uncertain", "sent"]


def test_twice_unknown_is_the_end(office: PostOffice, fake: StandIn) -> None:
    key = office.posts(office.member("王芳"))
    fake.trouble = [Taken(), Taken()]

    for _ in range(4):
        office.works()
        office.waits(minutes=1)
    assert len(fake.got) == 2
    assert office.state(key) == ("uncertain", "no answer in time")


def test_what_can_be_pressed_is_not_sent_again_where_it_would_be_there_twice(
    office: PostOffice,
) -> None:
    telegram = office.platforms["telegram"] = StandIn("telegram")
    asked = Reply(text="去不去", buttons=[Button(label="去", tap="say:去")])
    key = office.posts(office.member("王芳", "telegram"), say=asked)
    telegram.trouble = [Taken()]

    office.works()
    office.waits(hours=1).works()
    assert len(telegram.got) == 1
    assert office.state(key) == ("uncertain", "no answer in time")
    heard = office.world.stranger("telegram-王芳", "telegram").says("我的签到")
    assert heard.startswith("去不去")
    assert office.state(key) == ("sent", "contact")


def test_what_came_along_with_something_to_press_is_sent_again_without_it(
    office: PostOffice,
) -> None:
    telegram = office.platforms["telegram"] = StandIn("telegram", trouble=[Taken()])
    asked = Reply(text="去不去", buttons=[Button(label="去", tap="say:去")])
    wang = office.member("王芳", "telegram")
    keys = [office.posts(wang), office.posts(wang, say=asked)]

    office.works()
    office.waits(minutes=1).works()
    assert [text for _, text in telegram.got] == ["开会\n\n去不去", f"{RESENT}开会"]
    assert [office.state(key)[0] for key in keys] == ["sent", "uncertain"]


def test_a_platform_that_is_down_costs_nothing_but_time(office: PostOffice, fake: StandIn) -> None:
    keys = [office.posts(office.member(f"M{n}"), key=f"k{n}") for n in range(10)]
    fake.trouble = [SendFailed("the platform cannot be reached")] * 200

    for _ in range(90):
        office.waits(seconds=10).works()
    down = fake.calls
    fake.trouble = []
    office.waits(seconds=91).works()
    office.waits(seconds=10).works()
    assert down < 60
    assert len(fake.got) == 10
    assert {office.state(key) for key in keys} == {("sent", "")}


def test_a_message_that_is_refused_fails_alone_and_its_author_is_told(
    office: PostOffice, fake: StandIn
) -> None:
    author = office.member("李强")
    bad = office.posts(office.member("王芳"), "坏的", author=author, cause="notice:1")
    good = office.posts(office.member("赵四"), "好的")
    fake.trouble = [SendFailed("too long", poison=True)]

    office.works()
    assert office.state(good) == ("sent", "")
    fake.trouble = [SendFailed("too long", poison=True)] * 4
    for _ in range(6):
        office.waits(minutes=11).works()
    assert office.state(bad) == ("failed", "too long")
    assert office.attempts().count("refused") == 5
    assert office.letters("delivery") == [
        ("李强", "「坏的」平台不收，没有发出（too long）。改一改再发，或换个方式通知。")
    ]


def test_whoever_blocked_us_is_written_to_elsewhere_and_never_there_again(
    office: PostOffice, fake: StandIn
) -> None:
    other = office.platforms["other"] = StandIn("other")
    wang = office.member("王芳", "other")
    office.posts(wang, "一")
    other.trouble = [SendFailed("blocked", permanent=True)]

    office.works()
    assert fake.got == [("王芳", "一")]
    office.posts(wang, "二")
    office.works()
    assert other.calls == 1
    assert fake.got[-1] == ("王芳", "二")


def test_who_blocked_us_everywhere_cannot_be_reached(office: PostOffice, fake: StandIn) -> None:
    key = office.posts(office.member("王芳"))
    fake.trouble = [SendFailed("blocked", permanent=True)]

    office.works()
    assert office.state(key) == ("failed", "blocked")


def test_a_flow_keeps_its_order(office: PostOffice, fake: StandIn) -> None:
    wang = office.member("王芳")
    office.posts(wang, "一", flow="quiz")
    fake.trouble = [SendFailed("slow down", retry_after=timedelta(seconds=20))]
    office.works()
    office.posts(wang, "二", flow="quiz", rank=Rank.URGENT)

    assert office.waits(seconds=25).works() > 0
    office.waits(minutes=1).works()
    assert "".join(text for _, text in fake.got).index("一") < "".join(
        text for _, text in fake.got
    ).index("二")


def test_several_at_the_same_moment_are_one_message(office: PostOffice, fake: StandIn) -> None:
    wang = office.member("王芳")
    keys = [office.posts(wang, text) for text in ("交材料", "开会", "填台账")]

    assert office.works() == 1
    assert fake.got == [("王芳", "交材料\n\n开会\n\n填台账")]
    assert {office.state(key) for key in keys} == {("sent", "")}


def test_news_for_a_device_go_to_it_and_are_said_once(office: PostOffice, fake: StandIn) -> None:
    """The fallback of the next contact is there from the beginning; whichever comes first."""
    office.platforms["other"] = StandIn("other")
    office.member("王芳", "other")
    with office.database.unit_of_work() as db:
        inbox.tell(db, Address("fake", "王芳"), "news", "新设备")
    key = office.posts("王芳", "新设备", key="news", at=Address("fake", "王芳"))

    office.works()
    assert fake.got == [("王芳", "新设备")]
    assert "新设备" not in office.world.stranger("王芳").says("我的签到")
    assert office.state(key) == ("sent", "")


def test_news_that_were_said_at_the_contact_are_not_sent(office: PostOffice, fake: StandIn) -> None:
    office.member("王芳")
    with office.database.unit_of_work() as db:
        inbox.tell(db, Address("fake", "王芳"), "news", "新设备")
    key = office.posts("王芳", "新设备", key="news", at=Address("fake", "王芳"))

    assert office.world.stranger("王芳").says("我的签到").startswith("新设备")
    assert office.works() == 0
    assert office.state(key) == ("sent", "contact")


def test_a_device_that_is_gone_is_not_replaced_by_another(
    office: PostOffice, fake: StandIn
) -> None:
    other = office.platforms["other"] = StandIn("other", trouble=[SendFailed("x", permanent=True)])
    office.member("王芳", "other")
    key = office.posts("王芳", at=Address("other", "other-王芳"))

    office.works()
    assert (other.calls, fake.calls) == (1, 0)
    assert office.state(key) == ("failed", "x")


def test_a_lane_that_is_down_is_one_alert_until_it_is_well(
    office: PostOffice, fake: StandIn
) -> None:
    office.posts(office.member("王芳"))
    fake.trouble = [SendFailed("the platform cannot be reached")] * 8
    for _ in range(9):
        office.waits(minutes=2).works()

    with office.database.reading() as db:
        assert alerts.open_ones(db) == []
        [alert] = db.exec(select(Alert)).all()
    assert (alert.key, alert.times) == ("lane:fake", 1)
    assert alert.over_at


def test_a_clock_that_is_told_shows_the_pace(office: PostOffice, fake: StandIn) -> None:
    """As rehearsals do: each call finds the clock at its own moment."""
    for n in range(60):
        office.posts(office.member(f"M{n}"))
    left: list[datetime] = []

    asyncio.run(office.delivery().once(left.append))
    assert len(left) == 60
    assert (left[-1] - left[0]).total_seconds() == pytest.approx(
        59 * OTHERS.apart_by.total_seconds()
    )
