"""Messages that are on phones already, to be taken back or given other words there."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, exists, select

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
    be; `but`: those that say just this stay, and what went out together with something else."""
    found: list[Any] = []
    of_them = {"of_cause": cause, "of_kind": kind, "by": by, "but": but}
    for lane, at in since.items():
        values = {**of_them, "of_lane": lane, "since": at}
        found += db.run(SHOWN, values | {"at_most": at_most - len(found)})
    return found


def by_another(db: Session, letter: Claimed) -> bool:
    """Whether the message that this letter was to take back has been, for another reader: there
    are platforms that do it for all of them at once."""
    values = {"of_cause": letter.cause, "receipt": letter.unsays, "of_lane": letter.lane}
    return bool(letter.unsays) and db.run(TAKEN_BACK, values).first() is not None


letter, attempt = table(Letter).c, table(Attempt).c
_other = table(Attempt).alias("other")
_unsaying = table(Letter).alias("unsaying")
_lane = letter.lane == bindparam("of_lane")
SHOWN = (
    select(letter.id, letter.to, letter.lane, letter.user, attempt.receipt)
    .join_from(
        table(Letter),
        table(Attempt),
        and_(attempt.letter_id == letter.id, attempt.number == letter.attempt),
    )
    .where(
        letter.cause == bindparam("of_cause"),
        letter.kind == bindparam("of_kind"),
        letter.state == State.SENT,
        letter.body != bindparam("but"),
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
TAKEN_BACK = select(letter.id).where(
    letter.cause == bindparam("of_cause"),
    letter.unsays == bindparam("receipt"),
    letter.state == State.SENT,
    _lane,
)
