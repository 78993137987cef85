"""Gives each due letter its lane: the account it goes to, by `reach.way_now`. What can go nowhere
comes to its end here."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from bot.messages import Address, Reply
from bot.together import plain
from storage import claims, inbox, outbox, reach
from storage.claims import Claimed
from storage.database import Session
from storage.outbox import State
from storage.reach import NOT_THERE, By, Nowhere, way_now

AT_ONCE = 500


def route(db: Session, now: datetime, lanes_here: Collection[str]) -> int:
    """How many due letters were given a lane or an end, at most `AT_ONCE`: call again until it is
    0. `lanes_here` are those that this process can send by."""
    due = claims.unrouted(db, now, AT_ONCE)
    if not due:
        return 0
    who = reach.whereabouts(db, {each.to for each in due}, now)
    rows = []
    for each in due:
        if who[each.to].erased:
            claims.wipe(db, each.id)
            rows.append(ended(each, State.CANCELLED, "erased", now))
            continue
        known = who[each.to]
        match way_now(known, lanes_here, now, kind=each.kind, reason=each.reason):
            case By(address):
                rows.append(row(each, lane=address.platform, user=address.user))
            case Nowhere(why, waits):
                rows.append(nowhere(db, each, why, waits, now))
    claims.route(db, rows)
    return len(due)


def nowhere(
    db: Session, letter: Claimed, why: str, waits: Address | None, now: datetime
) -> dict[str, Any]:
    """A letter that no account can take now. It is left for the next contact where there is an
    account to hear it at (`waits`); it has failed, unless it may have arrived already or only
    nobody is there."""
    if waits:
        said = plain(Reply.model_validate_json(letter.body))
        inbox.tell(db, waits, letter.key, said, letter.until)
    if letter.doubts:
        return ended(letter, State.UNCERTAIN, why, now)
    if waits and why == NOT_THERE:
        held = {"new_state": State.HELD, "new_reason": outbox.CONTACT}
        return row(letter, lane=waits.platform, user=waits.user) | held
    return ended(letter, State.FAILED, why, now)


def row(letter: Claimed, *, lane: str, user: str) -> dict[str, Any]:
    return {
        "of_id": letter.id,
        "new_state": State.WAITING,
        "new_reason": letter.reason,
        "new_lane": lane,
        "new_user": user,
        "new_settled_at": None,
    }


def ended(letter: Claimed, state: State, why: str, now: datetime) -> dict[str, Any]:
    ends = {"new_state": state, "new_reason": why, "new_settled_at": now}
    return row(letter, lane="", user="") | ends
