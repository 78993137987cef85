"""Moving an activity to another time, and calling it off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.messages import Refusal
from bot.permissions import Action, may, reach
from bot.understanding.occasions import Occasion
from handlers.activities.rules import changing as rules
from handlers.activities.rules.changing import Objection
from handlers.activities.text import arranging as text
from storage import activities, attendance, audit, organisation, requests
from storage.activities import Held, Status
from storage.attendance import CAME, State
from storage.database import Session
from storage.members import Speaker

AHEAD = timedelta(days=90)


@dataclass(frozen=True)
class Objected:
    held: Held
    why: Objection


@dataclass(frozen=True)
class Ready:
    """It can be done; nothing has been yet."""

    held: Held
    to: datetime | None


@dataclass(frozen=True)
class Done:
    held: Held
    """As it is now."""
    on_leave: int


def changeable(db: Session, actor: Speaker, now: datetime, said: Occasion) -> Sequence[Held]:
    """What `actor` arranges and has not ended; first of all what is held where they have a post."""
    tree = organisation.tree(db, now.date())
    orgs = reach(actor, Action.ARRANGE_ACTIVITY, tree)
    start = now - timedelta(days=1)
    found = [e for e in activities.between(db, orgs, start, now + AHEAD) if now <= e.ends]
    found = said.among(found)
    own = {post.org_id for post in actor.posts}
    return [each for each in found if each.org_id in own] or found


def check(
    db: Session, actor: Speaker, now: datetime, activity_id: int, to: datetime | None
) -> Ready | Objected:
    """Whether it can be moved `to` another time, or (None) be called off."""
    held = _entrusted(db, actor, now, activity_id)
    counted = attendance.counts(db, held.id)
    came = sum(counted.get(state, 0) for state in CAME)
    why = rules.objection(held.ends, now, came=came, starts=held.starts, to=to)
    return Objected(held, why) if why else Ready(held, to)


def move(
    db: Session, actor: Speaker, now: datetime, activity_id: int, to: datetime
) -> Done | Objected:
    """With it moves when one may check in."""
    checked = check(db, actor, now, activity_id, to)
    if isinstance(checked, Objected):
        return checked
    held, by = checked.held, to - checked.held.starts
    activities.amend(db, held.id, starts=to, opens=held.opens + by, closes=held.ends + by)
    audit.note(db, actor.id, "move_activity", f"activity:{held.id}", now)
    moved = activities.held(db, held.id) or held
    return Done(moved, attendance.counts(db, held.id).get(State.ON_LEAVE, 0))


def cancel(db: Session, actor: Speaker, now: datetime, activity_id: int) -> Done | Objected:
    checked = check(db, actor, now, activity_id, None)
    if isinstance(checked, Objected):
        return checked
    held = checked.held
    activities.amend(db, held.id, status=Status.CANCELLED)
    requests.settle_all(db, held.id, by=actor.id, at=now)
    audit.note(db, actor.id, "cancel_activity", f"activity:{held.id}", now)
    return Done(held, 0)


def _entrusted(db: Session, actor: Speaker, now: datetime, activity_id: int) -> Held:
    held = activities.held(db, activity_id)
    if held is None or held.status == Status.CANCELLED:
        raise Refusal(text.NOTHING_AHEAD)
    if not may(db, actor, Action.ARRANGE_ACTIVITY, held.org_id, now):
        raise Refusal(text.NOTHING_AHEAD)
    return held
