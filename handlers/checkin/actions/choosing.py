"""Which activity an organiser speaks of, among those they look after."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.clock import midnight
from bot.permissions import Action, authorize, reach
from bot.understanding import Names
from bot.understanding.normal import normalise
from bot.understanding.occasions import Occasion
from storage import activities, organisation
from storage.activities import Held
from storage.database import Session
from storage.members import Speaker
from storage.organisation import Tree

BACK = timedelta(days=31)


def meant(
    db: Session, actor: Speaker, action: Action, now: datetime, said: Occasion, branch: str = ""
) -> Sequence[Held]:
    """What is open now; else what began last today, or comes next today; else the last that was
    held. Several where they are equally likely."""
    tree = organisation.tree(db, now.date())
    if said.first:
        found = _between(db, actor, action, tree, said.first, said.last or said.first)
        return _of_branch(tree, said.among(found), branch)
    today = [
        each
        for each in said.among(activities.around(db, now.date()))
        if authorize(actor, action, tree.line(each.org_id))
    ]
    if today := _of_branch(tree, today, branch):
        return _likeliest(today, now)
    day = now.date()
    past = said.among(_between(db, actor, action, tree, day - BACK, day))
    return _of_branch(tree, past, branch)[-1:]


def _likeliest(today: list[Held], now: datetime) -> list[Held]:
    if open_now := [each for each in today if each.opens <= now <= each.closes]:
        return open_now
    if begun := [each for each in today if each.starts <= now]:
        return [each for each in begun if each.starts == begun[-1].starts]
    return [each for each in today if each.starts == today[0].starts]


def _of_branch(tree: Tree, found: list[Held], branch: str) -> list[Held]:
    if not branch:
        return found
    names = {tree.name(each.org_id) for each in found}
    called = Names(branches=sorted(names)).branches_in(normalise(branch).plain)
    wanted = {name for _, name in called} or {name for name in names if branch in name}
    return [each for each in found if tree.name(each.org_id) in wanted]


def _between(
    db: Session, actor: Speaker, action: Action, tree: Tree, first: date, last: date
) -> list[Held]:
    start, end = midnight(first), midnight(last + timedelta(days=1))
    return activities.between(db, reach(actor, action, tree), start, end)
