"""What is held in a month, and how many came; arranging something new in one line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.clock import midnight
from bot.permissions import Action, reach
from handlers.activities.actions import arranging
from handlers.activities.actions.arranging import Ask, Preview
from storage import activities, attendance
from storage.activities import Held
from storage.attendance import CAME, State
from web.pages.lists import Part, part
from web.text import TROUBLE
from web.text import activities as text
from web.visit import Done, Missing, Shown, Visit, number

EACH = 40
COUNTED = 60
"""As many activities at most are added up with how many were expected."""
QUESTIONS = ("what", "when", "where")


@dataclass(frozen=True)
class Entry:
    held: Held
    of: str
    came: int
    on_leave: int
    expected: int
    now: datetime

    @property
    def reported(self) -> bool:
        """Only numbers of heads, no records of persons."""
        return self.held.reported_present is not None and not self.came

    @property
    def state(self) -> str:
        if self.held.opens <= self.now <= self.held.closes:
            return "open"
        return "over" if self.now > self.held.closes else "ahead"


@dataclass(frozen=True)
class Month:
    first: date

    @property
    def end(self) -> date:
        return self.moved(1)

    def moved(self, by: int) -> date:
        count = self.first.year * 12 + self.first.month - 1 + by
        return date(count // 12, count % 12 + 1, 1)

    @property
    def before(self) -> str:
        return f"{self.moved(-1):%Y-%m}"

    @property
    def after(self) -> str:
        return f"{self.moved(1):%Y-%m}"


@dataclass(frozen=True)
class Totals:
    """Of what is over by now."""

    held: int
    recorded: int
    """With records of persons."""
    came: int
    on_leave: int
    expected: int | None
    """None where there are too many to add up on a page."""
    reported: int
    """Of these only numbers of heads are known: they are in no sum."""


def show(visit: Visit) -> Shown:
    month = month_of(visit)
    orgs = reach(visit.who, Action.SEE_ATTENDANCE, visit.tree)
    chosen = visit.query.get("org", "")
    if chosen and chosen not in orgs:
        raise Missing
    looked_at = [o for o in orgs if chosen in visit.tree.line(o)] if chosen else orgs
    start, end = midnight(month.first), midnight(month.end)
    found = activities.between(visit.db, looked_at, start, end)
    counted = attendance.counts_between(visit.db, looked_at, start, end)
    shown = part(in_order(found, visit.now), visit.page, EACH)
    values = {
        "month": month,
        "entries": [entry(visit, each, counted.get(each.id, {})) for each in shown.items],
        "part": Part((), shown.page, shown.pages, shown.total),
        "totals": totals(visit, found, counted),
        "orgs": [(org, visit.named(org)) for org in orgs] if len(orgs) > 1 else [],
        "chosen": chosen,
    }
    return Shown("activities.html", values)


def in_order(found: Sequence[Held], now: datetime) -> list[Held]:
    """What goes on or lies ahead, the next first; then what is over, the latest first."""
    ahead = [each for each in found if now <= each.closes]
    return ahead + [each for each in reversed(found) if now > each.closes]


def month_of(visit: Visit) -> Month:
    year, _, number = visit.query.get("month", f"{visit.now:%Y-%m}").partition("-")
    try:
        return Month(date(int(year), int(number), 1))
    except ValueError:
        raise Missing from None


def entry(visit: Visit, held: Held, counted: dict[State, int]) -> Entry:
    return Entry(
        held,
        visit.named(held.org_id),
        sum(counted.get(state, 0) for state in CAME),
        counted.get(State.ON_LEAVE, 0),
        attendance.tally(visit.db, held).expected,
        visit.now,
    )


def totals(
    visit: Visit, found: Sequence[Held], counted: dict[int, dict[State, int]]
) -> Totals | None:
    over = [each for each in found if visit.now > each.closes]
    if not over:
        return None
    recorded = [each for each in over if each.id in counted]
    states = [counted[each.id] for each in recorded]
    few = len(recorded) <= COUNTED
    return Totals(
        len(over),
        len(recorded),
        sum(each.get(state, 0) for each in states for state in CAME),
        sum(each.get(State.ON_LEAVE, 0) for each in states),
        sum(attendance.tally(visit.db, each).expected for each in recorded) if few else None,
        sum(each.reported_present is not None and each.id not in counted for each in over),
    )


def plan(visit: Visit) -> Shown:
    """The blank form."""
    return Shown("plan.html", {"asked": None, "preview": None, "line": ""})


def learn(visit: Visit) -> Shown | Done:
    """What was said is a first line, or the answer to what was asked."""
    words = visit.form.get("line", "").strip()[:200]
    if not words:
        return Done(f"{TROUBLE}{text.SAY_SOMETHING}", "/console/activities/plan")
    if visit.form.get("draft"):
        found = arranging.learn(visit.db, visit.who, visit.now, asked_before(visit), words)
    else:
        org = visit.form.get("org", "")
        found = arranging.begin(visit.db, visit.who, visit.now, words, org)
    match found:
        case Ask():
            return Shown("plan.html", {"asked": found, "preview": None, "line": words})
        case Preview():
            return Shown("plan.html", {"asked": None, "preview": found, "line": words})


def asked_before(visit: Visit) -> Ask:
    """The question as the form remembers it."""
    question, day = visit.form.get("question", ""), visit.form.get("day", "")
    draft = number(visit.form.get("draft", ""))
    try:
        known = date.fromisoformat(day) if day else None
    except ValueError:
        raise Missing from None
    match question:
        case "what" | "when" | "where":
            return Ask(draft, question, visit.form.get("title", "")[:40], known)
        case _:
            raise Missing


def publish(visit: Visit) -> Done:
    done = arranging.publish(visit.db, visit.who, visit.now, visit.id)
    month = f"{done.starts:%Y-%m}"
    return Done(text.published(done), f"/console/activities?month={month}")


def discard(visit: Visit) -> Done:
    arranging.discard(visit.db, visit.who, visit.id)
    return Done(text.DISCARDED, "/console/activities")
