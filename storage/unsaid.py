"""Messages that are on phones already, to be taken back or given other words there."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, exists, func, or_, select

from storage.attempts import Attempt
from storage.claims import Claimed
from storage.database import Moment, Session, table
from storage.outbox import Letter, State


def shown(
    db: Session,
    cause: str,
    kind: str,
    by: str,
    since: Mapping[str, datetime],
    at_most: int,
    *,
    but: str = "",
) -> Sequence[Any]:
    """Letters of this cause and kind that platforms can still take back, for which nothing was
    written for the cause `by` yet: id, to, lane, user, receipt. `since`: lane to how old they may
    be; `but`: what can only say this on the phone stays, and what went out together with something
    else."""
    found: list[Any] = []
    of_them = {"of_cause": cause, "of_kind": kind, "by": by, "but": but}
    for lane, at in since.items():
        values = {**of_them, "of_lane": lane, "since": at}
        found += db.run(SHOWN, values | {"at_most": at_most - len(found)})
    return found


def otherwise(db: Session, cause: str, kind: str, by: str, but: str) -> int:
    """How many people have, or may have, other words of this cause and kind than `but` on their
    phones, and had them not put right by what was written for the cause `by`."""
    values = {"of_cause": cause, "of_kind": kind, "by": by, "but": but}
    return int(db.run(OTHERWISE, values).scalar_one())


def by_another(db: Session, letter: Claimed) -> bool:
    """Whether the message that this letter was to take back has been, for another reader: there
    are platforms that do it for all of them at once."""
    values = {"of_cause": letter.cause, "receipt": letter.unsays, "of_lane": letter.lane}
    return bool(letter.unsays) and db.run(TAKEN_BACK, values).first() is not None


letter, attempt = table(Letter).c, table(Attempt).c
_other = table(Attempt).alias("other")
_unsaying = table(Letter).alias("unsaying")
_before = table(Letter).alias("before")
_lane = letter.lane == bindparam("of_lane")
_this_call = and_(attempt.letter_id == letter.id, attempt.number == letter.attempt)
_of_notice = and_(letter.cause == bindparam("of_cause"), letter.kind == bindparam("of_kind"))
_may_be_done = or_(
    _before.c.state.in_([State.SENT, State.SENDING, State.UNCERTAIN]), _before.c.doubts > 0
)
_may_say_other = or_(
    letter.body != bindparam("but"),
    exists().where(
        _before.c.to == letter.to,
        _before.c.unsays == attempt.receipt,
        attempt.receipt != "",
        _may_be_done,
    ),
)
"""What it said when it left counts as long as no change of it can have reached the phone."""
SHOWN = (
    select(letter.id, letter.to, letter.lane, letter.user, attempt.receipt)
    .join_from(table(Letter), table(Attempt), _this_call)
    .where(
        _of_notice,
        letter.state == State.SENT,
        _may_say_other,
        _lane,
        attempt.receipt != "",
        attempt.started > bindparam("since", type_=Moment),
        ~exists().where(
            _other.c.to == letter.to,
            _other.c.call == attempt.call,
            _other.c.letter_id != letter.id,
        ),
        ~exists().where(
            _unsaying.c.to == letter.to,
            _unsaying.c.cause == bindparam("by"),
            _unsaying.c.unsays == attempt.receipt,
        ),
    )
    .order_by(attempt.receipt, letter.id)
    .limit(bindparam("at_most"))
)
OTHERWISE = (
    select(func.count())
    .select_from(table(Letter))
    .outerjoin(table(Attempt), _this_call)
    .where(
        _of_notice,
        or_(
            letter.state.in_([State.SENT, State.SENDING, State.UNCERTAIN]),
            and_(letter.state.in_([State.WAITING, State.HELD]), letter.doubts > 0),
        ),
        _may_say_other,
        ~exists().where(
            _unsaying.c.to == letter.to,
            _unsaying.c.cause == bindparam("by"),
            _unsaying.c.state == State.SENT,
        ),
    )
)
TAKEN_BACK = select(letter.id).where(
    letter.cause == bindparam("of_cause"),
    letter.unsays == bindparam("receipt"),
    letter.state == State.SENT,
    _lane,
)
