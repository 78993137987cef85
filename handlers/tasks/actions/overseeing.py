"""Reminding many at once, and accepting many at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.messages import Reply, Say, button
from bot.permissions import Action, authorize
from handlers.tasks.actions import letters, parties, stepping
from handlers.tasks.actions.listing import worst_first
from handlers.tasks.actions.parties import Person
from handlers.tasks.actions.stepping import Done, Wish
from handlers.tasks.rules.machine import Step
from handlers.tasks.text import letters as text
from handlers.tasks.text import listing
from handlers.tasks.text.common import matter
from storage import members, outbox, tasks
from storage.database import Session
from storage.members import Speaker
from storage.organisation import Tree
from storage.outbox import Post
from storage.tasks import Row


@dataclass(frozen=True)
class Chosen:
    """Tasks to remind of, and whom."""

    rows: Sequence[Row]
    people: Mapping[Person, Sequence[Row]]
    units: Mapping[str, str]
    """Unit to its name."""


def to_nudge(
    db: Session, actor: Speaker, now: datetime, *, item_id: int = 0, org_id: str = "", who: str = ""
) -> Chosen:
    """What `actor` may remind of today: of one item all that is owed; otherwise what is overdue
    or due today, at one unit, of one person (a part of the name), or anywhere below."""
    tree = parties.tree_of(db, now.date())
    if item_id:
        rows = tasks.of_item(db, item_id)
    else:
        below = parties.overseen(tree, actor)
        rows = tasks.open_until(db, tree.below(org_id) if org_id else below, now.date())
    rows = [row for row in rows if _may_nudge(tree, actor, row, now)]
    whose = parties.doers(db, tree, rows)
    people = {each for row in rows for each in whose[row.id]} - {Person(actor.id, "")}
    spared = tasks.exempt(db, [each.id for each in people])
    names = members.names(db, [each.id for each in people]) if who else {}
    wanted = {
        each
        for each in people
        if each.id not in spared and each.id != actor.id and who in names.get(each.id, who)
    }
    theirs = {person: [row for row in rows if person in whose[row.id]] for person in sorted(wanted)}
    chosen = {row.id: row for own in theirs.values() for row in own}
    units = {row.org_id: tree.name(row.org_id) for row in rows}
    return Chosen(worst_first(list(chosen.values())), theirs, units)


def _may_nudge(tree: Tree, actor: Speaker, row: Row, now: datetime) -> bool:
    if row.state not in tasks.OWED or row.nudged_on == now.date():
        return False
    above = authorize(actor, Action.NUDGE_TASKS, parties.line(tree, row.org_id))
    return parties.is_issuer(actor, row) or (above and parties.may_see(tree, actor, row))


def nudge(db: Session, actor: Speaker, now: datetime, chosen: Chosen) -> None:
    """One letter to each person, whatever the number of their tasks."""
    tree = parties.tree_of(db, now.date())
    for row in chosen.rows:
        wish = Wish(Step.NUDGE)
        tasks.change(db, row.id, row.state, {"nudged_on": now.date()})
        stepping.note(db, actor, row, wish, "", stepping.standing(row).state, now)
    posts = [_reminder(tree, actor, to, own, now) for to, own in chosen.people.items()]
    outbox.post(db, posts, now)


def _reminder(tree: Tree, actor: Speaker, to: Person, rows: Sequence[Row], now: datetime) -> Post:
    first = rows[0]
    lines = [matter(row.number, row.title, "", row.due, tree.day) for row in rows]
    return Post(
        key=f"task:{first.id}:nudge:{tree.day}:{to.id}",
        to=to.id,
        kind=letters.KIND,
        say=Reply(
            text=text.nudged_for(lines),
            buttons=[button(listing.GO_AND_LOOK, Say(words=listing.OWN))],
        ),
        cause=f"task:{first.id}",
        due=now,
        until=now + letters.USEFUL,
        org_id=to.post_in,
        reader_may=Action.DO_TASKS if to.post_in else "",
        author=actor.id,
        author_may=Action.NUDGE_TASKS if to.post_in else "",
    )


def withdraw_all(db: Session, actor: Speaker, now: datetime, item_id: int) -> list[Done]:
    """Whatever of one item is not finished; whoever has it is told."""
    taken = [
        stepping.take(db, actor, now, row.id, Wish(Step.WITHDRAW))
        for row in tasks.of_item(db, item_id)
        if row.state not in tasks.FINISHED and parties.is_issuer(actor, row)
    ]
    return [each for each in taken if isinstance(each, Done)]


def accept_all(db: Session, actor: Speaker, now: datetime, item_id: int) -> list[Done]:
    """Everything reported of one item."""
    taken = [
        stepping.take(db, actor, now, row.id, Wish(Step.ACCEPT))
        for row in tasks.of_item(db, item_id)
        if row.state == "reported"
    ]
    return [each for each in taken if isinstance(each, Done)]
