"""What is on, for somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.clock import midnight
from bot.messages import Refusal
from bot.permissions import Action, may
from bot.understanding.occasions import Occasion
from handlers.activities.rules import listing as rules
from handlers.activities.rules.listing import Period
from handlers.activities.text import listing as text
from storage import activities, attendance, organisation, participation
from storage.activities import Audience, Held, Status
from storage.database import Session
from storage.members import Speaker

DAY = timedelta(days=1)
AHEAD = timedelta(days=60)
BEHIND = timedelta(days=7)


@dataclass(frozen=True)
class Listed:
    period: Period
    meetings: Sequence[Held]
    signed_up: frozenset[int]
    next: Held | None
    """What comes after an empty period."""


@dataclass(frozen=True)
class Detail:
    held: Held
    organiser: str
    """The name of the organisation that holds it."""
    state: str
    """What is on record of whoever asks; empty for nothing."""
    signed_up: bool
    expected: int


def listed(
    db: Session, member: Speaker, now: datetime, said: Occasion, week: bool = False
) -> Listed:
    """What concerns `member` in the period that is meant."""
    today = now.date()
    period = rules.this_week(today) if week else rules.period(said, today)
    found = said.among(_between(db, member, period.first, period.last))
    if period.name == "soon":
        found = [each for each in found if now <= each.ends]
    later = _between(db, member, period.last + DAY, today + AHEAD) if not found else []
    own = frozenset(participation.signed_up_by(db, member.id))
    named = Occasion(words=said.words).among(later)
    return Listed(period, found, own, next(iter(named), None))


def meant(db: Session, member: Speaker, now: datetime, said: Occasion) -> list[Held]:
    """The activities that somebody may be asking about, those to come first."""
    today = now.date()
    first = min(said.first or today - BEHIND, today - BEHIND)
    found = said.among(_between(db, member, first, today + AHEAD))
    if said.first:
        return found
    return [e for e in found if now <= e.ends] or found[-1:]


def detail(db: Session, member: Speaker, now: datetime, activity_id: int) -> Detail:
    """`Refusal` where it is not for `member` to see."""
    held = activities.held(db, activity_id)
    if held is None or held.status == Status.CANCELLED or not _may_see(db, member, held, now):
        raise Refusal(text.NOT_FOUND)
    standing = attendance.standing(db, held.id, member.id)
    return Detail(
        held,
        organisation.tree(db, held.starts.date()).name(held.org_id),
        standing.state if standing else "",
        held.id in participation.signed_up_by(db, member.id),
        attendance.tally(db, held).expected,
    )


def _may_see(db: Session, member: Speaker, held: Held, now: datetime) -> bool:
    if may(db, member, Action.SEE_ATTENDANCE, held.org_id, now):
        return True
    return activities.concerns(held, member) and (
        held.audience == Audience.OFFICERS
        or may(db, member, Action.SEE_ACTIVITIES, held.org_id, now)
    )


def _between(db: Session, member: Speaker, first: date, last: date) -> list[Held]:
    return activities.of_member(db, member, midnight(first), midnight(last + DAY))
