"""One activity: who is there, minute by minute, and everything one may do about it."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.files.writing import as_workbook
from bot.messages import Refusal
from bot.permissions import Action, authorize
from handlers.activities.actions import changing
from handlers.activities.actions.changing import Objected
from handlers.activities.rules.arranging import answer
from handlers.activities.rules.changing import CameAlready, InThePast, Over, SameTime, TooFar
from handlers.checkin.actions import opening, roll_call, urging
from handlers.checkin.actions.roll_call import WITHIN
from handlers.checkin.actions.sheet import Glance, Sheet, glance, lines, sheet
from storage import activities
from storage.activities import Held, Manner
from web.pages import requests
from web.pages.lists import Part, part
from web.text import activities as text
from web.visit import Done, File, Missing, Shown, Visit

EACH = 60
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Ways:
    """What may be done with it now."""

    open: bool
    close: bool
    call: bool
    remind: bool
    annul: bool
    change: bool
    show: bool


def show(visit: Visit) -> Shown:
    found = glance(visit.db, visit.who, visit.now, visit.id)
    said = visit.query.get("show", "")
    chosen = said if said in found.groups else "missing" if found.groups["missing"] else "came"
    page = part(found.groups[chosen], visit.page, EACH)
    shown = lines(visit.db, visit.who, visit.now, found, page.items)
    values = {
        "sheet": found,
        "held": found.held,
        "sums": found.sums,
        "groups": {name: len(each) for name, each in found.groups.items()},
        "chosen": chosen,
        "part": Part(shown, page.page, page.pages, page.total),
        "ways": ways(visit, found),
        "asked": requests.of_activity(visit, visit.id),
        "open": found.held.opens <= visit.now <= found.held.closes,
    }
    return Shown("activity.html", values)


def ways(visit: Visit, found: Glance) -> Ways:
    held, now = found.held, visit.now
    line = visit.tree.line(held.org_id)

    def may(action: Action) -> bool:
        return authorize(visit.who, action, line)

    runs, today = may(Action.RUN_CHECK_IN), held.opens.date() <= now.date() <= held.ends.date()
    return Ways(
        open=runs and today and not held.opens <= now <= held.closes,
        close=runs and held.opens <= now <= held.closes,
        call=runs and held.opens <= now <= held.ends + WITHIN,
        remind=may(Action.REMIND_MISSING) and now <= held.ends and not found.reminded,
        annul=may(Action.ANNUL_ATTENDANCE),
        change=may(Action.ARRANGE_ACTIVITY) and now <= held.ends and not found.sums.came,
        show=runs and today,
    )


def download(visit: Visit) -> File:
    """For who keeps the paper: what is on record, and who took it when."""
    found = sheet(visit.db, visit.who, visit.now, visit.id)
    name = text.sheet_name(found.held.title, found.held.starts)
    return File(partial(workbook, found, text.taken(visit.who.name, visit.now)), name, XLSX)


def workbook(found: Sheet, taken: str) -> bytes:
    columns = text.COLUMNS
    rows = [text.as_row(each) for each in found.lines]
    return as_workbook(
        text.SHEET, columns, [*rows, dict.fromkeys(columns, "") | {columns[0]: taken}]
    )


def open_check_in(visit: Visit) -> Done:
    said = visit.form.get("manner", Manner.WORD)
    manner = Manner(said) if said in set(Manner) else Manner.WORD
    done = opening.open_check_in(visit.db, visit.who, visit.now, visit.id, manner)
    return Done(text.opened(done.title, done.closes))


def close_check_in(visit: Visit) -> Done:
    held = opening.close_check_in(visit.db, visit.who, visit.now, visit.id)
    return Done(text.closed(held.title))


def remind(visit: Visit) -> Done:
    done = urging.remind(visit.db, visit.who, visit.now, visit.id)
    return Done(text.reminded(done.title, done.count, done.before))


def call_roll(visit: Visit) -> Done:
    """Those who were ticked; whoever else was written into the form is not on the roll."""
    roll = roll_call.roll(visit.db, visit.who, visit.now, visit.id)
    ticked = set(visit.many.get("who", ()))
    listed = [each.id for each in roll.missing if each.id in ticked]
    if not listed:
        raise Refusal(text.NOBODY_TICKED)
    done = roll_call.call(visit.db, visit.who, visit.now, visit.id, text.EVERYBODY, listed)
    return Done(text.called(done.recorded, done.came, done.expected))


def annul(visit: Visit) -> Done:
    reason = visit.form.get("reason", "").strip()[:100]
    if not reason:
        raise Refusal(text.REASON_WANTED)
    member = visit.form.get("member", "")[:64]
    done = roll_call.annul(visit.db, visit.who, visit.now, visit.id, member, reason)
    return Done(text.annulled(done.name, done.held.title))


def move(visit: Visit) -> Done:
    to = new_time(visit)
    if to is None:
        raise Refusal(text.NO_TIME)
    match changing.move(visit.db, visit.who, visit.now, visit.id, to):
        case Objected() as objected:
            raise Refusal(objection(objected))
        case done:
            return Done(text.moved(done.held.title, done.held.starts, done.on_leave))


def new_time(visit: Visit) -> datetime | None:
    """In any words; a day alone leaves the clock time as it is."""
    held = activities.held(visit.db, visit.id)
    if held is None:
        raise Missing
    said = answer("when", visit.form.get("to", "")[:60], visit.now, held.starts.date())
    same = datetime.combine(said.day.date, held.starts.timetz()) if said.day else None
    return said.starts or same


def cancel(visit: Visit) -> Done:
    match changing.cancel(visit.db, visit.who, visit.now, visit.id):
        case Objected() as objected:
            raise Refusal(objection(objected))
        case done:
            return Done(text.cancelled(done.held.title), "/console/activities")


def objection(objected: Objected) -> str:
    held: Held = objected.held
    match objected.why:
        case CameAlready(count):
            return text.came_already(held.title, count)
        case Over():
            return text.over(held.title)
        case InThePast():
            return text.IN_THE_PAST
        case TooFar():
            return text.TOO_FAR
        case SameTime():
            return text.same_time(held.title, held.starts)
