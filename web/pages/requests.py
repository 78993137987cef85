"""Leave and make-up that wait for a decision: yes with one tap, no with a reason."""

from handlers.checkin.actions import deciding
from handlers.checkin.rules.deciding import CameMeanwhile, Decided, DecidedBefore
from storage.requests import Asked
from web import text
from web.pages.lists import part
from web.visit import Done, Missing, Shown, Visit

EACH = 20
LONGEST = 100


def show(visit: Visit) -> Shown:
    """Who reads a reason is on record: only of those on this page."""
    kind = visit.query.get("kind", "")
    found = [
        each for each in deciding.waiting(visit.db, visit.who, visit.now) if kind in ("", each.kind)
    ]
    shown = part(found, visit.page, EACH)
    deciding.note_read(visit.db, visit.who, shown.items, visit.now)
    values = {"part": shown, "kind": kind if kind in text.KINDS else ""}
    return Shown("requests.html", values)


def of_activity(visit: Visit, activity_id: int) -> list[Asked]:
    """Those of one activity."""
    waiting = deciding.waiting(visit.db, visit.who, visit.now)
    mine = [each for each in waiting if each.activity_id == activity_id]
    deciding.note_read(visit.db, visit.who, mine, visit.now)
    return mine


def decide(visit: Visit) -> Done:
    how = visit.place["how"]
    if how not in ("yes", "no"):
        raise Missing
    approve, why = how == "yes", visit.form.get("why", "").strip().rstrip("。")[:LONGEST]
    match deciding.decide(visit.db, visit.who, visit.now, visit.id, approve=approve, why=why):
        case Decided(kind, approved, name, title, _, _):
            said = text.decided(kind, name, title, approved=approved, told=bool(why))
            return Done(said)
        case DecidedBefore(name, title, state, by):
            return Done(text.decided_before(name, title, state, by))
        case CameMeanwhile(name, title, at):
            return Done(text.came_meanwhile(name, title, at))
