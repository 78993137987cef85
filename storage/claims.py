"""Which process sends which letter: claims, and what became of them.

A claim is one conditional UPDATE and says who has it, until when, and the how-many-eth it is.
Only its owner settles it, and only as long as nobody else has claimed the letter since.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Row,
    Select,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate

from bot.clock import HOME
from storage.afterthoughts import heeded
from storage.attempts import Attempt
from storage.database import Moment, Session, among, table
from storage.members import Member
from storage.outbox import Letter, Rank, State


def new_owner() -> str:
    """Another one for each start of a process: a host name and a number may come again."""
    return uuid4().hex


def moment(db: Session) -> datetime:
    """The database's clock: leases, and what is due, must not depend on whose clock is wrong."""
    said = db.run(MOMENT_ON[db.get_bind().dialect.name]).scalar_one()
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
            values |= {"of_rank": rank, "room": room - len(taken)}
            taken += db.run(CLAIM, values)
    return sorted(taken, key=lambda each: (each.rank, each.not_before, each.id))


def claim_with(
    db: Session, lane: str, owner: str, members: Collection[str], now: datetime, lease: datetime
) -> list[Claimed]:
    """What else waits for these members in this lane, to go out in the same message."""
    values = {
        "of_lane": lane,
        "me": owner,
        "now": now,
        "lease_until": lease,
        "members": list(members),
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
    """What a call says, for as long as nobody knows whether it arrived: of_id, call, said."""
    if rows:
        db.run(KEEP_SAID, rows)


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


def waits(db: Session, lane: str, now: datetime) -> bool:
    """Whether there is anything to claim, or to take over."""
    return db.run(WAITS, {"of_lane": lane, "now": now}).first() is not None


letter, attempt, member = table(Letter).c, table(Attempt).c, table(Member).c
MOMENT_ON: dict[str, Select[Any]] = {
    "sqlite": select(literal_column("strftime('%Y-%m-%dT%H:%M:%f', 'now')")),
    "postgresql": select(literal_column("clock_timestamp()")),
}
_now, _until = bindparam("now", type_=Moment), bindparam("lease_until", type_=Moment)
_lane: BindParameter[str] = bindparam("of_lane")
_me: BindParameter[str] = bindparam("me")
_room: BindParameter[int] = bindparam("room")
_columns = tuple(letter)
_due = and_(
    letter.state == State.WAITING,
    letter.lane == _lane,
    letter.rank == bindparam("of_rank"),
    letter.not_before <= _now,
)


def _in_turn() -> ColumnElement[bool]:
    """No earlier letter of the same flow is still open, but for those of this very claim."""
    earlier = table(Letter).alias("earlier")
    before = exists().where(
        earlier.c.to == letter.to,
        earlier.c.state.in_([State.WAITING, State.SENDING]),
        earlier.c.id < letter.id,
        earlier.c.flow == letter.flow,
        or_(earlier.c.owner != _me, earlier.c.lease.is_(None), earlier.c.lease != _until),
    )
    return or_(letter.flow == "", ~before)


_still_waiting = func.coalesce(letter.state, "") == State.WAITING
"""Asked of the rows that were found: so that no index on the state tempts SQLite to go through
all that waits instead."""


def _taking(due: Select[Any]) -> ReturningUpdate[Any]:
    """One statement that finds and takes them: between the two nobody else can."""
    found = due.with_for_update(skip_locked=True, of=table(Letter)).cte("found")
    return (
        update(table(Letter))
        .where(letter.id.in_(select(found.c.id)), _still_waiting)
        .values(state=State.SENDING, owner=_me, lease=_until, attempt=letter.attempt + 1)
        .returning(*_columns)
    )


CLAIM = _taking(
    select(letter.id).where(_due, _in_turn()).order_by(letter.not_before, letter.id).limit(_room)
)
CLAIM_WITH = _taking(
    select(letter.id).where(
        among(letter.to, "members"),
        letter.state == State.WAITING,
        # found by whom they are for, not by what waits in the lane
        func.coalesce(letter.lane, "") == _lane,
        func.coalesce(letter.not_before, _now) <= _now,
        letter.rank != Rank.URGENT,
        _in_turn(),
    )
)
FENCE = and_(
    among(letter.id, "ids"),
    letter.state == State.SENDING,
    letter.owner == _me,
    letter.attempt == bindparam("of_number"),
)
"""Only who has claimed it, and not since lost it to another, may say what became of it."""
_erased = and_(member.id == letter.to, member.erased_at.is_not(None))
SET_OFF = (
    update(table(Letter))
    .where(FENCE, letter.lease > _now, ~exists().where(_erased))
    .values(lease=_until)
    .returning(letter.id)
)
SETTLED = (
    "state",
    "reason",
    "lane",
    "user",
    "not_before",
    "doubts",
    "tries",
    "attempt",
    "settled_at",
)


def settling(fence: ColumnElement[bool], **new: Any) -> ReturningUpdate[Any]:
    """With another fence, or none, it would be another program: see the checker's mutants."""
    done = update(table(Letter)).where(fence).values(**new, owner="", lease=None)
    return done.returning(letter.id)


_settled = heeded({name: bindparam(f"new_{name}", type_=letter[name].type) for name in SETTLED})
SETTLE = settling(FENCE, **_settled, call="", said="")
SETTLE_AND_KEEP = settling(FENCE, **_settled)
SENT = settling(FENCE, state=State.SENT, reason="", call="", said="", settled_at=_now)
WIPE = (
    update(table(Letter))
    .where(letter.id == bindparam("of_id"))
    .values(body='{"text":""}', said="", user="")
)
KEEP_SAID = (
    update(table(Letter))
    .where(letter.id == bindparam("of_id"))
    .values(call=bindparam("new_call"), said=bindparam("new_said"))
)
LOST = (
    select(*_columns, attempt.started.label("begun"))
    .outerjoin_from(
        table(Letter),
        table(Attempt),
        and_(attempt.letter_id == letter.id, attempt.number == letter.attempt),
    )
    .where(letter.state == State.SENDING, letter.lane == _lane, letter.lease < _now)
    .limit(_room)
    .with_for_update(skip_locked=True, of=table(Letter))
)
UNROUTED = (
    select(*_columns)
    .where(_due)
    .order_by(letter.not_before, letter.id)
    .limit(_room)
    .with_for_update(skip_locked=True)
)
ROUTED = ("state", "reason", "lane", "user", "settled_at")
ROUTE = (
    update(table(Letter))
    .where(letter.id == bindparam("of_id"), letter.state == State.WAITING)
    .values(**{name: bindparam(f"new_{name}", type_=letter[name].type) for name in ROUTED})
)
WAITS: CompoundSelect[Any] = union_all(
    *(
        select(literal_column("1")).where(
            exists().where(
                letter.state == State.WAITING,
                letter.lane == _lane,
                letter.rank == literal_column(str(int(rank))),
                letter.not_before <= _now,
            )
        )
        for rank in Rank
    ),
    select(literal_column("1")).where(
        exists().where(letter.state == State.SENDING, letter.lane == _lane, letter.lease < _now)
    ),
)
