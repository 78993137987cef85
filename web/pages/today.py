"""What has to be looked at now, each with the one tap that settles it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.permissions import Action, authorize
from handlers.checkin.actions import deciding
from handlers.duties.actions import listing
from handlers.duties.actions.arranged import Arranged
from handlers.duties.actions.listing import AlreadyClosed, Closed, Desk, Item
from handlers.reports.actions import reading
from handlers.tasks.actions import ledger
from handlers.tasks.actions import listing as tasks
from handlers.tasks.actions.ledger import Line
from storage import activities, attendance, duties
from storage.activities import Held
from storage.requests import Asked
from web import text
from web.pages import notices
from web.visit import Done, Missing, Shown, Visit

ASKED = 10
"""Requests on the page; the rest come up as these are decided."""
MEETINGS = 12
OWED = 8
TASKS = 4
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Meeting:
    held: Held
    now: datetime

    @property
    def open(self) -> bool:
        return self.held.opens <= self.now <= self.held.closes

    @property
    def over(self) -> bool:
        return self.now > max(self.held.closes, self.held.ends)

    @property
    def ready(self) -> bool:
        """One may open it: it is neither open nor over."""
        return not self.open and not self.over


@dataclass(frozen=True)
class Card(Meeting):
    """A meeting that is shown, with who has come."""

    of: str
    came: int
    expected: int


def show(visit: Visit) -> Shown:
    desk = owed(visit)
    asked = deciding.read(visit.db, visit.who, visit.now, shown=ASKED)
    meetings = of_today(visit)
    work = tasks_of(visit)
    told = notices.waiting(visit)
    papers = reading.waiting(visit.db, visit.who, visit.now)[:OWED]
    soon = desk.soon[:OWED] if desk else ()
    values = {
        "asked": asked[:ASKED],
        "waiting": len(asked),
        "meetings": [card(visit, each) for each in meetings[:MEETINGS]],
        "more": len(meetings) - MEETINGS,
        "desk": desk,
        "tasks": work,
        "overdue": desk.overdue[:OWED] if desk else (),
        "soon": soon,
        "arranged": arranged_for(visit, soon),
        "papers": papers,
        "notices": told,
        "calm": is_calm(asked, meetings, desk) and not (work.waiting or work.own or papers or told),
    }
    return Shown("today.html", values)


@dataclass(frozen=True)
class Tasks:
    waiting: Sequence[Line] = ()
    """The first of what waits for an answer, of `waits`."""
    waits: int = 0
    own: Sequence[Line] = ()
    """The worst of what is owed this week, of `owed`."""
    owed: int = 0


def tasks_of(visit: Visit) -> Tasks:
    """What of the task lists concerns this visitor this week."""
    if not visit.may(Action.SEE_TASKS):
        return Tasks()
    own = tasks.owed(visit.db, visit.who, visit.now, visit.now.date() + WEEK)
    waiting, waits = ledger.waiting(visit.db, visit.who, visit.now, TASKS)
    return Tasks(waiting, waits, ledger.lines(visit.db, visit.now, own[:TASKS]), len(own))


def owed(visit: Visit) -> Desk | None:
    """None where nothing is planned yet, or it is not for this visitor."""
    if not visit.may(Action.SEE_DUTIES) or duties.started(visit.db) is None:
        return None
    return listing.at_the_desk(visit.db, visit.who, visit.now)


def arranged_for(visit: Visit, items: Sequence[Item]) -> dict[int, date]:
    """When it will be held, of what somebody has arranged in time."""
    orgs = sorted({each.org_id for each in items if each.arranged_as})
    if not orgs:
        return {}
    arranged = Arranged.read(visit.db, visit.now, orgs)
    days = {each.id: arranged.next(each) for each in items if arranged.covers(each)}
    return {id: day for id, day in days.items() if day}


def of_today(visit: Visit) -> list[Meeting]:
    """What is on today, the open ones first."""
    tree = visit.tree
    mine = [
        Meeting(each, visit.now)
        for each in activities.around(visit.db, visit.now.date())
        if authorize(visit.who, Action.SEE_ATTENDANCE, tree.line(each.org_id))
    ]
    return sorted(mine, key=lambda it: (not it.open, it.over, it.held.starts))


def card(visit: Visit, meeting: Meeting) -> Card:
    held = meeting.held
    tally = attendance.tally(visit.db, held)
    return Card(held, visit.now, visit.named(held.org_id), tally.came, tally.expected)


def is_calm(asked: Sequence[Asked], meetings: Sequence[Meeting], desk: Desk | None) -> bool:
    return not asked and not any(m.open for m in meetings) and not (desk and desk.overdue)


def close_duty(visit: Visit) -> Done:
    match listing.close(visit.db, visit.who, visit.id, visit.now):
        case Closed(name, on):
            return Done(text.duty_closed(name, on))
        case AlreadyClosed():
            return Done(text.DUTY_CLOSED_BEFORE)
        case None:
            raise Missing
