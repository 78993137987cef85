"""Claims letters of a lane for this process: one short unit of work, in which each is judged once
more. Only what may go now is left; of everything else it is written down what becomes of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scheduler.delivery import facts, settling
from scheduler.delivery.parcels import Parcel, pack
from scheduler.delivery.rules.after import BREAKER_AT, Doubt
from scheduler.delivery.rules.before import (
    PACE,
    Cancel,
    Expire,
    Go,
    Hold,
    Later,
    Reroute,
    Verdict,
    judge,
)
from storage import attempts, claims, inbox, lanes, outbox, reach, workdays
from storage.claims import Claimed
from storage.database import Session
from storage.lanes import Limits, lease_of, limits_of
from storage.outbox import Rank, State

ROOM = 50
"""Letters in one claim, where a call has one recipient; more for a lane that makes more calls in
`AT_ONCE` seconds."""
AT_ONCE = 0.2
AHEAD = timedelta(seconds=10)
"""On top of the lease: a claimed letter may wait that long for its turn."""


@dataclass(frozen=True)
class Claim:
    """What one claim gave."""

    parcels: Sequence[Parcel]
    now: datetime
    paused_until: datetime | None = None
    more: bool = False
    """There was more than it could take, or some were put off: ask again at once."""


def claim(db: Session, now: datetime, lane: str, owner: str) -> Claim:
    """The next letters of `lane` as calls, each with its turn (`Parcel.leaves`) on the lane's
    clock. They are `owner`'s until their lease ends. Letters of processes that are gone are taken
    over first."""
    standing = lanes.take(db, lane, now)
    take_over(db, lane, now)
    if standing.paused_until > now:
        return Claim((), now, standing.paused_until)
    limits = limits_of(lane)
    room = room_for(standing.failures, limits)
    taken = take(db, lane, owner, room, now, limits)
    if not taken:
        return Claim((), now)
    known = facts.of(db, taken, now)
    calendar = workdays.calendar(db)
    going: dict[int, Go] = {}
    for each in taken:
        match judge(known[each.id], calendar, limits, now):
            case Go() as go:
                going[each.id] = go
            case verdict:
                put_off(db, owner, each, verdict, now)
    left = [each for each in taken if each.id in going]
    inbox.untold(db, [each.key for each in left])
    parcels = pack(going, left, known, limits, now)
    slots = lanes.reserve(db, standing, len(parcels), now) if parcels else []
    timed = [replace(p, leaves=slot) for p, slot in zip(parcels, slots, strict=True)]
    return Claim(timed, now, more=len(taken) >= room or len(left) < len(taken))


def room_for(failures: int, limits: Limits) -> int:
    """While nobody knows whether the platform is back, one letter tries."""
    if failures >= BREAKER_AT:
        return 1
    return max(ROOM, limits.joins, int(limits.per_second * AT_ONCE))


def take(
    db: Session, lane: str, owner: str, room: int, now: datetime, limits: Limits
) -> list[Claimed]:
    """The next `room` letters, and what else waits for the same people: then they get one message
    instead of several. An urgent letter takes nothing with it."""
    lease = now + lease_of(limits) + AHEAD
    taken = claims.claim(db, lane, owner, room, now, lease)
    if room > 1 and any(each.rank != Rank.URGENT for each in taken):
        taken += claims.claim_with(db, lane, owner, taken, now, lease)
    return taken


def put_off(db: Session, owner: str, letter: Claimed, verdict: Verdict, now: datetime) -> None:
    """It does not go now: what becomes of it instead."""
    back = {"attempt": letter.attempt - 1}
    match verdict:
        case Later(at, why):
            route = {} if letter.pinned or why == PACE else {"lane": "", "user": ""}
            new = {"state": State.WAITING, "not_before": at, "reason": why, **route}
            settling.write(db, owner, letter, {**new, **back}, now, keep_said=why == PACE)
        case Reroute() if letter.unsays:
            failed = {"state": State.FAILED, "reason": reach.BLOCKED}
            settling.write(db, owner, letter, failed, now)
        case Reroute() if letter.pinned:
            settling.leave(db, letter)
            new = {"state": State.HELD, "reason": outbox.CONTACT}
            settling.write(db, owner, letter, {**new, **back}, now)
        case Reroute():
            new = {"state": State.WAITING, "lane": "", "user": ""}
            settling.write(db, owner, letter, {**new, **back}, now)
        case Cancel(why):
            settling.write(db, owner, letter, {"state": State.CANCELLED, "reason": why}, now)
            claims.wipe(db, letter.id)
        case Hold(why):
            settling.write(db, owner, letter, {"state": State.HELD, "reason": why}, now)
        case Expire(why):
            settling.write(db, owner, letter, {"state": State.EXPIRED, "reason": why}, now)
            settling.tell_of(db, letter, State.EXPIRED, why, now)
        case Go():
            raise AssertionError("it goes")


def take_over(db: Session, lane: str, now: datetime) -> None:
    """Letters of processes that are no more. Whose call had begun may have been sent."""
    lost = claims.lost(db, lane, now)
    for each in lost:
        if each.begun is None:
            settling.write(db, each.owner, each, {"state": State.WAITING}, now, keep_said=True)
            continue
        attempts.ended(db, [settling.an_end(each, now, "cut", "")])
        settling.conclude(db, each.owner, each, Doubt("cut"), now, 0.5)
    settling.heed_what_was_told(db, lost, now)
