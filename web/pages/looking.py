"""Whom no message reaches; what is going to be said and what became of it; who did what."""

from handlers.console.actions import looking
from handlers.duties.actions import ahead as foreseeing
from handlers.notices.actions import reaching
from web.pages.lists import part
from web.visit import LAST, Shown, Visit, number

EACH = 50
NAMED = 60
DAYS = 14


def reach(visit: Visit) -> Shown:
    found = reaching.out_of_reach(visit.db, visit.who, visit.now)
    groups = [(why, len(names), names[:NAMED]) for why, names in found.names.items()]
    return Shown("reach.html", {"groups": groups, "of": found.of, "count": found.count})


def planned(visit: Visit) -> Shown:
    """What the rules will say of itself in two weeks, if nothing is done about it until then."""
    found = foreseeing.ahead(visit.db, visit.who, visit.now, DAYS)
    lines = foreseeing.in_words(found, visit.who.id)
    return Shown("planned.html", {"lines": part(lines, visit.page, EACH), "days": DAYS})


def letters(visit: Visit) -> Shown:
    if visit.query.get("show") == "planned":
        return planned(visit)
    ahead = visit.query.get("show") != "past"
    skip = (visit.page - 1) * EACH
    lines, more = looking.letters(visit.db, visit.who, visit.now, ahead=ahead, skip=skip, most=EACH)
    values = {"lines": lines, "ahead": ahead, "more": more, "page": visit.page}
    return Shown("letters.html", values)


def audit(visit: Visit) -> Shown:
    said = visit.query.get("before", "")
    before = number(said) if said else LAST
    rows, names, more = looking.audited(visit.db, visit.who, visit.now, before=before, most=EACH)
    tree = visit.tree
    orgs = {id: tree.name(id) for _, _, id in (row.object.partition(":") for row in rows)}
    known = {id: name for id, name in orgs.items() if id in tree.nodes}
    return Shown("audit.html", {"rows": rows, "names": {**known, **names}, "more": more})
