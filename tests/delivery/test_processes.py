"""Processes that die, sleep or work side by side: each letter once."""

import asyncio
from datetime import timedelta

import pytest

from scheduler.delivery.claiming import claim
from scheduler.delivery.routing import route
from scheduler.delivery.rules.after import Dead
from scheduler.delivery.settling import Result, set_off, settle
from scheduler.delivery.text import RESENT
from storage import outbox
from tests.delivery.conftest import PostOffice, StandIn


@pytest.mark.parametrize("cut", ["before", "after"])
def test_a_process_that_dies_in_the_middle(office: PostOffice, fake: StandIn, cut: str) -> None:
    """Before the call nothing is lost and nothing marked; within it, once more, and marked."""
    key = office.posts(office.member("王芳"))
    now = office.world.now
    with office.database.unit_of_work() as db:
        route(db, now, ["fake"])
    with office.database.unit_of_work() as db:
        claimed = claim(db, now, "fake", "dead")
    if cut == "after":
        with office.database.unit_of_work() as db:
            set_off(db, now, "dead", claimed.parcels)

    assert office.waits(seconds=26).works() == 0
    office.waits(seconds=30).works()
    office.waits(seconds=2).works()
    assert fake.got == [("王芳", "开会" if cut == "before" else f"{RESENT}开会")]
    assert office.state(key) == ("sent", "")


def test_who_slept_through_its_lease_changes_nothing(office: PostOffice, fake: StandIn) -> None:
    key = office.posts(office.member("王芳"))
    now = office.world.now
    with office.database.unit_of_work() as db:
        route(db, now, ["fake"])
        claimed = claim(db, now, "fake", "zombie")
    with office.database.unit_of_work() as db:
        [parcel] = set_off(db, now, "zombie", claimed.parcels)

    office.waits(minutes=2).works()
    office.waits(minutes=2).works()
    with office.database.unit_of_work() as db:
        result = Result(parcel, {"王芳": Dead("blocked")})
        settle(db, office.world.now, "zombie", [result], 0.5)
    assert office.state(key) == ("sent", "")
    assert office.attempts() == ["cut", "sent"]
    office.posts("王芳", "二")
    assert office.works() == 1


def test_who_slept_through_its_lease_does_not_call(office: PostOffice, fake: StandIn) -> None:
    office.posts(office.member("王芳"))
    with office.database.unit_of_work() as db:
        route(db, office.world.now, ["fake"])
        claimed = claim(db, office.world.now, "fake", "sleeper")
    office.waits(minutes=2).works()
    with office.database.unit_of_work() as db:
        [left] = set_off(db, office.world.now, "sleeper", claimed.parcels)
    assert left.letters == ()
    assert len(fake.got) == 1


def test_two_at_once_send_each_letter_once(office: PostOffice, fake: StandIn) -> None:
    for n in range(120):
        office.posts(office.member(f"M{n}"))

    async def both() -> None:
        await asyncio.gather(office.delivery().once(), office.delivery().once())

    asyncio.run(both())
    assert len(fake.got) == len(set(fake.got)) == 120


def test_of_a_restored_database_nothing_old_is_sent(office: PostOffice, fake: StandIn) -> None:
    old = office.posts(office.member("王芳"))
    new = office.posts("王芳", "明天的", due=office.world.now + timedelta(days=1))
    with office.database.unit_of_work() as db:
        assert outbox.hold_restored(db, office.world.now) == 1

    office.waits(days=1).works()
    assert office.state(old) == ("held", "restored")
    assert office.state(new) == ("sent", "")


async def test_what_waits_for_a_platform_that_is_gone_finds_another_way(
    office: PostOffice, fake: StandIn
) -> None:
    key = office.posts(office.member("王芳", "gone"))
    with office.database.unit_of_work() as db:
        route(db, office.world.now, ["fake", "gone"])
    assert office.letter(key).lane == "gone"

    await office.delivery().once()
    assert fake.got == [("王芳", "开会")]


def test_of_a_flow_the_next_one_waits_also_for_a_claim_of_this_very_moment(
    office: PostOffice, fake: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite's clock knows milliseconds: two claims of one process may be at the same moment, and
    end at the same one."""
    monkeypatch.setattr("scheduler.delivery.claiming.room_for", lambda *_: 1)
    wang, now = office.member("王芳"), office.world.now
    for words in "一二":
        office.posts(wang, words, flow="quiz")
    with office.database.unit_of_work() as db:
        route(db, now, ["fake"])
        first, second = (claim(db, now, "fake", "p1").parcels for _ in range(2))
    assert [parcel.reply.text for parcel in first] == ["一"]
    assert not second
