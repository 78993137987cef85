"""Which process sends which letter: claims, and what became of them.

A claim is one conditional UPDATE and says who has it, until when, and the how-many-eth it is.
Only its owner settles it, and only as long as nobody else has claimed the letter since.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Row

from bot.clock import HOME
from storage.claims.statements import (
    CLAIM,
    CLAIM_WITH,
    IN_HAND,
    KEEP_SAID,
    LOST,
    MOMENT_ON,
    ROUTE,
    SENT,
    SET_OFF,
    SETTLE,
    SETTLE_AND_KEEP,
    UNROUTE,
    UNROUTED,
    WAITS,
    WIPE,
)
from storage.claims.statements import (
    ROUTED as ROUTED,
)
from storage.claims.statements import (
    SETTLED as SETTLED,
)
from storage.database import Session
from storage.outbox import Rank


def new_owner() -> str:
    """Another one for each start of a process: a host name and a number may come again."""
    return uuid4().hex


def moment(db: Session) -> datetime:
    """The database's clock: leases, and what is due, must not depend on whose clock is wrong."""
    said = db.run(MOMENT_ON[db.dialect]).scalar_one()
    at = datetime.fromisoformat(said) if isinstance(said, str) else said
    return at.replace(tzinfo=at.tzinfo or UTC).astimezone(HOME)


Claimed = Row[Any]
"""The columns of `Letter`, by name."""


def claim(
    db: Session, lane: str, owner: str, room: int, now: datetime, lease: datetime
) -> list[Claimed]:
    """At most `room` of what waits in this lane, the urgent first; nobody else has them now."""
    taken: list[Claimed] = []
    values = {"of_lane": lane, "me": owner, "now": now, "lease_until": lease}
    for rank in Rank:
        if len(taken) < room:
            ours = [each.id for each in taken]
            values |= {"of_rank": rank, "room": room - len(taken), "ours": ours}
            taken += db.run(CLAIM, values)
    return sorted(taken, key=lambda each: (each.rank, each.not_before, each.id))


def claim_with(
    db: Session, lane: str, owner: str, taken: Sequence[Claimed], now: datetime, lease: datetime
) -> list[Claimed]:
    """What else waits in this lane for the readers of what was `taken`, to go out in the same
    messages; an urgent letter takes nothing with it."""
    values = {
        "of_lane": lane,
        "me": owner,
        "now": now,
        "lease_until": lease,
        "members": sorted({each.to for each in taken if each.rank != Rank.URGENT}),
        "ours": [each.id for each in taken],
    }
    return sorted(db.run(CLAIM_WITH, values), key=lambda each: each.id)


def set_off(
    db: Session, owner: str, number: int, ids: Collection[int], now: datetime, lease: datetime
) -> set[int]:
    """Right before the call: those that are still ours, with a new lease. A process that slept
    through its lease learns here that it has lost them."""
    values = {"ids": list(ids), "me": owner, "of_number": number, "now": now, "lease_until": lease}
    return {row.id for row in db.run(SET_OFF, values)}


def sent(db: Session, owner: str, number: int, ids: Collection[int], now: datetime) -> set[int]:
    """They were taken; those that were still ours."""
    fence = {"ids": list(ids), "me": owner, "of_number": number}
    return {row.id for row in db.run(SENT, fence | {"now": now})}


def settle(
    db: Session,
    owner: str,
    number: int,
    id: int,
    values: Mapping[str, Any],
    *,
    keep_said: bool = False,
) -> bool:
    """Write down what else became of a claim. `values`: every column of `SETTLED`. Whether it
    was still ours. With `keep_said` it will be said again as it was."""
    new = {f"new_{name}": values[name] for name in SETTLED}
    fence = {"ids": [id], "me": owner, "of_number": number}
    statement = SETTLE_AND_KEEP if keep_said else SETTLE
    return db.run(statement, fence | new).first() is not None


def wipe(db: Session, id: int) -> None:
    """Nothing of it is left but that it was."""
    db.run(WIPE, {"of_id": id})


def keep_said(db: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """What a call says, for as long as nobody knows whether it arrived: of_id, new_call,
    new_said."""
    if rows:
        db.run(KEEP_SAID, rows)


def in_hand(db: Session, members: Collection[str]) -> Sequence[Row[Any]]:
    """What is claimed for these people and not on record yet: id, to, owner, lease. What is urgent
    is left out."""
    return db.run(IN_HAND, {"members": list(members)}).all()


def lost(db: Session, lane: str, now: datetime, room: int = 500) -> list[Claimed]:
    """Letters whose lease has run out, each with `begun`: whether its call had begun."""
    return list(db.run(LOST, {"of_lane": lane, "now": now, "room": room}))


def unrouted(db: Session, now: datetime, room: int = 500) -> list[Claimed]:
    """What is due, and not yet in a lane."""
    found: list[Claimed] = []
    for rank in Rank:
        if len(found) < room:
            values = {"of_lane": "", "of_rank": rank, "now": now, "room": room - len(found)}
            found += db.run(UNROUTED, values)
    return found


def route(db: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Each row has of_id, and new_ with each column of `ROUTED`."""
    if rows:
        db.run(ROUTE, rows)


def unroute(db: Session, lanes: Collection[str]) -> None:
    """What waits for a platform that is not connected any more looks for another way."""
    db.run(UNROUTE, {"lanes": ["", *lanes]})


def waits(db: Session, lane: str, now: datetime) -> bool:
    """Whether there is anything to claim, or to take over."""
    return db.run(WAITS, {"of_lane": lane, "now": now}).first() is not None
