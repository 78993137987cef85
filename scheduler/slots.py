"""When a job is due: a slot is one such moment. Pure, in home time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.clock import HOME, midnight

IsWorkday = Callable[[date], bool]
ONE_DAY = timedelta(1)
A_FORTNIGHT = 15
"""Days that are looked through for the last workday: no holiday is longer."""


@dataclass(frozen=True)
class Daily:
    """At `at`, every day or every workday (with 调休)."""

    at: time
    only_workdays: bool = False


@dataclass(frozen=True)
class Every:
    """Every so many minutes, counted from midnight."""

    minutes: int


When = Daily | Every


def daily(at: str) -> Daily:
    return Daily(time.fromisoformat(at))


def workdays(at: str) -> Daily:
    return Daily(time.fromisoformat(at), only_workdays=True)


def latest(when: When, now: datetime, is_workday: IsWorkday) -> datetime | None:
    """The last slot at or before `now`; None where there was none for a fortnight."""
    local = now.astimezone(HOME)
    match when:
        case Every(minutes):
            passed = local.hour * 60 + local.minute
            return midnight(local.date()) + timedelta(minutes=passed - passed % minutes)
        case Daily(at, only_workdays):
            for back in range(A_FORTNIGHT):
                day = local.date() - ONE_DAY * back
                slot = datetime.combine(day, at, HOME)
                if slot <= local and (not only_workdays or is_workday(day)):
                    return slot
            return None


def following(when: When, after: datetime, is_workday: IsWorkday) -> datetime:
    """The first slot after `after`, for whoever looks ahead."""
    local = after.astimezone(HOME)
    match when:
        case Every(minutes):
            passed = local.hour * 60 + local.minute
            until = passed - passed % minutes + minutes
            return midnight(local.date()) + timedelta(minutes=until)
        case Daily(at, only_workdays):
            day = local.date()
            while True:
                slot = datetime.combine(day, at, HOME)
                if slot > local and (not only_workdays or is_workday(day)):
                    return slot
                day += ONE_DAY
