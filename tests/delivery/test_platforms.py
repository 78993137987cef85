"""What is peculiar to a platform: windows, many in one call, pages that are open."""

import asyncio
from datetime import timedelta

from sqlmodel import select

from bot.messages import Address, Kind, NotThere, WindowClosed
from scheduler.delivery.text import RESENT
from storage import credits, reach
from storage.outbox import Rank
from tests.delivery.conftest import PostOffice, StandIn, Taken, ToMany, either_will_do, only


def official_account(office: PostOffice) -> StandIn:
    return office.platforms.setdefault("wechat", StandIn("wechat"))  # type: ignore[no-any-return]


@either_will_do
def test_a_message_lets_us_say_five_things_for_two_days(office: PostOffice) -> None:
    account = official_account(office)
    wang = only(office, "王芳", "wechat")
    talker = office.world.stranger("wechat-王芳", "wechat")
    assert office.posts(wang)
    office.works()
    assert account.got == []

    talker.says("我的签到")
    for _ in range(7):
        office.posts(wang, rank=Rank.URGENT)
        office.waits(minutes=1).works()
    assert len(account.got) == 5
    office.waits(hours=47)
    talker.says("我的签到")
    office.waits(hours=47).posts(wang, rank=Rank.URGENT)
    office.works()
    assert len(account.got) == 6
    office.waits(hours=1).posts(wang, rank=Rank.URGENT)
    office.works()
    assert len(account.got) == 6


@either_will_do
def test_a_click_lets_us_say_three_things_within_the_minute(office: PostOffice) -> None:
    account = official_account(office)
    wang = only(office, "王芳", "wechat")
    office.world.stranger("wechat-王芳", "wechat").sends(Kind.FOLLOW)

    for _ in range(4):
        office.posts(wang, rank=Rank.URGENT)
        office.works()
        office.waits(seconds=2)
    assert len(account.got) == 3


@either_will_do
def test_where_the_window_is_closed_the_next_account_is_tried(
    office: PostOffice, fake: StandIn
) -> None:
    account = official_account(office)
    office.posts(office.member("王芳", "wechat"))

    office.works()
    assert (account.calls, len(fake.got)) == (0, 1)


def test_when_the_platform_says_that_it_is_closed_we_believe_it(
    office: PostOffice, fake: StandIn
) -> None:
    account = official_account(office)
    wang = office.member("王芳", "wechat")
    office.world.stranger("wechat-王芳", "wechat").says("我的签到")
    account.trouble = [WindowClosed("closed", permanent=True)]
    office.posts(wang)

    office.works()
    office.posts(wang, "二", rank=Rank.URGENT)
    office.works()
    assert (account.calls, len(fake.got)) == (1, 2)
    office.world.stranger("wechat-王芳", "wechat").says("我的签到")
    office.posts(wang, "三", rank=Rank.URGENT)
    office.works()
    assert account.got == [("wechat-王芳", "三")]


def test_who_cannot_be_reached_is_listed_and_hears_it_when_they_come(office: PostOffice) -> None:
    official_account(office)
    wang = only(office, "王芳", "wechat")
    key = office.posts(wang, until=office.world.now + timedelta(days=3))

    office.waits(minutes=1).works()
    assert office.state(key) == ("failed", "window")
    with office.database.reading() as db:
        assert reach.unreachable(db, [wang], office.world.now) == {"王芳": "window"}
    assert office.world.stranger("wechat-王芳", "wechat").says("我的签到").startswith("开会\n")
    assert office.state(key) == ("sent", "contact")
    assert not office.world.stranger("wechat-王芳", "wechat").says("我的签到").startswith("开会")


def test_what_is_over_is_not_said_when_they_come(office: PostOffice) -> None:
    official_account(office)
    wang = only(office, "王芳", "wechat")
    office.posts(wang, until=office.world.now + timedelta(hours=1))
    office.works()

    office.waits(hours=1)
    assert "开会" not in office.world.stranger("wechat-王芳", "wechat").says("我的签到")


def test_one_text_for_many_is_one_call(office: PostOffice) -> None:
    app = office.platforms["wecom"] = ToMany(unknown=frozenset({"wecom-M3"}))
    keys = [office.posts(only(office, f"M{n}", "wecom")) for n in range(60)]
    other = office.posts(only(office, "X", "wecom"), "另一件事")

    assert office.works() == 2
    assert [len(users) for users, *_ in app.sent] == [60, 1]
    assert office.state(other) == ("sent", "")
    assert [office.state(key) for key in keys].count(("sent", "")) == 59
    assert office.state(keys[3]) == ("failed", "blocked")


@either_will_do
def test_wecom_is_told_the_same_again_to_the_byte(office: PostOffice) -> None:
    app = office.platforms["wecom"] = ToMany(trouble=[Taken()])
    keys = [office.posts(only(office, f"M{n}", "wecom")) for n in range(4)]

    office.works()
    office.posts("M2", "插进来的")
    office.waits(minutes=40).works()
    assert app.sent[0] in app.sent[1:]
    assert RESENT not in "".join(words for _, words, _ in app.sent)
    assert {office.state(key) for key in keys} == {("sent", "")}


@either_will_do
def test_after_four_hours_wecom_has_forgotten(office: PostOffice) -> None:
    app = office.platforms["wecom"] = ToMany(trouble=[Taken()])
    office.posts(only(office, "M", "wecom"))

    office.works()
    office.waits(hours=4).works()
    [_, (_, words, _)] = app.sent
    assert RESENT in words


