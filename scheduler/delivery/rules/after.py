"""How a call ended for a recipient (`Outcome`), and what follows from it: for the letter (`after`),
and for the lane (`lane_after`). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from storage.lanes import Limits
from storage.outbox import State

RESENDS = 1
"""PROMISES.md P3: after a second uncertain result, never again."""
TRIES = 5
"""How often a message is tried that its platform refuses for what it says."""
BACKOFF_FROM, BACKOFF_TO = timedelta(seconds=1), timedelta(minutes=10)
BREAKER_AT = 3
"""Calls in a row without a usable answer, after which the lane rests, and then tries with one."""
REST_MOST = timedelta(seconds=60)
"""So short that a platform that is back is noticed within a minute."""


@dataclass(frozen=True)
class Sent:
    whole: bool = True
    """All of it: else the rest is said when they are next heard."""
    receipt: str = ""
    """How the platform calls it, where it can be taken back by that, or more is told of it."""


@dataclass(frozen=True)
class Dead:
    """This account takes nothing any more: it has blocked us, or does not exist."""

    why: str


@dataclass(frozen=True)
class Shut:
    """Its window is closed, or what could be said in it is used up."""

    why: str
    agreed: bool = True
    """False: they have not agreed to it, whatever we believed."""


@dataclass(frozen=True)
class Out:
    """Nobody is at the page just now."""

    why: str


@dataclass(frozen=True)
class Poison:
    """The platform will not have this message."""

    why: str


@dataclass(frozen=True)
class Stays:
    """What was to be taken back stays where it is."""

    why: str


@dataclass(frozen=True)
class Busy:
    """Certainly not sent; the platform could not be used, or asked to wait."""

    why: str
    retry_after: timedelta | None = None


@dataclass(frozen=True)
class Doubt:
    """Perhaps sent: no answer in time, a reset, a process that was killed meanwhile."""

    why: str


Outcome = Sent | Dead | Shut | Out | Poison | Stays | Busy | Doubt


@dataclass(frozen=True, kw_only=True)
class History:
    """What has become of a letter so far."""

    doubts: int
    tries: int
    pinned: bool
    buttons: bool


@dataclass(frozen=True)
class End:
    """The letter has come to an end, or waits for a person."""

    state: State
    why: str = ""
    at_contact: bool = False
    """Also to be said when they are next heard."""


@dataclass(frozen=True)
class Again:
    """The letter is tried again."""

    after: timedelta
    why: str
    doubts: int = 0
    tries: int = 0
    """Of this one result: 1 or 0."""


@dataclass(frozen=True)
class OtherWay:
    """By another account of theirs, if there is one."""

    why: str


Next = End | Again | OtherWay


def after(outcome: Outcome, history: History, limits: Limits, chance: float) -> Next:
    """What follows for one letter. `chance`: from 0 to 1, so that not all come back at once."""
    match outcome:
        case Sent():
            return End(State.SENT)
        case Dead(why) | Shut(why) if history.pinned:
            return End(State.FAILED, why)
        case Stays(why):
            return End(State.FAILED, why)
        case Out() if history.pinned:
            return End(State.HELD, "contact", at_contact=True)
        case Dead(why) | Shut(why) | Out(why):
            return OtherWay(why)
        case Poison(why):
            if history.tries + 1 >= TRIES:
                return End(State.FAILED, why)
            return Again(backoff(history.tries, chance), why, tries=1)
        case Busy(why, retry_after):
            return Again(retry_after or backoff(0, chance), why)
        case Doubt(why):
            return after_doubt(why, history, limits, chance)


def after_doubt(why: str, history: History, limits: Limits, chance: float) -> Next:
    """PROMISES.md, the table of re-sends."""
    if history.doubts >= RESENDS:
        return End(State.UNCERTAIN, why)
    if history.buttons and not limits.repeats_buttons:
        return End(State.UNCERTAIN, why, at_contact=True)
    return Again(max(limits.after_doubt, backoff(0, chance)), why, doubts=1)


def backoff(times: int, chance: float) -> timedelta:
    """1 s, 4 s, 16 s … 10 min, each give or take half."""
    wait = BACKOFF_FROM.total_seconds() * 4.0 ** min(times, 6)
    return timedelta(seconds=min(BACKOFF_TO.total_seconds(), wait) * (0.5 + chance))


@dataclass(frozen=True)
class LaneNext:
    """What the lane keeps in mind, and how long it rests."""

    failures: int
    """Calls in a row without a usable answer."""
    pause: timedelta = timedelta(0)
    why: str = ""


def lane_after(outcomes: Iterable[Outcome], failures: int, chance: float) -> LaneNext:
    """What follows for the lane, from the calls that ended since it was last looked at."""
    pause, why = timedelta(0), ""
    for outcome in outcomes:
        match outcome:
            case Busy(reason, timedelta() as asked):
                pause, why = max((pause, why), (asked, reason))
            case Busy(reason) | Doubt(reason):
                failures += 1
                if failures >= BREAKER_AT:
                    rest = min(REST_MOST, backoff(failures - BREAKER_AT, chance))
                    pause, why = max((pause, why), (rest, reason))
            case Sent() | Dead() | Shut() | Out() | Poison() | Stays():
                failures = 0
    return LaneNext(failures, pause, why)
