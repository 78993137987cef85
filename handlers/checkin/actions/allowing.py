"""What somebody may lay hands on. What is not theirs is not there, as far as they can tell."""

from datetime import datetime

from bot.messages import Refusal
from bot.permissions import Action, may
from handlers.checkin.text import common as text
from storage import activities
from storage.activities import Held, Status
from storage.database import Session
from storage.members import Speaker


def entrusted(db: Session, actor: Speaker, action: Action, activity_id: int, now: datetime) -> Held:
    """The activity, where `actor` may do `action` to it; else `Refusal`."""
    held = activities.held(db, activity_id)
    if held is None or held.status == Status.CANCELLED:
        raise Refusal(text.NOT_FOUND)
    if not may(db, actor, action, held.org_id, now):
        raise Refusal(text.NOT_FOUND)
    return held