@either_will_do
def test_what_has_had_its_second_try_is_in_no_third_call(office: PostOffice) -> None:
    """What goes out with it may be said once more to the byte, and would say it again."""
    app = office.platforms["wecom"] = ToMany(trouble=[Taken(), Taken()])
    first = office.posts(only(office, "M", "wecom"), "甲")
    office.works()
    second = office.waits(hours=4).posts("M", "乙")

    office.works()
    office.waits(minutes=5).works()
    assert sum("甲" in words for _, words, _ in app.sent) == 2
    assert [office.state(each)[0] for each in (first, second)] == ["uncertain", "sent"]


@either_will_do
def test_nobody_is_written_to_more_than_thirty_times_a_minute_by_wecom(office: PostOffice) -> None:
    app = office.platforms["wecom"] = ToMany()
    only(office, "M", "wecom")
    for n in range(40):
        office.posts("M", f"第{n}件", rank=Rank.URGENT)
        office.works()
    assert len(app.got) == 30
    office.waits(seconds=59).works()
    assert len(app.got) == 30
    office.waits(seconds=1).works()
    assert len(app.got) > 30


def test_who_is_not_at_the_page_hears_it_when_they_write(office: PostOffice) -> None:
    page = office.platforms["webchat"] = StandIn("webchat", trouble=[NotThere("closed")])
    only(office, "王芳", "webchat")
    key = office.posts("王芳")

    office.works()
    assert office.state(key) == ("held", "contact")
    assert office.waits(hours=1).works() == 0
    assert office.world.stranger("webchat-王芳", "webchat").says("我的签到").startswith("开会\n")
    assert office.state(key) == ("sent", "contact")
    assert page.calls == 1


@either_will_do
def test_who_is_not_at_the_page_is_reached_elsewhere(office: PostOffice, fake: StandIn) -> None:
    office.platforms["webchat"] = StandIn("webchat", trouble=[NotThere("closed")])
    key = office.posts(office.member("王芳", "webchat"))

    office.works()
    assert fake.got == [("王芳", "开会")]
    assert office.state(key) == ("sent", "")


def test_the_forecast_says_by_what_and_until_when(office: PostOffice) -> None:
    official_account(office)
    ids = [only(office, f"W{n}", "wechat") for n in range(3)]
    ids += [only(office, f"T{n}", "telegram") for n in range(30)]
    office.world.stranger("wechat-W0", "wechat").says("我的签到")

    with office.database.reading() as db:
        told = reach.forecast(db, ids, office.world.now)
    assert told.by == {"wechat": 1, "telegram": 30}
    assert told.not_reached == {"window": 2}
    assert told.last_at is not None
    assert 1.0 < (told.last_at - office.world.now).total_seconds() < 1.1


def test_unfollowed_is_not_reached_until_they_return(office: PostOffice) -> None:
    account = official_account(office)
    only(office, "王芳", "wechat")
    talker = office.world.stranger("wechat-王芳", "wechat")
    talker.says("我的签到")
    talker.sends(Kind.UNFOLLOW)
    key = office.posts("王芳")
    office.works()
    assert (account.calls, office.state(key)) == (0, ("failed", "blocked"))
    with office.database.reading() as db:
        assert reach.unreachable(db, ["王芳"], office.world.now) == {"王芳": "unfollowed"}
    talker.sends(Kind.FOLLOW)
    office.posts("王芳", rank=Rank.URGENT)
    assert office.works() == 1


@either_will_do
def test_only_platforms_with_a_window_cost_a_row(office: PostOffice) -> None:
    office.world.stranger().says("帮助")
    with office.database.reading() as db:
        assert db.exec(select(credits.Credit)).all() == []


async def come(office: PostOffice, user: str) -> None:
    delivery = office.delivery()
    delivery.is_there(Address("webchat", user))
    await asyncio.gather(*delivery._trying)


def test_what_was_left_comes_when_the_page_is_opened(office: PostOffice) -> None:
    page = office.platforms["webchat"] = StandIn("webchat", trouble=[NotThere("closed")])
    only(office, "王芳", "webchat")
    key = office.posts("王芳")
    office.works()

    asyncio.run(come(office, "webchat-王芳"))
    office.works()
    assert page.got == [("webchat-王芳", "开会")]
    assert office.state(key) == ("sent", "")
    assert not office.world.stranger("webchat-王芳", "webchat").says("我的签到").startswith("开会")


def test_a_page_that_is_open_at_another_process_gets_it_with_its_next_question(
    office: PostOffice,
) -> None:
    only(office, "王芳", "webchat")
    office.platforms["webchat"] = StandIn("webchat", trouble=[NotThere("not here")])
    key = office.posts("王芳")
    office.works()
    page = office.platforms["webchat"] = StandIn("webchat")

    asyncio.run(come(office, "webchat-李强"))
    assert office.state(key) == ("held", "contact")
    asyncio.run(come(office, "webchat-王芳"))
    office.works()
    assert page.got == [("webchat-王芳", "开会")]


@either_will_do
def test_the_same_words_within_four_hours_are_not_the_same_for_wecom(office: PostOffice) -> None:
    app = office.platforms["wecom"] = ToMany()
    only(office, "M", "wecom")
    for hours in (0, 2, 5):
        office.posts("M", "喝水", rank=Rank.OWN)
        office.works()
        office.waits(hours=hours)
    assert [text for _, text in app.got] == ["喝水", "（09:00）喝水", "（11:00）喝水"]
    office.posts("M", "喝水", rank=Rank.OWN)
    office.works()
    assert app.got[-1][1] == "喝水"
