"""Opening and closing the check-in by hand, and the code that is shown."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.messages import Refusal
from bot.permissions import Action
from handlers.checkin.actions.allowing import entrusted
from handlers.checkin.rules.checking_in import SLOT, rotating_code
from handlers.checkin.text import opening as text
from storage import activities, audit
from storage.activities import Held, Manner
from storage.database import Session
from storage.members import Speaker

REOPENED = timedelta(minutes=30)
"""What was closed stays open this long when it is opened again."""


@dataclass(frozen=True)
class Opened:
    title: str
    manner: Manner
    code: str
    closes: datetime


@dataclass(frozen=True)
class Shown:
    """What is to be shown in the room now."""

    activity_id: int
    title: str
    code: str
    seconds: int
    """How long it is shown; 0 for a code that does not turn."""


def to_open(db: Session, actor: Speaker, now: datetime, activity_id: int) -> Held:
    """`Refusal` on any other day than its own."""
    held = entrusted(db, actor, Action.RUN_CHECK_IN, activity_id, now)
    if now.date() > held.ends.date():
        raise Refusal(text.long_over(held.title))
    if now.date() < held.opens.date():
        raise Refusal(text.not_today(held.title, held.starts))
    return held


def open_check_in(
    db: Session, actor: Speaker, now: datetime, activity_id: int, manner: Manner
) -> Opened:
    held = to_open(db, actor, now, activity_id)
    code = _free_code(db, now) if manner is Manner.CODE else ""
    secret = (held.secret or secrets.token_hex(16)) if manner is Manner.ROTATING else ""
    closes = held.closes if now <= held.closes else now + REOPENED
    activities.amend(
        db,
        held.id,
        manner=manner,
        code=code,
        secret=secret,
        opens=min(held.opens, now),
        closes=closes,
    )
    audit.note(db, actor.id, "open_check_in", f"activity:{held.id}", now, manner)
    return Opened(held.title, manner, code or (secret and rotating_code(secret, now)), closes)


def close_check_in(db: Session, actor: Speaker, now: datetime, activity_id: int) -> Held:
    held = entrusted(db, actor, Action.RUN_CHECK_IN, activity_id, now)
    if now < held.opens:
        raise Refusal(text.not_open_yet(held.title, held.opens))
    if now > held.closes:
        raise Refusal(text.closed_already(held.title, held.closes))
    activities.amend(db, held.id, closes=now)
    audit.note(db, actor.id, "close_check_in", f"activity:{held.id}", now)
    return held


def shown_code(db: Session, actor: Speaker, now: datetime, activity_id: int) -> Shown:
    held = entrusted(db, actor, Action.RUN_CHECK_IN, activity_id, now)
    if held.secret:
        left = SLOT - int(now.timestamp()) % SLOT
        return Shown(held.id, held.title, rotating_code(held.secret, now), left)
    if held.code:
        return Shown(held.id, held.title, held.code, 0)
    raise Refusal(text.no_code(held.title))


def _free_code(db: Session, now: datetime) -> str:
    """Four digits that no other activity of these hours asks for."""
    taken = {each.code for each in activities.around(db, now.date())}
    while (code := f"{secrets.randbelow(9000) + 1000}") in taken:
        pass
    return code
