"""What somebody owes, has to decide, or looks after."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.messages import Matter, Say, button
from handlers.tasks.actions import parties
from handlers.tasks.actions.taps import Finish, Take
from handlers.tasks.rules import naming, stages
from handlers.tasks.text import listing as text
from handlers.tasks.text import stepping
from handlers.tasks.text.common import matter
from storage import audit, members, tasks
from storage.database import Session
from storage.members import Speaker
from storage.organisation import Tree
from storage.tasks import Row

WHENEVER = date.max
ABOUT = "task"


@dataclass(frozen=True)
class Overdue:
    rows: Sequence[Row]
    by_unit: Sequence[tuple[str, int, int]]
    """(unit, overdue, open), the most overdue first."""
    names: Mapping[str, str]
    """Unit to its name."""


@dataclass(frozen=True)
class Waiting:
    row: Row
    unit: str
    count: int
    """With those that wait behind it."""


@dataclass(frozen=True)
class Detail:
    row: Row
    unit: str
    owner: str
    is_doer: bool
    is_issuer: bool
    may_nudge: bool
    offered: tuple[str, datetime] | None = None
    """To whom it was handed, who has not taken it yet, and since when."""
    to_reader: bool = False
    """That is whoever looks."""


@dataclass(frozen=True)
class Overview:
    """One item over the units that the speaker may see."""

    row: Row
    """Any of its tasks: they share the item."""
    units: int
    states: Mapping[str, int]
    overdue: Sequence[str]
    """Names of units."""
    reported: int
    may_accept: bool


def owed(db: Session, member: Speaker, now: datetime, until: date) -> list[Row]:
    """What `member` owes in person or for a unit, and what he is offered; worst first."""
    tree = parties.tree_of(db, now.date())
    rows = tasks.of_persons(db, member.id, until)
    if led := parties.led_by(db, tree, member):
        rows += tasks.of_units(db, led, until)
    return worst_first(rows)


def worst_first(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (stages.rank(row.due, row.priority, row.number), row.id))


def mine(db: Session, member: Speaker, now: datetime, until: date) -> list[Matter]:
    """What `member` owes and has to decide, as lines with the tap that settles them."""
    today, tree = now.date(), parties.tree_of(db, now.date())
    rows = owed(db, member, now, until)
    found = [as_matter(row, unit_of(tree, row), member.id, today) for row in rows]
    return [*found, *above(db, member, tree, today)]


def above(db: Session, member: Speaker, tree: Tree, today: date) -> list[Matter]:
    """For whoever issues tasks: what waits for them, and where something is late."""
    found = []
    if issuing := parties.decides_for(member):
        if count := len(tasks.waiting(db, issuing)):
            go = button(text.GO_AND_LOOK, Say(words=text.WAITING))
            found.append(Matter(text.to_decide(count), today, go, about=ABOUT))
        own = {post.org_id for post in member.posts}
        late = [
            row
            for row in owed_below(db, member, tree, today - timedelta(1))
            if row.org_id not in own
        ]
        if late:
            units = len({row.org_id for row in late})
            go = button(text.GO_AND_LOOK, Say(words=text.OVERDUE))
            said = text.overdue_below(len(late), units)
            found.append(Matter(said, late[0].due, go, about=ABOUT))
    return found


def as_matter(row: Row, unit: str, member_id: str, today: date) -> Matter:
    if row.offered_to == member_id != row.owner:
        words = text.to_take(row.number, row.title, row.due, today)
        take = button(stepping.TAKE, Take(task_id=row.id, step="take"))
        return Matter(words, row.due, take, about=f"{ABOUT}:{row.id}")
    words = matter(row.number, row.title, unit, row.due, today)
    finish = button(stepping.FINISH, Finish(task_id=row.id))
    return Matter(words, row.due, finish, about=f"{ABOUT}:{row.id}")


def unit_of(tree: Tree, row: Row) -> str:
    """Named where it is not the branch itself."""
    own = row.owner or tree.branch_of(row.org_id) == row.org_id
    return "" if own else tree.name(row.org_id)


def owed_below(db: Session, actor: Speaker, tree: Tree, until: date) -> list[Row]:
    """What the units below owe until then, as far as `actor` may see it; worst first."""
    rows = tasks.open_until(db, parties.overseen(tree, actor), until)
    seen = [row for row in rows if row.state in tasks.OWED and parties.may_see(tree, actor, row)]
    return worst_first(seen)


def own_overdue(db: Session, member: Speaker, now: datetime) -> list[Matter]:
    """What `member` himself is behind with, in person or for a unit; worst first."""
    today, tree = now.date(), parties.tree_of(db, now.date())
    rows = owed(db, member, now, today - timedelta(1))
    return [as_matter(row, unit_of(tree, row), member.id, today) for row in rows]


def overdue(db: Session, actor: Speaker, now: datetime) -> Overdue:
    """Below `actor`, but for what is their own: what is overdue, and at which units how much."""
    tree = parties.tree_of(db, now.date())
    own = {row.id for row in owed(db, actor, now, WHENEVER)}
    rows = [row for row in owed_below(db, actor, tree, WHENEVER) if row.id not in own]
    late = [row for row in rows if row.due < now.date()]
    open_, overdue = Counter(row.org_id for row in rows), Counter(row.org_id for row in late)
    by_unit = stages.worst([(org, count, open_[org]) for org, count in overdue.items()])
    return Overdue(late, by_unit, {org: tree.name(org) for org in overdue})


def at_unit(db: Session, actor: Speaker, now: datetime, org_id: str) -> tuple[str, list[Row]]:
    """The unit's name, and what is open there, as far as `actor` may see it."""
    tree = parties.tree_of(db, now.date())
    rows = tasks.open_until(db, [org_id], WHENEVER)
    seen = [row for row in rows if parties.may_see(tree, actor, row)]
    audit.note(db, actor.id, "read_tasks", f"org:{org_id}", now)
    return tree.name(org_id), worst_first(seen)


