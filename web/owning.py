"""Whose a thing is that a path names by its number. What is not theirs is not there."""

from collections.abc import Callable

from bot.messages import Refusal
from bot.permissions import Action, may
from handlers.notices.actions import releasing
from handlers.reports.actions import allowing
from handlers.tasks.actions import listing, stepping
from storage import activities, drafts, duties, requests
from storage.activities import Status
from web.visit import About, Missing, Visit


def check(visit: Visit, about: About, action: Action) -> None:
    """`Missing` where there is no such thing, or `action` does not reach it."""
    if about and not theirs(visit, about, action):
        raise Missing


def theirs(visit: Visit, about: About, action: Action) -> bool:
    db, who, now = visit.db, visit.who, visit.now
    match about:
        case "activity":
            held = activities.held(db, visit.id)
            there = held is not None and held.status != Status.CANCELLED
            return there and held is not None and may(db, who, action, held.org_id, now)
        case "request":
            asked = requests.asked(db, visit.id)
            return asked is not None and may(db, who, action, asked.org_id, now)
        case "duty":
            row = duties.one(db, visit.id)
            return row is not None and may(db, who, action, row.org_id, now)
        case "draft":
            return drafts.of(db, visit.id, who.id) is not None
        case "task":
            return is_theirs(lambda: stepping.seen(db, who, now, visit.id))
        case "item":
            return listing.of_item(db, who, now, visit.id) is not None
        case "notice":
            return is_theirs(lambda: releasing.ordered(db, who, now, visit.id))
        case "circular":
            return is_theirs(lambda: allowing.entrusted(db, who, visit.id, now))
        case "organisation":
            org = visit.place["org"]
            return org in visit.tree.nodes and may(db, who, action, org, now)
        case "":
            return True


def is_theirs(look: Callable[[], object]) -> bool:
    """Whether the action itself would let them."""
    try:
        look()
    except Refusal:
        return False
    return True
