"""When a letter goes, and whether it still may. The day of these tests is Monday 2026-11-23."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from bot.clock import HOME
from bot.messages import Reply
from bot.permissions import Action
from scheduler.delivery.claiming import claim
from scheduler.delivery.routing import route
from storage import courtesy, members, tombstones
from storage.courtesy import Courtesy
from storage.members import Account, Appointment, Role
from storage.outbox import Rank
from storage.own_reminders import OwnReminder
from tests.delivery.conftest import PostOffice, StandIn, either_will_do


def at(words: str) -> datetime:
    return datetime.fromisoformat(f"2026-{words}").replace(tzinfo=HOME)


@either_will_do
@pytest.mark.parametrize(
    ("due", "sent"),
    [
        ("11-23 08:00:00", "11-23 08:00:00"),
        ("11-23 07:59:59", "11-23 08:00:00"),
        ("11-23 20:59:59", "11-23 20:59:59"),
        ("11-23 21:00:00", "11-24 08:00:00"),
        ("11-24 02:00:00", "11-24 08:00:00"),
        ("11-27 21:00:00", "11-30 08:00:00"),  # Friday night
        ("11-28 10:00:00", "11-30 08:00:00"),  # Saturday
        ("10-01 10:00:00", "10-08 08:00:00"),  # National Day
        ("10-10 10:00:00", "10-10 10:00:00"),  # a Saturday that is worked
    ],
)
def test_nobody_is_disturbed_at_night_or_on_a_day_off(
    office: PostOffice, fake: StandIn, due: str, sent: str
) -> None:
    office.world.now = at(due) - timedelta(days=1)
    office.posts(office.member("王芳"), due=at(due))
    office.world.now = at(due)
    if sent != due:
        assert office.works() == 0
        office.world.now = at(sent) - timedelta(seconds=1)
        assert office.works() == 0
    office.world.now = at(sent)

    office.works()
    assert fake.got == [("王芳", "开会")]


@either_will_do
@pytest.mark.parametrize("rank", [Rank.URGENT, Rank.OWN])
def test_what_is_urgent_or_was_asked_for_goes_at_any_time(
    office: PostOffice, fake: StandIn, rank: Rank
) -> None:
    office.world.now = at("11-28 23:30")
    office.posts(office.member("王芳"), rank=rank)

    assert office.works() == 1


@either_will_do
def test_an_own_reminder_that_comes_late_waits_for_the_morning(
    office: PostOffice, fake: StandIn
) -> None:
    office.posts(office.member("王芳"), rank=Rank.OWN, due=at("11-27 20:00"))

    office.world.now = at("11-27 22:00")
    assert office.works() == 0
    office.world.now = at("11-28 08:00")
    assert office.works() == 1
    assert fake.got == [("王芳", "（迟到 12 小时）开会")]


@either_will_do
def test_what_is_about_the_day_off_is_said_on_it(office: PostOffice, fake: StandIn) -> None:
    office.world.now = at("11-28 08:30")
    office.posts(office.member("王芳"), until=at("11-28 10:00"))

    assert office.works() == 1


def test_their_own_quiet_time_is_kept(office: PostOffice, fake: StandIn) -> None:
    office.member("王芳")
    with office.database.unit_of_work() as db:
        courtesy.save(
            db,
            Courtesy(member_id="王芳", quiet_from=at("11-23 00:00"), quiet_until=at("11-23 14:00")),
        )
    office.posts("王芳")

    assert office.works() == 0
    office.world.now = at("11-23 14:00")
    assert office.works() == 1
    assert fake.got == [("王芳", "开会")]


def test_three_a_day_and_the_rest_in_one_next_morning(office: PostOffice, fake: StandIn) -> None:
    office.member("王芳")
    for n in range(5):
        office.posts("王芳", f"第{n}件")
        office.waits(minutes=10).works()
    assert len(fake.got) == 3

    office.world.now = at("11-24 08:39:59")
    assert office.works() == 0
    office.world.now = at("11-24 08:40:00")
    assert office.works() == 1
    assert fake.got[-1] == ("王芳", "第3件\n\n第4件")


def test_what_is_claimed_and_not_on_record_yet_counts(office: PostOffice, fake: StandIn) -> None:
    office.member("王芳")
    for _ in range(2):
        office.posts("王芳")
        office.works()
        office.waits(minutes=10)
    office.posts("王芳", "第三件")
    with office.database.unit_of_work() as db:
        route(db, office.world.now, ["fake"])
        claim(db, office.world.now, "fake", "dead")
    office.posts("王芳", "第四件")

    assert office.works() == 0
    office.waits(minutes=10).works()
    assert fake.got[2:] == [("王芳", "第三件")]
    office.world.now = at("11-24 08:40")
    office.works()
    assert fake.got[3:] == [("王芳", "第四件")]


def test_what_they_asked_for_comes_nevertheless_and_counts(
    office: PostOffice, fake: StandIn
) -> None:
    office.member("王芳")
    for rank in [Rank.OWN] * 4 + [Rank.NORMAL] * 3 + [Rank.URGENT]:
        office.posts("王芳", rank=rank)
        office.works()
        office.waits(minutes=10)
    assert len(fake.got) == 5

    office.world.now = at("11-24 08:39")
    for _ in range(4):
        office.posts("王芳", rank=Rank.OWN)
        office.works()
    office.world.now = at("11-24 08:40")
    office.works()
    assert fake.got[-1] == ("王芳", "开会\n\n开会\n\n开会")


@pytest.mark.parametrize(
    ("wishes", "until", "sent"),
    [
        ([], None, 3),
        (["11-23 15:00"], None, 2),
        (["11-23 15:00", "11-23 23:59"], None, 1),
        (["11-23 15:00", "11-23 16:00", "11-23 17:00"], None, 1),
        (["11-24 00:00"], None, 3),
        (["11-23 15:00"], "11-24 08:40", 3),
        (["11-23 15:00"], "11-24 08:41", 2),
    ],
)
@either_will_do
def test_room_is_left_for_what_they_want_to_be_reminded_of(
    office: PostOffice, fake: StandIn, wishes: list[str], until: str | None, sent: int
) -> None:
    office.member("王芳")
    for wish in wishes:
        office.world.add(
            OwnReminder(
                member_id="王芳", content="交材料", since=at(wish).date(), next_at=at(wish),
                made_at=office.world.now,
            )
        )  # fmt: skip
    for _ in range(3):
        office.posts("王芳", until=at(until) if until else None)
        office.works()
        office.waits(minutes=10)
    assert len(fake.got) == sent


@either_will_do
def test_late_letters_say_so(office: PostOffice, fake: StandIn) -> None:
    office.posts(office.member("王芳"), until=at("11-23 18:00"))

    office.waits(hours=3, minutes=10).works()
    assert fake.got == [("王芳", "（迟到 3 小时）开会")]


def test_past_the_cut_off_nothing_is_sent_and_the_author_hears_of_it_once(
    office: PostOffice, fake: StandIn
) -> None:
    li = office.member("李强")
    keys = [
        office.posts(office.member(name), author=li, cause="activity:1", until=at("11-23 10:00"))
        for name in ("王芳", "赵四")
    ]

    office.world.now = at("11-23 10:00")
    office.works()
    assert {office.state(key) for key in keys} == {("expired", "late")}
    assert fake.got == [
        ("李强", "「开会」过了时限，有人没有收到，不再补发。发「联系不上」可以看名单。")
    ]


def test_without_an_author_the_operator_hears_of_it(office: PostOffice, fake: StandIn) -> None:
    office.member("老王", role=Role.OPERATOR)
    office.posts(office.member("王芳"), until=at("11-23 09:30"))

    office.waits(hours=1).works()
    assert [to for to, _ in fake.got] == ["老王"]


def test_who_has_lost_the_post_is_not_told_what_it_is_about(
    office: PostOffice, fake: StandIn
) -> None:
    li = office.member("李强", role=Role.SECRETARY)
    key = office.posts(li, due=at("11-23 10:00"), reader_may=Action.SEE_ATTENDANCE, org_id="B1")
    ends(office, "李强")

    office.waits(hours=1).works()
    assert office.state(key) == ("cancelled", "role")
    assert fake.got == []


def test_what_a_former_secretary_ordered_is_held(office: PostOffice, fake: StandIn) -> None:
    li = office.member("李强", role=Role.SECRETARY)
    key = office.posts(
        office.member("王芳"),
        due=at("11-23 10:00"),
        author=li,
        author_may=Action.REMIND_MISSING,
        org_id="B1",
    )
    ends(office, "李强")

    office.waits(hours=1).works()
    assert office.state(key) == ("held", "author")
    assert fake.got == []


def ends(office: PostOffice, member_id: str) -> None:
    with office.database.unit_of_work() as db:
        post = db.exec(select(Appointment).where(Appointment.member_id == member_id)).one()
        post.until = at("11-23 00:00").date()
        members.changed(db)


def test_whoever_is_erased_gets_nothing_more(office: PostOffice, fake: StandIn) -> None:
    office.member("王芳")
    key = office.posts("王芳", "秘密", due=at("11-23 10:00"))
    with office.database.unit_of_work() as db:
        tombstones.bury(db, "王芳", office.world.now)

    office.waits(hours=1).works()
    assert office.state(key) == ("cancelled", "erased")
    assert "秘密" not in office.letter(key).body
    assert fake.got == []


def test_without_any_account_it_fails_in_the_open(office: PostOffice) -> None:
    office.member("王芳")
    with office.database.unit_of_work() as db:
        db.delete(db.get_one(Account, ("fake", "王芳")))
    key = office.posts("王芳", say=Reply(text="开会"))

    office.works()
    assert office.state(key) == ("failed", "no_account")
