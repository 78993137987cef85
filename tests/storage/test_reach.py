"""Who can be reached: counted in one statement, as if each had been looked at."""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from bot.clock import HOME
from storage import courtesy, reach
from storage.credits import Credit
from storage.members import Account, Member
from storage.reach import BLOCKED, By, Nowhere
from tests.world import World

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=HOME)
KINDS = (
    (),
    (("wecom", ""),),
    (("wechat", ""),),
    (("wechat", "fresh"),),
    (("wechat", "old"),),
    (("webchat", ""),),
    (("wecom", "blocked"),),
    (("wechat", "unfollowed"), ("telegram", "blocked")),
    (("wechat", "unfollowed"), ("telegram", "")),
    (("wechat", "fresh"), ("wecom", "")),
    (("wechat", "old"), ("webchat", "")),
    (("wechat", ""), ("wecom", "blocked")),
    (("telegram", ""), ("wecom", "")),
)
"""The accounts of one member: platform, and why it is out of reach or when they last wrote."""
WROTE = {"fresh": timedelta(hours=1), "old": timedelta(hours=49)}


@pytest.fixture
def everybody(world: World) -> list[str]:
    world.now = NOW
    ids = []
    with world.database.unit_of_work() as db:
        for n, accounts in enumerate(KINDS):
            ids.append(f"M{n:02d}")
            erased = NOW if n == 1 else None
            db.add(Member(id=ids[-1], name=f"张{n}", erased_at=erased))
            db.flush()
            for nth, (platform, how) in enumerate(accounts):
                why = "" if how in WROTE else how
                db.add(
                    Account(
                        platform=platform, user=f"u{n}", member_id=ids[-1],
                        bound_at=NOW + timedelta(minutes=nth), consent="1", unreachable=why,
                    )
                )  # fmt: skip
                if how in WROTE:
                    db.add(Credit(platform=platform, user=f"u{n}", wrote_at=NOW - WROTE[how]))
        courtesy.save(db, courtesy.Courtesy(member_id="M12", platform="wecom"))
    return ids


def test_out_of_reach_are_those_whom_no_way_leads_to(world: World, everybody: list[str]) -> None:
    with world.database.reading() as db:
        looked_at = reach.whereabouts(db, everybody, NOW)
        expected = {}
        for id, who in looked_at.items():
            found = reach.way_now(who, None, NOW)
            if isinstance(found, Nowhere):
                told = [way.unreachable for way in who.ways if way.unreachable]
                expected[id] = told[0] if found.why == BLOCKED else found.why
        assert reach.unreachable(db, everybody, NOW) == expected
    assert set(expected.values()) >= {"no_account", "window", "blocked"}


def test_a_push_is_foreseen_as_if_each_had_been_looked_at(
    world: World, everybody: list[str]
) -> None:
    with world.database.reading() as db:
        by, not_reached = Counter[str](), Counter[str]()
        for who in reach.whereabouts(db, everybody, NOW).values():
            match reach.way_now(who, None, NOW):
                case By(address):
                    by[address.platform] += 1
                case Nowhere(why):
                    not_reached[why] += 1
        found = reach.forecast(db, everybody, NOW)
    assert (dict(found.by), dict(found.not_reached)) == (dict(by), dict(not_reached))
