"""What has to be done over the year: a calendar, branches beside each other, and each one."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.permissions import Action, reach
from handlers.duties.actions import overview
from handlers.duties.actions.overview import Entry
from storage import duties
from web.pages.lists import Part, part, part_of
from web.visit import Missing, Shown, Visit

ROWS, EACH = 40, 50
SHOWN = 8
"""Entries of a month in the calendar; the rest are a tap away."""


@dataclass(frozen=True)
class Month:
    number: int
    entries: Sequence[Entry]
    more: int
    now: bool
    late: int
    """Duties, not lines; also of those lines that are not shown."""


def show(visit: Visit) -> Shown:
    """The year of a branch, or of all that one looks after."""
    year = year_of(visit)
    branches = overview.branches(visit.db, visit.who, visit.now)
    org = chosen(visit, [id for id, _ in branches])
    orgs = visit.tree.below(org) if org else reach(visit.who, Action.SEE_DUTIES, visit.tree)
    first, last = date(year, 1, 1), date(year, 12, 31)
    many = len(branches) > 1 and not org
    entries = overview.year(visit.db, visit.who, visit.now, orgs, first, last, by_month=many)
    values = {
        "year": year,
        "branches": branches,
        "chosen": org,
        "months": [month_of(visit, year, number, entries) for number in range(1, 13)],
        "planned": duties.started(visit.db) is not None,
        "some": bool(entries),
        "by_month": many,
    }
    return Shown("duties.html", values)


def month_of(visit: Visit, year: int, number: int, entries: Sequence[Entry]) -> Month:
    mine = [each for each in entries if each.due.month == number]
    worst = sorted(mine, key=lambda it: (it.look == "done", it.due))
    here = (visit.now.year, visit.now.month) == (year, number)
    late = sum(each.total - each.done for each in mine if each.look == "late")
    return Month(number, worst[:SHOWN], len(mine) - SHOWN, here, late)


def beside(visit: Visit) -> Shown:
    """Branches × duties of one month."""
    first, last = month(visit)
    branches = part(overview.branches(visit.db, visit.who, visit.now), visit.page, ROWS)
    values = {
        "first": first,
        "before": moved(first, -1),
        "after": moved(first, 1),
        "matrix": overview.matrix(visit.db, visit.who, visit.now, branches.items, first, last),
        "part": Part((), branches.page, branches.pages, branches.total),
    }
    return Shown("matrix.html", values)


def each(visit: Visit) -> Shown:
    """Duty by duty, of one month."""
    first, _ = month(visit)
    orgs = reach(visit.who, Action.SEE_DUTIES, visit.tree)
    org = chosen(visit, orgs)
    looked_at = visit.tree.below(org) if org else orgs
    rule = visit.query.get("rule", "")
    found = overview.items(
        visit.db, visit.who, visit.now, looked_at, month(visit), rule,
        skip=(visit.page - 1) * EACH, most=EACH,
    )  # fmt: skip
    values = {
        "first": first,
        "org": visit.tree.name(org) if org else "",
        "rule": found.rule,
        "part": part_of(found.items, found.total, visit.page, EACH),
        "done": found.done,
    }
    return Shown("duty_list.html", values)


def chosen(visit: Visit, orgs: Sequence[str]) -> str:
    org = visit.query.get("org", "")
    if org and org not in orgs:
        raise Missing
    return org or (orgs[0] if len(orgs) == 1 else "")


def year_of(visit: Visit) -> int:
    said = visit.query.get("year", str(visit.now.year))
    if not said.isascii() or not said.isdecimal() or not 2000 <= int(said[:5]) <= 2100:
        raise Missing
    return int(said)


def month(visit: Visit) -> tuple[date, date]:
    year, _, number = visit.query.get("month", f"{visit.now:%Y-%m}").partition("-")
    try:
        first = date(int(year), int(number), 1)
    except ValueError:
        raise Missing from None
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def moved(first: date, by: int) -> str:
    count = first.year * 12 + first.month - 1 + by
    return f"{count // 12}-{count % 12 + 1:02d}"
