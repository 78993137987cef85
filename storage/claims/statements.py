"""The statements of claims. Made once; each does one thing in the database."""

from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
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

from storage.afterthoughts import heeded
from storage.attempts import Attempt
from storage.database import Moment, among, table
from storage.members import Member
from storage.outbox import Letter, Rank, State

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
        ~among(earlier.c.id, "ours"),
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
_on_record = and_(attempt.letter_id == letter.id, attempt.number == letter.attempt)
IN_HAND = select(letter.id, letter.to, letter.owner, letter.lease).where(
    among(letter.to, "members"),
    letter.state == State.SENDING,
    letter.rank != Rank.URGENT,
    ~exists().where(_on_record),
)
LOST = (
    select(*_columns, attempt.started.label("begun"))
    .outerjoin_from(table(Letter), table(Attempt), _on_record)
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
UNROUTE = (
    update(table(Letter))
    .where(
        letter.state == State.WAITING,
        ~among(letter.lane, "lanes"),
        letter.pinned.is_(False),
    )
    .values(lane="", user="")
)
