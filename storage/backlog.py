"""How much waits to be sent, for those who keep the machine running."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select

from storage import lanes
from storage.database import Moment, Session, table
from storage.lanes import Standing
from storage.outbox import Letter, State


@dataclass(frozen=True)
class Backlog:
    waiting: int
    """Letters that are due, and could go."""
    oldest: timedelta
    """How long the first of them has waited."""
    sending: int
    paused: tuple[Standing, ...]
    """Lanes that may not be used just now."""


def look(db: Session, now: datetime) -> Backlog:
    row = db.run(DUE, {"now": now}).one()
    sending = db.run(SENDING).scalar_one()
    paused = tuple(each for each in lanes.all_lanes(db) if each.paused_until > now)
    oldest = now - row.oldest if row.oldest else timedelta(0)
    return Backlog(row.waiting, oldest, sending, paused)


def ended(db: Session, now: datetime) -> dict[State, int]:
    """What became of those of the last day."""
    rows = db.run(ENDED, {"since": now - timedelta(days=1)})
    return {State(state): count for state, count in rows}


letter = table(Letter).c
DUE = select(func.count().label("waiting"), func.min(letter.not_before).label("oldest")).where(
    letter.state == State.WAITING, letter.not_before <= bindparam("now", type_=Moment)
)
SENDING = select(func.count()).where(letter.state == State.SENDING)
ENDED = (
    select(letter.state, func.count())
    .where(letter.settled_at >= bindparam("since", type_=Moment))
    .group_by(letter.state)
)
