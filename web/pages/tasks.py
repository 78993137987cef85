"""Task lists: handing out to many, progress, reports to decide on, and closing."""

from datetime import timedelta

from bot.messages import Refusal
from bot.permissions import Action, reach
from handlers.tasks.actions import issuing, ledger, listing, overseeing, stepping
from handlers.tasks.actions.stepping import Done as Taken
from handlers.tasks.actions.stepping import Wish
from handlers.tasks.rules.issuing import Plan, day_in, fits
from handlers.tasks.rules.machine import Step
from storage.organisation import BRANCHES, OrgKind
from web.pages.lists import part
from web.text import tasks as text
from web.visit import Done, Missing, Shown, Visit

HERE = "/console/tasks"
EACH, UNITS, WAITING = 25, 60, 20
AHEAD = timedelta(days=60)
TO = {*BRANCHES, OrgKind.ORGAN, OrgKind.ORGAN_COMMITTEE, OrgKind.GENERAL_BRANCH}
STEPS = {Step.ACCEPT, Step.RETURN, Step.CLOSE, Step.GRANT, Step.DECLINE, Step.NUDGE}
OWN = {Step.SIGN, Step.PROGRESS, Step.REPORT, Step.TAKE, Step.KEEP}


def show(visit: Visit) -> Shown:
    waiting, waits = ledger.waiting(visit.db, visit.who, visit.now, WAITING)
    until = visit.now.date() + AHEAD
    own = listing.owed(visit.db, visit.who, visit.now, until)
    values = {
        "waiting": waiting,
        "waits": waits,
        "own": ledger.lines(visit.db, visit.now, own[:WAITING]),
        "owed": len(own),
        "part": part(ledger.items(visit.db, visit.who, visit.now), visit.page, EACH),
    }
    return Shown("tasks.html", values)


def item(visit: Visit) -> Shown:
    found = ledger.units(visit.db, visit.who, visit.now, visit.id)
    if not found:
        raise Missing
    owing = [each.row for each in found if each.row.state in text.OWED]
    overview = listing.of_item(visit.db, visit.who, visit.now, visit.id)
    values = {
        "first": found[0].row,
        "overview": overview,
        "finished": sum(each.row.state in ("accepted", "closed") for each in found),
        "owing": len(owing),
        "late": sum(row.due < visit.now.date() for row in owing),
        "may_nudge": visit.may(Action.NUDGE_TASKS),
        "part": part(found, visit.page, UNITS),
    }
    return Shown("task.html", values)


def step(visit: Visit) -> Done:
    """One step of one task, with what belongs to it."""
    said = visit.place["step"]
    if said not in STEPS | OWN:
        raise Missing
    wish = Wish(Step(said), words=visit.form.get("words", "").strip())
    match stepping.take(visit.db, visit.who, visit.now, visit.id, wish):
        case Taken(row, taken, _, _):
            unit = visit.tree.name(row.org_id)
            return Done(text.stepped(taken, row, unit))
        case objected:
            raise Refusal(text.refused(objected))


def accept_all(visit: Visit) -> Done:
    done = overseeing.accept_all(visit.db, visit.who, visit.now, visit.id)
    return Done(text.accepted_all(len(done)))


def nudge(visit: Visit) -> Done:
    chosen = overseeing.to_nudge(visit.db, visit.who, visit.now, item_id=visit.id)
    if not chosen.people:
        raise Refusal(text.NOBODY_TO_NUDGE)
    overseeing.nudge(visit.db, visit.who, visit.now, chosen)
    return Done(text.nudged(len(chosen.people), len(chosen.rows)))


def blank(visit: Visit, trouble: str = "") -> Shown:
    """The form; with what was filled in, where something is wrong with it."""
    tree = visit.tree
    below = [
        org
        for org in reach(visit.who, Action.ISSUE_TASKS, tree)
        if tree.kind(org) in TO and org not in {post.org_id for post in visit.who.posts}
    ]
    units = [(org, tree.name(org), tree.kind(org) in BRANCHES) for org in below]
    values = {"units": units, "given": visit.form, "to": set(visit.many.get("to", ()))}
    return Shown("task_new.html", {**values, "trouble": trouble})


def issue(visit: Visit) -> Done | Shown:
    """To all units that were ticked, or to none."""
    title = visit.form.get("title", "").strip()[:60]
    units = list(dict.fromkeys(visit.many.get("to", ())))
    if not title or not units:
        return blank(visit, text.INCOMPLETE)
    due = day_in(visit.form.get("due", "")[:60], visit.now)
    if due is None:
        return blank(visit, text.NO_DAY)
    if not fits(due, visit.now.date()):
        return blank(visit, text.DAY_GONE)
    plan = Plan(title, due, evidence=visit.form.get("evidence", "").strip()[:60])
    to = [(org, "") for org in units]
    done = issuing.issue(visit.db, visit.who, visit.now, plan, to, "task")
    return Done(text.issued(done, title), HERE)
