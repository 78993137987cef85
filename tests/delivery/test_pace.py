"""However a lane is woken: in no second more than its rate, and nothing is held back for long."""

from bisect import bisect_left

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.delivery.rules.pace import FAST, FASTER, SECOND, TICK, Pace, tick
from storage.lanes import SHARE

RATES = st.sampled_from([0.5, 1, 1.5, 20, 29.4, 30, 50, 200, 1000])
NAPS = st.lists(
    st.one_of(st.just(0.0), st.floats(0, 0.002), st.floats(0, 0.2), st.floats(0, 3)),
    min_size=1,
    max_size=300,
)
LATE = st.lists(st.floats(0, 0.03), min_size=1, max_size=50)


def departures(
    rate: float, naps: list[float], late: list[float], most: int = 4000, share: float = 100.0
) -> list[float]:
    """Of letters without end, each due in its turn; whoever sends them is woken after each of
    `naps`, and a call begins a little after it was let go."""
    pace, now = Pace(rate), 0.0
    left: list[float] = []
    for nap in naps:
        now += nap
        while max(pace.not_before(), len(left) / (rate * share)) <= now and len(left) < most:
            departure = pace.leaves(now)
            departure.at = now + late[len(left) % len(late)]
            left.append(departure.at)
            now = max(now, departure.at)  # the loop has one turn after the other
    return left


@given(RATES, NAPS, LATE)
def test_in_no_second_more_than_the_rate(rate: float, naps: list[float], late: list[float]) -> None:
    left = departures(rate, naps, late)

    for n, at in enumerate(left):
        assert bisect_left(left, at + SECOND) - n <= max(1, int(rate))


@given(RATES, st.floats(1, 60))
def test_after_a_sleep_nothing_leaves_all_at_once(rate: float, slept: float) -> None:
    """No more than in any tick."""
    pace = Pace(rate)
    pace.leaves(0.0)

    at_once = 0
    while pace.not_before() <= slept and at_once < 1000:
        pace.leaves(slept)
        at_once += 1

    assert at_once <= 2 + rate * FASTER * TICK[rate > FAST]


@pytest.mark.parametrize("rate", [20.0, 30.0, 50.0])
@given(late=st.lists(st.floats(0, 0.02), min_size=1, max_size=10))
def test_what_is_due_by_a_tick_leaves_at_once(rate: float, late: list[float]) -> None:
    """However late the process is woken, a little: one wake-up a tick, and nobody falls behind."""
    pace, now, sent = Pace(rate), 0.0, 0
    for n in range(200):
        due = int(n * TICK[False] * rate * SHARE) + 1 - sent
        now = max(now, n * TICK[False] + late[n % len(late)], pace.not_before(due))
        for _ in range(due):
            assert pace.not_before() <= now
            pace.leaves(now)
        sent += due
    assert now <= 199 * TICK[False] + 0.25


@given(RATES, st.floats(0, 1000))
def test_nothing_leaves_before_its_turn(rate: float, at: float) -> None:
    assert at - 1e-9 <= tick(at, rate > FAST) <= at + TICK[rate > FAST] + 1e-9


@pytest.mark.parametrize("rate", [20.0, 30.0, 1000.0])
def test_a_lane_that_wakes_late_is_as_fast(rate: float) -> None:
    """Each hundredth of a second, for ten seconds: 1.5 % below the rate, and not less."""
    left = departures(rate, [0.01] * 1000, [0.0], most=100_000)

    assert len(left) >= 10 * rate * 0.98


def test_what_slept_for_a_moment_is_made_up_for() -> None:
    naps = [0.01] * 200 + [0.2] + [0.01] * 300
    left = departures(1000.0, naps, [0.0], most=100_000, share=0.9)

    assert len(left) >= 5.2 * 900 - 1  # all that was due by then
