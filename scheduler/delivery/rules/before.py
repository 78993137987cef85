"""Whether a letter may go now (`judge`), and what becomes of it otherwise. Asked at the moment of
sending: what was right when it was written may not be any more. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.delivery.rules.courtesy import A_DAY, digest_after, polite
from storage.lanes import Limits
from storage.outbox import Rank
from storage.reach import Whereabouts
from storage.workdays import Calendar

LATE_FROM = timedelta(minutes=30)
"""From so late on a letter says that it is late."""
IDENTICAL_FOR = timedelta(hours=3, minutes=50)
"""WeCom recognises the same bytes for four hours."""
QUIET, DAY_OFF, WISH, DIGEST, PACE = "quiet", "day_off", "wish", "digest", "pace"
"""Why a letter waits: `Letter.reason`, as docs/operations.md explains it."""
AS_WANTED = frozenset({WISH, DIGEST})
"""Letters that were put off for these reasons are not late."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What must be known of one letter to decide about it."""

    rank: Rank
    due: datetime
    until: datetime | None
    not_before: datetime
    reason: str
    again: bool
    """Said once already; the platform recognises it."""
    lane: str
    reachable: bool
    """By the account that it was routed to."""
    who: Whereabouts
    reader_may: bool
    author_may: bool
    quiet_until: datetime | None
    """Until when this person does not want to be disturbed."""
    in_hand: int = 0
    """Messages to them that are claimed, and not on record yet."""
    to_come: int = 0
    """How often they want to be reminded of something later today."""


@dataclass(frozen=True)
class Go:
    """It is sent now."""

    late: timedelta | None
    """How late it is, where that has to be said."""
    counted: bool
    """Among the three a day."""


@dataclass(frozen=True)
class Later:
    """It is judged again at `at`."""

    at: datetime
    why: str


@dataclass(frozen=True)
class Cancel:
    """It is not sent: its reader must not have it any more."""

    why: str


@dataclass(frozen=True)
class Hold:
    """It waits until a person lets it go: its author may not send it any more."""

    why: str


@dataclass(frozen=True)
class Expire:
    """It is not sent: its cut-off has passed, or will have before it may go."""

    why: str


@dataclass(frozen=True)
class Reroute:
    """The account that it was meant to go to cannot be reached any more."""


Verdict = Go | Later | Cancel | Hold | Expire | Reroute


def judge(facts: Facts, calendar: Calendar, limits: Limits, now: datetime) -> Verdict:
    """Erased, permission of reader and author, cut-off, reachable, courtesy, pace: in this
    order."""
    if facts.who.erased:
        return Cancel("erased")
    if not facts.reader_may:
        return Cancel("role")
    if facts.until and now >= facts.until:
        return Expire("late")
    if not facts.author_may:
        return Hold("author")
    if not facts.reachable:
        return Reroute()
    later = postponed(facts, calendar, now) or paced(facts, limits, now)
    if later is None:
        return Go(lateness(facts, calendar, now), counted=facts.rank is not Rank.URGENT)
    if facts.until and later.at >= facts.until:
        return Expire(later.why)
    return later


def exempt(facts: Facts, now: datetime) -> bool:
    """Urgent, or what they asked for at just this time."""
    match facts.rank:
        case Rank.URGENT:
            return True
        case Rank.OWN:
            return now - facts.due < LATE_FROM
        case Rank.NORMAL | Rank.BULK:
            return False


def postponed(facts: Facts, calendar: Calendar, now: datetime) -> Later | None:
    if exempt(facts, now):
        return None
    at, why = polite(now, calendar, works=facts.rank is not Rank.OWN, until=facts.until)
    if facts.quiet_until and facts.quiet_until > at:
        return Later(facts.quiet_until, WISH)
    if at > now:
        return Later(at, QUIET if why == "night" else DAY_OFF)
    if facts.again or facts.rank is Rank.OWN or facts.reason == DIGEST:
        return None
    return enough(facts, digest_after(now, calendar), now)


def enough(facts: Facts, digest: datetime, now: datetime) -> Later | None:
    """Three a day, with what they asked for themselves. There is room left for what they still
    want to be reminded of today, unless the digest would be too late."""
    today = counted_on(facts.who, now) + facts.in_hand
    left_for = 0 if facts.until and digest >= facts.until else facts.to_come
    return Later(digest, DIGEST) if today and today + left_for >= A_DAY else None


def counted_on(who: Whereabouts, now: datetime) -> int:
    """How many of the three they have had today."""
    return sum(push.counted and push.at.date() == now.date() for push in who.pushes)


def paced(facts: Facts, limits: Limits, now: datetime) -> Later | None:
    """No faster than the platform lets one person be written to; WeCom drops what exceeds it."""
    at = now
    said = sorted(push.at for push in facts.who.pushes if push.lane == facts.lane)
    for most, span in (
        (1 if limits.apart else 0, limits.apart),
        (limits.per_minute, timedelta(minutes=1)),
        (limits.per_hour, timedelta(hours=1)),
    ):
        if most and len(said) >= most:
            at = max(at, said[-most] + span)
    return Later(at, PACE) if at > now else None


def lateness(facts: Facts, calendar: Calendar, now: datetime) -> timedelta | None:
    """Counted from when it should have been sent: the night is nobody's delay."""
    should = facts.not_before if facts.reason in AS_WANTED else facts.due
    if not exempt(facts, facts.due):
        should, _ = polite(should, calendar, works=facts.rank is not Rank.OWN, until=facts.until)
    late = now - should
    return late if late >= LATE_FROM else None
