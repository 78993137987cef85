"""What comes next for a member, today."""

from datetime import datetime

from storage import activities
from storage.activities import Audience, Held
from storage.database import Session
from storage.members import Speaker


def next_for(db: Session, speaker: Speaker, now: datetime) -> Held | None:
    """The first activity of today that is not over and that `speaker` is expected at, for all
    of whose audience one needs no list: none that one signs up for."""
    for each in activities.around(db, now.date()):
        today = each.starts.date() == now.date() and now < each.ends
        if today and each.audience == Audience.ALL and each.org_id in speaker.line:
            return each
    return None
