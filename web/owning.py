"""Whose a thing is that a path names by its number. What is not theirs is not there."""

from bot.messages import Refusal
from bot.permissions import Action, authorize
from handlers.notices.actions import releasing
from handlers.reports.actions import allowing
from handlers.tasks.actions import listing, stepping
from storage import activities, drafts, duties, organisation, requests
from storage.activities import Status
from web.visit import About, Missing, Visit


def check(visit: Visit, about: About, may: Action) -> None:
    """`Missing` where there is no such thing, or `may` does not reach it."""
    if about and not theirs(visit, about, may):
        raise Missing


def theirs(visit: Visit, about: About, may: Action) -> bool:
    match about:
        case "activity":
            held = activities.held(visit.db, visit.id)
            there = held is not None and held.status != Status.CANCELLED
            return there and held is not None and reaches(visit, may, held.org_id)
        case "request":
            asked = requests.asked(visit.db, visit.id)
            return asked is not None and reaches(visit, may, asked.org_id)
        case "duty":
            row = duties.one(visit.db, visit.id)
            return row is not None and reaches(visit, may, row.org_id)
        case "draft":
            return drafts.of(visit.db, visit.id, visit.who.id) is not None
        case "task":
            return sees_task(visit)
        case "item":
            return listing.of_item(visit.db, visit.who, visit.now, visit.id) is not None
        case "notice":
            return orders(visit)
        case "circular":
            return vouches(visit)
        case "organisation":
            org = visit.place["org"]
            return org in visit.tree.nodes and reaches(visit, may, org)
        case "":
            return True


def orders(visit: Visit) -> bool:
    try:
        releasing.ordered(visit.db, visit.who, visit.now, visit.id)
    except Refusal:
        return False
    return True


def vouches(visit: Visit) -> bool:
    try:
        allowing.entrusted(visit.db, visit.who, visit.id, visit.now)
    except Refusal:
        return False
    return True


def sees_task(visit: Visit) -> bool:
    try:
        stepping.seen(visit.db, visit.who, visit.now, visit.id)
    except Refusal:
        return False
    return True


def reaches(visit: Visit, may: Action, org_id: str) -> bool:
    line = organisation.tree(visit.db, visit.now.date()).line(org_id)
    return authorize(visit.who, may, line)
