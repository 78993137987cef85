"""As a process does it: lanes at work side by side, on the real clock, for a second or two."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from bot.clock import HOME
from bot.messages import SendFailed
from scheduler.delivery import Delivery
from storage import lanes
from storage.database import Session
from storage.lanes import Limits
from storage.outbox import Letter, Rank
from tests.delivery.conftest import PostOffice, StandIn

NOON = datetime(2026, 11, 23, 12, tzinfo=HOME)


def ticking() -> Callable[[Session], datetime]:
    """A clock that goes on from noon of a Monday."""
    begun = time.monotonic()

    def moment(_: Session) -> datetime:
        return datetime.fromtimestamp(NOON.timestamp() + time.monotonic() - begun, HOME)

    return moment


@pytest.fixture(autouse=True)
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(lanes.LIMITS, "fake", Limits(per_second=200))


class Calls:
    """When each call came; waits for the how-many-eth."""

    def __init__(self, stand_in: StandIn, wanted: int) -> None:
        self.at: list[float] = []
        self.wanted = wanted
        self.there = asyncio.Event()
        stand_in.before = self.came

    def came(self, user: str) -> None:
        self.at.append(time.monotonic())
        if len(self.at) >= self.wanted:
            self.there.set()


async def run_until(calls: Calls, *deliveries: Delivery) -> None:
    """What is in the air when they are stopped is written down before they end."""
    running = [asyncio.ensure_future(each.run()) for each in deliveries]
    async with asyncio.timeout(20):
        await calls.there.wait()
    for each in deliveries:
        each.stop()
    await asyncio.gather(*running)


def states(office: PostOffice) -> list[str]:
    with office.database.reading() as db:
        return list(db.exec(select(Letter.state)).all())


def running(office: PostOffice) -> Delivery:
    return Delivery(office.database, office.platforms, moment=ticking())


async def test_evenly_and_each_once_by_two_processes(office: PostOffice, fake: StandIn) -> None:
    office.world.now = NOON
    for n in range(100):
        office.posts(office.member(f"M{n}"), rank=Rank.URGENT)
    calls = Calls(fake, 100)

    await run_until(calls, running(office), running(office))
    assert len(fake.got) == len(set(fake.got)) == 100
    assert states(office) == ["sent"] * 100
    gaps = sorted(later - at for at, later in zip(calls.at, calls.at[9:], strict=False))
    assert gaps[len(gaps) // 2] > 0.03  # 200 a second, shared: ten take 45 ms


async def test_what_was_claimed_rests_when_the_lane_is_told_to(
    office: PostOffice, fake: StandIn
) -> None:
    office.world.now = NOON
    for n in range(30):
        office.posts(office.member(f"M{n}"), rank=Rank.URGENT)
    fake.trouble = [SendFailed("slow down", retry_after=timedelta(seconds=1))]
    calls = Calls(fake, 31)

    await run_until(calls, running(office))
    assert len(fake.got) == 30
    assert calls.at[1] - calls.at[0] > 0.9


async def test_stopped_it_gives_back_what_it_had_claimed(
    office: PostOffice, fake: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(lanes.LIMITS, "fake", Limits(per_second=5))
    office.world.now = NOON
    for n in range(20):
        office.posts(office.member(f"M{n}"), rank=Rank.URGENT)

    await run_until(Calls(fake, 1), running(office))
    assert set(states(office)) == {"sent", "waiting"}
