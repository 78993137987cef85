"""What a screen in the room shows: the codes of this minute, and how many have come."""

from dataclasses import dataclass
from datetime import datetime

from bot.permissions import Action
from handlers.checkin.actions.allowing import entrusted
from handlers.checkin.rules.checking_in import SLOT, rotating_code
from storage import activities, attendance
from storage.activities import Held
from storage.attendance import State
from storage.database import Session
from storage.members import Speaker

AHEAD = 3
"""Codes that a screen is given before their time, so that it outlives a minute without network.
They count only in their own twenty seconds, and whoever may have them may call the roll."""


@dataclass(frozen=True)
class Slot:
    code: str
    begins: int
    ends: int
    """Seconds since 1970; both 0 for a code that does not turn."""


@dataclass(frozen=True)
class Screen:
    held: Held
    slots: tuple[Slot, ...]


@dataclass(frozen=True)
class Numbers:
    came: int
    expected: int
    on_leave: int


def screen(db: Session, actor: Speaker, now: datetime, activity_id: int) -> Screen:
    held = entrusted(db, actor, Action.RUN_CHECK_IN, activity_id, now)
    if held.secret:
        return Screen(held, tuple(slots(held.secret, now)))
    return Screen(held, (Slot(held.code, 0, 0),))


def slots(secret: str, now: datetime) -> list[Slot]:
    first = int(now.timestamp()) // SLOT * SLOT
    found = []
    for begins in range(first, first + (AHEAD + 1) * SLOT, SLOT):
        moment = datetime.fromtimestamp(begins, now.tzinfo)
        found.append(Slot(rotating_code(secret, moment), begins, begins + SLOT))
    return found


def watched(db: Session, actor: Speaker, now: datetime, activity_id: int) -> Held:
    """`Refusal` where `actor` may not see who comes."""
    return entrusted(db, actor, Action.SEE_ATTENDANCE, activity_id, now)


def numbers(db: Session, activity_id: int) -> Numbers | None:
    """No names. None: there is no such activity any more."""
    held = activities.held(db, activity_id)
    if held is None:
        return None
    tally = attendance.tally(db, held)
    on_leave = attendance.counts(db, held.id).get(State.ON_LEAVE, 0)
    return Numbers(tally.came, tally.expected, on_leave)
