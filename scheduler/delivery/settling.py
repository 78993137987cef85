"""Writing down what became of letters; each only by whoever has claimed it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.messages import Address, Reply
from bot.together import plain
from scheduler.delivery import text
from scheduler.delivery.parcels import Parcel, words_of
from scheduler.delivery.rules.after import (
    Again,
    Busy,
    Dead,
    Doubt,
    End,
    History,
    OtherWay,
    Out,
    Outcome,
    Poison,
    Sent,
    Shut,
    Stays,
    after,
    lane_after,
)
from scheduler.delivery.rules.wording import subject
from storage import (
    aftermath,
    attempts,
    claims,
    credits,
    inbox,
    lanes,
    members,
    outbox,
    reach,
    unsaid,
)
from storage.claims import Claimed
from storage.database import Session
from storage.lanes import account_of, lease_of, limits_of
from storage.outbox import Post, State

RESULTS: Mapping[type[Outcome], str] = {
    Sent: "sent",
    Dead: "blocked",
    Shut: "window",
    Out: "not_there",
    Poison: "refused",
    Stays: "refused",
    Busy: "busy",
    Doubt: "uncertain",
}


@dataclass(frozen=True)
class Result:
    """One call that has ended, and how for each of its recipients."""

    parcel: Parcel
    outcomes: Mapping[str, Outcome]


def set_off(db: Session, now: datetime, owner: str, parcels: Sequence[Parcel]) -> list[Parcel]:
    """Right before their calls: those that are still ours, with a lease that covers the call, and
    their attempts on record. An attempt without an end is how a cut is known."""
    ours: set[int] = set()
    for lane, number in {(p.lane, each.attempt) for p in parcels for each in p.letters}:
        ids = [
            each.id
            for parcel in parcels
            for each in parcel.letters
            if (parcel.lane, each.attempt) == (lane, number)
        ]
        until = now + lease_of(limits_of(lane))
        ours |= claims.set_off(db, owner, number, ids, now, until)
    left = [still_ours(parcel, ours) for parcel in parcels]
    attempts.began(db, [row for parcel in left for row in beginnings(parcel, owner, now)])
    claims.keep_said(db, [row for parcel in left for row in kept(parcel)])
    return left


def still_ours(parcel: Parcel, ours: set[int]) -> Parcel:
    """Whoever has lost one letter of a message to another process, gets none of it from us."""
    lost = {each.user for each in parcel.letters if each.id not in ours}
    return parcel.without(lost) if lost else parcel


def beginnings(parcel: Parcel, owner: str, now: datetime) -> list[dict[str, Any]]:
    drops_equal = limits_of(parcel.lane).drops_equal and not parcel.unsays
    words = words_of(parcel.reply) if drops_equal else ""
    return [
        {
            "letter_id": each.id,
            "number": each.attempt,
            "to": each.to,
            "lane": parcel.lane,
            "user": each.user,
            "call": f"{parcel.key}:{each.attempt}",
            "counted": each.id in parcel.counted,
            "owner": owner,
            "started": now,
            "result": "",
            "reason": "",
            "words": words,
        }
        for each in parcel.letters
    ]


def kept(parcel: Parcel) -> list[dict[str, Any]]:
    if not limits_of(parcel.lane).recognises or parcel.unsays:
        return []
    said = parcel.reply.model_dump_json(exclude={"then"}, exclude_defaults=True)
    return [{"of_id": each.id, "new_call": parcel.key, "new_said": said} for each in parcel.letters]


def settle(
    db: Session, now: datetime, owner: str, results: Sequence[Result], chance: float
) -> None:
    settle_lanes(db, results, now, chance)
    ends = []
    sent: dict[int, list[int]] = {}
    for result in results:
        for each in result.parcel.letters:
            outcome = result.outcomes[each.user]
            why, receipt = getattr(outcome, "why", ""), getattr(outcome, "receipt", "")
            ends.append(an_end(each, now, RESULTS[type(outcome)], why, receipt))
            if isinstance(outcome, Sent):
                sent.setdefault(each.attempt, []).append(each.id)
                if not outcome.whole:
                    leave(db, each)
    attempts.ended(db, ends)
    for number, ids in sent.items():
        claims.sent(db, owner, number, ids, now)
    for result in results:
        for each in result.parcel.letters:
            outcome = result.outcomes[each.user]
            if isinstance(outcome, Sent):
                credits.used(db, account(each), each.lane, each.kind)
            else:
                conclude(db, owner, each, outcome, now, chance)
    heed_what_was_told(db, [each for result in results for each in result.parcel.letters], now)


def heed_what_was_told(db: Session, letters: Sequence[Claimed], now: datetime) -> None:
    """Some platforms tell how a message ended, and may have done so before they answered."""
    users: dict[str, set[str]] = {}
    for each in letters:
        if limits_of(each.lane).stands_for:
            users.setdefault(each.lane, set()).add(each.user)
    for lane, theirs in sorted(users.items()):
        aftermath.heed(db, lane, theirs, now)


def settle_lanes(db: Session, results: Sequence[Result], now: datetime, chance: float) -> None:
    by_lane: dict[str, list[Outcome]] = {}
    for result in results:
        by_lane.setdefault(result.parcel.lane, []).append(next(iter(result.outcomes.values())))
    for name, outcomes in sorted(by_lane.items()):
        standing = lanes.take(db, name, now)
        then = lane_after(outcomes, standing.failures, chance)
        lanes.count_failures(db, standing, then.failures, now)
        if any(isinstance(each, Sent) for each in outcomes):
            lanes.is_well(db, standing, now)
        if then.pause:
            lanes.pause(db, standing, now + then.pause, then.why, now)


def an_end(
    letter: Claimed, now: datetime, result: str, why: str, receipt: str = ""
) -> dict[str, Any]:
    return {
        "of_letter": letter.id,
        "of_number": letter.attempt,
        "at": now,
        "ended_as": result,
        "because": why,
        "called": receipt,
    }


def conclude(
    db: Session,
    owner: str,
    letter: Claimed,
    outcome: Outcome,
    now: datetime,
    chance: float,
) -> None:
    """What follows from anything but a success. Of several in one message, each for itself: those
    without buttons are said again."""
    if isinstance(outcome, Stays) and unsaid.by_another(db, letter):
        outcome = Sent()
    limits = limits_of(letter.lane)
    buttons = bool(Reply.model_validate_json(letter.body).buttons) and not letter.unsays
    history = History(
        doubts=letter.doubts, tries=letter.tries, pinned=letter.pinned, buttons=buttons
    )
    match after(outcome, history, limits, chance):
        case Again(wait, why, doubts, tries):
            counted = {"doubts": letter.doubts + doubts, "tries": letter.tries + tries}
            new = {"state": State.WAITING, "not_before": now + wait, "reason": why}
            same = bool(doubts) and limits.recognises
            write(db, owner, letter, {**new, **counted}, now, keep_said=same)
        case OtherWay(why):
            reason = reach.NOT_THERE if isinstance(outcome, Out) else why
            if isinstance(outcome, Shut) and limits.stands_for:
                reason = reach.NO_CONSENT
            new = {"state": State.WAITING, "reason": reason, "lane": "", "user": ""}
            if write(db, owner, letter, new, now):
                remember_account(db, letter, outcome)
        case End(state, why, at_contact):
            doubts = letter.doubts + isinstance(outcome, Doubt)
            new = {"state": state, "reason": why, "doubts": doubts}
            if not write(db, owner, letter, new, now):
                return
            remember_account(db, letter, outcome)
            if at_contact:
                leave(db, letter)
            if isinstance(outcome, Poison):
                tell_of(db, letter, state, why, now)


def remember_account(db: Session, letter: Claimed, outcome: Outcome) -> None:
    address = account(letter)
    match outcome:
        case Dead():
            members.set_unreachable(db, address, reach.BLOCKED)
        case Shut(agreed=False):
            consent = limits_of(letter.lane).consent(letter.kind)
            credits.agreed(db, address, consent, more=False)
        case Shut() if address.platform == letter.lane:
            credits.spent(db, address)
        case _:
            pass


def write(
    db: Session,
    owner: str,
    letter: Claimed,
    new: Mapping[str, Any],
    now: datetime,
    *,
    keep_said: bool = False,
) -> bool:
    """Whether it was still ours to say."""
    old = {name: getattr(letter, name) for name in claims.SETTLED}
    waits = new.get("state") in {State.WAITING, State.HELD}
    values = {**old, **new, "settled_at": None if waits else now}
    return claims.settle(db, owner, letter.attempt, letter.id, values, keep_said=keep_said)


def leave(db: Session, letter: Claimed) -> None:
    """To be said when they are next heard there."""
    said = plain(Reply.model_validate_json(letter.body))
    inbox.tell(db, account(letter), letter.key, said, letter.until)


def account(letter: Claimed) -> Address:
    """Whose it is, whichever way we take to it."""
    return Address(account_of(letter.lane), letter.user)


def tell_of(db: Session, letter: Claimed, state: State, why: str, now: datetime) -> None:
    """Whoever ordered it, or looks after the machine, hears of it: once for each cause."""
    if letter.kind == NEWS:
        return
    what = subject(Reply.model_validate_json(letter.body))
    said = text.expired(what) if state is State.EXPIRED else text.refused(what, why)
    readers = [letter.author] if letter.author else members.operators(db, now.date())
    posts = [
        Post(
            key=f"{state}:{letter.cause}:{reader}",
            to=reader,
            kind=NEWS,
            say=Reply(text=said),
            cause=letter.cause,
            due=now,
        )
        for reader in readers
    ]
    outbox.post(db, posts, now)


NEWS = "delivery"
"""The kind of what delivery itself has to say; it never speaks about that."""
