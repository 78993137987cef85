"""Somebody does not want to be disturbed for a while, or wants to be written to elsewhere."""

from dataclasses import dataclass
from datetime import datetime

from handlers.notices.rules.quiet import Daily, Once
from storage import accounts, courtesy
from storage.courtesy import Courtesy
from storage.database import Session
from storage.members import Speaker


@dataclass(frozen=True)
class Wants:
    """What is in force."""

    begins: datetime | None
    ends: datetime | None
    daily: Daily | None


def keep_quiet(db: Session, member: Speaker, now: datetime, wanted: Once | Daily) -> Wants:
    """Instead of what was asked for before in the same way."""
    row = courtesy.of(db, member.id)
    match wanted:
        case Once(begins, ends):
            row.quiet_from, row.quiet_until = begins, ends
        case Daily(begins_at, ends_at):
            row.daily_from, row.daily_until = begins_at, ends_at
    courtesy.save(db, row)
    return in_force(row, now)


def lift(db: Session, member: Speaker, now: datetime) -> Wants:
    """What was in force before; none of it is any more."""
    row = courtesy.of(db, member.id)
    before = in_force(row, now)
    row.quiet_from = row.quiet_until = row.daily_from = row.daily_until = None
    courtesy.save(db, row)
    return before


def in_force(row: Courtesy, now: datetime) -> Wants:
    lasts = row.quiet_until is not None and row.quiet_until > now
    daily = None
    if row.daily_from is not None and row.daily_until is not None:
        daily = Daily(row.daily_from, row.daily_until)
    return Wants(row.quiet_from if lasts else None, row.quiet_until if lasts else None, daily)


def prefer(db: Session, member: Speaker, platform: str) -> bool:
    """False: they have no account there."""
    if platform not in {account.platform for account in accounts.of(db, member.id)}:
        return False
    row = courtesy.of(db, member.id)
    row.platform = platform
    courtesy.save(db, row)
    return True
