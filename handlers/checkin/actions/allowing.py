"""What somebody may lay hands on. What is not theirs is not there, as far as they can tell."""

from datetime import datetime

from bot.messages import Refusal
from bot.permissions import Action, authorize
from handlers.checkin.text import common as text
from storage import activities, organisation
from storage.activities import Held, Status
from storage.database import Session
from storage.members import Speaker


def entrusted(db: Session, actor: Speaker, action: Action, activity_id: int, now: datetime) -> Held:
    """The activity, where `actor` may do `action` to it; else `Refusal`."""
    held = activities.held(db, activity_id)
    if held is None or held.status == Status.CANCELLED or not may(db, actor, action, held, now):
        raise Refusal(text.NOT_FOUND)
    return held


def may(db: Session, actor: Speaker, action: Action, held: Held, now: datetime) -> bool:
    tree = organisation.tree(db, now.date())
    return authorize(actor, action, tree.line(held.org_id))
