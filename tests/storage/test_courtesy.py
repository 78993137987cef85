"""When nobody is disturbed, to the second, and where people like to read."""

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import HOME
from storage import courtesy
from storage.courtesy import Courtesy, end_of_quiet
from tests.world import World

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=HOME)


def at(hour: int, minute: int = 0, second: int = 0, day: int = 23) -> datetime:
    return datetime(2026, 11, day, hour, minute, second, tzinfo=HOME)


NIGHT = Courtesy(member_id="M", daily_from=21 * 60, daily_until=7 * 60 + 30)
LUNCH = Courtesy(member_id="M", daily_from=12 * 60, daily_until=14 * 60)
AWAY = Courtesy(member_id="M", quiet_from=at(9), quiet_until=at(22))
BOTH = Courtesy(
    member_id="M", quiet_from=at(9), quiet_until=at(22), daily_from=21 * 60, daily_until=450
)


@pytest.mark.parametrize(
    ("wants", "now", "until"),
    [
        (NIGHT, at(20, 59, 59), None),
        (NIGHT, at(21), at(7, 30, day=24)),
        (NIGHT, at(0, 0, 1), at(7, 30)),
        (NIGHT, at(7, 29, 59), at(7, 30)),
        (NIGHT, at(7, 30), None),
        (LUNCH, at(11, 59, 59), None),
        (LUNCH, at(12), at(14)),
        (LUNCH, at(14), None),
        (AWAY, at(8, 59, 59), None),
        (AWAY, at(9), at(22)),
        (AWAY, at(21, 59, 59), at(22)),
        (AWAY, at(22), None),
        (BOTH, at(10), at(7, 30, day=24)),
        (Courtesy(member_id="M"), NOON, None),
    ],
)
def test_until_when_somebody_is_left_alone(
    wants: Courtesy, now: datetime, until: datetime | None
) -> None:
    assert end_of_quiet(now, wants) == (until or now)


minutes = st.integers(0, 24 * 60 - 1)
moments = st.integers(0, 3 * 24 * 3600).map(lambda seconds: at(0) + timedelta(seconds=seconds))


@given(minutes, minutes, moments, moments, moments)
def test_the_end_lies_in_no_quiet_time_and_everything_before_it_does(
    daily_from: int, daily_until: int, quiet_from: datetime, quiet_until: datetime, now: datetime
) -> None:
    wants = Courtesy(
        member_id="M",
        quiet_from=quiet_from,
        quiet_until=quiet_until,
        daily_from=daily_from,
        daily_until=daily_until,
    )

    end = end_of_quiet(now, wants)

    assert not _quiet(wants, end)
    assert end == now or all(_quiet(wants, now + (end - now) * part / 20) for part in range(20))


def _quiet(wants: Courtesy, moment: datetime) -> bool:
    """Told apart from the program: by the clock on the wall."""
    assert wants.quiet_from
    assert wants.quiet_until
    assert wants.daily_from is not None
    assert wants.daily_until is not None
    begins, ends = (time(*divmod(m, 60)) for m in (wants.daily_from, wants.daily_until))
    clock = moment.time()
    daily = begins <= clock < ends if begins <= ends else clock >= begins or clock < ends
    return daily or wants.quiet_from <= moment < wants.quiet_until


def test_only_those_who_asked_are_left_alone(world: World) -> None:
    for name in ("张一", "李二", "王三"):
        world.member(name)
    world.add(Courtesy(member_id="张一", daily_from=21 * 60, daily_until=480, platform="fake"))
    world.add(Courtesy(member_id="李二", quiet_from=at(9), quiet_until=at(9, 0, 5)))

    with world.database.reading() as db:
        everybody = ["张一", "李二", "王三"]
        assert courtesy.quiet_until(db, everybody, at(9, 0, 4)) == {"李二": at(9, 0, 5)}
        assert courtesy.quiet_until(db, everybody, at(9, 0, 5)) == {}
        assert courtesy.quiet_until(db, everybody, at(23)) == {"张一": at(8, day=24)}
        assert courtesy.quiet_until(db, ["王三"], at(23)) == {}
        assert courtesy.first_choice(db, everybody) == {"张一": "fake"}
