"""What privacy does: called from chat, and from the secretary's console."""

from datetime import datetime

from handlers.privacy.rules import Data
from storage import audit, personal, tombstones
from storage.database import Session
from storage.members import Speaker


def mine(db: Session, member: Speaker) -> Data:
    """Everything that is kept about `member`: table → rows."""
    return personal.collect(db, member.id)


def erase(db: Session, member: Speaker, now: datetime) -> None:
    """Deletes what is not the organisation's own record; nothing brings it back, not even a
    restored backup."""
    tombstones.bury(db, member.id, now)
    audit.note(db, member.id, "erase", f"member:{member.id}", now)
