"""B20: members add accounts, and part with others, while what is for everybody is being sent."""

import random
from datetime import timedelta

import pytest

from bot.messages import Address
from storage import accounts
from storage.members import Account
from tests.delivery.conftest import PostOffice, StandIn
from tests.world import World

PEOPLE = 40


@pytest.mark.parametrize("seed", range(2))
def test_each_gets_one_copy_whatever_they_do_with_their_accounts(world: World, seed: int) -> None:
    """At every call somebody else binds a second account, or leaves the first behind."""
    chance = random.Random(seed)
    old, new = StandIn("fake"), StandIn("other")
    office = PostOffice(world, {"fake": old, "other": new})
    for n in range(PEOPLE):
        office.member(f"M{n}")
    moved = 0

    def somebody_moves(_: str) -> None:
        nonlocal moved
        who = f"M{chance.randrange(PEOPLE)}"
        with office.database.unit_of_work() as db:
            bound = [each.platform for each in accounts.of(db, who)]
            if "other" not in bound:
                at = world.now + timedelta(seconds=1)
                db.add(Account(platform="other", user=who, member_id=who, bound_at=at, consent="1"))
            elif "fake" in bound:
                accounts.unbind(db, Address("fake", who))
                moved += 1

    old.before = new.before = somebody_moves
    for n in range(3):
        keys = [office.posts(f"M{each}", f"第{n}份") for each in range(PEOPLE)]
        office.works()
        office.waits(minutes=10).works()
        assert {office.state(key) for key in keys} == {("sent", "")}
    assert sorted(old.got + new.got) == sorted(
        (f"M{each}", f"第{n}份") for each in range(PEOPLE) for n in range(3)
    )
    assert moved > PEOPLE // 4
