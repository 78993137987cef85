"""Lanes: one for each account of ours on a platform, with its own pace and its own pauses.

The clock of a lane is a row, so that any number of processes keep one pace.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update
from sqlmodel import Field, SQLModel

from storage import alerts
from storage.database import Moment, Session, insert_new, table


def nothing(_: str) -> str:
    return ""


def never(_: str) -> bool:
    return False


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a platform can bear, and what it promises. Sources: ../shared/platforms/FACTS.md."""

    per_second: float
    """Calls, at most; evenly paced, we make `SHARE` of them."""
    joins: int = 1
    """Recipients of one text in one call."""
    apart: timedelta = timedelta(0)
    """Between two messages to one person."""
    per_minute: int = 0
    """Messages to one person; 0: as many as you like."""
    per_hour: int = 0
    deadline: timedelta = timedelta(seconds=9)
    """For one call with everything in it: the folder's own 8 s, and a second for ours."""
    recognises: bool = False
    """The same bytes sent again are recognised and reach nobody twice."""
    drops_equal: bool = False
    """What was said to somebody before, in the same words, reaches them no second time."""
    repeats_buttons: bool = True
    """What has buttons may be sent again when nobody knows whether it arrived."""
    windowed: bool = False
    """Takes messages only for some time after the person did something; see storage/credits."""
    stands_for: str = ""
    """Another way to the accounts of that platform, for while its window is shut."""
    kinds: Callable[[str], bool] = bool
    """Which kinds of letters it takes; every one has a name."""
    consent: Callable[[str], str] = nothing
    """What somebody must have agreed to for each of these kinds, by the platform's own name; most
    need nothing."""
    for_good: Callable[[str], bool] = never
    """Whether one consent to it lasts; else it is good for one message."""
    alone: bool = False
    """Each letter is a message of its own."""
    after_doubt: timedelta = timedelta(0)
    """How long the platform may still tell that it took what it has not answered."""
    unsays: timedelta = timedelta(0)
    """How long a message can be taken back from the phones that it is on."""
    rewords: timedelta = timedelta(0)
    """How long it can be given other words there."""
    at_home: bool = False
    """Only what is open just now can be reached, and only from the process that it is open at."""

    @property
    def apart_by(self) -> timedelta:
        """Between two calls."""
        return timedelta(seconds=1 / (self.per_second * SHARE))


SHARE = 0.98
"""Of a platform's rate: what is left makes up for a late wake-up, and for clocks that differ."""
LIMITS: dict[str, Limits] = {}
"""Platform to limits. Each platform's folder declares its own."""
OTHERS = Limits(per_second=20)


def declare(platform: str, limits: Limits) -> Limits:
    """To be called once, where the platform is defined."""
    LIMITS[platform] = limits
    return limits


def limits_of(lane: str) -> Limits:
    return LIMITS.get(lane, OTHERS)


def account_of(lane: str) -> str:
    """The platform on which people have their accounts."""
    return limits_of(lane).stands_for or lane


def standing_for(platform: str) -> list[str]:
    """The other ways to the accounts of a platform."""
    return [name for name, limits in LIMITS.items() if limits.stands_for == platform]


def told_later() -> list[str]:
    """Lanes of which the platform may tell later that something did not arrive after all."""
    return [name for name, limits in LIMITS.items() if limits.stands_for]


def lease_of(limits: Limits) -> timedelta:
    """How long a claim is good for: three times what a call may take, so that nobody takes a
    letter over from a process that still speaks."""
    return 3 * limits.deadline


DOWN_AT = 5
"""Failures in a row: with the pauses of the breaker in between, half a minute at most."""
LONG_PAUSE = timedelta(minutes=5)
"""A platform that asks for more wants something of a person: a secret, a quota."""


class Lane(SQLModel, table=True):
    name: str = Field(primary_key=True)
    next_at: datetime = Field(sa_type=Moment)
    """When the next call may leave."""
    paused_until: datetime = Field(sa_type=Moment)
    """The platform asked for it, or the breaker is open."""
    why: str = ""
    failures: int = 0
    """How many calls in a row ended without a usable answer."""


@dataclass(frozen=True)
class Standing:
    """A lane at one moment; what is in it is locked until the unit of work ends."""

    name: str
    next_at: datetime
    paused_until: datetime
    why: str
    failures: int


def take(db: Session, name: str, now: datetime) -> Standing:
    """The lane, for this unit of work alone: claims of one lane come one after the other."""
    found = db.run(TAKE, {"of_name": name}).one_or_none()
    if found is None:
        row = {"name": name, "next_at": now, "paused_until": now, "why": "", "failures": 0}
        db.run(MAKE_ON[db.dialect], row)
        found = db.run(TAKE, {"of_name": name}).one()
    return Standing(*found)


def reserve(db: Session, lane: Standing, calls: int, now: datetime) -> list[datetime]:
    """When each of the next `calls` may leave."""
    apart = limits_of(lane.name).apart_by
    first = max(lane.next_at, now)
    db.run(RESERVE, {"of_name": lane.name, "at": first + calls * apart})
    return [first + n * apart for n in range(calls)]


def pause(db: Session, lane: Standing, until: datetime, why: str, now: datetime) -> None:
    """Never shortens a pause that is under way."""
    if until > lane.paused_until:
        db.run(PAUSE, {"of_name": lane.name, "until": until, "because": why})
        if until - now >= LONG_PAUSE:
            alerts.raise_(db, f"lane:{lane.name}", "lane_paused", why, now)


def is_well(db: Session, lane: Standing, now: datetime) -> None:
    """It was used just now: whatever it was paused for is over."""
    if lane.why:
        db.run(PAUSE, {"of_name": lane.name, "until": lane.paused_until, "because": ""})
        alerts.over(db, f"lane:{lane.name}", now)


def count_failures(db: Session, lane: Standing, failures: int, now: datetime) -> None:
    """Whoever looks after the machine hears of a lane that is down, once; and that it is over."""
    if failures == lane.failures:
        return
    db.run(FAILURES, {"of_name": lane.name, "count": failures})
    if lane.failures < DOWN_AT <= failures:
        alerts.raise_(db, f"lane:{lane.name}", "lane_down", lane.why, now)
    elif failures == 0:
        alerts.over(db, f"lane:{lane.name}", now)


def all_lanes(db: Session) -> Sequence[Standing]:
    return [Standing(*row) for row in db.run(ALL)]


lane = table(Lane).c
_columns = (lane.name, lane.next_at, lane.paused_until, lane.why, lane.failures)
_this = lane.name == bindparam("of_name")
ALL = select(*_columns).order_by(lane.name)
TAKE = select(*_columns).where(_this).with_for_update()
MAKE_ON = insert_new(Lane)
RESERVE = update(table(Lane)).where(_this).values(next_at=bindparam("at", type_=Moment))
PAUSE = (
    update(table(Lane))
    .where(_this)
    .values(paused_until=bindparam("until", type_=Moment), why=bindparam("because"))
)
FAILURES = update(table(Lane)).where(_this).values(failures=bindparam("count"))