def nil_returns(db: Session, actor: Speaker, now: datetime) -> list[tuple[str, int]]:
    """Names of units of which nothing at all has been heard, with the number of their tasks."""
    tree = parties.tree_of(db, now.date())
    found = tasks.nil_returns(db, parties.overseen(tree, actor))
    return [(tree.name(org), count) for org, count in found]


def waiting(db: Session, actor: Speaker, now: datetime) -> Waiting | None:
    """What has waited longest for `actor` to decide."""
    tree = parties.tree_of(db, now.date())
    rows = tasks.waiting(db, parties.decides_for(actor))
    if not rows:
        return None
    return Waiting(rows[0], whose(db, tree, rows[0]), len(rows))


def whose(db: Session, tree: Tree, row: Row) -> str:
    """The unit, or the person it was issued to within the own organisation."""
    if row.owner and row.org_id == row.issuer:
        return members.name_of(db, row.owner)
    return tree.name(row.org_id)


def item(db: Session, actor: Speaker, now: datetime, number: str) -> Detail | Overview | None:
    """By its number: of several lists the one issued last that `actor` may see anything of."""
    tree = parties.tree_of(db, now.date())
    led = set(parties.led_by(db, tree, actor))
    rows = [row for row in tasks.by_number(db, number) if sees(tree, actor, led, row)]
    if not rows:
        return None
    same = [row for row in rows if row.item_id == rows[0].item_id]
    return look(db, actor, now, same[0].id) if len(same) == 1 else overview(tree, actor, same)


def issued(db: Session, actor: Speaker, now: datetime, number: str) -> tuple[Row, int] | None:
    """An item that `actor` may withdraw, and at how many units it is not finished."""
    for each in naming.spellings(number) if number else ():
        rows = [
            row
            for row in tasks.by_number(db, each)
            if parties.is_issuer(actor, row) and row.state not in tasks.FINISHED
        ]
        if rows:
            return rows[0], sum(row.item_id == rows[0].item_id for row in rows)
    return None


def finding(db: Session, actor: Speaker, now: datetime, number: str) -> Detail | None:
    """By its number, or the only one that is the actor's to put right."""
    if number:
        found = item(db, actor, now, number)
        return found if isinstance(found, Detail) else None
    own = [row for row in owed(db, actor, now, WHENEVER) if row.kind == "finding"]
    return look(db, actor, now, own[0].id) if len(own) == 1 else None


def findings(db: Session, actor: Speaker, now: datetime) -> tuple[list[Row], Mapping[str, str]]:
    """What was found below `actor` and is not closed yet, the worst first; and the units' names."""
    tree = parties.tree_of(db, now.date())
    rows = tasks.open_until(db, parties.overseen(tree, actor), WHENEVER)
    seen = [row for row in rows if row.kind == "finding" and parties.may_see(tree, actor, row)]
    return worst_first(seen), {row.org_id: tree.name(row.org_id) for row in seen}


def sees(tree: Tree, actor: Speaker, led: set[str], row: Row) -> bool:
    if actor.id in {row.owner, row.offered_to} or (not row.owner and row.org_id in led):
        return True
    return parties.is_issuer(actor, row) or parties.may_see(tree, actor, row)


def overview(tree: Tree, actor: Speaker, rows: Sequence[Row]) -> Overview:
    states = dict[str, int]()
    for row in rows:
        states[row.state] = states.get(row.state, 0) + 1
    late = [row for row in rows if row.state in tasks.OWED and row.due < tree.day]
    return Overview(
        rows[0],
        len(rows),
        states,
        [tree.name(row.org_id) for row in late],
        states.get("reported", 0),
        parties.is_issuer(actor, rows[0]),
    )


def of_item(db: Session, actor: Speaker, now: datetime, item_id: int) -> Overview | None:
    tree = parties.tree_of(db, now.date())
    led = set(parties.led_by(db, tree, actor))
    rows = [row for row in tasks.of_item(db, item_id) if sees(tree, actor, led, row)]
    return overview(tree, actor, rows) if rows else None


def look(db: Session, actor: Speaker, now: datetime, task_id: int) -> Detail | None:
    row, tree = tasks.one(db, task_id), parties.tree_of(db, now.date())
    if row is None:
        return None
    sides = parties.sides(db, tree, actor, row)
    if not sides and not parties.may_see(tree, actor, row):
        return None
    return Detail(
        row,
        tree.name(row.org_id),
        members.name_of(db, row.owner),
        "doer" in sides,
        "issuer" in sides,
        bool(sides & {"issuer", "overseer"}),
        offer(db, row),
        "receiver" in sides,
    )


def offer(db: Session, row: Row) -> tuple[str, datetime] | None:
    return offers(db, [row]).get(row.id)


def offers(db: Session, rows: Sequence[Row]) -> Mapping[int, tuple[str, datetime]]:
    """Task to the name of whoever was asked to take it and has not answered, and since when."""
    open_ = [row for row in rows if row.offered_to and row.state in tasks.OWED]
    names = members.names(db, sorted({row.offered_to for row in open_})) if open_ else {}
    since = tasks.offered_at(db, [row.id for row in open_]) if open_ else {}
    return {row.id: (names.get(row.offered_to, ""), since.get(row.id, row.since)) for row in open_}
