"""What a member's own record says."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.clock import midnight
from bot.messages import Refusal
from bot.permissions import Action, authorize
from bot.understanding.occasions import Occasion
from handlers.checkin.rules.sums import Sums, add_up
from handlers.checkin.text import common as text
from storage import attendance, participation
from storage.activities import Held
from storage.database import Session
from storage.members import Speaker


@dataclass(frozen=True)
class Own:
    first: date
    last: date
    sums: Sums[int]
    missing: tuple[Held, ...]
    """Without a record, the latest first."""
    reported: int
    """Held, but only head-counts were handed in: nobody knows who was there."""


def today(
    db: Session, member: Speaker, now: datetime
) -> tuple[str, datetime, str, datetime] | None:
    """Of the activity of today whose check-in is open or was last: its title, when check-in opens,
    and what is on record, with its time. None where nothing has been open today."""
    start = midnight(now.date())
    all_day = participation.of_member(db, member.id, start, start + timedelta(days=1))
    begun = [each for each in all_day if each.opens <= now]
    if not begun:
        return None
    held = begun[-1]
    standing = attendance.standing(db, held.id, member.id)
    return (
        held.title,
        held.closes,
        standing.state if standing else "",
        standing.at if standing else now,
    )


def own(db: Session, member: Speaker, now: datetime, said: Occasion) -> Own:
    """What lies behind us of the period that is meant, by default of this year."""
    if not authorize(member, Action.SEE_OWN_ATTENDANCE):
        raise Refusal(text.NOT_FOUND)
    first = said.first or date(now.year, 1, 1)
    last = min(said.last or now.date(), now.date())
    start, end = midnight(first), midnight(last + timedelta(days=1))
    states = participation.records_of(db, member.id, start, end)
    named = Occasion(words=said.words)
    behind = [
        each
        for each in named.among(participation.of_member(db, member.id, start, end))
        if each.ends <= now or each.id in states
    ]
    counted = {e.id: e for e in behind if e.reported_present is None or e.id in states}
    spared = counted.keys() if member.id in attendance.exempt(db) else frozenset[int]()
    if said.words:
        states = {each: state for each, state in states.items() if each in counted}
    sums = add_up(frozenset(counted), states, frozenset(spared))
    missing = sorted((counted[each] for each in sums.missing), key=lambda e: e.starts)
    return Own(first, last, sums, tuple(reversed(missing)), len(behind) - len(counted))
