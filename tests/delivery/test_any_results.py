"""Whatever a platform answers: every letter ends in one state, nothing is lost, nothing comes
more often than nobody could know."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.clock import HOME
from bot.messages import NotThere, SendFailed, WindowClosed
from scheduler.delivery.rules.after import (
    RESENDS,
    Again,
    Busy,
    Dead,
    Doubt,
    End,
    History,
    Out,
    Outcome,
    Poison,
    Sent,
    Shut,
    after,
    backoff,
    lane_after,
)
from storage.database import Database
from storage.lanes import Limits
from storage.outbox import Rank, State
from tests.delivery.conftest import PostOffice, StandIn, Taken
from tests.world import World

RESULTS: dict[str, Callable[[], Exception | None]] = {
    "taken": lambda: None,
    "taken, and no answer": Taken,
    "not taken, and no answer": lambda: SendFailed("reset", uncertain=True),
    "wait": lambda: SendFailed("slow down", retry_after=timedelta(seconds=20)),
    "down": lambda: SendFailed("the platform cannot be reached"),
    "refused": lambda: SendFailed("too long", poison=True),
    "blocked": lambda: SendFailed("blocked", permanent=True),
    "closed": lambda: WindowClosed("closed", permanent=True),
    "not there": lambda: NotThere("nobody"),
    "nonsense": lambda: ValueError("200, and HTML"),
}
MAYBE = {"taken, and no answer", "not taken, and no answer", "nonsense"}
END_STATES = {State.SENT, State.FAILED, State.UNCERTAIN, State.HELD}


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(results=st.lists(st.sampled_from(sorted(RESULTS)), max_size=12), letters=st.integers(1, 3))
def test_each_ends_once_and_comes_at_most_once_more_than_is_known(
    blank_file: Path, tmp_path_factory: pytest.TempPathFactory, results: list[str], letters: int
) -> None:
    database = fresh(blank_file, tmp_path_factory)
    try:
        check(World(database), results, letters)
    finally:
        database.close()


def fresh(blank_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Database:
    folder = tmp_path_factory.mktemp("any")
    shutil.copyfile(blank_file, folder / "test.db")
    return Database(f"sqlite:///{folder}/test.db")


def check(world: World, results: list[str], letters: int) -> None:
    world.now = world.now.replace(tzinfo=HOME)
    fake = StandIn("fake")
    office = PostOffice(world, {"fake": fake})
    keys = [
        office.posts(office.member(f"M{n}"), f"letter {n};", rank=Rank.URGENT)
        for n in range(letters)
    ]
    met: dict[str, list[str]] = {}
    left = list(results)

    def before(user: str) -> None:
        name = left.pop(0) if left else "taken"
        met.setdefault(user, []).append(name)
        fake.trouble = [RESULTS[name]()]

    fake.before = before
    for _ in range(len(results) + 8):
        office.works()
        office.waits(minutes=16)

    for n, key in enumerate(keys):
        state, _ = office.state(key)
        assert state in END_STATES
        came = sum(text.count(f"letter {n};") for _, text in fake.got)
        doubts = sum(name in MAYBE for name in met.get(f"M{n}", ()))
        assert came <= 1 + doubts
        assert came <= 2
        assert doubts <= RESENDS + 1
        assert state != State.SENT or came >= 1
        assert came >= 1 or state in {State.FAILED, State.UNCERTAIN, State.HELD}


def test_the_table_of_what_follows() -> None:
    calm = History(doubts=0, tries=0, pinned=False, buttons=False)
    plain, telegram = Limits(per_second=1), Limits(per_second=1, repeats_buttons=False)
    doubted = History(doubts=1, tries=0, pinned=False, buttons=False)
    pressed = History(doubts=0, tries=0, pinned=False, buttons=True)
    tired = History(doubts=0, tries=4, pinned=False, buttons=False)

    assert after(Sent(), calm, plain, 0.5) == End(State.SENT)
    assert after(Doubt("x"), calm, plain, 0.5) == Again(timedelta(seconds=1), "x", doubts=1)
    assert after(Doubt("x"), doubted, plain, 0.5) == End(State.UNCERTAIN, "x")
    assert after(Doubt("x"), pressed, plain, 0.5) == Again(timedelta(seconds=1), "x", doubts=1)
    assert after(Doubt("x"), pressed, telegram, 0.5) == End(State.UNCERTAIN, "x", at_contact=True)
    assert after(Poison("x"), tired, plain, 0.5) == End(State.FAILED, "x")
    assert after(Busy("x", timedelta(9)), calm, plain, 0.5) == Again(timedelta(9), "x")


def test_waits_grow_from_a_second_to_ten_minutes() -> None:
    waits = [backoff(times, 0.5).total_seconds() for times in range(8)]
    assert waits == [1, 4, 16, 64, 256, 600, 600, 600]
    assert backoff(0, 0).total_seconds() == 0.5
    assert backoff(9, 1).total_seconds() == 900


@given(
    st.lists(
        st.sampled_from(
            [Sent(), Dead("x"), Shut("x"), Out("x"), Poison("x"), Busy("x"), Doubt("x")]
        )
    )
)
def test_a_lane_rests_only_after_three_in_a_row(outcomes: list[Outcome]) -> None:
    then = lane_after(outcomes, 0, 0.5)
    row = 0
    rested = False
    for outcome in outcomes:
        row = row + 1 if isinstance(outcome, Busy | Doubt) else 0
        rested = rested or row >= 3
    assert then.failures == row
    assert bool(then.pause) == rested
